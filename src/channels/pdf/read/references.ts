/** Where a file's objects stand, as its cross-references say (ISO 32000-1 §7.5.4, §7.5.8). Looked up when asked for: most objects show no text. */

/** At an offset of the file, or inside an object stream. */
export type Place = { readonly offset: number } | { readonly stream: number; readonly index: number }

/** Some of a file's objects. */
export interface References {
  readonly place: (number: number) => Place | undefined
}

/** Those of a table. */
export class Entries implements References {
  readonly #places = new Map<number, Place>()

  add(number: number, place: Place): void {
    if (!this.#places.has(number)) this.#places.set(number, place)
  }

  place(number: number): Place | undefined {
    return this.#places.get(number)
  }
}

/** Those of a stream, from a first number on: rows of three numbers, each of so many bytes. */
export class Rows implements References {
  readonly #text: string
  readonly #sizes: readonly number[]
  readonly #first: number
  readonly #count: number
  /** Where the first row stands in the text. */
  readonly #start: number

  constructor(
    text: string,
    { sizes, first, count, start }: { sizes: readonly number[]; first: number; count: number; start: number },
  ) {
    this.#text = text
    this.#sizes = sizes
    this.#first = first
    this.#count = count
    this.#start = start
  }

  place(number: number): Place | undefined {
    const row = number - this.#first
    if (!(row >= 0 && row < this.#count)) return undefined
    const [one = 0, two = 0, three = 0] = this.#sizes
    const at = this.#start + row * (one + two + three)
    const kind = one === 0 ? 1 : this.#field(at, one)
    const where = this.#field(at + one, two)
    if (kind === 1) return { offset: where }
    return kind === 2 ? { stream: where, index: this.#field(at + one + two, three) } : undefined
  }

  /** A field of no bytes is 0. */
  #field(at: number, size: number): number {
    let value = 0
    for (let byte = 0; byte < size; byte += 1) value = value * 256 + this.#text.charCodeAt(at + byte)
    return value
  }
}
