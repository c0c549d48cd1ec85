/**
 * Rejects, mended and fed back in, for batches with random dirt: each row ends in one place, only what was rejected is made then, and
 * both runs together have made what clean data would have.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../src/model/index.ts'
import { conduct, type RunRequest } from '../../src/run/index.ts'
import { type Factory, makeFactory, promised } from './factory.ts'

/** More batches, or those of a seed that failed: `LAW_RUNS=200`, `LAW_SEED=… LAW_PATH=…`. */
const { LAW_RUNS = '4', LAW_SEED = '5', LAW_PATH = '' } = process.env

let factory: Factory
beforeAll(() => {
  factory = makeFactory({ mail: false })
  factory.mend('jobs/bills.yaml', '  pdf: {}\n', '')
  // Prepare.js holds the rows to the total that the file states in every row of a bill.
  factory.mend('jobs/bills.yaml', '    issued: issued\n', '    issued: issued\n    stated: stated\n')
  factory.mend('jobs/bills.yaml', 'delimiter: ";"\n  decimal: ","', 'decimal: "."')
  factory.mend(
    'templates/bill/schema.json',
    '"total": {',
    '"stated": { "type": "string", "format": "decimal" }, "total": {',
  )
  factory.mend('templates/bill/schema.json', '"customer", "lines"', '"customer", "stated", "lines"')
  factory.mend(
    'templates/bill/prepare.js',
    'if (total',
    "if (total.cmp(data.stated) !== 0) reject('wrong total', 'stated')\n  if (total",
  )
  factory.write(
    'templates/bill/sms.hbs',
    "{{number}} {{customer.name}}: {{#each lines}}{{item}} {{/each}}{{fact 'total'}}\n",
  )
})
afterAll(() => factory.close())

const columns = ['number', 'customer', 'email', 'phone', 'locale', 'issued', 'item', 'amount', 'stated'] as const
type Cells = Readonly<Record<(typeof columns)[number], string>>
type Format = 'csv' | 'tsv' | 'jsonl' | 'json'
/** A row as the source should have written it, and as it did. */
interface Written {
  readonly number: string
  readonly clean: Buffer
  readonly dirty: Buffer
}

const dirts = [
  'none',
  'no name',
  'no number',
  'wrong number',
  'two numbers',
  'wrong day',
  'wrong total',
  'torn',
  'quote',
  'twin',
] as const
type Dirt = (typeof dirts)[number]

/** What a source gets wrong in the cells. */
const soiled: Readonly<Partial<Record<Dirt, (cells: Cells) => Partial<Cells>>>> = {
  'no name': () => ({ customer: '' }),
  'no number': () => ({ amount: '' }),
  'wrong number': ({ amount }) => ({ amount: amount.replace('.', ',') }),
  'two numbers': ({ amount }) => ({ amount: `${amount} ${amount}` }),
  'wrong day': () => ({ issued: '2026-02-30' }),
  'wrong total': ({ stated }) => ({ stated: stated.replace(/\d$/, digit => String((Number(digit) + 1) % 10)) }),
  // An id that differs from a neighbour's in case only: nobody knows which of both is meant.
  twin: () => ({ number: 'b-1' }),
}

const separators: Readonly<Partial<Record<Format, string>>> = { csv: ',', tsv: '\t' }

function written(cells: Cells, format: Format): string {
  const separator = separators[format]
  if (separator === undefined) return JSON.stringify(cells)
  return columns
    .map(name => (/[",\t]/.test(cells[name]) ? `"${cells[name].replaceAll('"', '""')}"` : cells[name]))
    .join(separator)
}

function soil(cells: Cells, dirt: Dirt, format: Format): Buffer {
  const whole = written(cells, format)
  // A list that is torn is no list: there are no rows in it.
  const text =
    format === 'json' && (dirt === 'torn' || dirt === 'quote') ? written({ ...cells, customer: '' }, format) : whole
  if (text !== whole) return Buffer.from(text)
  if (dirt === 'torn')
    return Buffer.from(format === 'jsonl' ? whole.slice(0, -1) : whole.slice(0, whole.lastIndexOf(separators[format]!)))
  if (dirt === 'quote') return Buffer.from(whole.replace('Item', format === 'jsonl' ? 'It"em' : '"Item'))
  return Buffer.from(written({ ...cells, ...soiled[dirt]?.(cells) }, format))
}

const bill = fc.record({
  name: fc.constantFrom('Olena Kovalenko', "O'Brien, Sons", 'Ann "A" Bell', 'Zoë'),
  locale: fc.constantFrom('en-GB', 'uk-UA'),
  cents: fc.array(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 3 }),
  dirt: fc.oneof(
    { weight: 2, arbitrary: fc.constant<Dirt>('none') },
    { weight: 1, arbitrary: fc.constantFrom(...dirts) },
  ),
  at: fc.nat(),
})
const batch = fc.record({
  format: fc.constantFrom<Format>('csv', 'tsv', 'jsonl', 'json'),
  bills: fc.array(bill, { minLength: 2, maxLength: 14 }),
  shuffle: fc.boolean(),
  ending: fc.constantFrom('\n', '\r\n'),
})
type Batch = typeof batch extends fc.Arbitrary<infer T> ? T : never

/** A byte that is no text refuses the file: whose it was nobody can tell, once an encoding is in doubt. */
function spoil(file: Buffer, at: number): Buffer {
  const bytes = Buffer.from(file)
  const places = [...file.keys()].filter(place => file.toString('latin1', place, place + 4) === 'Item')
  bytes[places[at % places.length]!] = 0xff
  return bytes
}

const money = (cents: number): string => (cents / 100).toFixed(2)

function rowsOf({ bills, format, shuffle }: Batch): {
  readonly rows: readonly Written[]
  readonly dirty: ReadonlySet<string>
} {
  const dirty = new Set<string>()
  const rows = bills.flatMap(({ name, locale, cents, dirt, at }, index) => {
    const number = `B-${index + 1}`
    // The twin of the first bill; the first has none of its own.
    const kind = dirt === 'twin' && (index === 0 || cents.length > 1) ? 'none' : dirt
    if (kind !== 'none') dirty.add(number)
    if (kind === 'twin') dirty.add('B-1')
    return cents.map((each, line): Written => {
      const stated = money(cents.reduce((sum, one) => sum + one, 0))
      const phone = `+4477009${String(index).padStart(5, '0')}`
      const cells: Cells = {
        number,
        customer: name,
        email: '',
        phone,
        locale,
        issued: '2026-03-01',
        item: `Item ${index + 1}/${line + 1}`,
        amount: money(each),
        stated,
      }
      return {
        number,
        clean: Buffer.from(written(cells, format)),
        dirty: soil(cells, line === at % cents.length ? kind : 'none', format),
      }
    })
  })
  return {
    rows: shuffle ? rows.toSorted((a, b) => Buffer.compare(a.clean.subarray(-9), b.clean.subarray(-9))) : rows,
    dirty,
  }
}

function fileOf(lines: readonly Buffer[], { format, ending }: Pick<Batch, 'format' | 'ending'>): Buffer {
  if (format === 'json')
    return Buffer.concat([
      Buffer.from('[\n'),
      ...lines.flatMap((line, at) => [Buffer.from(at === 0 ? '' : ',\n'), line]),
      Buffer.from('\n]\n'),
    ])
  const separator = separators[format]
  const header = separator === undefined ? '' : `${columns.join(separator)}${ending}`
  return Buffer.concat([Buffer.from(header), ...lines.flatMap(line => [line, Buffer.from(ending)])])
}

/** Writes the right bytes over every wrong line of what was given back; all else stays as it is. */
function mend(rejected: Buffer, rows: readonly Written[]): Buffer {
  let text = rejected.toString('latin1')
  for (const { clean, dirty } of rows) {
    const from = dirty.toString('latin1')
    if (!clean.equals(dirty)) text = text.replace(from, () => clean.toString('latin1'))
  }
  return Buffer.from(text, 'latin1')
}

async function press(out: string, data: string, more: Partial<RunRequest> = {}) {
  const request = {
    job: join(factory.folder, factory.job),
    out: join(factory.folder, out),
    data: [{ source: join(factory.folder, data) }],
    workers: 1,
    date: '2026-03-31',
    lotSize: 4,
    rejects: { share: 1 },
    ...more,
  }
  const { exit, report, faults, folder = '' } = await conduct(request as never, () => {})
  return { exit, report: report as Report, faults, folder }
}

/** The messages of a run, by the ids of their communications. */
function messagesOf(folder: string): ReadonlyMap<string, string> {
  const lots = readdirSync(folder).filter(name => name.startsWith('lot-'))
  const lines = lots.flatMap(lot =>
    readFileSync(join(folder, lot, 'sms/messages.jsonl'), 'utf8')
      .trim()
      .split('\n'),
  )
  return new Map(lines.map(line => [JSON.parse(line).id as string, line]))
}

const known = /^(kit|lot-\d{4}|rejects|rejects\.csv|report\.(json|html)|run\.db|run\.lock|failed\.csv)$/

test(
  'what is rejected, mended and fed back in completes what clean data would have made',
  { timeout: 120_000 + 20_000 * Number(LAW_RUNS) },
  async () => {
    let turn = 0
    await fc.assert(
      fc.asyncProperty(batch, async given => {
        turn += 1
        const { rows, dirty } = rowsOf(given)
        const file = (name: string): string => `data/${turn}-${name}/bills.${given.format}`
        factory.write(
          file('dirty'),
          fileOf(
            rows.map(row => row.dirty),
            given,
          ),
        )
        factory.write(
          file('clean'),
          fileOf(
            rows.map(row => row.clean),
            given,
          ),
        )
        const numbers = new Set(rows.map(row => row.number))
        const good = [...numbers].filter(number => !dirty.has(number)).sort()

        if (turn % 4 === 0) {
          factory.write(
            file('bytes'),
            spoil(
              fileOf(
                rows.map(row => row.dirty),
                given,
              ),
              turn,
            ),
          )
          const refused = await press(`${turn}/out`, file('bytes'), { run: 'bytes' })
          expect([refused.exit, ...refused.faults.map(({ code }) => code)]).toEqual([5, 'intake.undecodable'])
          expect(readdirSync(refused.folder).filter(name => name.startsWith('lot'))).toEqual([])
        }
        const first = await press(`${turn}/out`, file('dirty'), { run: 'first' })
        // A run that would make nothing is refused, and gives its rejects back all the same.
        const others = first.faults.filter(({ code }) => !/^(intake|prepare)\./.test(code)).map(({ code }) => code)
        expect(others).toEqual(good.length === 0 ? ['run.rejects'] : [])
        const { read, communications, rejected, filtered } = first.report.rows
        expect([read, communications + rejected + filtered]).toEqual([rows.length, rows.length])
        const made = messagesOf(first.folder)
        expect([...made.keys()].sort()).toEqual(good)
        for (const name of readdirSync(first.folder)) expect(name).toMatch(known)

        if (turn % 3 === 1) {
          const again = await press(`${turn}/again`, file('dirty'), { run: 'first' })
          expect(promised(again.folder)).toEqual(promised(first.folder))
        }

        const clean = await press(`${turn}/clean`, file('clean'), { run: 'first' })
        expect(clean.exit).toBe(0)
        const wanted = messagesOf(clean.folder)
        expect([...wanted.keys()].sort()).toEqual([...numbers].sort())

        const union = new Map(made)
        if (dirty.size > 0) {
          const returned = readFileSync(join(first.folder, `rejects/bills.${given.format}`))
          // Line by line what the source has of them, in its order, and nothing else.
          const theirs = rows.filter(({ number }) => dirty.has(number))
          expect(returned.toString('latin1').replace(/\s/g, '')).toBe(
            fileOf(
              theirs.map(row => row.dirty),
              given,
            )
              .toString('latin1')
              .replace(/\s/g, ''),
          )
          factory.write(file('mended'), mend(returned, theirs))
          const mended = await press(`${turn}/out`, file('mended'), { run: 'mended' })
          expect(mended.exit, JSON.stringify(mended.faults)).toBe(0)
          const added = messagesOf(mended.folder)
          expect([...added.keys()].sort()).toEqual([...dirty].sort())
          for (const [id, line] of added) union.set(id, line)
        }
        expect(Object.fromEntries(union)).toEqual(Object.fromEntries(wanted))
      }),
      { numRuns: Number(LAW_RUNS), seed: Number(LAW_SEED), path: LAW_PATH, endOnFailure: true },
    )
  },
)
