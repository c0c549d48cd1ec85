/** The octets of a message, one behind the other: as a text it would be joined, and made octets once more. */

/** Enough for nearly every mail: what is made anew for each waits for a collection of all. */
const kept = Buffer.allocUnsafeSlow(256 * 1024)

/** What is written; one at a time, where it is into the room that is kept. */
export class Octets {
  #room: Buffer
  #length = 0

  constructor(room = kept) {
    this.#room = room
  }

  get length(): number {
    return this.#length
  }

  /** Where the next are written, behind those that are: there is room for so many. */
  room(count: number): Buffer {
    const needed = this.#length + count
    if (needed > this.#room.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#room.length))
      this.#room.copy(larger, 0, 0, this.#length)
      this.#room = larger
    }
    return this.#room
  }

  /** All up to there are written, or those behind it are no more. */
  end(length: number): void {
    this.#length = length
  }

  ascii(text: string): void {
    this.#length += this.room(text.length).write(text, this.#length, 'latin1')
  }

  /** All that was written, in memory of its own, to be given back: `Buffer.from` takes a short one from what all short buffers share. */
  taken(): Buffer {
    const taken = Buffer.allocUnsafeSlow(this.#length)
    this.#room.copy(taken, 0, 0, this.#length)
    return taken
  }
}
