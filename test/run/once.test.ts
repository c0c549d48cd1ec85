/** No document is issued twice: under other names, out of other files and folders, and whatever becomes of issued.db. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conduct, type Ending, purge, type RunRequest, statusOf, voidRun } from '../../src/run/index.ts'
import { stormFactory } from '../storm/place.ts'
import { type Factory, rows } from './factory.ts'

let factory: Factory
const at = (path: string): string => join(factory.folder, path)
const run = (more: Partial<RunRequest> = {}): Promise<Ending> =>
  conduct(
    { job: at(factory.job), out: at('out'), workers: 1, date: '2026-03-31', rejects: { count: 1 }, ...more },
    () => {},
  )
const from = (text: string): Partial<RunRequest> => {
  factory.write('other.csv', text)
  return { data: [{ source: at('other.csv') }] }
}
const codes = ({ faults }: Ending): readonly string[] => faults.map(({ code }) => code)

beforeAll(async () => {
  factory = stormFactory()
  expect((await run()).exit).toBe(0)
})
afterAll(() => factory.close())

test('under another name: nothing is left, exit 5', async () => {
  const ending = await run({ run: 'again', rejects: { count: 0 }, ...from(rows(3)) })
  expect([ending.exit, ...codes(ending)]).toEqual([5, 'run.issued'])
})

test('ids that differ in case, blanks or Unicode form are the same documents', async () => {
  const ending = await run({ run: 'cases', ...from(rows(3).replaceAll('B-', 'b-')) })
  expect([ending.exit, ...codes(ending)]).toEqual([5, 'run.issued'])
})

describe('ids that are drawn alike and written otherwise', () => {
  const twins = rows(3).replaceAll('B-', 'В\u2011')
  const second = (more: Partial<RunRequest> = {}) => run({ out: at('drawn'), run: 'second', ...from(twins), ...more })

  test('a second run does not issue the documents of the first again: exit 5', async () => {
    expect((await run({ out: at('drawn'), run: 'first', ...from(rows(3)) })).exit).toBe(0)
    const ending = await second({ rejects: { count: 0 } })
    expect([ending.exit, ...codes(ending)]).toEqual([5, 'run.rejects', 'run.lookalike'])
    expect(ending.faults[1]?.message).toMatch(
      /^\d documents may have been issued before, with ids written otherwise \(/,
    )
    expect(factory.read('drawn/second/rejects.csv')).toContain('by the run first, with an id that is drawn alike')
  })

  test('somebody can say that they are others, and the third spelling is asked for again', async () => {
    const { exit, report } = await second({ confirm: 'two series of bills' })
    expect(exit).toBe(0)
    expect(report?.warnings).toMatchObject([{ code: 'run.lookalike', hint: 'confirmed: two series of bills' }])
    const third = await run({ out: at('drawn'), run: 'third', ...from(rows(3).replaceAll('B-', 'Β\u2013')) })
    expect(codes(third)).toEqual(['run.rejects', 'run.lookalike'])
    // Under its own id, each is simply issued.
    expect(codes(await run({ out: at('drawn'), run: 'fourth', ...from(twins) }))).toEqual(['run.issued'])
  })

  test('what is written first in other letters is known in Latin ones, and free once its run is void', async () => {
    expect((await run({ out: at('cyrillic'), run: 'first', ...from(twins) })).exit).toBe(0)
    const latin = () => run({ out: at('cyrillic'), run: 'second', ...from(rows(3)) })
    expect(codes(await latin())).toEqual(['run.rejects', 'run.lookalike'])
    expect((await voidRun({ out: at('cyrillic'), run: 'first', why: 'a test' })).exit).toBe(0)
    expect((await latin()).exit).toBe(0)
  })
})

test('some new among them: only those are made', async () => {
  const { exit, report } = await run({ run: 'more', ...from(rows(12)) })
  expect(exit).toBe(0)
  // B-4 was a reject of the first run, B-7 has no phone: they were never issued.
  expect(report?.communications).toEqual({ made: 4, rejected: 8, alreadyIssued: 8 })
  expect(report?.pieces['sms']).toMatchObject({ rendered: 3, skipped: 1 })
})

test('an out folder that was copied or moved is what it was', async () => {
  cpSync(at('out'), at('copy'), { recursive: true })
  const copied = await run({ out: at('copy'), run: 'again', ...from(rows(3)) })
  expect([copied.exit, ...codes(copied)]).toEqual([5, 'run.issued'])
  renameSync(at('copy'), at('moved'))
  expect(await run({ out: at('moved') })).toMatchObject({ exit: 0, before: true })
})

test('without issued.db, or with an older one, nothing new is issued; what is done stays done', async () => {
  cpSync(at('out'), at('bare'), { recursive: true })
  rmSync(at('bare/issued.db'))
  const bare = { out: at('bare') }
  for (const attempt of ['first', 'second']) {
    const ending = await run({ ...bare, run: 'new', ...from(rows(2, { from: 90 })) })
    expect([attempt, ending.exit, ...codes(ending)]).toEqual([attempt, 5, 'run.unclaimed'])
    expect(ending.faults[0]?.message).toBe('issued.db does not know what bills-2026-03, more issued')
  }
  expect(await run(bare)).toMatchObject({ exit: 0, before: true })
  expect(codes(await run({ ...bare, retry: true }))).toEqual(['run.unclaimed'])
  cpSync(at('out/issued.db'), at('bare/issued.db'))
  expect((await run({ ...bare, run: 'new', ...from(rows(2, { from: 90 })) })).exit).toBe(0)
})

test('a run folder that was put into another out folder does not have its documents issued there again', async () => {
  cpSync(at('out/more'), at('elsewhere/more'), { recursive: true })
  const ending = await run({ out: at('elsewhere'), ...from(rows(12)) })
  expect([ending.exit, ...codes(ending)]).toEqual([5, 'run.unclaimed'])
})

test('a ledger out of a backup that is older than what was issued frees nothing of it', async () => {
  const out = { out: at('older') }
  const refused = await run({ ...out, rejects: { count: 0 } })
  expect([refused.exit, ...codes(refused)]).toEqual([5, 'run.rejects'])
  cpSync(at('older/bills-2026-03'), at('backup'), { recursive: true })
  expect((await run(out)).exit).toBe(0)
  cpSync(at('older/bills-2026-03'), at('finished'), { recursive: true })

  const lost = async (): Promise<void> => {
    const [again, other] = [await run(out), await run({ ...out, run: 'february' })]
    expect([again.exit, ...codes(again)]).toEqual([5, 'run.lost'])
    expect([5, 'run.issued', 'run.unclaimed']).toEqual(expect.arrayContaining([other.exit, ...codes(other)]))
  }
  // The folder as a whole, and then the ledger alone: the lots stay.
  rmSync(at('older/bills-2026-03'), { recursive: true })
  cpSync(at('backup'), at('older/bills-2026-03'), { recursive: true })
  await lost()
  rmSync(at('older/bills-2026-03'), { recursive: true })
  cpSync(at('finished'), at('older/bills-2026-03'), { recursive: true })
  for (const suffix of ['', '-wal', '-shm']) rmSync(at(`older/bills-2026-03/run.db${suffix}`), { force: true })
  cpSync(at('backup/run.db'), at('older/bills-2026-03/run.db'))
  await lost()
  expect(readdirSync(at('older/bills-2026-03'))).toContain('lot-0001')
})

test('a run at its first instant, its ledger without tables, is in nobody’s way', async () => {
  const out = { out: at('instant') }
  mkdirSync(at('instant/first'), { recursive: true })
  factory.write('instant/first/run.db', '')
  expect((await run(out)).exit).toBe(0)
  expect(statusOf(at('instant'), 'first')).toMatchObject({ state: 'staging' })
  expect((await purge({ out: at('instant'), olderThan: '2020-01-01' })).exit).toBe(0)
  expect((await run({ ...out, run: 'first', ...from(rows(2, { from: 90 })) })).exit).toBe(0)
  // With lots beside it, it is no first instant.
  for (const suffix of ['', '-wal', '-shm']) rmSync(at(`instant/first/run.db${suffix}`), { force: true })
  factory.write('instant/first/run.db', '')
  expect(codes(await run({ ...out, run: 'first', ...from(rows(2, { from: 90 })) }))).toEqual(['run.lost'])
  expect((await run({ ...out, run: 'third', ...from(rows(2, { from: 95 })) })).exit).toBe(0)
  rmSync(at('instant/issued.db'))
  expect(codes(await run({ ...out, run: 'fourth', ...from(rows(2, { from: 97 })) }))).toEqual(['run.unclaimed'])
})

test('purge waits for issued.db: under another key nobody would find what was purged', async () => {
  cpSync(at('out'), at('keyless'), { recursive: true })
  rmSync(at('keyless/issued.db'))
  const { exit, faults } = await purge({ out: at('keyless'), olderThan: '2100-01-01' })
  expect([exit, ...new Set(faults.map(({ code }) => code))]).toEqual([5, 'run.unclaimed'])
  expect(existsSync(at('keyless/issued.db'))).toBe(false)
  cpSync(at('out/issued.db'), at('keyless/issued.db'))
  expect((await purge({ out: at('keyless'), olderThan: '2100-01-01' })).exit).toBe(0)
})

test('documents of a run that is not at its end: it is said how they are made', async () => {
  const out = { out: at('cut') }
  const stop = new AbortController()
  await conduct(
    { job: at(factory.job), ...out, workers: 1, date: '2026-03-31', rejects: { count: 1 }, signal: stop.signal },
    event => {
      if (event.kind === 'allocated') stop.abort()
    },
  )
  const ending = await run({ ...out, run: 'other' })
  expect([ending.exit, ...codes(ending)]).toEqual([5, 'run.issued'])
  expect(ending.faults[0]?.hint).toMatch(/^bills-2026-03 is not at its end: start it again as before/)
  expect((await run(out)).exit).toBe(0)
  expect((await run({ ...out, run: 'other' })).faults[0]?.hint).toMatch(/^there is nothing to do/)
})

test('control totals of rows and communications are given as much as sums are', async () => {
  factory.mend('jobs/bills.yaml', 'template: bill\n', 'template: bill\nexpect: { rows: 20, communications: 10 }\n')
  const { exit, report } = await run({ out: at('expected') })
  expect(exit).toBe(0)
  expect(report?.expected).toEqual({ rows: 20, communications: 10 })
  expect(factory.read('expected/bills-2026-03/report.html')).toContain(
    '20 rows of the first file and 10 communications, as found',
  )
  expect(factory.read('expected/bills-2026-03/report.html')).toContain('The control totals are as expected.')
})
