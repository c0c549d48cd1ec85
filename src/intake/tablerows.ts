/** Rows of a table: the first record names the columns, and each other one has a field for each of them, or is damaged. */
import { type DataFile, FaultError } from '../model/index.ts'
import type { Cut, Cutter, Flaw } from './cut.ts'
import { brokenQuotes, type Damage, wrongCount } from './damage.ts'
import { readHeader } from './header.ts'
import type { Header, RawRow, Reader, ReaderRequest } from './raw.ts'
import { type Records, rangeOf, recordsAtOnce } from './records.ts'
import { splitRecords } from './split.ts'

/** Reads the header; the cutter is told how many fields it has. Throws FaultError where the file has to be refused. */
export async function tableReader(records: Records, cutter: Cutter, request: ReaderRequest): Promise<Reader> {
  const header = await headerOf(records, request)
  cutter.expect(header.names.length)
  const table = { records, file: request.file, names: header.names }
  let blank = 0
  return {
    header,
    async *rows() {
      for (let cuts = await records.take(recordsAtOnce); cuts.length > 0; cuts = await records.take(recordsAtOnce)) {
        blank += cuts.filter(cut => cut.blank).length
        yield rowsOf(cuts, table)
      }
    },
    figures: () => ({ ...records.figures(), blank }),
    close: () => records.close(),
  }
}

async function headerOf(records: Records, { file, shown, columns }: ReaderRequest): Promise<Header> {
  let [cut] = await records.take(1)
  while (cut?.blank === true) [cut] = await records.take(1)
  if (cut === undefined) {
    const hint = 'a file has to begin with a line that names its columns'
    return records.refuse({ code: 'intake.empty', message: 'the file is empty', hint })
  }
  const { line, end, flaw } = cut
  const text = records.text(cut)
  if (flaw !== undefined) {
    const { message, hint = '' } = brokenQuotes(flaw.kind, [], '', [], file).fault
    return records.refuse({ code: 'intake.header', message: `the header cannot be read: ${message}`, line, hint })
  }
  const { names, faults } = readHeader(splitRecords(text, 1, file)[0] ?? [], { file: shown, line }, columns)
  if (faults.length > 0) throw new FaultError(faults)
  return { names, line, end }
}

interface Context {
  readonly records: Records
  readonly file: DataFile
  readonly names: readonly string[]
}

function rowsOf(cuts: readonly Cut[], table: Context): readonly RawRow[] {
  const rows: RawRow[] = []
  let run: Cut[] = []
  const flush = (): void => {
    if (run.length > 0) rows.push(...fieldsOf(run, table))
    run = []
  }
  for (const cut of cuts) {
    if (!cut.blank && cut.flaw === undefined) run.push(cut)
    else {
      flush()
      if (cut.flaw !== undefined) rows.push({ ...rangeOf(cut), damage: broken(cut, cut.flaw, table) })
    }
  }
  flush()
  return rows
}

/** Neighbours that all have quotes, or none, are decoded together; those without are split together, too, and those with quotes all at once. */
function fieldsOf(run: readonly Cut[], { records, file, names }: Context): RawRow[] {
  const split: (readonly string[])[] = new Array(run.length)
  const quoted: number[] = []
  const stretches: (readonly Cut[])[] = []
  for (let at = 0; at < run.length; ) {
    const isQuoted = run[at]?.quoted === true
    let next = at
    for (; next < run.length && run[next]?.quoted === isQuoted; next += 1) if (isQuoted) quoted.push(next)
    const stretch = run.slice(at, next)
    if (isQuoted) stretches.push(stretch)
    else
      splitRecords(records.together(stretch), next - at, file).forEach((fields, offset) => {
        split[at + offset] = fields
      })
    at = next
  }
  const texts = stretches.map(stretch => records.together(stretch))
  // Only the file's last record may end without a break.
  const text = texts.map(one => (/[\r\n]$/.test(one) ? one : `${one}\n`)).join('')
  splitRecords(text, quoted.length, file).forEach((fields, at) => {
    split[quoted[at] as number] = fields
  })
  return split.map((fields, at) => ({
    ...rangeOf(run[at] as Cut),
    ...(fields.length === names.length ? { fields } : { damage: wrongCount(fields, names) }),
  }))
}

function broken(cut: Cut, { kind, at }: Flaw, { records, file, names }: Context): Damage {
  const text = records.text(cut).replace(/[\r\n]+$/, '')
  // The text before the damaged field ends with a delimiter: one field too many.
  const before = records.beginning(cut, at)
  const fields = before === '' ? [] : (splitRecords(`${before}\n`, 1, file)[0]?.slice(0, -1) ?? [])
  return brokenQuotes(kind, fields, text, names, file)
}
