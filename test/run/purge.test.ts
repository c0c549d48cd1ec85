/** Explain before and after a purge; a purge leaves no byte of a customer in any file, and the trail whole. */
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Ledger, takeLock } from '../../src/ledger/index.ts'
import { describe as inWords } from '../../src/model/index.ts'
import {
  conduct,
  explain,
  purge,
  statusLines,
  statusOf,
  storyLines,
  verificationLines,
  verify,
} from '../../src/run/index.ts'
import { frozenFiles, kitDigest } from '../../src/run/plan/kit.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

const run = 'bills-2026-03'
const clock = (): Date => new Date('2026-03-31T12:00:00Z')
const later = (): Date => new Date('2026-09-30T12:00:00Z')
let made: Factory
let factory: Factory
let out: string

const start = (more: object = {}) =>
  conduct({ job: join(factory.folder, factory.job), out, workers: 1, rejects: { count: 1 }, ...more }, () => {}, clock)

beforeAll(async () => {
  made = makeFactory({ bills: 4, mail: false })
  made.write('data/bills.csv', rows(4).replace('B-4;Олена Коваленко', 'B-4;Canary').replace('4,10', 'canary'))
  made.write(
    'jobs/bills.yaml',
    `${made.read('jobs/bills.yaml')}route:\n  - { when: 'data.number.endsWith("-1")', to: [pdf] }\n  - { to: [pdf, sms] }\n`,
  )
  factory = made
  out = join(made.folder, 'out')
  const { exit, faults } = await start()
  expect(exit, JSON.stringify(faults)).toBe(0)
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

async function told(id: string): Promise<string> {
  const story = await explain({ out, run, id })
  return story.ok ? storyLines(story.value).join('\n') : story.faults.map(inWords).join('\n')
}

/** Every file of the out folder but the kit, which is the factory's own. */
function bytesLeft(): string {
  return readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter(file => !file.includes('/kit') && statSync(join(out, file)).isFile())
    .map(file => `${file}\n${readFileSync(join(out, file)).toString('latin1')}`)
    .join('\n')
}

const latin = (text: string): string => Buffer.from(text).toString('latin1')
const secrets = [
  "O'Brien",
  latin('Олена'),
  'Canary',
  'canary',
  'B-1.pdf',
  '"id":"B-1"',
  'customer1@',
  '+4477009',
  'Item 1',
]

test('explain tells where a communication came from, why it went where it did, and what became of it', async () => {
  const story = await told(' b-1 ')
  expect(story).toContain('B-1: a communication of bills-2026-03')
  expect(story).toMatch(/rows +2 rows, from \S*data\/bills\.csv:2/)
  expect(story).toMatch(/route +by the rule data\.number\.endsWith/)
  expect(story).toMatch(/pdf +rendered, lot 1, kit 1\n +lot-0001\/pdf\/B-1\.pdf\n +sha256 [0-9a-f]{64}\n +pages 1\n/)
  expect(story).toContain('fact number: B-1')
  expect(story).toMatch(/sms +skipped: /)
  expect(story).toMatch(/issued +by bills-2026-03$/m)
  const reject = await told('B-4')
  expect(reject).toContain('B-4: a reject of bills-2026-03')
  expect(reject).toMatch(/rejected +text that is not what the schema expects \(intake\.unreadable\)/)
  expect(reject).toContain('by no run: its document is free')
  expect(await told('B-9')).toContain('has no communication "B-9" among 3 made and 1 rejected, and filtered 0 rows')
})

test('explain does not quote what the schema marks private', async () => {
  factory.mend(
    `out/${run}/kit/templates/bill/schema.json`,
    '"number": { "type": "string" }',
    '"number": { "type": "string", "private": true }',
  )
  const changed = await told('B-1')
  expect(changed).toContain(
    'kit 1           is not as it was frozen: whether facts are private is not known; see platen verify',
  )
  expect(changed).toContain('fact number: not told\n')
  const ledger = new Ledger(join(out, run, 'run.db'))
  ledger.setMeta({ kit: kitDigest(frozenFiles(join(out, run, 'kit'))) })
  ledger.close()
  const story = await told('B-1')
  expect(story).toContain('fact number: private\n')
  expect(story).toContain('fact total: £')
  expect(story).not.toContain('not as it was frozen')
})

test('purge removes every byte of a customer, keeps counts, digests and a chain that holds', async () => {
  for (const secret of secrets) expect(bytesLeft()).toContain(secret)
  const before = JSON.parse(factory.read(`out/${run}/report.json`))
  expect(await purge({ out, olderThan: '365d' }, later)).toEqual({ exit: 0, faults: [], runs: [] })
  expect((await purge({ out, olderThan: '90d', dryRun: true }, later)).runs).toEqual([run])
  expect(JSON.parse(factory.read(`out/${run}/report.json`))).toEqual(before)

  expect(await purge({ out, olderThan: '90d', by: 'maria' }, later)).toEqual({ exit: 0, faults: [], runs: [run] })
  for (const secret of secrets) expect(bytesLeft()).not.toContain(secret)
  const { chain: _, purged, ...report } = JSON.parse(factory.read(`out/${run}/report.json`))
  const { chain: __, purged: ___, ...same } = before
  expect(report).toEqual(same)
  expect(purged).toMatchObject({ by: 'maria', at: later().toISOString() })
  const verified = await verify({ out, run })
  expect(verified).toMatchObject({ exit: 0, faults: [], found: { purged: true, events: 7 } })
  expect(verificationLines(verified).join('\n')).toMatch(
    /^bills-2026-03: as it was made, as far as it is left: it was purged\n\n {2}events .*\n {2}kits .*\n {2}ledger .*\n {2}gone +5 pieces and the data of 3 communications: nothing was hashed or made again$/,
  )
  expect(statusOf(out, run)).toMatchObject({ state: 'done', purged: { by: 'maria' } })

  const story = await told('B-1')
  expect(story).toContain('by maria')
  expect(story).toMatch(/pdf +rendered, lot 1, kit 1\n +sha256/)
  expect(await told('B-4')).toContain('(intake.unreadable)')
  expect(await start()).toMatchObject({ exit: 0, before: true })
  const retried = await start({ retry: true })
  expect(retried.faults.map(({ code }) => code)).toEqual(['run.purged'])
  expect(retried.faults.map(fault => inWords(fault).replace(`${factory.folder}/`, ''))).toEqual([
    'out/bills-2026-03: the run bills-2026-03 was purged: its data and pieces are gone',
  ])
  expect((await start({ run: 'again', rejects: { count: 4 } })).exit).toBe(5)
  expect((await purge({ out, olderThan: '90d' }, later)).runs).not.toContain(run)
})

test.each(['scrub', 'chainHead'] as const)('purge, cut off at %s: doing it again completes it', async point => {
  const spy = vi.spyOn(Ledger.prototype as unknown as Record<string, () => void>, point)
  spy.mockImplementationOnce(() => {
    throw new Error('killed')
  })
  await expect(purge({ out, olderThan: '2026-06-01' }, later)).rejects.toThrow('killed')
  expect((await purge({ out, olderThan: '2026-06-01' }, later)).runs).toEqual([run])
  for (const secret of secrets) expect(bytesLeft()).not.toContain(secret)
  expect((await verify({ out, run })).faults).toEqual([])
})

test('verify of a purged run finds what was changed in what is left, and what should be gone', async () => {
  await purge({ out, olderThan: '90d' }, later)
  const sql = (file: string, statement: string): void => {
    const database = new DatabaseSync(join(out, file))
    database.exec(statement)
    database.close()
  }
  sql(`${run}/run.db`, "UPDATE piece SET outcome = 'skipped' WHERE seq = 1 AND channel = 'pdf'")
  sql(`${run}/run.db`, "UPDATE communication SET text = 'Canary' WHERE seq = 2")
  sql('issued.db', 'DELETE FROM document WHERE identity = (SELECT min(identity) FROM document)')
  factory.write(`out/${run}/lot-0001/pdf/B-1.pdf`, 'x')
  const { exit, faults } = await verify({ out, run })
  expect(exit).toBe(4)
  expect(faults.map(fault => inWords(fault).replace(`${factory.folder}/out/`, '')).sort()).toEqual([
    'bills-2026-03/lot-0001/pdf/B-1.pdf: the run was purged, and this file is here',
    'bills-2026-03/report.json: the report and the ledger disagree about measures',
    'bills-2026-03/report.json: the report and the ledger disagree about pieces',
    'bills-2026-03/run.db: the run was purged, and the data of 1 communication is here',
    'bills-2026-03: 2 documents are claimed for this run, and it has 3 of them',
  ])
})

test('purge wants an age or a day', async () => {
  expect(await purge({ out, olderThan: 'soon' })).toMatchObject({ exit: 2, faults: [{ code: 'usage.option' }] })
})

test('what was found at its end goes too, but for its codes', async () => {
  const ledger = new Ledger(join(out, run, 'run.db'))
  const place = { file: join(out, run) }
  const closing = JSON.parse(ledger.meta('closing') ?? '')
  const faults = [{ code: 'run.sums', message: 'B-1.pdf of Canary is cut', place, hint: 'ask Canary' }]
  ledger.setMeta({ closing: JSON.stringify({ ...closing, faults }) })
  ledger.close()
  expect((await purge({ out, olderThan: '90d' }, later)).runs).toEqual([run])
  for (const secret of secrets) expect(bytesLeft()).not.toContain(secret)
  const { refused } = JSON.parse(factory.read(`out/${run}/report.json`))
  const message = 'files, ledger and allocation that do not account for each other'
  expect(refused).toEqual([{ code: 'run.sums', message, place }])
})

test('a run that never came to its end goes too, and is not gone on with; one that cannot be read keeps nothing else', async () => {
  const ledger = new Ledger(join(out, run, 'run.db'))
  // As a run is that was killed and never started again.
  ledger.setMeta({ state: 'allocated' })
  ledger.reader.exec("DELETE FROM meta WHERE name = 'closing'")
  ledger.close()
  factory.write('out/another/run.db', 'no database')
  const told = await purge({ out, olderThan: '90d' }, later)
  expect(told).toMatchObject({ exit: 2, runs: [run], faults: [{ code: 'run.machine' }] })
  expect(told.faults.map(({ place }) => place?.file)).toEqual([join(out, 'another')])
  expect(await verify({ out, run })).toMatchObject({ exit: 0, faults: [], found: { purged: true } })
  factory.remove(`out/${run}/report.json`)
  for (const secret of secrets) expect(bytesLeft()).not.toContain(secret)
  expect(await start()).toMatchObject({ exit: 5, faults: [{ code: 'run.purged' }] })
})

test('status tells a run that a process is at from one that was interrupted', () => {
  const ledger = new Ledger(join(out, run, 'run.db'))
  ledger.setMeta({ state: 'allocated' })
  ledger.close()
  const said = (): string => statusLines([statusOf(out, run) ?? expect.fail()], { whole: false }).join('')
  expect(said()).toMatch(/not finished: 1 of 1 lot published; start it again to go on$/)
  const lock = takeLock(join(out, run, 'run.lock'))
  expect(said()).toMatch(/not finished: 1 of 1 lot published; a process is at it$/)
  lock?.release()
})
