/** Digits of data: 0 to 9. Those of other scripts, and full-width ones, are told and never read, so that one value is written in one way. */

export function hasOtherDigits(text: string): boolean {
  return /(?![0-9])\p{Nd}/u.test(text)
}

/** What to do about them. */
export const otherDigitsHint = 'write its digits as 0 to 9: clean.js can translate them'
