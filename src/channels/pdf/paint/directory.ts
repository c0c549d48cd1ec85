/** The directory of a font's tables (OpenType): by tags in order, while the tables themselves stand in the order they are given in. */

export class Directory {
  readonly length: number
  /** All that it says of these tables whatever they hold. */
  readonly #begun: Uint8Array
  /** By table: its place in the directory. */
  readonly #places: readonly number[]

  constructor(tags: readonly string[]) {
    const sorted = tags.toSorted()
    this.length = 12 + tags.length * 16
    this.#places = tags.map(tag => 12 + sorted.indexOf(tag) * 16)
    this.#begun = new Uint8Array(this.length)
    const view = new DataView(this.#begun.buffer)
    const power = 2 ** Math.floor(Math.log2(tags.length))
    view.setUint32(0, 0x10000)
    view.setUint16(4, tags.length)
    view.setUint16(6, power * 16)
    view.setUint16(8, Math.log2(power))
    view.setUint16(10, (tags.length - power) * 16)
    sorted.forEach((tag, index) => {
      for (let letter = 0; letter < 4; letter += 1) view.setUint8(12 + index * 16 + letter, tag.charCodeAt(letter))
    })
  }

  begin(bytes: Uint8Array): void {
    bytes.set(this.#begun)
  }

  enter(view: DataView, table: number, at: number, length: number, checksum: number): void {
    const place = this.#places[table]!
    view.setUint32(place + 4, checksum)
    view.setUint32(place + 8, at)
    view.setUint32(place + 12, length)
  }
}
