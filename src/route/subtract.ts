/** What the route chose, less those who did not agree or do not want to be written to: each with its reason. */
import { type Communication, lookup, type Purpose, type Template, type Value } from '../model/index.ts'
import type { Routed } from './route.ts'
import { nobody, type Suppression } from './suppression.ts'

export interface Subtracting {
  readonly template: Pick<Template, 'purpose' | 'consent'>
  readonly suppression: Suppression
  /** Where a communication goes on a channel; undefined: the channel needs no address. */
  readonly addressOf: (communication: Communication, channel: string) => string | undefined
}

/** The channels that are left. Those taken away are named in `withheld`, and skipped as `no consent (sms, marketing)` or `suppressed (email, service)`. */
export function subtract(
  routed: Routed,
  communication: Communication,
  { template: { purpose = 'service', consent }, suppression, addressOf }: Subtracting,
): Routed {
  const skipped: Record<string, string> = { ...routed.skipped }
  const withheld: string[] = []
  const to = routed.to.filter(channel => {
    const reason = reasonAgainst(channel)
    if (reason === undefined) return true
    skipped[channel] = `${reason} (${channel}, ${purpose})`
    withheld.push(channel)
    return false
  })
  suppression.note(communication, { to, purpose })
  return withheld.length === 0 ? routed : { ...routed, to, skipped, withheld }

  function reasonAgainst(channel: string): string | undefined {
    // The list is asked first, so that it is known which of its entries meet anybody, whether he agreed or not. Where there is none, no
    // address is read for it.
    const address = suppression === nobody ? undefined : addressOf(communication, channel)
    const sending: { channel: string; purpose: Purpose } = { channel, purpose }
    const held = address !== undefined && suppression.holds({ ...sending, address })
    if (purpose === 'marketing' && !agreed(communication, consent, channel)) return 'no consent'
    return held ? 'suppressed' : undefined
  }
}

/** Whether what stands at `consent` is text, which is no list, or has words that are no channel's name: they agree to nothing, and perhaps were meant to. */
export function misnamesChannels(given: Value | undefined, channels: readonly string[]): boolean {
  if (typeof given === 'string') return given.trim() !== ''
  return (
    Array.isArray(given) &&
    given.some(word => typeof word === 'string' && word.trim() !== '' && !channels.includes(word))
  )
}

/** Only what says yes is a yes: true, or a list that names the channel. */
function agreed({ data }: Communication, consent: string | undefined, channel: string): boolean {
  const given = consent === undefined ? undefined : lookup(data, consent)
  return given === true || (Array.isArray(given) && given.includes(channel))
}
