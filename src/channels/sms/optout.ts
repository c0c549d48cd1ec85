/** What a message that sells says of how to stop it: in the wording's own words, and not in those of a customer who is called STOPFORD. */
import { type Data, linkIn } from '../../model/index.ts'
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
  /** Values that may stand in the message. */
  readonly data: readonly (Data | string | undefined)[]
  /** Hosts of ours: an address below them says how to stop, though the data brings it. */
  readonly links: ReadonlySet<string>
  readonly respell: (text: string) => readonly string[]
}

/** Whether a message says what it has to without the help of values. */
export function says(message: string, { said, key }: Demand, { data, links, respell }: Wording): boolean {
  if (!said.test(message)) return false
  let own = message
  for (const value of valuesOf(data)) {
    if (leadsHome(value, links)) continue
    const written = plain(value.replace(/\s+/g, ' '))
    for (const spelt of new Set([written, ...respell(written)])) {
      const match = key.exec(spelt)
      if (match === null) continue
      // A value that says nothing else is told from the wording's own by number alone.
      own = match[0] === spelt ? own.replace(key, struck) : own.replaceAll(spelt, struck)
    }
  }
  return said.test(own)
}

const struck = '\0'
const nobody: ReadonlySet<string> = new Set()

function leadsHome(value: string, links: ReadonlySet<string>): boolean {
  return links.size > 0 && linkIn(value, links) === undefined && linkIn(value, nobody) !== undefined
}

function valuesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(valuesOf)
  return isObject(value) ? Object.values(value).flatMap(valuesOf) : []
}
