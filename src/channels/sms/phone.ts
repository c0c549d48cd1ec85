/** Phone numbers as data has them, to the form that a gateway takes. */

/**
 * `+` and 7-15 digits (E.164), or 3-15 digits as dialled inside the country; blanks and `-./()` between them are dropped,
 * a leading 00 becomes `+`. Undefined where the text is no number.
 */
export function phone(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^tel:/i, '')
    .replace(/(?<=[\d)+])[\p{Zs}./()\u2010-\u2013-]+(?=[\d(])|^\(|(?<=\d)\)$/gu, '')
    .replace(/^00(?=[1-9])/, '+')
  return /^\+[1-9]\d{6,14}$|^\d{3,15}$/.test(bare) ? bare : undefined
}
