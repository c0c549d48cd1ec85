/** Figures in a text that was read: digits with the separators of a locale, taken as exact values. Shares no code with what formats them. */
import { isSignOf, signBefore, signBehind, signReach } from './currencysigns.ts'
import { isWhole } from './tokens.ts'

/** How a locale separates digits. */
export interface Separators {
  readonly decimal: string
  /** Empty where digits stand in no groups. A blank of any kind is a no-break space here. */
  readonly group: string
}

/** What is looked for: a value, and how it should read. */
export interface Figure {
  readonly as: 'money' | 'number' | 'percent' | 'date' | 'text'
  /** Canonical decimal text. */
  readonly value: string
  readonly shown: string
  readonly currency?: string
}

export interface Figures {
  /** The value as it was read, if the text shows it as a whole token: with as many decimals, with no other currency's sign. */
  readonly find: (wanted: Figure) => string | undefined
  /** Other figures that read like the one that is wanted: with as many decimals, alone, of the same currency. None without decimals. */
  readonly like: (wanted: Figure) => readonly Sighted[]
}

/** A figure that stands in a text. */
export interface Sighted {
  /** As it is written, with a hyphen before one below zero. */
  readonly text: string
  readonly value: number
}

/** The separators in `1234567.5`, as a locale shows it. */
export function separatorsOf(example: string): Separators {
  const signs = ascii(example).match(/[^\d]+/g) ?? []
  const decimal = signs.at(-1) ?? '.'
  const group = signs.length > 1 ? (signs[0] as string) : ''
  return { decimal, group: /^\p{Zs}$/u.test(group) ? blank : group.replaceAll('\u2019', "'") }
}

const blank = '\u00a0'

/** Reads the figures of a folded text: only those that may be what is looked for, which of a text with a table are few. */
export function readFigures(text: string, separators: Separators): Figures {
  const plain = ascii(text)
  const read = ({ index, run }: DigitRun): readonly Sighting[] => sightings(run, index, separators)
  return {
    find(wanted) {
      const shown = ascii(wanted.shown)
      const negative = wanted.value.startsWith('-')
      const digits = withDecimals(negative ? wanted.value.slice(1) : wanted.value, decimalsIn(shown, separators))
      if (digits === undefined) return undefined
      const end = unparted(digits)
      const asked = { ...wanted, shown, negative }
      const fits = (one: DigitRun) => read(one).some(at => at.digits === digits && stands(plain, at, asked))
      return runsWith(end, plain).some(fits) ? bare(`${negative ? '-' : ''}${digits}`) : undefined
    },
    like(wanted) {
      const shown = ascii(wanted.shown)
      const decimals = decimalsIn(shown, separators)
      if (decimals === 0) return []
      return [...Map.groupBy(runsIn(plain).flatMap(read), ({ digits }) => digits)].flatMap(([digits, all]) => {
        if ((digits.split('.')[1]?.length ?? 0) !== decimals) return []
        return [false, true].flatMap((negative): readonly Sighted[] => {
          const at = all.find(sighting => stands(plain, sighting, { ...wanted, shown, negative }))
          if (at === undefined) return []
          return [
            {
              text: `${negative ? '-' : ''}${text.slice(at.start, at.end)}`,
              value: Number(digits) * (negative ? -1 : 1),
            },
          ]
        })
      })
    },
  }
}

/** The last digits of a figure, which stand beside each other however it is grouped. */
function unparted(digits: string): string {
  const point = digits.indexOf('.')
  return point < 0 ? digits.slice(-2) : digits.slice(point + 1)
}

/** Digits with what may part them; a line end parts figures. */
interface DigitRun {
  readonly index: number
  readonly run: string
}

/** All runs of a text. */
function runsIn(text: string): readonly DigitRun[] {
  const runs: DigitRun[] = []
  for (let at = 0; at < text.length; at += 1) {
    if (!isDigit(text, at)) continue
    const one = runAround(text, at)
    runs.push(one)
    at = one.index + one.run.length
  }
  return runs
}

/** Those with some digits in them: of a text with a table they are few, and the others are never looked at. */
function runsWith(digits: string, text: string): readonly DigitRun[] {
  const runs: DigitRun[] = []
  for (let at = text.indexOf(digits); at >= 0; ) {
    const one = runAround(text, at)
    runs.push(one)
    at = text.indexOf(digits, one.index + one.run.length)
  }
  return runs
}

/** The run that a digit stands in. */
function runAround(text: string, at: number): DigitRun {
  let index = at
  while (isDigit(text, index - 1) || (isParting(text, index - 1) && isDigit(text, index - 2))) index -= 1
  let end = at + 1
  while (isDigit(text, end) || (isParting(text, end) && isDigit(text, end + 1))) end += 1
  return { index, run: text.slice(index, end) }
}

const isParting = (text: string, at: number): boolean => partsDigits.has(text.charCodeAt(at))

const partsDigits: ReadonlySet<number> = new Set(Array.from(".,'\u2019\u066b\u066c \u00a0", sign => sign.charCodeAt(0)))

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0x30 && code <= 0x39
}

interface Sighting {
  readonly digits: string
  readonly start: number
  readonly end: number
}

/**
 * Every way to read a run of digits. A no-break space holds a figure together where the locale groups with blanks; a plain one may
 * stand for it (bare text, mails) or part two columns: both are read.
 */
function sightings(run: string, index: number, { decimal, group }: Separators): readonly Sighting[] {
  if (!/[ \u00a0]/.test(run)) {
    const digits = digitsOf(run, { decimal, group })
    return digits === undefined ? [] : [{ digits, start: index, end: index + run.length }]
  }
  const parts = [...run.matchAll(group === blank ? /[^ ]+/g : /[^ \u00a0]+/g)]
  const all: Sighting[] = []
  for (let from = 0; from < parts.length; from += 1) {
    const first = parts[from] as RegExpExecArray
    const most = group === blank ? Math.min(parts.length, from + 5) : from + 1
    for (let to = from; to < most; to += 1) {
      const last = parts[to] as RegExpExecArray
      const end = last.index + last[0].length
      const digits = digitsOf(run.slice(first.index, end).replaceAll(' ', blank), { decimal, group })
      if (digits !== undefined) all.push({ digits, start: index + first.index, end: index + end })
    }
  }
  return all
}

/** Unsigned digits with a point, as many decimals as are written; undefined for what no figure of the locale looks like. */
function digitsOf(text: string, { decimal, group }: Separators): string | undefined {
  const point = text.indexOf(decimal)
  const whole = point < 0 ? text : text.slice(0, point)
  const fraction = point < 0 ? undefined : text.slice(point + decimal.length)
  if (fraction !== undefined && !areDigits(fraction)) return undefined
  const joined = areDigits(whole) ? whole : ungrouped(whole, group)
  if (joined === undefined) return undefined
  const digits = joined.startsWith('0') ? joined.replace(/^0+(?=\d)/, '') : joined
  return fraction === undefined ? digits : `${digits}.${fraction}`
}

/** Groups of three or, ahead of the last, of two. */
function ungrouped(whole: string, group: string): string | undefined {
  if (group === '') return undefined
  const groups = whole.split(group)
  const [first = '', ...others] = groups
  const inGroups =
    areDigits(first) &&
    first.length <= 3 &&
    others.at(-1)?.length === 3 &&
    others.every(one => areDigits(one) && (one.length === 2 || one.length === 3))
  return inGroups ? groups.join('') : undefined
}

function areDigits(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isDigit(text, at)) return false
  return text !== ''
}

/** Whether a figure stands alone, with the sign that is wanted, and beside no currency or percentage that is not. */
function stands(
  text: string,
  { start, end }: Sighting,
  { as, shown, currency, negative }: Figure & { readonly negative: boolean },
): boolean {
  const [before, after] = affixesOf(shown)
  const ahead = text.slice(Math.max(0, start - signReach), start)
  const behind = text.slice(end, end + signReach)
  const unit = signBefore(ahead)
  const beforeUnit = unit === '' ? ahead : ahead.slice(0, -unit.length)
  const minus =
    isMinus(ahead.slice(-1)) ||
    (unit !== '' && isMinus(beforeUnit.slice(-1))) ||
    isSetOff(text, { start: start - unit.length, end })
  if ((minus || isBracketed(text, start, end)) !== negative) return false
  const ours = (before !== '' && ahead.endsWith(before)) || minus
  const theirs = after !== '' && folded(behind).startsWith(after)
  if (!ours && !isWhole(text.slice(0, end), start, end)) return false
  if (minus && /[\p{L}\p{N}][-\u2212\u2013]$/u.test(isMinus(ahead.slice(-1)) ? ahead : beforeUnit)) return false
  if (!theirs && !isWhole(text.slice(start), 0, end - start)) return false
  if (/^[ \u00a0\t]?[%\u066a]/.test(behind) || /[%\u066a]$/.test(ahead)) return as === 'percent'
  if (as === 'percent') return false
  if (/^\/\d/.test(behind) || /\d\/$/.test(ahead)) return false
  if (as !== 'money' || theirs) return true
  const signs = [unit, signBehind(behind)].map(sign => sign.trim()).filter(sign => sign !== '')
  return signs.length === 0 || signs.some(sign => isSignOf(sign, currency, shown))
}

/**
 * Whether a minus stands before a figure with a blank between: one behind a colon, or before a figure that is all that stands in its
 * line or its cell. In a sentence it is a dash, and before one it marks an entry of a list.
 */
function isSetOff(text: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const ahead = /[^\n\t]*$/.exec(text.slice(Math.max(0, start - widest), start))?.[0] ?? ''
  if (/:[ \u00a0]?[-\u2212\u2013][ \u00a0]$/.test(ahead)) return true
  return (
    /^[ \u00a0]?[-\u2212\u2013][ \u00a0]$/.test(ahead) &&
    /^[^\d\n\t]{0,8}(?=[\n\t]|$)/.test(text.slice(end, end + widest))
  )
}

/**
 * Whether a figure is all that stands in its line or its cell, in parentheses: so accounts write what is below zero. In a sentence
 * parentheses only set it apart. Tabs part the cells of a row.
 */
function isBracketed(text: string, start: number, end: number): boolean {
  const ahead = /[^\n\t]*$/.exec(text.slice(Math.max(0, start - widest), start))?.[0] ?? ''
  const behind = /^[^\n\t]*/.exec(text.slice(end, end + widest))?.[0] ?? ''
  return opening.test(ahead) && closing.test(behind)
}

/** More than a parenthesis with a sign of a currency and blanks takes: what stands further off is something else. */
const widest = 24

/** A parenthesis, and at most a sign of a currency between it and the figure. */
const opening = /^[ \u00a0]*[-\u2212\u2013]?\([^\d()]{0,8}$/
const closing = /^[^\d()]{0,8}\)[ \u00a0]*$/

/** What stands before and behind the digits of a figure, without its minus. */
function affixesOf(shown: string): readonly [string, string] {
  const before = /^[^\d]*/.exec(shown)?.[0] ?? ''
  const after = /[^\d]*$/.exec(shown)?.[0] ?? ''
  return [before.replace(/[-\u2212]/g, ''), folded(after)]
}

const folded = (text: string): string => text.replace(/[\n\t\u00a0]/g, ' ')

const isMinus = (sign: string): boolean => sign === '-' || sign === '\u2212' || sign === '\u2013'

function decimalsIn(shown: string, { decimal }: Separators): number {
  const figure = /\d.*\d|\d/.exec(shown)?.[0] ?? ''
  const point = figure.lastIndexOf(decimal)
  return point < 0 ? 0 : figure.length - point - decimal.length
}

/** A value with exactly so many decimals; undefined where digits would be lost. */
function withDecimals(value: string, decimals: number): string | undefined {
  const [whole = '', fraction = ''] = value.split('.')
  if (/[1-9]/.test(fraction.slice(decimals))) return undefined
  const digits = whole.replace(/^0+(?=\d)/, '')
  return decimals === 0 ? digits : `${digits}.${fraction.slice(0, decimals).padEnd(decimals, '0')}`
}

export const isDecimalText = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)

/** Decimal text without a sign on nothing. */
export const bare = (text: string): string => (/[1-9]/.test(text) ? text : text.replace('-', ''))

/** Where digits of other scripts stand: none is below, or between U+2000 and U+A61F. */
const otherDigits = /[\u0660-\u1fff\ua620-\uffff]/

/** Digits of every script as those of ASCII. Decimal digits of a script are ten in a row, from a code that ends in 0 or 6. */
function ascii(text: string): string {
  if (!otherDigits.test(text)) return text
  return text.replace(/(?![0-9])\p{Nd}/gu, digit => {
    const code = digit.codePointAt(0) as number
    const row = code & ~0xf
    const zero = /\p{Nd}/u.test(String.fromCodePoint(row)) ? row : row + 6
    // Two units become one character and a filler, so that places stay what they are.
    return `${(code - zero) % 10}${digit.length > 1 ? '\u2060' : ''}`
  })
}
