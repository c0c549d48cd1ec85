/** The retail example: what clean.js and prepare.js make of the order book, held against sums that Python counted. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { date, decimal, loadScript } from '../../src/schema/index.ts'

// retail-invoices.json was made with Python's csv and decimal: amount = (Decimal(Quantity) * Decimal(UnitPrice)).quantize(Decimal('0.01'),
// ROUND_HALF_UP), summed over equal InvoiceNo; its `about` says the rest.
const expected = JSON.parse(readFileSync('test/examples/retail-invoices.json', 'utf8')) as Expected
const customers = readCsv('examples/retail/data/customers.csv')
const names = new Set(customers.map(customer => customer['id']))

describe('the order book of December 2010', async () => {
  const rows = readCsv('examples/retail/data/2010-12.csv')
  const clean = await script('examples/retail/jobs/clean.js')
  const prepare = await script('templates/invoice/prepare.js')
  const rejected: string[] = []
  const documents = new Map<string, Row[]>()
  for (const row of rows) {
    const cleaned = clean(row, { decimal, date, reject: (message: string) => rejected.push(message) }) as Row
    documents.set(cleaned['InvoiceNo'] ?? '', [...(documents.get(cleaned['InvoiceNo'] ?? '') ?? []), cleaned])
  }
  const prepared = new Map([...documents].map(([number, lines]) => [number, made(number, lines)]))

  test('clean.js rejects nothing in this month', () => {
    expect(rows).toHaveLength(expected.month.rows)
    expect(rejected).toEqual([])
  })

  test('all amounts add up to the published sum', () => {
    const sum = [...documents.values()].flat().reduce((total, row) => total.plus(row['amount'] ?? ''), decimal('0'))
    expect(sum.cmp(expected.month.total)).toBe(0)
  })

  test('every number is a document or a movement of stock', () => {
    const states: Record<string, number> = {}
    let adjustments = 0
    for (const { rejects, data } of prepared.values()) {
      if (rejects.length > 0) adjustments += 1
      else states[data.state] = (states[data.state] ?? 0) + 1
    }
    expect(adjustments).toBe(expected.month.adjustments)
    expect(states).toEqual(expected.month.states)
  })

  test('the header of each document is the same in all of its rows', () => {
    for (const [number, lines] of documents) {
      expect(new Set(lines.map(line => `${line['InvoiceDate']} ${line['CustomerID']}`)), number).toHaveProperty(
        'size',
        1,
      )
    }
  })

  test('every customer is known', () => {
    const bought = new Set([...documents.values()].flat().map(line => line['CustomerID']))
    bought.delete('')
    expect([...bought].filter(id => !names.has(id ?? ''))).toEqual([])
  })

  test.each(expected.invoices)('$number: $why', ({ number, issued, lines, freeLines, total, state, customer, due }) => {
    const { data, rejects } = prepared.get(number) as Made
    expect(rejects).toEqual([])
    expect({ issued: data.issued, due: data.due, state: data.state, count: data.count }).toEqual({
      issued,
      due,
      state,
      count: lines,
    })
    expect(data.customer?.id).toBe(customer)
    expect(data.lines.filter(line => line.free === true)).toHaveLength(freeLines)
    expect(decimal(data.total ?? '0').cmp(total)).toBe(0)
    expect(decimal(data.lines.at(-1)?.sum ?? '').cmp(total)).toBe(0)
    expect(decimal(data.amount ?? '0').cmp(total.replace('-', ''))).toBe(0)
    const brief = data.brief.reduce((sum, line) => sum.plus(line.amount), decimal(data.rest?.amount ?? '0'))
    expect(brief.cmp(total)).toBe(0)
    expect(data.brief.length + (data.rest?.count ?? 0)).toBe(lines)
  })

  function made(number: string, lines: readonly Row[]): Made {
    const rejects: string[] = []
    const first = lines[0] as Row
    const id = first['CustomerID']
    const input = {
      number,
      issued: first['InvoiceDate'],
      ...(id ? { customer: { id, name: 'N', address1: 'Street 1', address2: '', address3: 'Town' } } : {}),
      lines: lines.map(line => ({
        description: line['Description'],
        quantity: line['Quantity'],
        price: line['UnitPrice'],
        amount: line['amount'],
      })),
    }
    const run = { name: 'r', date: '2010-12-31', set: { days: '14' } }
    const data = prepare(input, { decimal, date, run, reject: (message: string) => rejects.push(message) }) as Prepared
    return { data, rejects }
  }
})

describe('rows of other months', async () => {
  const clean = await script('examples/retail/jobs/clean.js')
  const row = {
    InvoiceNo: '536365',
    StockCode: ' 71053',
    Description: ' WHITE  METAL LANTERN ',
    Quantity: '6',
    InvoiceDate: '2010-12-01 08:26:00',
    UnitPrice: '3.39',
    CustomerID: '17850.0',
    Country: 'EIRE',
  }
  const cleanedWith = (change: Partial<typeof row>): { readonly row: Row; readonly rejects: readonly string[] } => {
    const rejects: string[] = []
    const cleaned = clean(
      { ...row, ...change },
      { decimal, date, reject: (message: string) => rejects.push(message) },
    ) as Row
    return { row: cleaned, rejects }
  }

  test('are tidied', () => {
    expect(cleanedWith({}).row).toMatchObject({
      StockCode: '71053',
      Description: 'WHITE METAL LANTERN',
      InvoiceDate: '2010-12-01',
      CustomerID: '17850',
    })
    expect(decimal(cleanedWith({}).row['amount'] ?? '').toString()).toBe('20.34')
  })

  test('with prices of three decimals are rounded to the penny, halves away from zero', () => {
    expect(decimal(cleanedWith({ UnitPrice: '0.001' }).row['amount'] ?? '').cmp('0.01')).toBe(0)
    expect(decimal(cleanedWith({ UnitPrice: '0.125', Quantity: '-1' }).row['amount'] ?? '').cmp('-0.13')).toBe(0)
  })

  test('that adjust bad debts are rejected', () => {
    expect(cleanedWith({ InvoiceNo: 'A563186', UnitPrice: '-11062.06', Quantity: '1' }).rejects).toEqual([
      'InvoiceNo begins with A: a bad debt adjusted in the books, not a document for a customer',
    ])
  })

  test('of a credit note may not take', () => {
    expect(cleanedWith({ InvoiceNo: 'C536379', Quantity: '1' }).rejects).toEqual([
      'Quantity is above zero, but InvoiceNo begins with C: a credit note gives back',
    ])
    expect(cleanedWith({ InvoiceNo: 'C536379', Quantity: '-1' }).rejects).toEqual([])
  })

  test('whose figures are none have no amount, and keep what they say', () => {
    expect(cleanedWith({ Quantity: 'six' }).row).toMatchObject({ Quantity: 'six', amount: '' })
    expect(cleanedWith({ CustomerID: '', InvoiceDate: '1/12/2010' }).row).toMatchObject({
      CustomerID: '',
      InvoiceDate: '1/12/2010',
    })
  })
})

describe('the customers', () => {
  test('come out the same every time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'platen-'))
    try {
      cpSync('examples/retail/scripts', join(folder, 'scripts'), { recursive: true })
      cpSync('examples/retail/data/names.csv', join(folder, 'data/names.csv'))
      execFileSync(process.execPath, [join(folder, 'scripts/customers.js')])
      expect(readFileSync(join(folder, 'data/customers.csv'), 'utf8')).toBe(
        readFileSync('examples/retail/data/customers.csv', 'utf8'),
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('are all there once, and lead nowhere real', () => {
    expect(customers.map(customer => Number(customer['id']))).toEqual(
      Array.from({ length: 18287 - 12346 + 1 }, (_, at) => 12346 + at),
    )
    for (const { email, phone, locale } of customers) {
      expect(email).toMatch(/^$|^[a-z.]+\d+@example\.(com|org|net)$/)
      expect(phone).toMatch(/^$|^\+447700900\d{3}$|^\+49176040690\d{2}$/)
      expect(locale).toMatch(/^(en-GB|uk-UA|de-DE|pl-PL|ru-RU)$/)
    }
  })
})

type Row = Readonly<Record<string, string>>

interface Line {
  readonly amount: string
  readonly sum: string
  readonly free?: boolean
}

interface Prepared {
  readonly issued: string
  readonly due?: string
  readonly state: string
  readonly total?: string
  readonly amount?: string
  readonly count: number
  readonly customer?: { readonly id: string }
  readonly lines: readonly Line[]
  readonly brief: readonly Line[]
  readonly rest?: { readonly count: number; readonly amount: string }
}

interface Made {
  readonly data: Prepared
  readonly rejects: readonly string[]
}

interface Expected {
  readonly month: {
    readonly rows: number
    readonly adjustments: number
    readonly total: string
    readonly states: Readonly<Record<string, number>>
  }
  readonly invoices: readonly {
    readonly number: string
    readonly why: string
    readonly issued: string
    readonly lines: number
    readonly freeLines: number
    readonly total: string
    readonly state: string
    readonly customer?: string
    readonly due?: string
  }[]
}

async function script(file: string): Promise<(...args: unknown[]) => unknown> {
  const loaded = await loadScript({ file, text: readFileSync(file, 'utf8') })
  if (!loaded.ok) throw new Error(loaded.faults[0]?.message)
  return loaded.value
}

/** Enough of RFC 4180 for these files, and none of the product's own reader. */
function readCsv(file: string): Row[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  const columns = head.split(',')
  return lines.map(line => {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    )
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}
