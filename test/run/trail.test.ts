/** What people decide about a run afterwards: void, release, discard; cut off between any two of their writes, doing it again completes it. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkChain, Issued, Ledger, readUnrendered } from '../../src/ledger/index.ts'
import { Lot } from '../../src/lots/index.ts'
import type { Report } from '../../src/model/index.ts'
import { conduct, discard, explain, release, reportLines, verify, voidRun } from '../../src/run/index.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

vi.mock('../../src/ledger/unfinished.ts', { spy: true })

const run = 'bills-2026-03'
let factory: Factory
let out: string

let made: Factory
beforeAll(async () => {
  made = makeFactory({ bills: 4, mail: false })
  // B-3 has more lines than a page has room for columns: its paper fails, its text message is held.
  const table = '<table columns="* *"><tr>{{#each lines}}<td>{{item}}</td>{{/each}}</tr></table><h1>'
  made.mend('templates/bill/pdf.hbs', '<h1>', table)
  const line = "B-3;O'Brien & Sons;customer3@example.com;+447700900003;en-GB;2026-03-01;More;1,00\n"
  made.write('data/bills.csv', `${rows(4)}${line.repeat(12)}`)
  factory = made
  out = join(made.folder, 'out')
  expect((await start()).exit).toBe(3)
})
afterAll(() => made.close())
// The run is made once; each test has a copy of it.
beforeEach(() => {
  factory = makeFactory({ bills: 4, mail: false })
  cpSync(made.folder, factory.folder, { recursive: true, force: true })
  out = join(factory.folder, 'out')
})
afterEach(() => {
  vi.restoreAllMocks()
  factory.close()
})

const start = (more: object = {}) =>
  conduct({ job: join(factory.folder, factory.job), out, workers: 1, date: '2026-03-31', ...more }, () => {})
const deed = { why: 'seen and approved', by: 'maria' }
const report = (): Report => JSON.parse(factory.read(`out/${run}/report.json`))

/** All events of the run, once the chain was found to hold up to the head that its report prints. */
function events(): readonly { readonly kind: string; readonly body: Record<string, unknown> }[] {
  const ledger = new Ledger(join(out, run, 'run.db'), { readOnly: true })
  try {
    const all = ledger.events()
    expect(checkChain(all, [ledger.chainHead(), report().chain])).toEqual([])
    expect(report().chain).toEqual(ledger.chainHead())
    return all.map(({ kind, body }) => ({ kind, body: JSON.parse(body) }))
  } finally {
    ledger.close()
  }
}

/** The process ends here, once. */
function crashAt<T extends object>(where: T, what: keyof T & string): void {
  crashOnce(vi.spyOn(where as Record<string, () => never>, what))
}

function crashOnce({
  mockImplementationOnce,
}: {
  readonly mockImplementationOnce: (crash: () => never) => unknown
}): void {
  mockImplementationOnce(() => {
    throw new Error('killed')
  })
}

test('the trail of a run names what failed and what is held, by number', () => {
  expect(events().map(({ kind }) => kind)).toEqual([
    'started',
    'read',
    'allocated',
    'lot-published',
    'failed',
    'held',
    'finished',
  ])
  expect(events()[5]?.body).toEqual({ lot: 1, communications: [3] })
})

describe('release', () => {
  const done = async () => {
    expect(await release({ out, run, ids: [' b-3'], ...deed })).toMatchObject({ exit: 3, faults: [] })
    expect(factory.read(`out/${run}/lot-0002/sms/messages.jsonl`)).toContain('"B-3"')
    expect(factory.exists(`out/${run}/held/lot-0001/sms/messages.jsonl`)).toBe(false)
    expect(report()).toMatchObject({ exit: 3, lots: 2, pieces: { sms: { rendered: 4, held: 0 }, pdf: { failed: 1 } } })
    const told = events().filter(({ kind }) => kind === 'released')
    expect(told).toMatchObject([{ body: { communications: [3], lots: [2], ...deed } }])
  }

  test('publishes held pieces in a lot of their own, and --retry makes only what is left', async () => {
    await done()
    factory.mend('templates/bill/pdf.hbs', '<table columns="* *">', '<table>')
    expect((await start({ retry: true })).exit).toBe(0)
    expect(factory.exists(`out/${run}/lot-0003/pdf/B-3.pdf`)).toBe(true)
    expect(factory.exists(`out/${run}/lot-0003/sms`)).toBe(false)
  })

  test.each(['before the lot', 'behind it', 'before the report'])('cut off %s, a start completes it', async point => {
    if (point === 'before the lot') crashAt(Lot.prototype, 'publish')
    else if (point === 'behind it') crashAt(Ledger.prototype, 'release')
    else crashOnce(vi.mocked(readUnrendered))
    await expect(release({ out, run, ids: ['B-3'], ...deed })).rejects.toThrow('killed')
    expect((await start()).exit).toBe(3)
    expect(report().pieces['sms']).toEqual({ rendered: 4, skipped: 0, held: 0, failed: 0 })
    expect(events().filter(({ kind }) => kind === 'released')).toHaveLength(1)
  })

  test('refuses what is not held, and a held file that is not what was made', async () => {
    const wrong = await release({ out, run, ids: ['B-1', 'B-9'], ...deed })
    expect(wrong.exit).toBe(2)
    expect(wrong.faults.map(({ message }) => message)).toEqual([
      `"B-1" has no piece that is held in the run ${run}`,
      `"B-9" has no piece that is held in the run ${run}`,
    ])
    factory.mend(`out/${run}/held/lot-0001/sms/messages.jsonl`, 'To pay', 'To pray')
    expect(await release({ out, run, ids: ['B-3'], ...deed })).toMatchObject({
      exit: 4,
      faults: [{ code: 'run.sums' }],
    })
  })
})

describe('discard', () => {
  test.each([undefined, 'freeSome', 'close'] as const)('frees the document, cut off at %s or not', async point => {
    if (point === 'freeSome') crashAt(Issued.prototype, 'freeSome')
    if (point === 'close') crashOnce(vi.mocked(readUnrendered))
    const first = discard({ out, run, ids: ['B-3'], ...deed })
    if (point === undefined) expect(await first).toMatchObject({ exit: 0, faults: [] })
    else {
      await expect(first).rejects.toThrow('killed')
      expect((await start()).exit).toBe(0)
    }
    expect(report()).toMatchObject({
      exit: 0,
      pieces: { sms: { skipped: 1, held: 0 }, pdf: { skipped: 1, failed: 0 } },
    })
    expect(factory.exists(`out/${run}/failed.csv`)).toBe(false)
    expect(factory.exists(`out/${run}/held/lot-0001/sms/messages.jsonl`)).toBe(false)
    expect(events().filter(({ kind }) => kind === 'discarded')).toHaveLength(1)
    factory.mend('templates/bill/pdf.hbs', '<table columns="* *">', '<table>')
    expect((await start({ run: 'again', rejects: { count: 3 } })).report?.communications).toMatchObject({
      made: 1,
      alreadyIssued: 3,
    })
  })
})

test('discard of what was released in part frees nothing: a piece of it has gone out', async () => {
  await release({ out, run, ids: ['B-3'], ...deed })
  expect(await discard({ out, run, ids: ['B-3'], ...deed })).toMatchObject({ exit: 0, faults: [] })
  const again = await start({ run: 'again', rejects: { count: 4 } })
  expect(again).toMatchObject({ exit: 5, faults: [{ code: 'run.issued' }] })
})

describe('void', () => {
  test.each([undefined, 'free', 'report'] as const)('frees all documents, cut off at %s or not', async point => {
    if (point === 'free') crashAt(Issued.prototype, 'free')
    if (point === 'report') crashAt(Ledger.prototype, 'chainHead')
    const first = voidRun({ out, run, ...deed })
    if (point === undefined) expect(await first).toMatchObject({ exit: 0, before: false })
    else {
      await expect(first).rejects.toThrow('killed')
      expect(await voidRun({ out, run, why: 'again' })).toMatchObject({ exit: 0, before: true })
    }
    expect(report().voided).toMatchObject(deed)
    expect(factory.read(`out/${run}/VOID`)).toContain('nothing of it may be sent')
    expect(events().filter(({ kind }) => kind === 'voided')).toHaveLength(1)
    expect(await start()).toMatchObject({ exit: 5, faults: [{ code: 'run.voided' }] })
    expect(await start({ retry: true })).toMatchObject({ exit: 5, faults: [{ code: 'run.voided' }] })
    expect(await release({ out, run, ids: ['B-3'], ...deed })).toMatchObject({
      exit: 2,
      faults: [{ code: 'run.voided' }],
    })
    expect((await start({ run: 'again' })).report?.communications).toMatchObject({ made: 4, alreadyIssued: 0 })
    expect(factory.exists(`out/${run}/lot-0001/pdf/B-1.pdf`)).toBe(true)
  })

  test('wants a run that is there, and a reason', async () => {
    expect((await voidRun({ out, run: 'nope', ...deed })).faults[0]).toMatchObject({ hint: `there are ${run}` })
    expect((await voidRun({ out, run, why: ' ' })).exit).toBe(2)
  })
})

test('release of a piece that does not show its fact: it is counted beside the sums, and the run adds up', async () => {
  const bills = makeFactory({ bills: 2, mail: false })
  try {
    bills.mend('jobs/bills.yaml', '  pdf: {}\n', '')
    bills.mend('templates/bill/sms.hbs', "amount=(fact 'total')", 'amount=total')
    const into = join(bills.folder, 'out')
    const again = () =>
      conduct({ job: join(bills.folder, bills.job), out: into, workers: 1, date: '2026-03-31' }, () => {})
    expect((await again()).exit).toBe(4)
    expect(await release({ out: into, run, ids: ['B-2'], unproved: true, ...deed })).toMatchObject({
      exit: 0,
      faults: [],
      unproved: 1,
    })
    expect(await verify({ out: into, run })).toMatchObject({ exit: 0, faults: [] })
    const story = await explain({ out: into, run, id: 'B-2' })
    expect(story.ok && story.value.pieces.map(({ channel, unproved }) => [channel, unproved])).toEqual([
      ['sms', ['run.fact']],
    ])
    const other = await explain({ out: into, run, id: 'B-1' })
    expect(other.ok && other.value.pieces.map(({ unproved }) => unproved)).toEqual([undefined])
    const { report: told } = await again()
    expect(told?.readBack).toEqual([
      { channel: 'sms', fact: 'total', pieces: 1, read: '2.30', data: '2.30', agrees: true, released: 1 },
    ])
    expect(reportLines(told as Report, 'out').join('\n')).toContain('1 piece released unproved and left out')
  } finally {
    bills.close()
  }
})
