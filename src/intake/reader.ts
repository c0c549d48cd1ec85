/** Reads one data file from bytes to raw rows, in batches, with its digest; refuses it as a whole where it must. */
import { type DataFile, done, type Fault, FaultError, failed, type Result } from '../model/index.ts'
import { isGroup, parseWritten, type WrittenGroup } from '../schema/index.ts'
import { type Bytes, openBytes } from './bytes.ts'
import { type Cut, Cutter } from './cut.ts'
import { brokenJson, brokenQuotes, type Damage, wrongCount } from './damage.ts'
import { ElementCutter } from './elements.ts'
import { decoderOf, type Encoding, encodingOf, firstBadByte } from './encoding.ts'
import { columnName, readHeader } from './header.ts'
import { splitRecords } from './split.ts'

/** One row as the file has it: exactly one of `fields`, `object`, `damage`. */
export interface RawRow {
  readonly line: number
  /** Byte range, line ending included. */
  readonly start: number
  readonly end: number
  /** In the order of the header. */
  readonly fields?: readonly string[]
  readonly object?: WrittenGroup
  readonly damage?: Damage
}

export interface Reader {
  /** Columns of the header; absent for JSON, where each row names its own. */
  readonly names?: readonly string[]
  /** Line that the header begins at, from 1; absent for JSON. */
  readonly headerLine?: number
  /** Where the header ends, in bytes; what stands before belongs to it. */
  readonly headerEnd: number
  /** All rows, once; throws FaultError where the file has to be refused after all. */
  readonly rows: () => AsyncGenerator<readonly RawRow[]>
  /** After the last row: the file's digest and what was passed over. */
  readonly figures: () => { readonly sha256: string; readonly bytes: number; readonly blank: number }
  readonly close: () => Promise<void>
}

export interface ReaderRequest {
  readonly file: DataFile
  readonly path: string
  /** Name in faults. */
  readonly shown: string
  /** Columns that the job knows. */
  readonly columns: readonly string[]
  readonly signal?: AbortSignal | undefined
  /** Bytes read at once. */
  readonly chunk?: number
  /** Longest row in bytes. */
  readonly longest?: number
}

/** Opens a file and reads its header. Faults: cannot be read, undecodable, empty, a header that cannot be used. */
export async function openReader(request: ReaderRequest): Promise<Result<Reader>> {
  const source = await openBytes(request)
  if (!source.ok) return source
  const reader = new FileReader(source.value, request)
  try {
    await reader.begin()
    return done(reader)
  } catch (error) {
    await source.value.close()
    if (error instanceof FaultError) return failed(...error.faults)
    throw error
  }
}

const recordsAtOnce = 2_000

class FileReader implements Reader {
  names?: readonly string[]
  headerLine?: number
  headerEnd = 0
  readonly #source: Bytes
  readonly #request: ReaderRequest
  #cutter!: Cutter | ElementCutter
  #encoding!: Encoding
  #decode!: (bytes: Uint8Array) => string
  #blank = 0
  #ended = false

  constructor(source: Bytes, request: ReaderRequest) {
    this.#source = source
    this.#request = request
  }

  async begin(): Promise<void> {
    const { file, shown, columns, longest } = this.#request
    const head = await this.#source.read()
    const encoding = encodingOf(head ?? Buffer.alloc(0), file.encoding)
    this.#encoding = encoding
    this.#decode = decoderOf(encoding)
    const options = { ...encoding, start: encoding.mark, ...(longest === undefined ? {} : { longest }) }
    this.#cutter =
      file.format === 'json'
        ? new ElementCutter(options)
        : new Cutter(isTable(file) ? { ...options, delimiter: file.delimiter, quote: file.quote } : options)
    this.#cutter.push(head?.subarray(encoding.mark))
    if (!isTable(file)) return
    const header = await this.#firstRecord()
    if (header === undefined) {
      this.#refuse('intake.empty', 'the file is empty', {
        hint: 'a file has to begin with a line that names its columns',
      })
    }
    const text = this.#text(header)
    if (header.flaw !== undefined) {
      const { message, hint } = brokenQuotes(header.flaw.kind, [], '', [], file).fault
      this.#refuse('intake.header', `the header cannot be read: ${message}`, {
        line: header.line,
        ...(hint && { hint }),
      })
    }
    const { names, faults } = readHeader(
      splitRecords(text, 1, file)[0] ?? [],
      { file: shown, line: header.line },
      columns,
    )
    if (faults.length > 0) throw new FaultError(faults)
    this.names = names
    this.headerLine = header.line
    this.headerEnd = header.end
    this.#cutter.expect(names.length)
  }

  async *rows(): AsyncGenerator<readonly RawRow[]> {
    for (;;) {
      const cuts = this.#cutter.take(recordsAtOnce)
      if (cuts.length > 0) yield this.#rowsOf(cuts)
      else if (!(await this.#more())) break
    }
  }

  figures(): { sha256: string; bytes: number; blank: number } {
    return { ...this.#source.figures(), blank: this.#blank }
  }

  async close(): Promise<void> {
    await this.#source.close()
  }

  async #firstRecord(): Promise<Cut | undefined> {
    for (;;) {
      const [cut] = this.#cutter.take(1)
      if (cut !== undefined && !cut.blank) return cut
      if (cut === undefined && !(await this.#more())) return undefined
    }
  }

  /** Pushes the next bytes; false once the cutter has had them all. */
  async #more(): Promise<boolean> {
    const { tooLongAt } = this.#cutter
    if (tooLongAt !== undefined) {
      this.#refuse('intake.long', 'a row is longer than 16 MB', {
        line: tooLongAt,
        hint: 'look for another kind of file, or line endings other than \\n, \\r\\n and \\r',
      })
    }
    if (this.#cutter instanceof ElementCutter && this.#cutter.problem !== undefined) {
      const { message, line } = this.#cutter.problem
      this.#refuse('intake.json', message, {
        line,
        hint: 'a .json file has to be one list of objects; one object per line is .jsonl',
      })
    }
    if (this.#ended) return false
    const chunk = await this.#source.read()
    if (chunk === undefined) this.#ended = true
    this.#cutter.push(chunk)
    return true
  }

  #rowsOf(cuts: readonly Cut[]): readonly RawRow[] {
    const rows: RawRow[] = []
    let run: Cut[] = []
    const flush = (): void => {
      if (run.length > 0) rows.push(...this.#fieldsOf(run))
      run = []
    }
    for (const cut of cuts) {
      if (cut.blank) {
        flush()
        this.#blank += 1
      } else if (!isTable(this.#request.file)) rows.push({ ...range(cut), ...this.#object(this.#text(cut)) })
      else if (cut.flaw === undefined) run.push(cut)
      else {
        flush()
        rows.push({ ...range(cut), damage: this.#broken(cut, cut.flaw.kind, cut.flaw.at) })
      }
    }
    flush()
    return rows
  }

  /** Records without quotes and without a gap between them are decoded and split together; those with quotes, all together. */
  #fieldsOf(run: readonly Cut[]): RawRow[] {
    const { file } = this.#request
    const records: (readonly string[])[] = new Array(run.length)
    const quoted: number[] = []
    for (let at = 0; at < run.length; ) {
      let next = at + 1
      if (run[at]?.quoted === true) quoted.push(at)
      else {
        while (next < run.length && run[next]?.quoted === false) next += 1
        const text = this.#together(run.slice(at, next))
        splitRecords(text, next - at, file).forEach((fields, offset) => {
          records[at + offset] = fields
        })
      }
      at = next
    }
    const text = quoted
      .map(at => this.#text(run[at] as Cut))
      .map(record => (/[\r\n]$/.test(record) ? record : `${record}\n`))
    splitRecords(text.join(''), quoted.length, file).forEach((fields, at) => {
      records[quoted[at] as number] = fields
    })
    const names = this.names as readonly string[]
    return records.map((fields, at) => ({
      ...range(run[at] as Cut),
      ...(fields.length === names.length ? { fields } : { damage: wrongCount(fields, names) }),
    }))
  }

  #together(run: readonly Cut[]): string {
    try {
      return this.#decode(this.#cutter.bytes((run[0] as Cut).start, (run.at(-1) as Cut).end))
    } catch {
      for (const cut of run) this.#text(cut)
      throw new Error('bug: records decode one by one, but not together')
    }
  }

  #broken(cut: Cut, kind: 'unclosed' | 'after-quote' | 'inner-quote', at: number): Damage {
    const text = this.#text(cut).replace(/[\r\n]+$/, '')
    const { file } = this.#request
    // The text before the damaged field ends with a delimiter: one field too many.
    const before = this.#decode(this.#cutter.bytes(cut.start, cut.start + at))
    const fields = before === '' ? [] : (splitRecords(`${before}\n`, 1, file)[0]?.slice(0, -1) ?? [])
    return brokenQuotes(kind, fields, text, this.names as readonly string[], file)
  }

  #object(text: string): { object: WrittenGroup } | { damage: Damage } {
    const parsed = parseWritten({ file: this.#request.shown, text })
    if (!parsed.ok) {
      const twice = parsed.faults[0]?.message.includes('twice')
      return { damage: brokenJson(text, twice ? 'a name stands twice in one object' : 'the row is not JSON') }
    }
    if (!isGroup(parsed.value)) return { damage: brokenJson(text, 'the row is not a JSON object') }
    const names = Object.keys(parsed.value)
    return new Set(names.map(columnName)).size < names.length
      ? { damage: brokenJson(text, 'two names differ only in blanks around them or in Unicode form') }
      : { object: parsed.value }
  }

  /** One record's text; refuses the file at the first byte that is none. */
  #text(cut: Cut): string {
    const bytes = this.#cutter.bytes(cut.start, cut.end)
    try {
      return this.#decode(bytes)
    } catch {
      const { name } = this.#encoding
      const at = firstBadByte(bytes, this.#encoding) ?? 0
      const before =
        bytes
          .subarray(0, at)
          .toString('latin1')
          .split(/\r\n|\n|\r/).length - 1
      this.#refuse(
        'intake.undecodable',
        `the file is not ${name}: byte ${hex(bytes[at])} at offset ${cut.start + at} is no text`,
        {
          line: cut.line + (this.#encoding.unit === 1 ? before : 0),
          hint:
            name === 'utf-8'
              ? 'set encoding: in the job to what the file was written in, for example windows-1251 or windows-1252'
              : 'is the file cut off, or the encoding in the job wrong?',
        },
      )
    }
  }

  #refuse(code: Fault['code'], message: string, { line, hint }: { line?: number; hint?: string }): never {
    const place = { file: this.#request.shown, ...(line === undefined ? {} : { line }) }
    throw new FaultError([{ code, message, place, ...(hint === undefined ? {} : { hint }) }])
  }
}

function isTable(file: DataFile): boolean {
  return file.format === 'csv' || file.format === 'tsv'
}

function range({ line, start, end }: Cut): { line: number; start: number; end: number } {
  return { line, start, end }
}

function hex(byte: number | undefined): string {
  return `0x${(byte ?? 0).toString(16).toUpperCase().padStart(2, '0')}`
}
