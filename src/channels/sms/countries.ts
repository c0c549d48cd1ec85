/**
 * What countries ask of text messages: whether a sender in letters is shown, and what a message that sells has to say. Only what was found
 * in writing, all read in November 2026; brand.yaml says what it knows better, under `sms.countries`. Gateways know more, and it changes.
 */
import { type Brand, type Demand, type SmsCountry, wholly } from '../../model/index.ts'
import { wordsDemand } from './optout.ts'

/**
 * Letters are replaced or refused. US, CA, CN: AWS, "Sender IDs"; US, CA, PR: Telnyx, "Alphanumeric sender IDs"; AR, BR, CL, CO: AWS,
 * "Supported countries: South America", with Bird (AR), SureSMS (BR), Vonage (CL) and 8x8 (CO).
 */
const hidden: ReadonlySet<string> = new Set('AR BR CA CL CN CO PR US'.split(' '))

/**
 * Letters have to be registered before they are shown. AWS, "Supported Regions and countries" and "Registration forms"; AU: Telnyx,
 * "International SMS compliance"; SG: AWS, "Request a sender ID".
 */
const register: ReadonlySet<string> = new Set('AE AU BY EG IN JO KW PH QA RU SA SG TH VN'.split(' '))

const stop = wholly('STOP')

/**
 * What messages that sell have to say. France: STOP, and where the sender is in letters, which nobody can answer to, also the number to
 * send it to, 36 and three digits (CALLR, "SMS traffic types and legal framework"; Sweego, "Should I put a STOP to it").
 */
const selling: Readonly<Record<string, { readonly answered: Demand; readonly unanswered: Demand }>> = {
  FR: {
    answered: { words: 'STOP', said: new RegExp(stop, 'u'), byLink: false },
    unanswered: {
      words: 'STOP … 36 and three digits',
      said: new RegExp(`${stop}.{0,60}?(?<!\\d)36\\d{3}(?!\\d)`, 'su'),
      byLink: false,
    },
  },
}

/** Who writes to a country, in the form that is shown there or not. */
export function senderTo(country: string | undefined, { senders, sms }: Brand): string {
  const own = country === undefined ? undefined : sms?.countries[country]?.sender
  return own ?? senders.sms ?? ''
}

/** What becomes of a sender in letters; undefined where nothing is known to stand in its way. */
export function lettersIn(country: string | undefined, { sms }: Brand): 'register' | 'hidden' | undefined {
  if (country === undefined) return undefined
  const own: SmsCountry['letters'] = sms?.countries[country]?.letters
  if (own !== undefined) return own === 'shown' ? undefined : own
  return hidden.has(country) ? 'hidden' : register.has(country) ? 'register' : undefined
}

/** What a message that sells has to say in a country, whatever the template says of itself; undefined: nothing that is known. */
export function demandOf(
  country: string | undefined,
  from: string,
  { sms, respell }: { readonly sms: Brand['sms']; readonly respell: (text: string) => readonly string[] },
): Demand | undefined {
  if (country === undefined) return undefined
  const own = sms?.countries[country]?.optOut
  if (own !== undefined) return wordsDemand(own, respell)
  return selling[country]?.[isLetters(from) ? 'unanswered' : 'answered']
}

export function isLetters(sender: string): boolean {
  return /[A-Za-z]/.test(sender)
}
