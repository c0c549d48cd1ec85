/** fontkit, loaded for what only it can tell: how a text is shaped that is not inert, fonts of rarer formats, outlines of PostScript. Its one home. */
import type { Font } from 'fontkit'
import { later } from '../../../schema/index.ts'
import type { Metrics } from './metrics.ts'

const fontkit = later<typeof import('fontkit')>('fontkit')

/**
 * Features that it applies unasked (DefaultShaper), in whatever script. But for those of fractions (frac, numr, dnom), which only a fraction
 * slash (U+2044) sets in motion.
 */
export const applied: ReadonlySet<string> = new Set(
  'rvrn ltra ltrm ccmp locl rlig mark mkmk calt clig liga rclt curs kern'.split(' '),
)

/** Undefined for what is no font, or a collection of several. */
export function openFontkit(bytes: Uint8Array): Font | undefined {
  const { create } = fontkit()
  try {
    const font = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    return 'layout' in font && font.type === 'TTF' ? withFreshGlyphs(font) : undefined
  } catch {
    // Whatever fontkit throws about damaged tables, the user can only replace the file.
    return undefined
  }
}

/** Throws for damaged tables. */
export function metricsByFontkit(font: Font): Metrics {
  const tables = font as unknown as {
    readonly post?: { readonly isFixedPitch?: unknown; readonly italicAngle?: number }
    readonly head?: { readonly macStyle?: { readonly italic?: boolean } }
    readonly 'OS/2'?: { readonly fsType?: Readonly<Record<string, boolean>> }
  }
  const fsType = tables['OS/2']?.fsType
  return {
    unitsPerEm: font.unitsPerEm,
    numGlyphs: font.numGlyphs,
    ascent: font.ascent,
    descent: font.descent,
    xHeight: font.xHeight || 0,
    capHeight: font.capHeight || 0,
    bbox: font.bbox,
    italicAngle: font.italicAngle,
    isFixedPitch: Boolean(tables.post?.isFixedPitch),
    isItalic: tables.head?.macStyle?.italic === true,
    isRestricted: fsType?.['noEmbedding'] === true || fsType?.['bitmapOnly'] === true,
  }
}

/**
 * fontkit 2.0 keeps each glyph object with the characters that first asked for it, so a no-break space would read as a blank, and an
 * "e" as nothing once an "é" was embedded: what one document holds would depend on earlier ones. Every asking gets its own object.
 */
function withFreshGlyphs(font: Font): Font {
  const keeping = font as Font & { _glyphs: Record<number, unknown> }
  const getGlyph = font.getGlyph.bind(font)
  return Object.assign(font, {
    getGlyph(id: number, codePoints?: number[]) {
      keeping._glyphs[id] = undefined
      return getGlyph(id, codePoints)
    },
  })
}
