/** The glyphs of one program: those asked for, and behind them those that some of these are put together from. */
import { type Composite, checksum, isRun, type Run, type Stretch } from './outlines.ts'

/** The most that a program has. */
const most = 0x10000

/** One for all programs of a thread, one after the other: what it says holds until the next. */
export class Gathering {
  readonly glyphs = new Uint16Array(most)
  count = 0
  /** Where the outline before each place ends. */
  readonly ends = new Uint32Array(most + 1)
  #ended = 0
  outlines: (Run | Composite)[] = []
  checksum = 0
  /** By glyph: its first place, counted from 1, while something asks for it; else 0. */
  readonly #places = new Uint16Array(most)
  #placed = false

  of(stretches: readonly Stretch[], outlineOf: (glyph: number) => Run | Composite): this {
    const { glyphs } = this
    this.count = 0
    this.#ended = 0
    this.outlines = []
    this.checksum = 0
    try {
      for (const { glyphs: own } of stretches)
        for (let at = 0; at < own.length; at += 1) glyphs[this.count++] = own[at]!
      for (const { outlines } of stretches) for (let at = 0; at < outlines.length; at += 1) this.#add(outlines[at]!)
      while (this.#ended < this.count) this.#add(outlineOf(glyphs[this.#ended]!))
    } finally {
      // Also where a damaged outline stops it: the next program has nothing of this one.
      if (this.#placed) for (let place = 0; place < this.count; place += 1) this.#places[glyphs[place]!] = 0
      this.#placed = false
    }
    return this
  }

  #add(outline: Run | Composite): void {
    const { ends } = this
    const from = ends[this.#ended]!
    this.outlines.push(outline)
    if (isRun(outline)) {
      const { ends: own, checksum: sum } = outline
      for (let at = 0; at < own.length; at += 1) ends[++this.#ended] = from + own[at]!
      this.checksum = (this.checksum + sum) >>> 0
    } else {
      this.#place(outline)
      ends[++this.#ended] = from + outline.bytes.length
      this.checksum = (this.checksum + checksum(outline.view, 0, outline.bytes.length)) >>> 0
    }
  }

  /** Names its parts by their places in this program. */
  #place({ view, parts }: Composite): void {
    const [places, glyphs] = [this.#places, this.glyphs]
    if (!this.#placed) for (let place = this.count; place > 0; place -= 1) places[glyphs[place - 1]!] = place
    this.#placed = true
    for (const { at, glyph } of parts) {
      if (places[glyph] === 0) {
        glyphs[this.count++] = glyph
        places[glyph] = this.count
      }
      view.setUint16(at, places[glyph]! - 1)
    }
  }
}
