/** A face: one font file, opened once, that says what it covers and turns text into glyphs. */

import type { Font } from 'fontkit'
import type { FontFile, Result } from '../../../model/index.ts'
import { done, failed } from '../../../model/index.ts'
import type { Metrics } from './metrics.ts'
import { noMarks, openPlainly } from './plainly.ts'
import { openSource } from './source.ts'

/** Glyphs of a piece of text in one face, in font units, ready to be drawn at any size. Shared and never changed. */
export interface Glyphs {
  readonly ids: readonly number[]
  /** How far each glyph moves the pen, kerning included. */
  readonly advances: readonly number[]
  /** Where each glyph is set off from the pen: x, y pairs; absent where none is. */
  readonly offsets?: readonly number[] | undefined
  /** The characters that each glyph stands for; a ligature has several, the second glyph of a pair none. */
  readonly texts: readonly string[]
  /** All that they stand for. */
  readonly text: string
  /** Each character has one glyph: the face's own for it. */
  readonly plain: boolean
  /** Sum of the advances. */
  readonly width: number
  /** Paint's own: how it wrote them. */
  written?: unknown
}

export interface Face {
  readonly file: string
  /** The font's file, whole. */
  readonly bytes: Uint8Array
  /** How far a glyph moves the pen by itself, in font units. */
  readonly advance: (glyph: number) => number
  /** The glyph of a character; 0 for one that the font has not. */
  readonly glyph: (codePoint: number) => number
  /** The font's PostScript name. */
  readonly name: string
  readonly metrics: Metrics
  /** fontkit's own object, made when it is first asked for: few documents need it. */
  readonly font: Font
  readonly unitsPerEm: number
  /** In font units, above the baseline. */
  readonly ascent: number
  /** In font units, below the baseline, positive. */
  readonly descent: number
  readonly xHeight: number
  readonly covers: (codePoint: number) => boolean
  /** OpenType features that can be asked for, by tag, in alphabetical order. */
  readonly features: readonly string[]
  readonly shape: (text: string, setting?: Setting) => Glyphs
  /** What `shape` gives, without the shaper, for a text of characters that no rule of the font begins with; undefined for others. */
  readonly plainly: (text: string) => Glyphs | undefined
}

/** How glyphs are chosen and set. */
export interface Setting {
  /** OpenType features by tag: asked for, or taken away from those that are always on. */
  readonly features: Readonly<Record<string, boolean>>
  /** Space after each letter, at a size of one. */
  readonly spacing: number
}

/** Of brands that are still there: preparing and rendering open the same files. */
const known = new WeakMap<FontFile, Result<Face>>()

/** A file that was opened is not opened again: what a face remembers is about its font alone. */
export function openFace(file: FontFile): Result<Face> {
  const face = known.get(file) ?? readFace(file)
  known.set(file, face)
  return face
}

function readFace(file: FontFile): Result<Face> {
  const source = openSource(file.bytes)
  if (source === undefined) {
    const hint = 'use a TrueType or OpenType font (.ttf or .otf), not a collection or a web font'
    return failed({ code: 'pdf.font', message: 'the font cannot be read', place: { file: file.file }, hint })
  }
  const { metrics, advance, glyphOf, font, name } = source
  const covered = new Set(source.codePoints)
  const plainly = openPlainly(source)
  let features: readonly string[] | undefined
  return done({
    file: file.file,
    bytes: file.bytes,
    advance,
    glyph: glyphOf,
    metrics,
    get name() {
      return name()
    },
    get font() {
      return font()
    },
    unitsPerEm: metrics.unitsPerEm,
    ascent: metrics.ascent,
    descent: Math.abs(metrics.descent),
    xHeight: metrics.xHeight || metrics.unitsPerEm / 2,
    covers: codePoint => covered.has(codePoint),
    get features() {
      features ??= featuresOf(font())
      return features
    },
    shape: (text, setting) => (setting === undefined ? plainly(text) : undefined) ?? shape(font(), text, setting),
    plainly,
  })
}

/** fontkit sets these by itself where they are called for, and not when it is asked: offering them would promise too much. */
const unasked = new Set(['aalt', 'dnom', 'numr'])

function featuresOf(font: Font): string[] {
  const found = new Set(font.availableFeatures.filter(tag => !unasked.has(tag)))
  // Some faces have tabular lining figures and no features of these names, since there is nothing to switch.
  const digits = [...'0123456789'].map(digit => font.glyphForCodePoint(digit.charCodeAt(0)))
  const close = (values: readonly number[]) => Math.max(...values) - Math.min(...values) < font.unitsPerEm * 0.05
  if (digits.every(glyph => glyph.advanceWidth === digits[0]!.advanceWidth)) found.add('tnum')
  if (close(digits.map(glyph => glyph.bbox.minY)) && close(digits.map(glyph => glyph.bbox.maxY))) found.add('lnum')
  return [...found].sort()
}

/** One glyph that stands for another text than it says: a blank for one that the face has not, a hyphen that shows a soft one. */
export function readAs({ ids, advances, offsets, width }: Glyphs, text: string): Glyphs {
  return { ids, advances, offsets, texts: [text], text, plain: false, width, written: undefined }
}

function shape(font: Font, text: string, setting?: Setting): Glyphs {
  // Fractions are made around a fraction slash (U+2044), which nobody can type.
  const fractions = setting?.features['frac'] === true && font.hasGlyphForCodePoint(0x2044)
  const shown = fractions ? text.replace(/(?<=\d)\/(?=\d)/g, '\u2044') : text
  const run = layOut(font, shown, setting?.features)
  const advances: number[] = []
  const offsets: number[] = []
  let width = 0
  let off = false
  for (const { xAdvance, xOffset, yOffset } of run.positions) {
    advances.push(xAdvance)
    offsets.push(xOffset, yOffset)
    off ||= xOffset !== 0 || yOffset !== 0
    width += xAdvance
  }
  const ids = run.glyphs.map(glyph => glyph.id)
  let texts = run.glyphs.map(glyph => String.fromCodePoint(...glyph.codePoints))
  if (shown !== text) texts = texts.map(one => one.replaceAll('\u2044', '/'))
  // Where shaping lost count of the characters, the first glyph stands for all of them.
  if (texts.join('') !== text) texts = texts.map((_, index) => (index === 0 ? text : ''))
  if (setting !== undefined && setting.spacing !== 0) {
    width += space(advances, texts, setting.spacing * font.unitsPerEm)
  }
  return { ids, advances, offsets: off ? offsets : undefined, texts, text, plain: false, width, written: undefined }
}

/** Letters that stand on their own: where they are not taken apart into more glyphs, there is no mark to be set on them. */
const markless = /^(?:(?!\p{M})[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Common}])*$/u

function layOut(font: Font, text: string, features: Setting['features'] = {}): ReturnType<Font['layout']> {
  if (markless.test(text)) {
    const run = font.layout(text, { ...features, ...noMarks() } as Record<string, boolean>)
    if (run.glyphs.length <= text.length) return run
  }
  // fontkit writes into what it is given: with its own mark on fractions, dates would be set as such the next time.
  return font.layout(text, { ...features } as Record<string, boolean>)
}

/** Adds space after each letter, its marks included. Returns how much it was. */
function space(advances: number[], texts: readonly string[], units: number): number {
  let added = 0
  for (let index = 0; index < advances.length; index += 1) {
    if (/^(\p{M}|$)/u.test(texts[index + 1] ?? '-')) continue
    advances[index]! += units
    added += units
  }
  return added
}
