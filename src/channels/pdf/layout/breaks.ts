/** Where a line may end: UAX #14, with what a compositor would mend in it. Home of linebreak. */
import LineBreaker from 'linebreak'

/** Offsets into the text after which a line may end, in order; the text's own end is the last. Linear in the text. */
export function breaksOf(text: string): number[] {
  if (isPlain(text)) return afterBlanks(text)
  const found: number[] = []
  const added = afterClosingQuotes(text)
  let next = 0
  const breaker = new LineBreaker(text)
  for (let at = breaker.nextBreak(); at !== null; at = breaker.nextBreak()) {
    const { position } = at
    while (next < added.length && added[next]! <= position) {
      if (added[next]! < position) found.push(added[next]!)
      next += 1
    }
    if (position === text.length || !isHeld(text, position)) found.push(position)
  }
  return found
}

/**
 * Words, amounts and dates of plain letters and digits, a blank between each two: lines end after the blanks only, since no pair of
 * these characters has a place between (LB12, LB13, LB19, LB23, LB25, LB28 and LB29).
 */
export function isPlain(text: string): boolean {
  return plain.test(text)
}

const plain = plainTexts()

function plainTexts(): RegExp {
  const letters = '0-9A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u017e\\u0400-\\u0481\\u048a-\\u04ff'
  const joined = `[.,'\\u2019]|[.,:;%]?[\\u00a0\\u202f]`
  const word = `[#\\u2212$\\u00a3\\u20ac]?[${letters}]+(?:(?:(?:${joined})(?=[${letters}])|-(?=[0-9]))[${letters}]+)*(?:\\u00a0?[%\\u20ac])?[.,:;]?`
  return new RegExp(`^${word}(?: ${word})*$`)
}

function afterBlanks(text: string): number[] {
  const found: number[] = []
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) found.push(at + 1)
  found.push(text.length)
  return found
}

/**
 * Between a closing quotation mark and a bracket: »Nova« (branch 5). Up to Unicode 15.0 LB15 forbade it, since it could not tell
 * closing marks from opening ones; a mark that follows a word closes it (LB15a of 15.1).
 */
function afterClosingQuotes(text: string): number[] {
  const positions: number[] = []
  if (!/[ ][([{„‚]/.test(text)) return positions
  for (const match of text.matchAll(/(?<=[^\s([{„‚][»«“”’›‹"'] +)(?=[([{„‚])/g)) positions.push(match.index)
  return positions
}

/** Places that UAX #14 allows, and at which no compositor would end a line. Nothing is lost: what is too long is cut later. */
function isHeld(text: string, at: number): boolean {
  switch (text.charCodeAt(at - 1)) {
    case 0x2f:
      // km/h, и/или, https://: the parts of a slash are words, or they stay together.
      return !/[\p{L}\p{N}]{3}$/u.test(before(text, at - 1)) || !/^[\p{L}\p{N}]{3}/u.test(after(text, at))
    case 0x2d:
    case 0x2010:
      // 5-го, e-mail, по-моему but not будь-що; a hyphen in an address would be taken for one that was put in.
      return (
        !/\p{L}{2}[»“”’"')]?$/u.test(before(text, at - 1)) ||
        !/^[«„“"'(]?\p{L}{3}/u.test(after(text, at)) ||
        isAddress(text, at)
      )
    case 0x2013:
      return isDigit(text.charCodeAt(at - 2)) && isDigit(text.charCodeAt(at))
    case 0x2116:
      return true
    default:
      return false
  }
}

/** Enough to see three letters, whatever planes they are in. */
const before = (text: string, at: number) => text.slice(Math.max(0, at - 8), at)
const after = (text: string, at: number) => text.slice(at, at + 8)

/** How far around a place an address is looked for; a longer one without a dot is none. */
const reach = 200

/** Whether a place is inside a URL or a mail address: a word with @, ://, or a dot between letters. */
function isAddress(text: string, at: number): boolean {
  const left = /\S*$/.exec(text.slice(Math.max(0, at - reach), at))![0]
  const right = /^\S*/.exec(text.slice(at, at + reach))![0]
  return addressed.test(left + right)
}

export const addressed = /@|:\/\/|[\p{L}\p{N}]\.[\p{L}\p{N}]/u

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
