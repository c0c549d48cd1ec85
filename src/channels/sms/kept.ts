/** What of a message is never written in other letters, whatever it costs: addresses of the web, and numbers of accounts and contracts. */
import { leavesOf, linkIn } from '../../model/index.ts'

/** From `start` to before `end` in a message. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Whether a value is a code: in other letters `КВ-20417` is somebody else's number. Days and amounts are one in no alphabet. */
export function isCode(value: string): boolean {
  return /^\S*\d\S*$/.test(value) && foreign.test(value)
}

/** Where they stand in a message, in order; `values`: the data, and what else of the communication it may show. */
export function keptIn(message: string, values: unknown): readonly Span[] {
  if (!foreign.test(message)) return []
  const codes = new Set(leavesOf(values).filter((leaf): leaf is string => typeof leaf === 'string' && isCode(leaf)))
  const spans: Span[] = []
  for (const { 0: word, index } of message.matchAll(/\S+/g)) {
    if (!foreign.test(word)) continue
    // What a sentence puts around an address is none of it.
    const [, before = '', core = ''] = /^([^\p{L}\p{N}]*)(.*?)[^\p{L}\p{N}/]*$/u.exec(word) ?? []
    const start = index + before.length
    if (linkIn(core, nobody) !== undefined) spans.push({ start, end: start + core.length })
    else for (const code of codes) spans.push(...occurrences(message, code, { start: index, end: index + word.length }))
  }
  return spans
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
