/** Sheaves: texts one behind the other in memory that threads share. As strings, those that wait would outlive the young generation, and be copied for each thread. */
import type { Communication } from '../../model/index.ts'

/** What stands on a sheaf, as a thread is told. */
export interface Written {
  /** UTF-8. */
  readonly memory: SharedArrayBuffer
  /** Where each text ends, in bytes. */
  readonly ends: readonly number[]
}

const room = 512 * 1024
/** Of one UTF-16 unit in UTF-8. */
const mostBytes = 3

export class Sheaf {
  #buffer = Buffer.from(new SharedArrayBuffer(room))
  #ends: number[] = []

  /** Whether there is room for one more; the first makes its own. */
  takes(text: string): boolean {
    return this.#end() + text.length * mostBytes <= this.#buffer.length
  }

  add(text: string): void {
    if (!this.takes(text)) {
      if (this.#ends.length > 0) throw new Error('a sheaf is full')
      this.#buffer = Buffer.from(new SharedArrayBuffer(text.length * mostBytes))
    }
    this.#ends.push(this.#end() + this.#buffer.write(text, this.#end()))
  }

  written(): Written {
    return { memory: this.#buffer.buffer as SharedArrayBuffer, ends: this.#ends }
  }

  /** To be written on again, once nobody reads in it any more. */
  blank(): this {
    this.#ends = []
    if (this.#buffer.length > room) this.#buffer = Buffer.from(new SharedArrayBuffer(room))
    return this
  }

  #end(): number {
    return this.#ends.at(-1) ?? 0
  }
}

/** The communication that was written as the text at a place. */
export function readSheaf({ memory, ends }: Written, at: number): Communication {
  return JSON.parse(Buffer.from(memory).toString('utf8', ends[at - 1] ?? 0, ends[at])) as Communication
}
