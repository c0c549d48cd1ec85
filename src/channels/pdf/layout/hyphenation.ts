/** Where words may be parted with a hyphen: TeX's patterns, by language. Home of hyphenopoly, whose pattern files are used as they come. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { languageOf } from '../../../model/index.ts'

/** Letters that stay on the line, and that go to the next one. */
const leastBefore = 2
const leastAfter = 3

/** Pattern files take no more letters: longer words are looked at in pieces, in time that grows with their length only. */
const longestWord = 61

/** Letters at the border of a piece that its patterns cannot judge, since they see no further; no pattern is longer. */
const overlap = 10

/** Words remembered for each language. */
const mostWords = 5_000

/** Pattern files by language; English by region: "en" alone is American, as in CLDR. */
const patterns: Readonly<Record<string, string>> = { uk: 'uk', ru: 'ru', pl: 'pl', de: 'de', en: 'en-gb' }
const american = /^en(-Latn)?(-US)?$/i

/** Offsets in a word, in order, before which it may be parted; none in a language without patterns, or in what is no word. */
export function hyphenPoints(word: string, lang: string): readonly number[] {
  if (word.length < leastBefore + leastAfter) return []
  if (word.length > longestWord) return pointsByPieces(word, lang)
  const name = american.test(lang) ? 'en-us' : patterns[languageOf(lang)]
  if (name === undefined) return []
  const language = opened.get(name) ?? open(name)
  const known = language.words.get(word)
  if (known !== undefined) return known
  if (language.words.size >= mostWords) language.words.clear()
  const points = language.part(word)
  language.words.set(word, points)
  return points
}

function pointsByPieces(word: string, lang: string): number[] {
  const points: number[] = []
  for (let from = 0; ; from += longestWord - 2 * overlap) {
    const to = Math.min(word.length, from + longestWord)
    for (const point of hyphenPoints(word.slice(from, to), lang)) {
      const judged = (from === 0 || point >= overlap) && (to === word.length || point < longestWord - overlap)
      if (judged) points.push(from + point)
    }
    if (to === word.length) return points
  }
}

interface Language {
  readonly part: (word: string) => readonly number[]
  readonly words: Map<string, readonly number[]>
}

const opened = new Map<string, Language>()

/** What a pattern file exports: memory that begins with a word of 16-bit letters, and the function that puts marks into it. */
interface Patterns {
  readonly mem: WebAssembly.Memory
  /** Length of the word with its marks; 0 where a letter is not of the language. */
  readonly hyphenate: (least: number, leastAfter: number, mark: number) => number
}

/**
 * The files are taken without the package's own JavaScript, which remembers every word it ever saw: no bound for customers' names.
 * Compiling one takes 2 ms. The version is pinned, and a test holds it to what is expected here.
 */
function open(name: string): Language {
  const file = createRequire(import.meta.url).resolve(`hyphenopoly/patterns/${name}.wasm`)
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)))
  const { mem, hyphenate } = exports as unknown as Patterns
  const letters = new Uint16Array(mem.buffer, 0, 64)
  const marked = new Uint16Array(mem.buffer, 0, 128)
  const mark = 0xad
  const part = (word: string): number[] => {
    for (let at = 0; at < word.length; at += 1) letters[at] = straight(word.charCodeAt(at))
    letters[word.length] = 0
    const length = hyphenate(leastBefore, leastAfter, mark)
    const points: number[] = []
    for (let at = 0; at < length; at += 1) if (marked[at] === mark) points.push(at - points.length)
    return points
  }
  const language = { part, words: new Map() }
  opened.set(name, language)
  return language
}

/** Patterns know the apostrophe of Ukrainian words as the straight one. */
function straight(code: number): number {
  return code === 0x2019 || code === 0x02bc ? 0x27 : code
}
