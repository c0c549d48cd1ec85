/** Files that go to disk while the next ones are made. */
import { closeSync, constants, fsync, openSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { announce } from '../model/index.ts'
import type { Modes } from './durable.ts'

const flush = promisify(fsync)

/** libuv has so many threads for this. */
const lanes = 4

/**
 * What is written is flushed at once, by libuv's threads, whatever the thread that writes is at meanwhile; it waits for what is left when
 * all is written. `settled` says that all of it is on disk. One at a time waits for it.
 */
export class NewFiles {
  readonly #modes: Modes
  readonly #most: number
  readonly #failures: unknown[] = []
  readonly #later: string[] = []
  #underWay = 0
  #wake = (): void => {}

  /** Each file under way holds a descriptor, of which a process has not many to give: from so many on files are flushed when all is written. */
  constructor(modes: Modes, most = lanes) {
    this.#modes = modes
    this.#most = most
  }

  /** Writes a new file; throws where there is one. That it could not be flushed is said by `settled`. */
  write(path: string, bytes: Uint8Array | string): void {
    announce('write', path)
    const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, this.#modes.file)
    try {
      writeFileSync(descriptor, bytes)
    } catch (error) {
      closeSync(descriptor)
      throw error
    }
    if (this.#underWay < this.#most) void this.#flush(path, descriptor)
    else {
      closeSync(descriptor)
      this.#later.push(path)
    }
  }

  /**
   * To be awaited now and then: files that are on disk are closed, and make room for others. Seldom, since V8 takes each turn of the
   * loop for leisure, and looks for rubbish in it.
   */
  async keepUp(): Promise<void> {
    if (this.#underWay >= this.#most / 2) await new Promise(setImmediate)
  }

  /** The first failure is thrown: never trusted twice. By then nothing is under way any more: whoever comes next may remove the files. */
  async settled(): Promise<void> {
    const queue = this.#later.values()
    const lane = async (): Promise<void> => {
      for (const path of queue) if (this.#failures.length === 0) await this.#flush(path)
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    await this.ended()
    if (this.#failures.length > 0) throw this.#failures[0]
  }

  /** Waits until nothing is under way, for those who remove the files. */
  async ended(): Promise<void> {
    while (this.#underWay > 0)
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
  }

  /** Closes the file in the end. Never rejects: what fails is kept. */
  async #flush(path: string, written?: number): Promise<void> {
    this.#underWay += 1
    try {
      const descriptor = written ?? openSync(path, 'r')
      try {
        announce('flush', path)
        await flush(descriptor)
      } finally {
        closeSync(descriptor)
      }
    } catch (error) {
      this.#failures.push(error)
    }
    this.#underWay -= 1
    this.#wake()
  }
}
