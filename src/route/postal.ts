/** What a line of a suppression list can be on paper: no postal address for sure, or one that reads like a name. */

/**
 * A postal address has a word of two letters, and more than one word, and is no mail address or telephone number that went to the wrong
 * channel, with a name or without. A name is one, too, as far as anybody can tell who knows no streets.
 */
export function isPostal(written: string): boolean {
  if (!/\p{L}\p{M}*\p{L}/u.test(written) || written.includes('@')) return false
  if (!/\S[\s,]+\S/.test(written) && !isUnparted(written)) return false
  return !written.split(/[,;:\n]/).some(isDialled) && !/\+\s*\d(?:[\s()./-]*\d){6}/.test(written)
}

/** Chinese and Japanese write a whole address without a blank: longer than what stands before a contract's number. */
function isUnparted(written: string): boolean {
  const letters = written.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu) ?? []
  return letters.length >= 6 && /[\p{N}〇一二三四五六七八九十百]/u.test(written)
}

/** Whether a part of an address is all figures, and more than any post code has: codes of ten figures (Iran) begin with no 0. */
function isDialled(part: string): boolean {
  const digits = part.replace(/[\s()./\u2010-\u2015-]/g, '')
  return /^(?:0\d{8,14}|\+\d{7,15})$/.test(digits)
}

/**
 * Whether a postal address reads like a name or a number of a customer: two words, or one line of up to four without a figure. Houses
 * and villages may be called so, and scripts without capitals may have no blanks: those are not judged.
 */
export function readsAsName(written: string): boolean {
  // ª and º are letters of no script's own, as in Mª Carmen.
  if (/(?![ªº])\p{Lo}/u.test(written)) return false
  const words = written.split(/[\s,;]+/).filter(word => word !== '')
  return words.length <= 2 || (words.length <= 4 && !/[\p{N};\n]/u.test(written))
}
