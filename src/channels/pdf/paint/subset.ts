/** The glyphs of one face that one document shows, embedded as a Type 0 font (ISO 32000-1 §9.7). */
import { createHash } from 'node:crypto'
import type { Face } from '../fonts/face.ts'

/** What is used of pdfkit's document and references: little documented, hence the pinned version and its test. */
export interface Writer {
  ref(data?: Record<string, unknown>): Reference
}

export interface Reference {
  data: Record<string, unknown>
  write(chunk: string | Uint8Array): void
  end(chunk?: string | Uint8Array): void
}

/** fontkit's subset; its types say less than it has. */
interface Glyphs {
  readonly glyphs: number[]
  readonly cff?: unknown
  includeGlyph(id: number): number
  encode(): Uint8Array
}

export interface Subset {
  /** Name in the pages' resources: F1, F2, … */
  readonly name: string
  readonly reference: Reference
  /** The code that shows a glyph and reads as this text; given out in the order of asking. */
  readonly code: (glyphId: number, text: string) => number
  /** The width that viewers assume for a code, in thousandths of the size. */
  readonly width: (code: number) => number
  /** Writes the font, when all codes are given out. */
  readonly end: () => void
}

export function openSubset(face: Face, name: string, writer: Writer): Subset {
  const subset = face.font.createSubset() as unknown as Glyphs
  const reference = writer.ref()
  const scale = 1000 / face.unitsPerEm
  const codes = new Map<string, number>()
  const texts: string[] = ['']
  const widths: number[] = [round(face.font.getGlyph(0).advanceWidth * scale)]
  const shown = new Set<number>([0])

  const code = (glyphId: number, text: string): number => {
    const key = `${glyphId} ${text}`
    const known = codes.get(key)
    if (known !== undefined) return known
    // A glyph that stands for two texts (blank and no-break space) is embedded twice, so that each reads as itself.
    const given = shown.has(glyphId) ? subset.glyphs.push(glyphId) - 1 : subset.includeGlyph(glyphId)
    shown.add(glyphId)
    codes.set(key, given)
    texts[given] = text
    widths[given] = round(face.font.getGlyph(glyphId).advanceWidth * scale)
    return given
  }
  return {
    name,
    reference,
    code,
    width: given => widths[given]!,
    end: () => write({ face, subset, texts, widths, reference }, writer),
  }
}

interface Parts {
  readonly face: Face
  readonly subset: Glyphs
  readonly texts: readonly string[]
  readonly widths: readonly number[]
  readonly reference: Reference
}

function write({ face, subset, texts, widths, reference }: Parts, writer: Writer): void {
  const { font } = face
  const compact = subset.cff !== undefined
  const file = writer.ref(compact ? { Subtype: 'CIDFontType0C' } : {})
  const used = [...subset.glyphs]
  file.end(subset.encode())

  const scale = 1000 / face.unitsPerEm
  const name = `${tag([font.postscriptName, ...used])}+${font.postscriptName.replaceAll(/[^\w.-]/g, '_')}`
  const { bbox } = font
  const descriptor = writer.ref({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: flags(face),
    FontBBox: [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map(side => round(side * scale)),
    ItalicAngle: font.italicAngle,
    Ascent: round(face.ascent * scale),
    Descent: -round(face.descent * scale),
    CapHeight: round((font.capHeight || font.ascent) * scale),
    XHeight: round(face.xHeight * scale),
    StemV: 0,
    [compact ? 'FontFile3' : 'FontFile2']: file,
  })
  descriptor.end()
  const descendant = writer.ref({
    Type: 'Font',
    Subtype: compact ? 'CIDFontType0' : 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
    FontDescriptor: descriptor,
    W: [0, widths],
    ...(!compact && { CIDToGIDMap: 'Identity' }),
  })
  descendant.end()
  const unicode = writer.ref()
  unicode.end(toUnicode(texts))
  reference.data = {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: unicode,
  }
  reference.end()
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

/** A ToUnicode CMap (ISO 32000-1 §9.10.3), at most 100 entries a section. */
function toUnicode(texts: readonly string[]): string {
  const entries = texts.flatMap((text, code) => (text === '' ? [] : [`<${hex(code)}> <${utf16(text)}>`]))
  const sections: string[] = []
  for (let from = 0; from < entries.length; from += 100) {
    const section = entries.slice(from, from + 100)
    sections.push(`${section.length} beginbfchar\n${section.join('\n')}\nendbfchar`)
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange\n<0000> <ffff>\nendcodespacerange',
    ...sections,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n')
}

export function hex(code: number): string {
  return code.toString(16).padStart(4, '0')
}

function utf16(text: string): string {
  let out = ''
  for (let index = 0; index < text.length; index += 1) out += hex(text.charCodeAt(index))
  return out
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
