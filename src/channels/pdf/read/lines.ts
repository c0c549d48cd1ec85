/** Glyphs in the order of showing become lines: what goes on along a baseline is one line, a gap in it a blank, a wide one a tab. */

/** Where glyphs begin on the page, in the page's own units: at `x` on the baseline `y`. */
export interface Spot {
  readonly x: number
  readonly y: number
  readonly size: number
}

/** All pages come through the same memory, one after the other, but for very long ones: a text that grows glyph by glyph is an object for each. */
const room = new Uint16Array(64 * 1024)

const [lineEnd, tab, blank] = [10, 9, 32]

/** The lines of one page; its text is taken before the next one is begun. */
export class Lines {
  #units: Uint16Array<ArrayBuffer> = room
  #length = 0
  #lineStart = 0
  #begun = false
  /** Whether what is shown goes on along the line of what was shown last. */
  #joined = false
  /** Of what was shown last; kept apart, since whoever shows glyphs uses one spot for all of them. */
  #baseline = 0
  #end = 0
  #size = 0

  /** Glyphs that nothing parts are shown from here on. */
  begin({ x, y, size }: Spot): void {
    this.#joined =
      this.#begun && Math.abs(y - this.#baseline) < 0.35 * Math.min(size, this.#size) && x > this.#end - 0.5 * size
    if (this.#joined) {
      const gap = (x - this.#end) / size
      if (gap > 1.5) {
        this.#length = this.#trimmed(this.#lineStart)
        this.put(tab)
      } else if (gap > 0.15 && this.#trimmed(this.#lineStart) === this.#length) this.put(blank)
    } else this.#endLine()
    this.#begun = true
    this.#baseline = y
    this.#size = size
  }

  /** The characters of a glyph. */
  add(text: string): void {
    for (let at = 0; at < text.length; at += 1) this.put(text.charCodeAt(at))
  }

  /** The last of these glyphs ends here. A mark is set back over its letter, and does not end before it. */
  end(x: number): void {
    this.#end = this.#joined && this.#end > x ? this.#end : x
  }

  text(): string {
    const length = this.#trimmed(0)
    let all = 0
    for (let at = 0; at < length; at += 1) all |= this.#units[at]!
    // Texts in one byte for each character are searched faster.
    if (all < 256) return Buffer.from(this.#units.subarray(0, length)).toString('latin1')
    return Buffer.from(this.#units.buffer, 0, length * 2).toString('utf16le')
  }

  /** A single unit of a character. */
  put(unit: number): void {
    if (this.#length === this.#units.length) {
      const wider = new Uint16Array(this.#length * 2)
      wider.set(this.#units)
      this.#units = wider
    }
    this.#units[this.#length] = unit
    this.#length += 1
  }

  /** Lines of blanks alone are left out. */
  #endLine(): void {
    this.#length = this.#trimmed(this.#lineStart)
    if (this.#length === this.#lineStart) return
    this.put(lineEnd)
    this.#lineStart = this.#length
  }

  /** How much there is without the blanks at its end, down to a place. */
  #trimmed(start: number): number {
    let length = this.#length
    while (length > start && isBlank(this.#units[length - 1]!)) length -= 1
    return length
  }
}

/** As `trimEnd` has it. */
const isBlank = (unit: number): boolean =>
  unit <= blank ? unit === blank || (unit >= tab && unit <= 13) : unit >= 0xa0 && /\s/.test(String.fromCharCode(unit))
