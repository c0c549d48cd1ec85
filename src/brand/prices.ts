/** What pieces cost: the price list of brand.yaml. */
import { type Brand, type ChannelPrices, type Fault, type Price, quote, type Result, settle } from '../model/index.ts'
import { hintCurrency, isCurrency } from '../schema/index.ts'
import type { ChannelPriceSettings, CheckedSettings } from './settings.ts'

/** The price list, in its own currency or the brand's; undefined where there is none. Faults: `brand.currency`. */
export function readPrices({ value, at }: CheckedSettings): Result<Brand['prices']> {
  if (value.prices === undefined) return settle(undefined, [])
  const { currency: own, ...channels } = value.prices
  const currency = typeof own === 'string' ? own : value.currency
  const faults: Fault[] = isCurrency(currency)
    ? []
    : [
        {
          code: 'brand.currency',
          message: `prices.currency is not a code of ISO 4217 (found ${quote(currency)})`,
          place: at('prices.currency'),
          hint: hintCurrency(currency),
        },
      ]
  const listed = Object.entries(channels).map(([channel, prices]) => [channel, asText(prices as ChannelPriceSettings)])
  return settle({ currency, channels: Object.fromEntries(listed) }, own === undefined ? [] : faults)
}

/** Whole amounts are numbers in YAML: here all are text. */
function asText(prices: ChannelPriceSettings): ChannelPrices {
  return Object.fromEntries(Object.entries(prices).map(([unit, price]) => [unit, priceText(price)]))
}

function priceText(price: ChannelPriceSettings[string]): Price {
  if (typeof price !== 'object') return String(price)
  return Object.fromEntries(Object.entries(price).map(([country, amount]) => [country, String(amount)]))
}
