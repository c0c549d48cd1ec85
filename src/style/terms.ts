/** Terms that the brand prefers, avoids or spells its own way. */
import { linkIn, literal, type SpeechStyle } from '../model/index.ts'
import { asSeen } from './seen.ts'

/** What was found in a text, and what to write instead. */
export interface Finding {
  readonly code: 'style.term' | 'style.spelling' | 'style.address'
  readonly found: string
  readonly hint: string
}

export type FindTerms = (text: string) => readonly Finding[]

/**
 * Compiles a language's rules. Terms are whole words, in any case; `Faktur*` stands for all words that begin so, other forms are listed.
 */
export function compileTerms({ prefer = {}, avoid = [], spelling = [] }: SpeechStyle): FindTerms {
  const rules: {
    readonly code: Finding['code']
    readonly pattern: RegExp
    readonly right?: string
    readonly hint: string
  }[] = [
    ...Object.entries(prefer).flatMap(([right, wrong]) =>
      wrong.map(term => ({ code: 'style.term' as const, pattern: termPattern(term), hint: `write "${right}"` })),
    ),
    ...avoid.map(term => ({
      code: 'style.term' as const,
      pattern: termPattern(term),
      hint: 'say it in other words: the brand avoids this one',
    })),
    ...spelling.map(asSeen).map(right => ({
      code: 'style.spelling' as const,
      pattern: spellingPattern(right),
      right,
      hint: `write "${right}"`,
    })),
  ]
  return text =>
    rules.flatMap(({ code, pattern, right, hint }) =>
      [...text.matchAll(pattern)]
        .filter(({ 0: found, index }) => !isInAddress(text, index, index + found.length))
        .map(([found]) => found)
        .filter(found => right === undefined || !isSpelled(found, right))
        .map(found => ({ code, found, hint })),
    )
}

/** Whether words stand in an address of the web or of mail: who writes them otherwise leads elsewhere. */
function isInAddress(text: string, start: number, end: number): boolean {
  const before = /\S*$/.exec(text.slice(0, start))?.[0] ?? ''
  const behind = /^\S*/.exec(text.slice(end))?.[0] ?? ''
  const found = text.slice(start, end)
  return !/\s/.test(found) && linkIn(before + found + behind, nobody) !== undefined
}

const nobody: ReadonlySet<string> = new Set()

/**
 * Letters and signs of a term in all ways that they are set: hyphens and apostrophes of any kind, and what is written otherwise in
 * capitals. `Maße` is not `Masse`, but both are `MASSE`.
 */
const setAs: Readonly<Record<string, string>> = {
  '-': '[-‐‑]',
  "'": "['’ʼ‘`]",
  ß: '(?:ß|(?-i:SS))',
  i: '[iİ]',
  ı: '[ıI]',
}

function lettersOf(words: string): string {
  const small = words
    .replace(/[’ʼ‘`]/g, "'")
    .replace(/[‐‑]/g, '-')
    .replaceAll('ẞ', 'ß')
    .replaceAll('İ', 'i')
  return Array.from(small, sign => setAs[sign] ?? literal(sign)).join('')
}

const before = '(?<![\\p{L}\\p{N}])'
const after = '(?![\\p{L}\\p{N}])'

function termPattern(term: string): RegExp {
  const stem = term.endsWith('*')
  const words = asSeen(stem ? term.slice(0, -1) : term)
    .trim()
    .split(/\s+/)
    .map(lettersOf)
  return new RegExp(`${before}${words.join('[\\s\\u00a0]+')}${stem ? '[\\p{L}\\p{N}]*' : ''}${after}`, 'giu')
}

/** The same letters, however they are joined: `home 500`, `Home-500`, `HOME500`; `Aqua-Plus` for `AquaPlus`. */
function spellingPattern(right: string): RegExp {
  const parts =
    right.match(/\p{Lu}*[\p{Ll}\p{M}]+|\p{Lu}+|[\p{Lo}\p{Lm}\p{Lt}]+|\p{N}+|[^\p{L}\p{N}\s\u00a0\-‑–]+/gu) ?? []
  return new RegExp(`${before}${parts.map(literal).join('[\\s\\u00a0\\-‑–]*')}${after}`, 'giu')
}

/** Blanks and hyphens may be those that do not break; a word in small letters takes a capital at the head of a sentence. */
function isSpelled(found: string, right: string): boolean {
  const same = found.replaceAll('\u00a0', ' ').replaceAll('‑', '-')
  return same === right || (same.slice(1) === right.slice(1) && same.charAt(0) === right.charAt(0).toUpperCase())
}
