/** What of a message is never written in other letters, whatever it costs: addresses of the web, and numbers of accounts and contracts. */
import { type Data, leavesOf, linkIn } from '../../model/index.ts'
import { plain } from './plain.ts'

/** From `start` to before `end` in a message. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Codes in a value: in other letters `КВ-20417` is somebody else's number. Among words one is in capitals: `5-го` and `кв.3` are none.
 * Letters alone are a code where they are the whole value: `КВ` or `АБ-В`, whose figures are another field's.
 */
function codesIn(value: string): readonly string[] {
  if (!foreign.test(value)) return []
  if (short.test(value)) return [value]
  if (!/\d/.test(value)) return []
  const parted = (value.match(partedCode) ?? []).filter(code => code === value || !/^\p{Lu} /u.test(code))
  const reversed = [...value.matchAll(figuresFirst)].flatMap(([code, letters = '']) =>
    units.has(letters) || code.replace(/\D/g, '').length < 4 ? [] : [code],
  )
  const words = value.match(/\S+/g) ?? []
  if (words.length === 1) return words
  const whole = words
    .map(word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter(word => /^\P{Ll}*$/u.test(word) && /\d/.test(word) && /\p{Lu}/u.test(word))
  return [...parted, ...reversed, ...whole].filter(code => foreign.test(code))
}

/** Longer words in capitals are names, and a letter may be an initial. */
const short = /^(?:\p{Lu}{2,3}|\p{Lu}{1,3}(?:[-/]\p{Lu}{1,3})+)$/u

/** `КВ 20417`, `АБ № 123456`, `АА 1234 ВВ`, `О/Р 123`. A letter before figures is a code where nothing is around it: `З 5 березня` is none. */
const partedCode =
  /(?<![\p{L}\p{M}\p{N}])\p{Lu}{1,3}(?:[-/]\p{Lu}{1,3})* (?:№ ?)?[\p{Lu}\d/-]*\d[\p{Lu}\d/-]*(?: \p{Lu}{1,3})?(?![\p{L}\p{M}\p{N}])/gu

/** `20 417 КВ`, `123-45 АБВ`, `20417 КВ 12`; a smaller number is one of flats or of what is counted. */
const figuresFirst = /(?<![\p{L}\p{M}\p{N}.,/-])\d[\d/-]*(?: \d{3})* (\p{Lu}{2,3})(?: \d+)?(?![\p{L}\p{M}\p{N}])/gu

/** Money, measures and times in capitals: `12 500 ГРН`. */
const units = new Set(
  'ГРН КОП РУБ ДОЛ ЄВР ЕВР ЛВ ТГ ДЕН ДИН РСД БР ТИС ТЫС МЛН МЛРД ГБ МБ КБ ТБ ВТ КВТ МВТ КГ КМ ММ СМ МЛ ГА ШТ ЄД ЕД ОД МІН МИН ХВ СЕК ГОД РІК РОК РР ГГ ДН БУД СТР СТ АБО ТА НА ДО ПО ЗА ВІД ОТ ИЛИ ЯК ΕΥΡ'.split(
    ' ',
  ),
)

/** Where to look for what is kept. */
export interface Keeping {
  readonly data: Data
  /** The id, and what identities show: kept whole, whatever they look like. */
  readonly exact: readonly string[]
}

/** Where it stands in a message, in order. */
export function keptIn(message: string, { data, exact }: Keeping): readonly Span[] {
  if (!foreign.test(message)) return []
  const codes = leavesOf(data).flatMap(leaf =>
    typeof leaf === 'string' && foreign.test(leaf) ? codesIn(plain(leaf)) : [],
  )
  const whole = exact.map(plain).filter(one => one !== '' && foreign.test(one))
  const spans: Span[] = [...new Set([...codes, ...whole])].flatMap(one => occurrences(message, one))
  for (const { 0: word, index } of message.matchAll(/\S+/g)) {
    if (!foreign.test(word)) continue
    // What a sentence puts around an address is none of it.
    const [, before = '', core = ''] = /^([^\p{L}\p{N}]*)(.*?)[^\p{L}\p{N}/]*$/u.exec(word) ?? []
    const start = index + before.length
    if (linkIn(core, nobody) !== undefined) spans.push({ start, end: start + core.length })
  }
  return spans.sort((a, b) => a.start - b.start || b.end - a.end)
}

const nobody: ReadonlySet<string> = new Set()

/** Letters and signs that a mend may write otherwise. */
const foreign = /[^\s!-~]/

/** Where a code stands and is no part of a longer word. */
function occurrences(message: string, code: string): readonly Span[] {
  const found: Span[] = []
  for (let at = message.indexOf(code); at >= 0; at = message.indexOf(code, at + code.length)) {
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
