/** Files that go to disk while the next ones are made. */
import { closeSync, constants, fsync, fsyncSync, openSync, writeFileSync } from 'node:fs'
import { announce } from '../model/index.ts'
import type { Modes } from './durable.ts'

/** Each holds a descriptor, of which a process with many workers has not many to give. */
const mostUnderWay = 128
const manyUnderWay = 64

/**
 * What is written is flushed at once, by libuv's threads, whatever the thread that writes is at meanwhile; it waits for what is left when
 * all is written. `settled` says that all of it is on disk.
 */
export class NewFiles {
  readonly #modes: Modes
  readonly #failures: unknown[] = []
  #underWay = 0
  #wake = (): void => {}

  constructor(modes: Modes) {
    this.#modes = modes
  }

  /** Writes a new file; throws where there is one. That it could not be flushed is said by `keepUp` or `settled`. */
  write(path: string, bytes: Uint8Array | string): void {
    announce('write', path)
    const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, this.#modes.file)
    try {
      writeFileSync(descriptor, bytes)
    } catch (error) {
      closeSync(descriptor)
      throw error
    }
    this.#flush(path, descriptor)
  }

  /**
   * To be awaited now and then: files that are on disk are closed, and where the disk is slower than their maker it is waited for. Seldom,
   * since V8 takes each turn of the loop for leisure, and looks for rubbish in it.
   */
  async keepUp(): Promise<void> {
    if (this.#underWay < manyUnderWay) return
    await new Promise(setImmediate)
    await this.#until(manyUnderWay)
    if (this.#failures.length > 0) await this.settled()
  }

  /** The first failure is thrown: never trusted twice. By then nothing is under way any more: whoever comes next may remove the files. */
  async settled(): Promise<void> {
    await this.#until(0)
    if (this.#failures.length > 0) throw this.#failures[0]
  }

  /** Waits until nothing is under way, for those who remove the files. */
  async ended(): Promise<void> {
    await this.#until(0)
  }

  #flush(path: string, descriptor: number): void {
    const close = (failure: unknown): void => {
      if (failure) this.#failures.push(failure)
      try {
        closeSync(descriptor)
      } catch (error) {
        this.#failures.push(error)
      }
    }
    try {
      announce('flush', path)
      if (this.#underWay === mostUnderWay) {
        fsyncSync(descriptor)
        close(null)
        return
      }
    } catch (error) {
      close(error)
      return
    }
    this.#underWay += 1
    fsync(descriptor, error => {
      this.#underWay -= 1
      close(error)
      this.#wake()
    })
  }

  async #until(few: number): Promise<void> {
    while (this.#underWay > few)
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
  }
}
