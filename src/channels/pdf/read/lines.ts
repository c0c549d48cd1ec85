/** Glyphs in the order of showing become lines: what goes on along a baseline is one line, a gap in it a blank, a wide one a tab. */

/** Where a glyph stands on the page, in the page's own units: from `x` to `end` on the baseline `y`. */
export interface Spot {
  readonly x: number
  readonly y: number
  readonly end: number
  readonly size: number
}

export class Lines {
  readonly #ended: string[] = []
  #line = ''
  #begun = false
  /** Of the glyph shown last; kept apart, since whoever shows glyphs uses one spot for all of them. */
  #baseline = 0
  #end = 0
  #size = 0

  add(text: string, { x, y, end, size }: Spot): void {
    let behind = end
    if (this.#begun) {
      if (Math.abs(y - this.#baseline) < 0.35 * Math.min(size, this.#size) && x > this.#end - 0.5 * size) {
        const gap = (x - this.#end) / size
        if (gap > 1.5) this.#line = `${this.#line.trimEnd()}\t`
        else if (gap > 0.15 && !/\s$/.test(this.#line)) this.#line += ' '
        // A mark is set back over its letter, and does not end before it.
        if (this.#end > end) behind = this.#end
      } else this.#endLine()
    }
    this.#begun = true
    this.#line += text
    this.#baseline = y
    this.#end = behind
    this.#size = size
  }

  #endLine(): void {
    const line = this.#line.trimEnd()
    if (line !== '') this.#ended.push(line)
    this.#line = ''
  }

  text(): string {
    return [...this.#ended, this.#line].join('\n').trimEnd()
  }
}
