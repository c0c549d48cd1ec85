/** What is said of a telephone number that is none, in words that go on "the recipient's phone number …" and do not quote it. */
import { hasOtherDigits, otherDigitsHint } from '../../schema/index.ts'

/** Why a text is no number. */
export interface PhoneFlaw {
  readonly what: string
  /** What to do; absent: write it as numbers are written. */
  readonly hint?: string
}

export const flaws = {
  rounded: { what: 'was rounded by a spreadsheet', hint: 'the digits are lost: export the column as text' },
  decimal: { what: 'was exported as a decimal', hint: 'export the column as text' },
  otherDigits: { what: 'has digits other than 0 to 9', hint: otherDigitsHint },
  noDigits: { what: 'has no digits' },
  letters: { what: 'has letters' },
  signs: { what: 'has signs that are not of one number' },
  long: { what: 'is longer than numbers are' },
  behindBlank: {
    what: 'has a digit behind a blank, and is a number with it and without it',
    hint: 'write one number and nothing behind it, or leave the blank out where the digit is a part of it',
  },
  behindSign: {
    what: 'has a digit or two behind a sign, which may be of an extension or another number',
    hint: 'write one number and nothing behind it, or leave the sign out where they are a part of it',
  },
  noPlus: { what: 'begins with the code of its country and has no +', hint: 'write + in front of it' },
  nowhere: { what: 'has no + and says no country' },
  noCode: { what: 'begins with + and the code of no country' },
  over15: { what: 'has more than 15 digits' },
  zero: { what: 'has a 0 behind the code of its country', hint: 'leave out the 0 that is dialled at home' },
} as const satisfies Readonly<Record<string, PhoneFlaw>>

/** Why a text that has other signs than numbers have is none. */
export function flawOfSigns(bare: string): PhoneFlaw {
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/i.test(bare)) return flaws.rounded
  if (hasOtherDigits(bare)) return flaws.otherDigits
  if (!/\d/.test(bare)) return flaws.noDigits
  return /\p{L}/u.test(bare) ? flaws.letters : flaws.signs
}
