/** Ledgers of earlier versions: read as if they were of this one, brought up when they are written, and never half of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { countFailures, counts, Ledger, readUnproved } from '../../src/ledger/index.ts'
import { type Failpoint, failpointName } from '../../src/model/index.ts'

const fail = (failpoint: Failpoint | undefined): void => {
  Object.assign(globalThis, { [failpointName]: failpoint })
}

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  path = join(folder, 'run.db')
})
afterEach(() => {
  fail(undefined)
  rmSync(folder, { recursive: true, force: true })
})

// What ledgers of version 1 have in words, and the codes in it.
const reasons = [
  [
    'held',
    'run.fact: the fact total does not stand in sms as the data has it; run.unread: x',
    ['run.fact', 'run.unread'],
  ],
  ['held', 'pdf failed', undefined],
  ['failed', 'pdf.fit at templates/bill/pdf.hbs:3 (html.table), pdf.link', ['pdf.fit', 'pdf.link']],
  ['failed', 'run.bug: TypeError at run/make.ts:12', ['run.bug']],
  ['failed', 'run.identity: not made, since the run stops', ['run.identity']],
  ['skipped', 'no rule holds', undefined],
] as const

/** A ledger as version 1 wrote it. */
function makeOld(): void {
  const ledger = new Ledger(path)
  for (const at of reasons.keys()) ledger.stage({ seq: at + 1, id: `id${at + 1}`, text: '{}', rows: [], sums: {} })
  const allotments = [...reasons.keys()].map(at => ({ seq: at + 1, lot: 1, to: ['pdf'], skipped: {} }))
  ledger.allocate(allotments, { kit: 1, meta: {} })
  ledger.close()
  const database = new DatabaseSync(path)
  database.exec('ALTER TABLE piece DROP COLUMN codes; PRAGMA user_version = 0')
  const put = database.prepare('UPDATE piece SET outcome = ?, reason = ? WHERE seq = ?')
  for (const [at, [outcome, reason]] of reasons.entries()) put.run(outcome, reason, at + 1)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

function codesSeen(options?: { readonly readOnly?: boolean; readonly still?: boolean }): unknown {
  const ledger = new Ledger(path, options)
  try {
    expect(readUnproved(ledger)).toMatchObject([{ lot: 1, channel: 'pdf', code: 'run.fact', pieces: 1, line: 0 }])
    expect(countFailures(ledger)).toBe(4)
    expect(counts(ledger).reasons).toHaveLength(6)
    return ledger.pieces(1).map(({ codes }) => codes)
  } finally {
    ledger.close()
  }
}

const expected = reasons.map(([, , codes]) => codes)

it('are read without a byte being written, and brought up once they are written', () => {
  makeOld()
  const before = readFileSync(path)
  expect(codesSeen({ still: true })).toEqual(expected)
  expect(codesSeen({ readOnly: true })).toEqual(expected)
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(codesSeen()).toEqual(expected)
  // As it stands in the file now, to whoever asks it with SQL.
  const database = new DatabaseSync(path, { readOnly: true })
  expect(database.prepare('SELECT codes FROM piece ORDER BY seq').all()).toEqual(
    expected.map(codes => ({ codes: codes === undefined ? null : JSON.stringify(codes) })),
  )
  database.close()
  expect(codesSeen()).toEqual(expected)
})

it('are brought up whole or not at all', () => {
  makeOld()
  // The first is that of the journal's mode.
  let commits = 0
  fail(step => {
    if (step === 'commit' && ++commits === 2) throw new Error('killed')
  })
  expect(() => new Ledger(path)).toThrow('killed')
  fail(undefined)
  expect(codesSeen()).toEqual(expected)
})

it('that said of a communication in which lot it is are worked through by what their pieces say', () => {
  const ledger = new Ledger(path)
  for (const seq of [1, 2, 3]) ledger.stage({ seq, id: `id${seq}`, text: `"${seq}"`, rows: [], sums: {} })
  const lots = [1, 1, 2].map((lot, at) => ({ seq: at + 1, lot, to: ['pdf'], skipped: {} }))
  ledger.allocate(lots, { kit: 1, meta: {} })
  ledger.close()
  const database = new DatabaseSync(path)
  database.exec(
    `ALTER TABLE communication ADD COLUMN lot INTEGER; UPDATE communication SET lot = (SELECT lot FROM piece WHERE piece.seq = communication.seq);
     CREATE INDEX communication_lot ON communication (lot); PRAGMA user_version = 2`,
  )
  database.close()
  const again = new Ledger(path)
  expect([1, 2].map(lot => again.work(lot).map(({ text }) => text))).toEqual([['"1"', '"2"'], ['"3"']])
  again.stage({ seq: 4, id: 'id4', text: '"4"', rows: [], sums: {} })
  again.allocate(
    [
      { seq: 1, lot: 3, to: ['pdf'], skipped: {} },
      { seq: 4, lot: 3, to: [], skipped: { pdf: 'why' } },
    ],
    { kit: 1, meta: {} },
  )
  expect([1, 3].map(lot => again.work(lot).map(({ text }) => text))).toEqual([['"2"'], ['"1"']])
  again.close()
})

it('of a later Platen are refused', () => {
  new Ledger(path).close()
  const database = new DatabaseSync(path)
  database.exec('PRAGMA user_version = 99')
  database.close()
  for (const options of [{}, { readOnly: true }, { still: true }])
    expect(() => new Ledger(path, options)).toThrow(expect.objectContaining({ code: 'LATER_LEDGER' }))
})
