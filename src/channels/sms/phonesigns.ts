/** How people and programs write a telephone number: the signs between its digits, and what stands behind them. */

/** Contacts and letters bring signs that nobody sees, tabs and the minus of arithmetic. */
export function bareOf(text: string): string {
  return text
    .replace(/[\p{Cf}\t\u2212]/gu, sign => (sign === '\t' ? ' ' : sign === '\u2212' ? '-' : ''))
    .trim()
    .replace(/^tel:\s*/i, '')
    .replace(/^(?:\(\s*)?(?:\+|00(?=[1-9]))/, '+')
}

/** Whether a text names the country of its number: `+` or 00. */
export function saysCountry(text: string): boolean {
  return bareOf(text).startsWith('+')
}

/** Signs, with blanks and marks between the digits: what ends a text is looked for from each of them. */
export const longest = 100

export const written = /^\+?[\d\p{Zs}./()\u2010-\u2015-]+$/u

/** As spreadsheets and programs write a number that they take for an amount: read as digits, it would be a stranger's. */
export const decimal = /^\+?\d{7,}[.,]0+$/

/**
 * What one or two digits behind a last sign may be instead of a part of the number: `0171 1234567/8` names a second one, `… (2)` a place
 * in a list, and `030 12345-67` is how Germany and Austria write an extension (DIN 5008). Pairs are how many countries group digits:
 * `044-123-45-67`, `02/123.45.67`. A blank before a last digit parts a number, too, which may be one without it or not: `050 123 45 6 7` is none.
 */
export function behind(bare: string): 'extension' | 'blank' | 'other' | undefined {
  if (/\d{3}$/.test(bare)) return undefined
  if (/\d\p{Zs}+\d[\p{Zs})]*$/u.test(bare)) return 'blank'
  const found = /(\D?)(\d+)\p{Zs}*([./(\u2010-\u2015-])\p{Zs}*(\d{1,2})[\p{Zs})]*$/u.exec(bare)
  if (found === null) return undefined
  const [, before, group = '', sign = '', digits = ''] = found
  const isPair = digits.length === 2 && group.length <= 3 && sign !== '(' && (sign !== '/' || before === '/')
  return isPair ? undefined : /\p{Pd}/u.test(sign) ? 'extension' : 'other'
}
