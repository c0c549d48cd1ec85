/** The records of one open file: cut from its bytes as they come, decoded, and refused at the first byte that is no text. */
import { FaultError } from '../model/index.ts'
import type { Bytes } from './bytes.ts'
import type { Cut, Cutting, Refusal } from './cut.ts'
import { type Watch, watchGuise } from './disguise.ts'
import { decoderOf, type Encoding, firstBadByte } from './encoding.ts'

export interface RecordsRequest {
  readonly source: Bytes
  /** What was read of it to know its encoding; none: it is empty. */
  readonly head: Buffer | undefined
  readonly cutter: Cutting
  readonly encoding: Encoding
  /** Name in faults. */
  readonly shown: string
}

export class Records {
  readonly #source: Bytes
  readonly #cutter: Cutting
  readonly #encoding: Encoding
  readonly #shown: string
  readonly #decode: (bytes: Uint8Array) => string
  readonly #watch: Watch
  #ended = false

  constructor({ source, head, cutter, encoding, shown }: RecordsRequest) {
    this.#source = source
    this.#cutter = cutter
    this.#encoding = encoding
    this.#shown = shown
    this.#decode = decoderOf(encoding)
    this.#watch = watchGuise(encoding)
    if (head !== undefined) this.#watch.push(head)
    cutter.push(head?.subarray(encoding.mark))
  }

  /** The next records, at most `max`; none: the file has ended. Throws FaultError where it has to be refused. */
  async take(max: number): Promise<readonly Cut[]> {
    for (;;) {
      const cuts = this.#cutter.take(max)
      if (cuts.length > 0) return cuts
      if (this.#cutter.refusal !== undefined) this.refuse(this.#cutter.refusal)
      if (this.#ended) return []
      const chunk = await this.#source.read()
      if (chunk === undefined) {
        this.#ended = true
        this.#refuseGuise()
      } else this.#watch.push(chunk)
      this.#cutter.push(chunk)
    }
  }

  /** One record's text. */
  text(cut: Cut): string {
    const bytes = this.#cutter.bytes(cut.start, cut.end)
    try {
      return this.#decode(bytes)
    } catch {
      return this.#undecodable(cut, bytes)
    }
  }

  /** The text of records that follow each other without a gap. */
  together(run: readonly Cut[]): string {
    try {
      return this.#decode(this.#cutter.bytes((run[0] as Cut).start, (run.at(-1) as Cut).end))
    } catch {
      for (const cut of run) this.text(cut)
      throw new Error('bug: records decode one by one, but not together')
    }
  }

  /** The first bytes of a record whose text is known to decode. */
  beginning(cut: Cut, length: number): string {
    return this.#decode(this.#cutter.bytes(cut.start, cut.start + length))
  }

  refuse({ code, message, line, hint }: Refusal): never {
    const place = { file: this.#shown, ...(line === undefined ? {} : { line }) }
    throw new FaultError([{ code, message, place, hint }])
  }

  figures(): { readonly sha256: string; readonly bytes: number } {
    return this.#source.figures()
  }

  async close(): Promise<void> {
    await this.#source.close()
  }

  #refuseGuise(): void {
    const slip = this.#watch.slip()
    if (slip === undefined) return
    this.refuse({
      code: 'intake.undecodable',
      message: `the file is not ${this.#encoding.name}: from byte ${hex(slip.byte)} at offset ${slip.offset} on, all of it is utf-8`,
      line: slip.line,
      hint: 'set encoding: utf-8 in the job',
    })
  }

  #undecodable(cut: Cut, bytes: Buffer): never {
    const { name, unit } = this.#encoding
    const at = firstBadByte(bytes, this.#encoding) ?? 0
    const before =
      bytes
        .subarray(0, at)
        .toString('latin1')
        .split(/\r\n|\n|\r/).length - 1
    return this.refuse({
      code: 'intake.undecodable',
      message: `the file is not ${name}: byte ${hex(bytes[at])} at offset ${cut.start + at} is no text`,
      line: cut.line + (unit === 1 ? before : 0),
      hint:
        name === 'utf-8'
          ? 'set encoding: in the job to what the file was written in, for example windows-1250, windows-1251 or windows-1252'
          : 'is the file cut off, or the encoding in the job wrong?',
    })
  }
}

/** Records taken at once: what a batch of rows is. */
export const recordsAtOnce = 256

/** Where a row stands. */
export function rangeOf({ line, start, end }: Cut): { line: number; start: number; end: number } {
  return { line, start, end }
}

function hex(byte: number | undefined): string {
  return `0x${(byte ?? 0).toString(16).toUpperCase().padStart(2, '0')}`
}
