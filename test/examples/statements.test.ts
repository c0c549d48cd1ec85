/** The statements of the retail example: their sums are those of the invoices, and what prepare.js makes of an account. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { date, decimal, loadScript, readSettings } from '../../src/schema/index.ts'
import { good } from '../outcome.ts'

describe('the accounts of December 2010', () => {
  const invoices = control('examples/retail/data/2010-12.control.yaml')
  const accounts = control('examples/retail/data/2010-12.accounts.control.yaml')

  test('with the cash sales they come to what was invoiced', async () => {
    const clean = await script('examples/retail/jobs/clean.js')
    const charged = await script('examples/retail/jobs/charged.js')
    let cash = decimal('0')
    let toAccounts = decimal('0')
    let filtered = 0
    for (const row of readCsv('examples/retail/data/2010-12.csv')) {
      const { CustomerID, amount } = clean(row, { decimal, date, reject: fail }) as Row
      const kept = charged(row, { decimal, date, reject: fail }) as Row | null
      // Both scripts take the same rows for cash sales, and work out the same amount.
      expect(kept === null).toBe(CustomerID === '')
      if (kept === null) {
        filtered += 1
        cash = cash.plus(amount ?? '')
      } else {
        expect(decimal(kept['amount'] ?? '').cmp(amount ?? '')).toBe(0)
        toAccounts = toAccounts.plus(amount ?? '')
      }
    }
    expect([filtered, cash.toString()]).toEqual([15631, '194353.00'])
    expect(toAccounts.cmp(accounts.sum['invoices.amount'] ?? '')).toBe(0)
    expect(toAccounts.plus(cash).cmp(invoices.sum['lines.amount'] ?? '')).toBe(0)
  })

  test('the job reads all of it, and its totals agree', () => {
    // Whatever this clone has made, the job is checked as if it was never started.
    const empty = mkdtempSync(join(tmpdir(), 'platen-'))
    const { status, stdout } = platen('check', 'examples/retail/jobs/statements.yaml', '--out', empty)
    rmSync(empty, { recursive: true })
    expect(stdout).toContain('44,528 read, 15,631 filtered')
    expect(stdout).toContain('1,077 to make')
    expect(stdout).toContain('848 parts, 848 of 1')
    expect(stdout).toContain('invoices.amount: 554,604.02, expected 554,604.02')
    expect(status).toBe(0)
  })

  test('every balance is opening, charged and paid', async () => {
    const prepare = await script('templates/statement/prepare.js')
    const documents = Map.groupBy(readCsv('examples/retail/data/2010-12.csv'), row =>
      (row['CustomerID'] ?? '').replace(/\.0$/, ''),
    )
    const payments = Map.groupBy(readCsv('examples/retail/data/payments.csv'), row => row['customer'] ?? '')
    const sums = { opening: decimal('0'), charged: decimal('0'), paid: decimal('0'), closing: decimal('0') }
    let mostEntries = 0
    for (const { id, opening } of readCsv('examples/retail/data/accounts.csv')) {
      const { data, rejects } = made(prepare, {
        account: id,
        opening,
        invoices: (documents.get(id ?? '') ?? []).map(row => ({
          number: row['InvoiceNo'],
          date: row['InvoiceDate']?.slice(0, 10),
          amount: decimal(row['Quantity'] ?? '')
            .times(row['UnitPrice'] ?? '')
            .round(2)
            .toString(),
        })),
        payments: (payments.get(id ?? '') ?? []).map(({ number, date: day, amount }) => ({
          number,
          date: day,
          amount,
        })),
      })
      expect(rejects).toEqual([])
      expect(data.entries.at(-1)?.balance ?? data.closing).toBe(data.closing)
      mostEntries = Math.max(mostEntries, data.entries.length)
      for (const name of ['opening', 'charged', 'paid', 'closing'] as const)
        sums[name] = sums[name].plus(data[name] ?? '0')
    }
    expect(sums.opening.cmp(accounts.sum['opening'] ?? '')).toBe(0)
    expect(sums.charged.cmp(accounts.sum['invoices.amount'] ?? '')).toBe(0)
    expect(sums.paid.cmp(accounts.sum['payments.amount'] ?? '')).toBe(0)
    expect(sums.closing.cmp(sums.opening.plus(sums.charged).minus(sums.paid))).toBe(0)
    expect(mostEntries).toBeGreaterThan(40)
  })

  test('accounts and payments come out the same every time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'platen-'))
    try {
      cpSync('examples/retail/scripts', join(folder, 'scripts'), { recursive: true })
      cpSync('examples/retail/data/2010-12.csv', join(folder, 'data/2010-12.csv'))
      execFileSync(process.execPath, [join(folder, 'scripts/accounts.js')])
      for (const file of ['accounts.csv', 'payments.csv']) {
        expect(readFileSync(join(folder, 'data', file), 'utf8')).toBe(
          readFileSync(`examples/retail/data/${file}`, 'utf8'),
        )
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a statement', async () => {
  const prepare = await script('templates/statement/prepare.js')
  const account = { account: '1', period: { from: '2026-03-01', to: '2026-03-31' } }

  test('puts lines of one number together, and tells credit notes by their sum', () => {
    const { data } = made(prepare, {
      ...account,
      invoices: [
        { number: 'A', date: '2026-03-02', amount: '10.00' },
        { number: 'B', date: '2026-03-02', amount: '-3.00' },
        { number: 'A', date: '2026-03-02', amount: '-2.50' },
      ],
    })
    expect(data.entries.map(({ number, kind, charged }) => [number, kind, charged])).toEqual([
      ['A', 'invoice', '7.50'],
      ['B', 'creditNote', '-3.00'],
    ])
    expect([data.charged, data.closing, data.state, data.due]).toEqual(['4.50', '4.50', 'owed', '2026-04-14'])
  })

  test('takes a payment below zero for money paid back', () => {
    const { data } = made(prepare, {
      ...account,
      opening: '-12.40',
      payments: [{ date: '2026-03-05', amount: '-12.40' }],
    })
    expect(data.entries[0]).toMatchObject({ kind: 'refund', paid: '-12.40', balance: '0.00' })
    expect([data.state, data.closing, data.amount, data.due]).toEqual(['clear', '0.00', undefined, undefined])
  })

  test('reads transactions by kind or by sign', () => {
    const signed = made(prepare, {
      ...account,
      transactions: [
        { date: '2026-03-02', amount: '100' },
        { date: '2026-03-03', amount: '-30' },
      ],
    })
    const byKind = made(prepare, {
      ...account,
      transactions: [
        { date: '2026-03-02', kind: 'deposit', amount: '100' },
        { date: '2026-03-03', kind: 'withdrawal', amount: '30' },
      ],
    })
    for (const { data } of [signed, byKind]) {
      expect([data.charged, data.paid, data.closing]).toEqual(['100', '30', '70'])
    }
  })

  test.each([
    'VYDAJ',
    'constructor',
  ])('names a kind that it does not know, and nothing that follows from it: %s', kind => {
    const transactions = [
      { date: '2026-03-02', kind, amount: '5', balance: '5' },
      { date: '2026-03-03', kind: 'deposit', amount: '5', balance: '17' },
    ]
    const { rejects } = made(prepare, { ...account, transactions })
    expect(rejects).toHaveLength(1)
    expect(rejects[0]).toMatch(new RegExp(`^the kind "${kind}" is not one of invoice, creditNote, .*fee$`))
  })

  test('rejects a closing balance that the first balance after the period does not go on from', () => {
    const transactions = [
      { date: '2026-03-02', amount: '10', balance: '10' },
      { date: '2026-03-30', amount: '5', balance: '15' },
      { date: '2026-04-01', amount: '1', balance: '16' },
    ]
    expect(made(prepare, { ...account, transactions }).rejects).toEqual([])
    expect(made(prepare, { ...account, transactions: transactions.filter((_, at) => at !== 1) }).rejects).toEqual([
      'the first balance after the period does not follow from the closing balance: an entry is missing',
    ])
  })

  test('takes what is before the period into the opening balance, and leaves out what is after it', () => {
    const { data } = made(prepare, {
      ...account,
      transactions: ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map(day => ({ date: day, amount: '10' })),
    })
    expect([data.opening, data.count, data.closing]).toEqual(['10', 2, '30'])
  })

  test('works the opening out of balances that are given, in whatever order the day has them', () => {
    const { data, rejects } = made(prepare, {
      ...account,
      transactions: [
        { date: '2026-03-02', amount: '-30', balance: '170', text: 'second' },
        { date: '2026-03-02', amount: '-70', balance: '100', text: 'third' },
        { date: '2026-03-02', amount: '150', balance: '200', text: 'first' },
      ],
    })
    expect(rejects).toEqual([])
    expect(data.opening).toBe('50')
    expect(data.entries.map(({ text }) => text)).toEqual(['first', 'second', 'third'])
  })

  test('refuses balances that do not follow', () => {
    const transactions = [
      { date: '2026-03-02', amount: '10', balance: '10' },
      { date: '2026-03-03', amount: '10', balance: '21' },
    ]
    expect(made(prepare, { ...account, transactions }).rejects).toEqual([
      'the balance behind entry 2 is not what the entries up to it come to',
    ])
    expect(made(prepare, { ...account, opening: '5', closing: '6' }).rejects).toEqual([
      'the closing balance is not what opening balance and entries come to',
    ])
    expect(made(prepare, { account: '1' }).rejects).toEqual(['no period is given, neither in the data nor by the run'])
  })

  test('loses no entry that lacks something', () => {
    const rejectsOf = (given: object) => made(prepare, { ...account, ...given }).rejects
    expect(rejectsOf({ payments: [{ amount: '5.00' }] })).toEqual(['an entry of payments has no date'])
    expect(rejectsOf({ invoices: [{ number: 'A', date: '2026-03-02' }] })).toEqual([
      'an entry of invoices has no amount',
    ])
    const [first, second] = ['2026-03-02', '2026-03-03'].map(day => ({ number: 'A', date: day, amount: '1.00' }))
    expect(rejectsOf({ invoices: [first, second] })).toEqual(['lines of one invoice have different dates'])
    const bare = made(prepare, {
      ...account,
      invoices: [
        { date: '2026-03-02', amount: '1.00' },
        { date: '2026-03-02', amount: '2.00' },
      ],
    })
    expect(bare.data.entries).toHaveLength(2)
  })

  test.each([
    ['statement', ''],
    ['notice', 'long: no email and no sms: no address\n'],
  ])('%s: every sample can be made, and says what it goes without', (name, lacking) => {
    const folder = mkdtempSync(join(tmpdir(), 'platen-'))
    try {
      const { status, stderr } = platen('proof', name, '--into', folder)
      expect(stderr).toBe(lacking)
      expect(status).toBe(0)
      expect(readdirSync(join(folder, 'pdf'))).toHaveLength(readdirSync(`templates/${name}/samples`).length)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

type Row = Readonly<Record<string, string>>
type Script = (...args: unknown[]) => unknown

interface Statement {
  readonly state: string
  readonly opening?: string
  readonly charged?: string
  readonly paid?: string
  readonly closing: string
  readonly amount?: string
  readonly due?: string
  readonly count: number
  readonly entries: readonly {
    readonly number?: string
    readonly text?: string
    readonly kind: string
    readonly charged?: string
    readonly paid?: string
    readonly balance: string
  }[]
}

function made(prepare: Script, given: object): { readonly data: Statement; readonly rejects: readonly string[] } {
  const rejects: string[] = []
  const period = { text: '2010-12', unit: 'month', start: '2010-12-01', end: '2010-12-31' }
  const run = {
    name: 'test',
    date: '2011-01-02',
    set: {},
    ...('period' in given || !('opening' in given) ? {} : { period }),
  }
  const data = prepare(given, { decimal, date, run, reject: (message: string) => rejects.push(message) }) as Statement
  return { data, rejects }
}

function control(file: string): { readonly sum: Readonly<Record<string, string>> } {
  return good(
    readSettings<{ sum: Record<string, string> }>({ file, text: readFileSync(file, 'utf8') }, { type: 'object' }),
  ).value
}

async function script(file: string): Promise<Script> {
  return good(await loadScript({ file, text: readFileSync(file, 'utf8') })) as Script
}

function fail(message: string): never {
  throw new Error(message)
}

function platen(...args: readonly string[]) {
  return spawnSync(process.execPath, ['bin/platen.js', ...args], { encoding: 'utf8' })
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
