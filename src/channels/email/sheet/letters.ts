/** CSS before it is parsed: without comments, its escapes read, and signs in strings such that they end nothing. */

/** Signs of the private area, one for each sign of ASCII that is neither letter nor digit. */
const area = 0xe100

/** CSS whose braces, commas and colons all mean something; `unveil` gives the others back. */
export function legible(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/<!--|-->/g, ' ')
    .replace(
      /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g,
      one => one[0] + veil(readEscapes(one.slice(1, -1))) + one[0],
    )
    .replace(escapes, (whole, hex?: string, sign?: string) => veil(escaped(whole, hex, sign)))
}

/** `dis\play` and `n\6fne` as programs read them (CSS Syntax 3 §4.3.7). */
export function readEscapes(css: string): string {
  return css.includes('\\') ? css.replace(escapes, escaped) : css
}

export function unveil(text: string): string {
  return text.replace(/[\u{E100}-\u{E17F}]/gu, sign => String.fromCharCode(sign.charCodeAt(0) - area))
}

const escapes = /\\(?:([\da-f]{1,6})\s?|([^\n\da-f]))/gi

function escaped(_whole: string, hex?: string, sign = ''): string {
  if (hex === undefined) return sign
  const code = Number.parseInt(hex, 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\u{FFFD}'
}

function veil(text: string): string {
  return text.replace(/[^\w\u0080-\uffff-]/g, sign => String.fromCharCode(sign.charCodeAt(0) + area))
}
