/** Cuts the raw bytes of a JSON file into the elements of its one list, with exact byte ranges and line numbers. */
import { type Cut, type Cutting, type Refusal, sixteenMegabytes, tooLong } from './cut.ts'

/** The file as a whole has to be a list; what an element is worth is not looked at. */
export class ElementCutter implements Cutting {
  readonly #unit: 1 | 2
  readonly #bigEndian: boolean
  readonly #longest: number
  #bytes: Buffer = Buffer.alloc(0)
  #text = ''
  #base: number
  /** Where the present element begins, or the next one is looked for. */
  #from = 0
  #at = 0
  #line = 1
  #firstLine = 1
  #depth = 0
  #inString = false
  #state: 'before' | 'first' | 'element' | 'inside' | 'after-element' | 'after' = 'before'
  #final = false
  #refusal: Refusal | undefined

  constructor({
    unit = 1,
    bigEndian = false,
    longest = sixteenMegabytes,
    start = 0,
  }: { readonly unit?: 1 | 2; readonly bigEndian?: boolean; readonly longest?: number; readonly start?: number } = {}) {
    this.#unit = unit
    this.#bigEndian = bigEndian
    this.#longest = longest
    this.#base = start
  }

  /** Why the file is no list, or an element too long. */
  get refusal(): Refusal | undefined {
    return this.#refusal
  }

  push(chunk: Buffer | undefined): void {
    const used = this.#from * this.#unit
    if (chunk === undefined) this.#final = true
    this.#bytes = Buffer.concat([this.#bytes.subarray(used), ...(chunk === undefined ? [] : [chunk])])
    this.#base += used
    this.#at -= this.#from
    this.#from = 0
    const even = this.#bytes.subarray(0, this.#unit === 1 ? this.#bytes.length : this.#bytes.length & ~1)
    this.#text =
      this.#unit === 1
        ? even.toString('latin1')
        : (this.#bigEndian ? Buffer.from(even).swap16() : even).toString('utf16le')
  }

  take(max = Number.POSITIVE_INFINITY): Cut[] {
    const cuts: Cut[] = []
    while (cuts.length < max && this.#refusal === undefined && this.#at < this.#text.length) {
      // Whether it is half of a line break is known only with the next bytes.
      if (this.#text[this.#at] === '\r' && this.#at + 1 === this.#text.length && !this.#final) break
      const cut = this.#step(this.#text[this.#at] as string)
      if (cut !== undefined) cuts.push(cut)
    }
    if (this.#refusal === undefined) {
      if (this.#final && this.#at >= this.#text.length && this.#state !== 'after')
        this.#refuse('the file ends before its list does')
      else if ((this.#at - this.#from) * this.#unit > this.#longest)
        this.#refusal = tooLong(this.#firstLine, 'a bracket or quote that is not closed')
    }
    return cuts
  }

  bytes(start: number, end: number): Buffer {
    return this.#bytes.subarray(start - this.#base, end - this.#base)
  }

  #step(character: string): Cut | undefined {
    const space = character === ' ' || character === '\t' || character === '\n' || character === '\r'
    switch (this.#state) {
      case 'before':
      case 'after':
      case 'after-element':
        if (space) break
        if (this.#state === 'before' && character === '[') this.#state = 'first'
        else if (this.#state === 'after-element' && character === ',') this.#state = 'element'
        else if (this.#state === 'after-element' && character === ']') this.#state = 'after'
        else
          return this.#refuse(
            this.#state === 'before' ? 'the file is not a list' : 'something stands after the end of the list',
          )
        break
      case 'first':
      case 'element':
        if (space) break
        if (character === ']' && this.#state === 'first') {
          this.#state = 'after'
          break
        }
        this.#state = 'inside'
        this.#from = this.#at
        this.#firstLine = this.#line
        this.#depth = 0
        return undefined
      case 'inside':
        return this.#inside(character)
    }
    this.#pass(character)
    this.#from = this.#at
    return undefined
  }

  #inside(character: string): Cut | undefined {
    if (this.#inString) {
      if (character === '\\') this.#at += 1
      else if (character === '"') this.#inString = false
    } else if (character === '"') this.#inString = true
    else if (character === '{' || character === '[') this.#depth += 1
    else if (this.#depth === 0 && (character === ',' || character === ']')) {
      const cut = {
        start: this.#base + this.#from * this.#unit,
        end: this.#base + this.#at * this.#unit,
        line: this.#firstLine,
        blank: false,
        quoted: false,
      }
      this.#from = this.#at
      this.#state = 'after-element'
      return cut
    } else if (character === '}' || character === ']') this.#depth -= 1
    this.#pass(character)
    return undefined
  }

  #pass(character: string): void {
    if (character === '\n' || (character === '\r' && this.#text[this.#at + 1] !== '\n')) this.#line += 1
    this.#at += 1
  }

  #refuse(message: string): undefined {
    const hint = 'a .json file has to be one list of objects; one object per line is .jsonl'
    this.#refusal = { code: 'intake.json', message, line: this.#line, hint }
    return undefined
  }
}
