/** What a message says in its wording's own words, and not in those of a customer who is called STOPFORD. */
import type { Communication } from '../communication.ts'
import { linkIn } from './link.ts'
import { percentEncoded } from './linkparts.ts'
import { seek } from './seek.ts'

/** What has to stand in a message. */
export interface Demand {
  readonly words: string
  readonly said: RegExp
  /** Whether an address below a host of ours may hold it, though the data brings that. */
  readonly byLink: boolean
}

/**
 * The pattern of a text between others; where it begins or ends with a letter or digit, that begins or ends a word. A hyphen goes on with
 * a word: NON-STOP is another one than STOP.
 */
export function wholly(text: string): string {
  const words = text.split(/\s+/).map(word => word.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&'))
  const before = /^[\p{L}\p{M}\p{N}]/u.test(text) ? '(?<![\\p{L}\\p{M}\\p{N}]\\p{Pd}?)' : ''
  const after = /[\p{L}\p{M}\p{N}]$/u.test(text) ? '(?!\\p{Pd}?[\\p{L}\\p{M}\\p{N}])' : ''
  return `${before}${words.join('\\s+')}${after}`
}

export interface Telling {
  readonly communication: Pick<Communication, 'data' | 'recipient'>
  /** Hosts of ours: an address below them says how to stop, though the data brings it. */
  readonly links: ReadonlySet<string>
  /** How the message may spell a value; none where it leaves the value out. */
  readonly spellings: (value: string) => readonly string[]
  /** The message with other values in the same wording; undefined where nobody can say. */
  readonly retell: (values: Telling['communication']) => string | undefined
}

/**
 * Whether a message says what it has to without the help of values: where one stands in those words, as a part or the whole, the wording
 * is told again with that value left blank. Where it cannot be, the value is struck from the message.
 */
export function says(message: string, { said, words, byLink }: Demand, wording: Telling): boolean {
  const spans = [...message.matchAll(new RegExp(said, `${said.flags}g`))].map(
    ({ 0: found, index }): Span => ({ start: index, end: index + found.length }),
  )
  if (spans.length === 0) return false
  const { communication, links, retell } = wording
  const spellings = spellingsIn(message, wording.spellings)
  const { data, recipient } = communication
  // Most keys are names that the template knows, and stand in no message: `stop` in nord.example/stop is the wording's.
  const tellsAsKey = (key: string): boolean =>
    !/^[A-Za-z_$][\w$]*$/.test(key) || spellings(key).some(spelt => said.test(spelt))
  const values = new Set<string>()
  seek([data, recipient], (leaf, isKey) => {
    if (!isKey || tellsAsKey(String(leaf))) values.add(String(leaf))
    return false
  })
  const helping = new Map(
    [...values]
      .filter(value => !(byLink && leadsHome(value, links)))
      .map(value => [value, standing(spellings(value), message, spans)] as const)
      .filter(([, stands]) => stands !== 'no'),
  )
  // Formatted, or the sum of others, a figure does not stand as the data has it.
  const reckons = spans.some(({ start, end }) => /\d/.test(message.slice(start, end)))
  const figures = reckons ? [...values].filter(value => figure.test(value)) : []
  if (helping.size === 0 && figures.length === 0) return true
  const digit = [...'98765432'].find(one => !words.includes(one)) ?? '1'
  const told = (blanked: Blanks['helping']): string | undefined => {
    const blanks: Blanks = { helping: blanked, tellsAsKey, digit }
    return retell({ data: without(blanks, data), recipient: without(blanks, recipient) })
  }
  // Where a figure is a word to choose by, other figures cannot be told.
  const own = told(new Map([...figures.map(one => [one, 'no'] as const), ...helping])) ?? told(helping)
  if (own !== undefined) return said.test(own)
  let left = message
  for (const [value, stands] of helping) {
    if (stands !== 'wholly') continue
    for (const spelt of spellings(value)) {
      left = struck(left, spelt)
    }
  }
  return said.test(left)
}

/** The spellings of a value in this message, of each of its lines (`addressLines`), and as a part of an address, once and within another. */
function spellingsIn(message: string, spellings: Telling['spellings']): Telling['spellings'] {
  const isEncoding = message.includes('%')
  return value => {
    const lines = lineEnd.test(value) ? value.split(lineEnd).filter(line => line !== '') : []
    const part = isEncoding ? percentEncoded(value) : value
    const parts = part === value ? [] : [part, percentEncoded(part)]
    const whole = spellings(value)
    return lines.length + parts.length === 0 ? whole : [...whole, ...lines.flatMap(spellings), ...parts]
  }
}

const lineEnd = /[\r\n]+/

/** A message without a value. */
function struck(message: string, value: string): string {
  // Patterns have an end to their length, and what is as long as this is nobody's own words.
  if (value.length > longest) return message.replaceAll(value, blank)
  // A value of one word is told from the wording's own by number alone.
  return message.replace(new RegExp(wholly(value), /\s/.test(value) ? 'gu' : 'u'), blank)
}

const longest = 1_000

interface Span {
  readonly start: number
  readonly end: number
}

/** How a value stands in what a message says: as words of its own, as a part of one (a word of two values is none's own), or not. */
type Standing = 'wholly' | 'partly' | 'no'

function standing(spellings: readonly string[], message: string, spans: readonly Span[]): Standing {
  let most: Standing = 'no'
  for (const spelt of spellings)
    for (let at = message.indexOf(spelt); at >= 0; at = message.indexOf(spelt, at + 1)) {
      const end = at + spelt.length
      if (!spans.some(span => at < span.end && end > span.start)) continue
      const begins = !wordSign.test(message.charAt(at - 1)) || !wordSign.test(spelt.charAt(0))
      const ends = !wordSign.test(message.charAt(end)) || !wordSign.test(spelt.charAt(spelt.length - 1))
      if (begins && ends) return 'wholly'
      if (begins || ends) most = 'partly'
    }
  return most
}

const wordSign = /[\p{L}\p{M}\p{N}]/u

/** A sign of every alphabet: what stands for a value must not change how the rest is written. */
const blank = '_'
const nobody: ReadonlySet<string> = new Set()

const oneAddress = /^(?:https?:\/\/)?[\p{L}\p{M}\p{N}.-]+(?::\d+)?(?:[/?#]\S*)?$/iu

/** Whether a value is one address below a host of ours: with words beside it, it is a name. */
function leadsHome(value: string, links: ReadonlySet<string>): boolean {
  return (
    links.size > 0 &&
    oneAddress.test(value.trim()) &&
    linkIn(value, links) === undefined &&
    linkIn(value, nobody) !== undefined
  )
}

interface Blanks {
  readonly helping: ReadonlyMap<string, Standing>
  readonly tellsAsKey: (key: string) => boolean
  /** Of figures that are left blank: they stay figures, so that they can be formatted. */
  readonly digit: string
}

/** Values and keys as they are, but those that help. */
function without<Value>(blanks: Blanks, value: Value): Value
function without(blanks: Blanks, value: unknown): unknown {
  const { helping, tellsAsKey, digit } = blanks
  if (typeof value === 'number') return helping.has(String(value)) ? Number(digits(String(value), digit)) : value
  if (typeof value === 'string') return !helping.has(value) ? value : figure.test(value) ? digits(value, digit) : blank
  if (Array.isArray(value)) return value.map(one => without(blanks, one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one], at) => [
      // Two keys never become one.
      helping.get(name) === 'wholly' && tellsAsKey(name) ? blank.repeat(at + 1) : name,
      without(blanks, one),
    ]),
  )
}

const figure = /^-?\d+(?:\.\d+)?$/

/** Zeros behind the point stay: who shows none of them would have lost other digits. */
function digits(written: string, digit: string): string {
  const [whole = '', fraction] = written.split('.')
  const other = whole.replace(/\d/g, digit)
  return fraction === undefined ? other : `${other}.${fraction.replace(/[1-9]/g, digit)}`
}
