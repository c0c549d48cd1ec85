/** What of a message is never written in other letters, whatever it costs: addresses of the web, and numbers of accounts and contracts. */
import { type Data, leavesOf, linkIn } from '../../model/index.ts'
import { plain } from './plain.ts'

/** From `start` to before `end` in a message. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Codes in a value: in other letters `КВ-20417` is somebody else's number. Among words one is in capitals: `5-го` and `кв.3` are none. */
function codesIn(value: string): readonly string[] {
  if (!/\d/.test(value) || !foreign.test(value)) return []
  const words = value.match(/\S+/g) ?? []
  if (words.length === 1) return words
  return words
    .map(word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter(word => /^\P{Ll}*$/u.test(word) && /\d/.test(word) && /\p{Lu}/u.test(word) && foreign.test(word))
}

/** Where to look for what is kept. */
export interface Keeping {
  readonly data: Data
  /** The id, and what identities show: kept whole, whatever they look like. */
  readonly exact: readonly string[]
}

/** Where it stands in a message, in order. */
export function keptIn(message: string, { data, exact }: Keeping): readonly Span[] {
  if (!foreign.test(message)) return []
  const codes = new Set(leavesOf(data).flatMap(leaf => (typeof leaf === 'string' ? codesIn(leaf) : [])))
  const whole = exact.map(plain).filter(one => one !== '' && foreign.test(one))
  const spans: Span[] = whole.flatMap(one => occurrences(message, one, { start: 0, end: message.length }))
  for (const { 0: word, index } of message.matchAll(/\S+/g)) {
    if (!foreign.test(word)) continue
    // What a sentence puts around an address is none of it.
    const [, before = '', core = ''] = /^([^\p{L}\p{N}]*)(.*?)[^\p{L}\p{N}/]*$/u.exec(word) ?? []
    const start = index + before.length
    if (linkIn(core, nobody) !== undefined) spans.push({ start, end: start + core.length })
    else for (const code of codes) spans.push(...occurrences(message, code, { start: index, end: index + word.length }))
  }
  return spans.sort((a, b) => a.start - b.start || b.end - a.end)
}

const nobody: ReadonlySet<string> = new Set()

/** Letters and signs that a mend may write otherwise. */
const foreign = /[^\s!-~]/

/** Where a code stands in a word and is no part of a longer one. */
function occurrences(message: string, code: string, { start, end }: Span): readonly Span[] {
  const found: Span[] = []
  for (let at = message.indexOf(code, start); at >= 0 && at < end; at = message.indexOf(code, at + code.length)) {
    const behind = at + code.length
    if (!wordSign.test(message.charAt(at - 1)) && !wordSign.test(message.charAt(behind)))
      found.push({ start: at, end: behind })
  }
  return found
}

const wordSign = /[\p{L}\p{M}\p{N}]/u

/** A text written by `write`, but for what is kept. */
export function writtenAround(text: string, kept: readonly Span[], write: (text: string) => string): string {
  let out = ''
  let from = 0
  for (const { start, end } of kept) {
    if (start < from) continue
    out += write(text.slice(from, start)) + text.slice(start, end)
    from = end
  }
  return out + write(text.slice(from))
}
