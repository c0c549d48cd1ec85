/** What a message that sells says of how to stop it: in the wording's own words, and not in those of a customer who is called STOPFORD. */
import { type Communication, linkIn } from '../../model/index.ts'
import { isObject } from '../../schema/index.ts'
import { plain } from './plain.ts'

/** What has to stand in a message. */
export interface Demand {
  readonly words: string
  readonly said: RegExp
  /** What a value of the data has to hold to be taken for it. */
  readonly key: RegExp
}

/** Words that have to stand as they are, between others: in each of their spellings, since a message is written so, too. */
export function wordsDemand(words: string, respell: (text: string) => readonly string[]): Demand {
  const written = plain(words)
  const spelt = [...new Set([written, ...respell(written)])].filter(one => one !== '')
  const said = new RegExp(spelt.map(wholly).join('|'), 'u')
  return { words: written, said, key: said }
}

/** A text between others; where it begins or ends with a letter or digit, that begins or ends a word. */
function wholly(text: string): string {
  const words = text.split(/\s+/).map(word => word.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&'))
  const before = /^[\p{L}\p{M}\p{N}]/u.test(text) ? '(?<![\\p{L}\\p{M}\\p{N}])' : ''
  const after = /[\p{L}\p{M}\p{N}]$/u.test(text) ? '(?![\\p{L}\\p{M}\\p{N}])' : ''
  return `${before}${words.join('\\s+')}${after}`
}

export interface Wording {
  readonly communication: Pick<Communication, 'data' | 'recipient'>
  /** Hosts of ours: an address below them says how to stop, though the data brings it. */
  readonly links: ReadonlySet<string>
  readonly respell: (text: string) => readonly string[]
  /** The message with other values in the same wording; undefined where nobody can say. */
  readonly retell: (values: Wording['communication']) => string | undefined
}

/**
 * Whether a message says what it has to without the help of values: where one of them holds the words, the wording is told again with
 * that value left blank. Where it cannot be, the value is struck from the message.
 */
export function says(message: string, { said, key }: Demand, wording: Wording): boolean {
  if (!said.test(message)) return false
  const { communication, links, respell, retell } = wording
  const spellings = (value: string): readonly string[] => {
    const written = plain(value.replace(/\s+/g, ' '))
    return [...new Set([written, ...respell(written)])]
  }
  const values = valuesOf([communication.data, communication.recipient]).filter(value => !leadsHome(value, links))
  const helping = new Set(values.filter(value => spellings(value).some(spelt => key.test(spelt))))
  if (helping.size === 0) return true
  const own = retell({
    data: without(helping, communication.data),
    recipient: without(helping, communication.recipient),
  })
  if (own !== undefined) return said.test(own)
  let left = message
  for (const spelt of [...helping].flatMap(spellings)) {
    const match = key.exec(spelt)
    if (match === null) continue
    // A value that says nothing else is told from the wording's own by number alone.
    left = match[0] === spelt ? left.replace(key, blank) : left.replaceAll(spelt, blank)
  }
  return said.test(left)
}

/** A sign of every alphabet: what stands for a value must not change how the rest is written. */
const blank = '_'
const nobody: ReadonlySet<string> = new Set()

function leadsHome(value: string, links: ReadonlySet<string>): boolean {
  return links.size > 0 && linkIn(value, links) === undefined && linkIn(value, nobody) !== undefined
}

function valuesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(valuesOf)
  return isObject(value) ? Object.values(value).flatMap(valuesOf) : []
}

/** Values as they are, but those named. */
function without<Value>(named: ReadonlySet<string>, value: Value): Value
function without(named: ReadonlySet<string>, value: unknown): unknown {
  if (typeof value === 'string') return named.has(value) ? blank : value
  if (Array.isArray(value)) return value.map(one => without(named, one))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, without(named, one)]))
}
