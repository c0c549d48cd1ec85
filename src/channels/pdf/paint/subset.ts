/** The glyphs of one face that one document shows, embedded as a Type 0 font (ISO 32000-1 §9.7). */
import { createHash } from 'node:crypto'
import type { Face } from '../fonts/face.ts'
import { type Coder, join, openCoder, type Piece } from './huffman.ts'
import type { Pack } from './pack.ts'
import { programsOf } from './program.ts'
import { pointer } from './strings.ts'

/** What is used of pdfkit's document and references: little documented, hence the pinned version and its test. */
export interface Writer {
  ref(data?: Record<string, unknown>): Reference
}

export interface Reference {
  readonly id: number
  data: Record<string, unknown>
  write(chunk: string | Uint8Array): void
  end(chunk?: string | Uint8Array): void
}

export interface Subset {
  /** Name in the pages' resources: F1, F2, … */
  readonly name: string
  readonly reference: unknown
  /** The code that shows a glyph and reads as this text; given out in the order of asking. */
  readonly code: (glyphId: number, text: string) => number
  /** The width that viewers assume for a code, in thousandths of the size. */
  readonly width: (code: number) => number
  /** Writes the font, when all codes are given out. */
  readonly end: () => void
}

export function openSubset(face: Face, name: string, writer: Writer, pack: Pack): Subset {
  const own = pack.reserve()
  const reference = pointer(own)
  const scale = 1000 / face.unitsPerEm
  const glyphs: number[] = [0]
  const texts: string[] = ['']
  const widths: number[] = [round(face.advance(0) * scale)]
  /** The first code of each glyph, and the further ones of glyphs with several texts. */
  const firsts = new Map<number, number>()
  const others = new Map<string, number>()

  const give = (glyphId: number, text: string): number => {
    texts.push(text)
    widths.push(round(face.advance(glyphId) * scale))
    return glyphs.push(glyphId) - 1
  }
  const code = (glyphId: number, text: string): number => {
    const first = firsts.get(glyphId)
    if (first === undefined) {
      const given = give(glyphId, text)
      firsts.set(glyphId, given)
      return given
    }
    if (texts[first] === text) return first
    // A glyph that stands for two texts (blank and no-break space) is embedded twice, so that each reads as itself.
    const key = `${glyphId} ${text}`
    const given = others.get(key) ?? give(glyphId, text)
    others.set(key, given)
    return given
  }
  return {
    name,
    reference,
    code,
    width: given => widths[given]!,
    end: () => write({ face, glyphs, texts, widths, own }, writer, pack),
  }
}

interface Parts {
  readonly face: Face
  readonly glyphs: readonly number[]
  readonly texts: readonly string[]
  readonly widths: readonly number[]
  /** Number of the font's object. */
  readonly own: number
}

function write({ face, glyphs, texts, widths, own }: Parts, writer: Writer, pack: Pack): void {
  const { font } = face
  const programs = programsOf(face)
  const compact = programs === undefined
  let file: Reference
  if (compact) {
    file = writer.ref({ Subtype: 'CIDFontType0C' })
    file.end(compactProgram(font, glyphs))
  } else {
    const { bytes, length } = programs.of(glyphs)
    file = writer.ref({ Length1: length, Filter: 'FlateDecode' })
    file.end(bytes)
  }

  const scale = 1000 / face.unitsPerEm
  const name = `${tag([font.postscriptName, ...glyphs])}+${font.postscriptName.replaceAll(/[^\w.-]/g, '_')}`
  const { bbox } = font
  const sides = [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map(side => round(side * scale)).join(' ')
  const [descriptor, descendant] = [pack.reserve(), pack.reserve()]
  pack.put(
    descriptor,
    `<</Type /FontDescriptor /FontName /${name} /Flags ${flags(face)} /FontBBox [${sides}] /ItalicAngle ${font.italicAngle} /Ascent ${round(face.ascent * scale)} /Descent ${-round(face.descent * scale)} /CapHeight ${round((font.capHeight || font.ascent) * scale)} /XHeight ${round(face.xHeight * scale)} /StemV 0 /${compact ? 'FontFile3' : 'FontFile2'} ${file.id} 0 R>>`,
  )
  pack.put(
    descendant,
    `<</Type /Font /Subtype /${compact ? 'CIDFontType0' : 'CIDFontType2'} /BaseFont /${name} /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor ${descriptor} 0 R /W [0 [${widths.join(' ')}]]${compact ? '' : ' /CIDToGIDMap /Identity'}>>`,
  )
  const unicode = writer.ref({ Filter: 'FlateDecode' })
  unicode.end(toUnicode(texts))
  pack.put(
    own,
    `<</Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${unicode.id} 0 R>>`,
  )
}

/** ISO 32000-1 table 123: symbolic, since codes are glyphs; fixed pitch and italic where the font says so. */
function flags({ font }: Face): number {
  const { post, head } = font as unknown as {
    post?: { isFixedPitch?: unknown }
    head?: { macStyle?: { italic?: boolean } }
  }
  return (post?.isFixedPitch ? 1 : 0) | 4 | (head?.macStyle?.italic === true ? 64 : 0)
}

/** Six letters that name the subset: the same glyphs, the same letters. */
function tag(of: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(of.join(' ')).digest()
  return [...digest.subarray(0, 6)].map(byte => String.fromCharCode(65 + (byte % 26))).join('')
}

/** A ToUnicode CMap (ISO 32000-1 §9.10.3), compressed; at most 100 entries a section. */
function toUnicode(texts: readonly string[]): Uint8Array {
  cmaps ??= openCmaps()
  const { coder, begin, end } = cmaps
  let entries = ''
  for (let from = 1; from < texts.length; from += 100) {
    let section = ''
    let count = 0
    for (let code = from; code < Math.min(texts.length, from + 100); code += 1) {
      // The second glyph of a pair stands for nothing.
      if (texts[code] === '') continue
      section += `<${hex(code)}> <${utf16(texts[code]!)}>\n`
      count += 1
    }
    if (count > 0) entries += `${count} beginbfchar\n${section}endbfchar\n`
  }
  return join(coder, [begin, coder.piece(Buffer.from(entries, 'latin1')), end])
}

let cmaps: { readonly coder: Coder; readonly begin: Piece; readonly end: Piece } | undefined

/** What all CMaps begin and end with, coded once; their entries are hexadecimal numbers in a row. */
function openCmaps(): NonNullable<typeof cmaps> {
  const begin = Buffer.from(
    [
      '/CIDInit /ProcSet findresource begin',
      '12 dict begin',
      'begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def',
      '/CMapType 2 def',
      '1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n',
    ].join('\n'),
  )
  const end = Buffer.from('endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend')
  const entries = Array.from(
    { length: 160 },
    (_, at) => `<${hex(at % 80)}> <${hex(at < 80 ? 0x30 + at : 0x410 + at)}>\n`,
  )
  const coder = openCoder([begin, end, Buffer.from(entries.join(''))])
  return { coder, begin: coder.piece(begin), end: coder.piece(end) }
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

const hexes: string[] = []

export function hex(code: number): string {
  hexes[code] ??= code.toString(16).padStart(4, '0')
  return hexes[code]
}

function utf16(text: string): string {
  let out = ''
  for (let index = 0; index < text.length; index += 1) out += hex(text.charCodeAt(index))
  return out
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
