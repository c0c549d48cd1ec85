/** A face as one document embeds it: a Type 0 font (ISO 32000-1 §9.7) with the glyphs that are used. */
import { deflateSync } from 'node:zlib'
import type { Face } from '../fonts/face.ts'
import { type Coder, Joining, join, openCoder, type Piece } from './coder.ts'
import { knownSections } from './codes.ts'
import type { Ink } from './ink.ts'
import { thousandth } from './ink.ts'
import { behind, type Neighbours, neighboursOf } from './neighbours.ts'
import type { Stretch } from './outlines.ts'
import { type Print, printOf } from './prints.ts'
import { programsOf } from './program.ts'
import { reference } from './strings.ts'
import type { Shown, Used } from './subset.ts'
import type { Writer } from './writer.ts'

export interface Embedded {
  readonly ink: Ink
  /** Number of the font's object. */
  readonly id: number
  readonly shown: Shown
}

export function embedFont({ ink, id, shown }: Embedded, writer: Writer): void {
  const { program, entries, map, unicode: codes, name, widths } = printOf(ink, shown, makePrint)
  const file = writer.once(entries, program)
  const glyphs = map === undefined ? '' : ` /CIDToGIDMap ${reference(writer.once('/Filter /FlateDecode', map))}`
  const unicode = writer.once('/Filter /FlateDecode', codes)
  const [kind, entry] = map === undefined ? ['CIDFontType0', 'FontFile3'] : ['CIDFontType2', 'FontFile2']
  const [descriptor, descendant] = [writer.reserve(), writer.reserve()]
  writer.put(
    descriptor,
    `<</Type /FontDescriptor /FontName /${name}${described(ink.face)} /${entry} ${reference(file)}>>`,
  )
  writer.put(
    descendant,
    `<</Type /Font /Subtype /${kind} /BaseFont /${name} /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor ${reference(descriptor)} /W ${widths}${glyphs}>>`,
  )
  writer.put(
    id,
    `<</Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${reference(descendant)}] /ToUnicode ${reference(unicode)}>>`,
  )
}

function makePrint(ink: Ink, { sets, others }: Shown): Print {
  const { face } = ink
  const programs = programsOf(face)
  const glyphs = others.map(({ glyph }) => glyph)
  const known = programs === undefined ? [] : neighboursOf(sets, ink, programs)
  const codes: number[] = []
  for (const { codes: own } of known) for (let at = 0; at < own.length; at += 1) codes.push(own[at]!)
  for (const { code } of others) codes.push(code)
  const made = programs?.of([programs.stretch([0]), ...known.map(stretchOf), programs.stretch(glyphs)])
  return {
    program: made?.bytes ?? deflateSync(compactProgram(face.font, [0, ...glyphs])),
    entries: `/${made === undefined ? 'Subtype /CIDFontType0C' : `Length1 ${made.length}`} /Filter /FlateDecode`,
    map: made === undefined ? undefined : glyphMap(codes),
    unicode: toUnicode(others),
    name: `${tag(known, others)}+${face.name.replaceAll(/[^\w.-]/g, '_')}`,
    widths: `[0 [${ink.width(0)}${widthsOf(ink, known, others)}]]`,
  }
}

const stretchOf = ({ stretch }: Neighbours): Stretch => stretch

/** Behind that of code 0. */
function widthsOf(ink: Ink, known: readonly Neighbours[], others: readonly Used[]): string {
  let out = ''
  let before = 0
  for (const { codes, widths } of known) {
    out += behind(before, codes[0]!) + widths
    before = codes[codes.length - 1]!
  }
  for (const { code, glyph } of others) {
    out += behind(before, code) + ink.width(glyph)
    before = code
  }
  return out
}

/** For each code up to the last one the place of its glyph in the program. */
function glyphMap(codes: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(((codes.at(-1) ?? 0) + 1) * 2)
  for (let index = 0; index < codes.length; index += 1) {
    const at = codes[index]! * 2
    bytes[at] = (index + 1) >> 8
    bytes[at + 1] = index + 1
  }
  maps ??= openCoder([new Uint8Array(1200), Uint8Array.from({ length: 100 }, (_, at) => at)])
  return new Joining(maps).begin().code(bytes).stream()
}

let maps: Coder | undefined
const descriptions = new WeakMap<Face, string>()

/** What a descriptor says of the face alone (§9.8). */
function described(face: Face): string {
  let text = descriptions.get(face)
  if (text === undefined) {
    const { bbox, italicAngle, ascent, capHeight } = face.metrics
    const scale = 1000 / face.unitsPerEm
    const sides = [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map(side => thousandth(side * scale)).join(' ')
    text = ` /Flags ${flags(face)} /FontBBox [${sides}] /ItalicAngle ${italicAngle} /Ascent ${thousandth(face.ascent * scale)} /Descent ${-thousandth(face.descent * scale)} /CapHeight ${thousandth((capHeight || ascent) * scale)} /XHeight ${thousandth(face.xHeight * scale)} /StemV 0`
    descriptions.set(face, text)
  }
  return text
}

/** ISO 32000-1 table 123: symbolic, since codes are not those of a known alphabet; fixed pitch and italic where the font says so. */
function flags({ metrics: { isFixedPitch, isItalic } }: Face): number {
  return (isFixedPitch ? 1 : 0) | 4 | (isItalic ? 64 : 0)
}

/** Six letters that name the subset: the same glyphs, the same letters (FNV-1a). */
function tag(known: readonly Neighbours[], others: readonly Used[]): string {
  let hash = 0x811c9dc5
  for (const { codes, stretch } of known)
    for (let at = 0; at < codes.length; at += 1) hash = mixed(mixed(hash, codes[at]!), stretch.glyphs[at]!)
  for (const { code, glyph, text } of others) {
    hash = mixed(mixed(hash, code), glyph)
    for (let at = 0; at < text.length; at += 1) hash = mixed(hash, text.charCodeAt(at))
  }
  let letters = ''
  for (let rest = hash >>> 0; letters.length < 6; rest = Math.floor(rest / 26))
    letters += String.fromCharCode(65 + (rest % 26))
  return letters
}

function mixed(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193)
}

/** A ToUnicode CMap (§9.10.3), compressed: what all fonts say, and what only this one does; at most 100 entries a section. */
function toUnicode(others: readonly Used[]): Uint8Array {
  cmaps ??= openCmaps()
  const own = others.filter(isUnsaid)
  if (own.length === 0) return cmaps.plain
  let entries = ''
  for (let from = 0; from < own.length; from += 100) {
    const section = own.slice(from, from + 100).map(entryOf)
    entries += `${section.length} beginbfchar\n${section.join('')}endbfchar\n`
  }
  const { coder, begin, end } = cmaps
  return join(coder, [begin, coder.piece(Buffer.from(entries, 'latin1')), end])
}

/** The second glyph of a pair stands for nothing. */
const isUnsaid = ({ text }: Used): boolean => text !== ''
const entryOf = ({ code, text }: Used): string => `<${hex(code)}> <${utf16(text)}>\n`

interface Cmaps {
  readonly coder: Coder
  readonly begin: Piece
  readonly end: Piece
  /** Of a font that uses known codes only. */
  readonly plain: Uint8Array
}

let cmaps: Cmaps | undefined

/** What all CMaps begin and end with, coded once; their entries are hexadecimal numbers in a row. */
function openCmaps(): Cmaps {
  const head = [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n',
  ].join('\n')
  const begin = Buffer.from(head + knownSections())
  const end = Buffer.from('endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend')
  const coder = openCoder([begin, end])
  return {
    coder,
    begin: coder.piece(begin),
    end: coder.piece(end),
    plain: deflateSync(Buffer.concat([begin, end]), { level: 9 }),
  }
}

/** fontkit's subset of a face with PostScript outlines; its types say less than it has. */
function compactProgram(font: Face['font'], glyphs: readonly number[]): Uint8Array {
  const subset = font.createSubset() as unknown as {
    glyphs: number[]
    includeGlyph(id: number): number
    encode(): Uint8Array
  }
  subset.includeGlyph(0)
  subset.glyphs = [...glyphs]
  return subset.encode()
}

function hex(code: number): string {
  return code.toString(16).padStart(4, '0')
}

function utf16(text: string): string {
  let out = ''
  for (let index = 0; index < text.length; index += 1) out += hex(text.charCodeAt(index))
  return out
}
