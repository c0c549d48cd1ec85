/** Shaping without the shaper: texts of inert characters are put together from their glyphs and the kerning of their pairs. */
import type { Glyphs } from './face.ts'
import { type Inert, inertOf, type Script } from './inert.ts'
import { openKerning } from './kerning.ts'
import type { FontSource } from './source.ts'
import { advancesOf } from './tables.ts'

/** Pairs remembered; digits and signs alone make some hundreds. */
const mostPairs = 20_000

/** No pair is as far apart. */
const unasked = -1e9

/** Characters remembered one by one; more than there are candidates. */
const codes = 0x2300

/** Features for texts without marks: their anchors, which fontkit would decode and keep, are 4 MB a face. New each time: fontkit writes into it. */
export const noMarks = (): Record<string, boolean> => ({ mark: false, mkmk: false })

/**
 * What shaping would give for a text of inert characters; undefined where it has others. Asks fontkit, once for each pair, where the
 * font's tables do not say it plainly.
 */
export function openPlainly({ font, tables, glyphOf }: FontSource): (text: string) => Glyphs | undefined {
  if (tables === undefined) return () => undefined
  let inert: (Inert | undefined)[] | undefined
  let pairs = new Map<number, number>()
  const texts: string[] = []
  const open = (): (Inert | undefined)[] => {
    const found: (Inert | undefined)[] = new Array(codes).fill(undefined)
    for (const [code, one] of inertOf(glyphOf, tables)) {
      found[code] = one
      texts[code] = String.fromCharCode(code)
    }
    return found
  }
  /** Pairs of ASCII, which amounts and dates are made of, by script: found without a map. */
  const dense: Readonly<Record<Script, Float64Array>> = {
    none: new Float64Array(0x4000).fill(unasked),
    latn: new Float64Array(0x4000).fill(unasked),
    cyrl: new Float64Array(0x4000).fill(unasked),
  }
  /** How far a character moves the pen before another one, or at the end (0); NaN where the pair is more than that. */
  const advance = (one: number, next: number, script: Script): number => {
    if (one >= 0x80 || next >= 0x80) return sparse(one, next, script)
    const table = dense[script]
    const place = one * 0x80 + next
    if (table[place] === unasked) table[place] = measure(one, next, script)
    return table[place]!
  }
  const sparse = (one: number, next: number, script: Script): number => {
    const key = (one * codes + next) * 4 + (script === 'none' ? 0 : script === 'latn' ? 1 : 2)
    let known = pairs.get(key)
    if (known === undefined) {
      known = measure(one, next, script)
      if (pairs.size >= mostPairs) pairs = new Map()
      pairs.set(key, known)
    }
    return known
  }
  const own = advancesOf(tables)
  const kerning = own === undefined ? undefined : kerningOf(tables)
  const measure = (one: number, next: number, script: Script): number => {
    const glyph = inert![one]!.glyph
    const following = next === 0 ? undefined : inert![next]!.glyph
    if (following !== undefined && inert![one]!.joins?.has(following) === true) return Number.NaN
    const kerned = kerning?.(script, glyph, following)
    return kerned === undefined ? ask(one, next, script) : own!(glyph) + kerned
  }
  const ask = (one: number, next: number, script: Script): number => {
    const text = next === 0 ? texts[one]! : texts[one]! + texts[next]!
    const run = script === 'none' ? font().layout(text, noMarks()) : font().layout(text, noMarks(), script)
    const [first, second] = run.positions
    const still = run.positions.every(({ xOffset, yOffset }) => xOffset === 0 && yOffset === 0)
    const same = run.glyphs.every((glyph, at) => glyph.id === inert![at === 0 ? one : next]?.glyph)
    if (!still || !same || run.glyphs.length !== text.length) return Number.NaN
    return second === undefined || second.xAdvance === advance(next, 0, script) ? first!.xAdvance : Number.NaN
  }
  return text => {
    inert ??= open()
    let script: Script = 'none'
    for (let at = 0; at < text.length; at += 1) {
      const one = inert[text.charCodeAt(at)]
      if (one === undefined) return undefined
      if (script === 'none') script = one.script
    }
    // As long as they are: arrays that grow keep room for sixteen, and most words have six letters.
    const { length } = text
    const advances = new Array<number>(length)
    let width = 0
    let code = text.charCodeAt(0)
    for (let at = 0; at < length; at += 1) {
      const next = at + 1 < length ? text.charCodeAt(at + 1) : 0
      const move = advance(code, next, script)
      if (Number.isNaN(move)) return undefined
      advances[at] = move
      width += move
      code = next
    }
    return new PlainGlyphs(text, advances, width, glyphOf)
  }
}

/** Glyphs of inert characters: which they are, and what each stands for, is told by the text, and hardly ever asked. */
class PlainGlyphs implements Glyphs {
  readonly text: string
  readonly advances: readonly number[]
  readonly width: number
  readonly #glyphOf: (codePoint: number) => number
  written: unknown = undefined

  constructor(text: string, advances: readonly number[], width: number, glyphOf: (codePoint: number) => number) {
    this.text = text
    this.advances = advances
    this.width = width
    this.#glyphOf = glyphOf
  }

  get plain(): true {
    return true
  }

  get offsets(): undefined {
    return undefined
  }

  get ids(): readonly number[] {
    return Array.from(this.text, character => this.#glyphOf(character.charCodeAt(0)))
  }

  get texts(): readonly string[] {
    return Array.from(this.text)
  }
}

/** Undefined wherever the table leads out of itself: the shaper knows what it makes of it. */
function kerningOf(
  tables: ReadonlyMap<string, DataView>,
): (script: Script, one: number, next: number | undefined) => number | undefined {
  const guarded = <T>(look: () => T | undefined): T | undefined => {
    try {
      return look()
    } catch {
      return undefined
    }
  }
  const open = guarded(() => openKerning(tables))
  return (script, one, next) => guarded(() => open?.(script)(one, next))
}
