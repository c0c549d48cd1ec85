/** A font's file, opened: by its own tables where they say all, else by fontkit. */
import type { Font } from 'fontkit'
import { openCmap } from './cmap.ts'
import { metricsByFontkit, openFontkit } from './fontkit.ts'
import { type Metrics, metricsOf, nameOf } from './metrics.ts'
import { advancesOf, tablesOf } from './tables.ts'

export interface FontSource {
  readonly metrics: Metrics
  /** Absent for a file whose directory leads out of it. */
  readonly tables?: ReadonlyMap<string, DataView>
  /** All that the font maps, also to no glyph. */
  readonly codePoints: readonly number[]
  /** 0 for a character that the font has not. */
  readonly glyphOf: (codePoint: number) => number
  /** How far a glyph moves the pen by itself. */
  readonly advance: (glyph: number) => number
  /** The PostScript name. */
  readonly name: () => string
  /** fontkit's own object, made when it is first asked for. */
  readonly font: () => Font
}

/** Undefined for what is no TrueType or OpenType font. */
export function openSource(bytes: Uint8Array): FontSource | undefined {
  let font: Font | undefined
  const kit = (): Font => {
    font ??= openFontkit(bytes)
    if (font === undefined) throw new Error('a font that was opened cannot be opened by fontkit')
    return font
  }
  const own = openTables(bytes, kit)
  const source = own ?? openByKit(bytes)
  const usable = source !== undefined && source.metrics.unitsPerEm > 0 && source.metrics.numGlyphs > 0
  return usable && source.codePoints.length > 0 ? source : undefined
}

/** `true`, `OTTO`, and 1.0: files of one font. */
const kinds = new Set([0x74727565, 0x4f54544f, 0x00010000])

function openTables(bytes: Uint8Array, font: () => Font): FontSource | undefined {
  try {
    if (bytes.byteLength < 12 || !kinds.has(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0))) return undefined
    const tables = tablesOf(bytes)
    const [metrics, advance] = [metricsOf(tables), advancesOf(tables)]
    const [cmap, name] = [tables.get('cmap'), tables.get('name')]
    const characters = cmap === undefined ? undefined : openCmap(cmap)
    if (metrics === undefined || advance === undefined || characters === undefined) return undefined
    const own = name === undefined ? undefined : nameOf(name)
    const { codePoints, glyph: glyphOf } = characters
    return { metrics, tables, codePoints, glyphOf, advance, name: () => own ?? font().postscriptName, font }
  } catch {
    // Tables that lead out of themselves: fontkit has the last word on what it can make of them.
    return undefined
  }
}

function openByKit(bytes: Uint8Array): FontSource | undefined {
  const font = openFontkit(bytes)
  if (font === undefined) return undefined
  const advances: number[] = []
  const rest = {
    glyphOf: (code: number) => font.glyphForCodePoint(code).id,
    // fontkit makes an object for every glyph that it is asked about.
    advance: (glyph: number) => {
      advances[glyph] ??= font.getGlyph(glyph).advanceWidth
      return advances[glyph]
    },
    name: () => font.postscriptName,
    font: () => font,
  }
  try {
    const [metrics, codePoints] = [metricsByFontkit(font), font.characterSet]
    // Read now, so that a damaged table is met here.
    void font.availableFeatures
    const tables = wholeTables(bytes)
    return { ...rest, metrics, codePoints, ...(tables === undefined ? {} : { tables }) }
  } catch {
    return undefined
  }
}

function wholeTables(bytes: Uint8Array): ReadonlyMap<string, DataView> | undefined {
  try {
    return tablesOf(bytes)
  } catch {
    return undefined
  }
}
