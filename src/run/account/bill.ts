/** The bill: pieces times the brand's price list, exact. */
import type { Cost, Price, Prices, Tally } from '../../model/index.ts'
import { decimal } from '../../schema/index.ts'

/**
 * What tallied pieces cost, in the order of `channels`; null without a price list. A channel or country that the list does not have
 * is a line without an amount.
 */
export function bill(
  tallies: readonly Tally[],
  { channels, prices }: { readonly channels: readonly string[]; readonly prices: Prices | undefined },
): Cost | null {
  if (prices === undefined) return null
  const lines = channels
    .flatMap(name => tallies.filter(({ channel }) => channel === name))
    .map(tally => ({ ...tally, amount: amountOf(tally, prices) }))
  const total = lines.reduce((sum, { amount }) => sum.plus(amount ?? '0'), decimal('0'))
  return { currency: prices.currency, total: total.toString(), lines }
}

function amountOf({ channel, country, pieces, pages, parts }: Tally, { channels }: Prices): string | null {
  const prices = Object.hasOwn(channels, channel) ? channels[channel] : undefined
  if (prices === undefined) return null
  const terms = [
    [prices.piece, pieces],
    [prices.page, pages],
    [prices.part, parts],
  ] as const
  let sum = decimal('0')
  for (const [price, count] of terms) {
    if (price === undefined || count === 0) continue
    const each = priceFor(price, country)
    if (each === undefined) return null
    sum = sum.plus(decimal(each).times(count))
  }
  return sum.toString()
}

/** The price of a country, else that of all others. */
function priceFor(price: Price, country = 'other'): string | undefined {
  if (typeof price === 'string') return price
  return Object.hasOwn(price, country) ? price[country] : price['other']
}
