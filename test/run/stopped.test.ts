/** A run that was stopped stays so: nothing that people do to the piece that stopped it lets the rest be made, or the piece go out. */
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Ledger } from '../../src/ledger/index.ts'
import {
  conduct,
  discard,
  explain,
  type RunRequest,
  release,
  storyLines,
  verify,
  voidRun,
} from '../../src/run/index.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

const run = 'bills-2026-03'
const deed = { why: 'seen and approved' }
let made: Factory
let factory: Factory
let out: string

const start = (more: Partial<RunRequest> = {}) =>
  conduct(
    {
      job: join(factory.folder, factory.job),
      out,
      workers: 1,
      date: '2026-03-31',
      lotSize: 2,
      channels: ['sms'],
      ...more,
    },
    () => {},
  )

const inLedger = <T>(ask: (ledger: InstanceType<typeof Ledger>) => T): T => {
  const ledger = new Ledger(join(out, run, 'run.db'))
  try {
    return ask(ledger)
  } finally {
    ledger.close()
  }
}

beforeAll(async () => {
  made = factory = makeFactory({ mail: false })
  factory.write('data/bills.csv', rows(4, { from: 100 }))
  // Each bill has the number of the one before, as a script would that keeps it; the message shows it.
  factory.mend('templates/bill/prepare.js', 'export default', 'let last\nexport default')
  const swapped = 'const before = last ?? data.number\n  last = data.number\n  return { ...data, number: before,'
  factory.mend('templates/bill/prepare.js', 'return { ...data,', swapped)
  factory.mend('templates/bill/sms.hbs', '{{brand.name}}', '{{number}} {{brand.name}}')
  out = join(made.folder, 'out')
  expect((await start()).exit).toBe(4)
})
afterAll(() => made.close())
beforeEach(() => {
  factory = makeFactory({ mail: false })
  cpSync(made.folder, factory.folder, { recursive: true, force: true })
  out = join(factory.folder, 'out')
})
afterEach(() => {
  vi.restoreAllMocks()
  factory.close()
})

test('the piece that stopped it is neither released nor discarded, and nothing of the run is made again', async () => {
  for (const deal of [release, discard])
    expect(await deal({ out, run, ids: ['B-101'], ...deed })).toMatchObject({
      exit: 2,
      faults: [
        {
          code: 'run.identity',
          message: `the run ${run} was stopped: a piece shows what identifies another communication`,
          hint: 'send nothing of it, and void it: none of its pieces can be released or discarded',
        },
      ],
    })
  // Also where the piece is gone from the ledger, which is what a discard would do.
  inLedger(ledger => ledger.discard([2]))
  expect(await start({ retry: true })).toMatchObject({ exit: 4, before: true })
  expect(existsSync(join(out, run, 'lot-0002'))).toBe(false)
})

test('the trail says it, of the piece and of the whole run', async () => {
  const events = inLedger(ledger => ledger.events().filter(({ kind }) => kind === 'stopped'))
  expect(events.map(({ body }) => JSON.parse(body))).toEqual([{ lot: 1, communications: [2], reason: 'run.identity' }])
  for (const [id, times] of [
    ['B-101', 1],
    ['B-103', 0],
  ] as const) {
    const told = await explain({ out, run, id })
    if (!told.ok) throw new Error(JSON.stringify(told.faults))
    expect(told.value.stopped).toMatchObject({ lot: 1 })
    expect(told.value.events.filter(({ kind }) => kind === 'stopped')).toHaveLength(times)
    expect(storyLines(told.value).join('\n')).toMatch(/run stopped +\S+ \S+.*: a piece of lot 1 shows what identifies/)
  }
  expect((await voidRun({ out, run, ...deed })).exit).toBe(0)
})

test('a lot that was published just before the end and is not on record is taken from disk', async () => {
  // As if the process had died between the commit of the lot that stopped it and that of the next.
  cpSync(join(out, run, 'lot-0001'), join(out, run, 'lot-0002'), { recursive: true })
  expect((await verify({ out, run })).faults.map(({ message }) => message)).toContain(
    'lot-0002 stands there, and the run was stopped before it',
  )
  inLedger(ledger => ledger.setMeta({ state: 'allocated' }))
  expect((await start()).exit).toBe(4)
  expect(existsSync(join(out, run, 'lot-0002'))).toBe(false)
  expect((await verify({ out, run })).faults).toEqual([])
})

test('verify finds again what stopped it, though all bytes are as they were made', async () => {
  inLedger(ledger => ledger.reader.exec('UPDATE piece SET codes = NULL WHERE seq = 2'))
  expect((await verify({ out, run })).faults.map(({ message }) => message)).toContain(
    'the proof of the sms piece, made again, fails (run.identity): sms shows what identifies another communication of the run: the id of line 2 of the data',
  )
  inLedger(ledger => ledger.reader.exec(`UPDATE piece SET codes = '["run.fact","run.identity"]' WHERE seq = 2`))
  expect((await verify({ out, run })).faults.map(({ message }) => message)).toContain(
    'the sms piece is held for run.fact, and made again its proof does not find that',
  )
})
