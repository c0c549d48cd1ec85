/** The verdict on a run: the same rule at its end and after every deed, and of the channels that the run was begun with. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Report } from '../../src/model/index.ts'
import { conduct, discard, type RunRequest, release, verify } from '../../src/run/index.ts'
import { type Factory, makeFactory } from './factory.ts'

const run = 'bills-2026-03'
const deed = { why: 'seen and approved' }
let made: Factory
let factory: Factory
let out: string
let warned: string[] = []

const start = (more: Partial<RunRequest> = {}) =>
  conduct({ job: join(factory.folder, factory.job), out, workers: 1, date: '2026-03-31', ...more }, event => {
    if (event.kind === 'warned') warned.push(`${event.fault.code}: ${event.fault.message}`)
  })

beforeAll(async () => {
  made = makeFactory({ bills: 4, mail: false })
  made.mend('jobs/bills.yaml', '  pdf: {}\n', '')
  made.mend('templates/bill/sms.hbs', "amount=(fact 'total')", 'amount=total')
  factory = made
  out = join(made.folder, 'out')
  expect((await start()).exit).toBe(4)
})
afterAll(() => made.close())
// The run is made once; each test has a copy of it.
beforeEach(() => {
  factory = makeFactory({ bills: 4, mail: false })
  cpSync(made.folder, factory.folder, { recursive: true, force: true })
  out = join(factory.folder, 'out')
  warned = []
})
afterEach(() => factory.close())

const report = (): Report => JSON.parse(factory.read(`out/${run}/report.json`)) as Report
const refused = (): readonly string[] => report().refused.map(({ message }) => message)

test('a retry with a job that has gained a channel makes those that the run was begun with, and says so', async () => {
  factory.mend('jobs/bills.yaml', '  sms: {}\n', '  sms: {}\n  pdf: {}\n')
  factory.mend('templates/bill/sms.hbs', 'amount=total', "amount=(fact 'total')")
  const { exit, faults } = await start({ retry: true })
  expect([exit, faults]).toEqual([0, []])
  const words = 'run.option: the job has gained pdf since this run was begun: the retry makes no pieces of it'
  expect(warned).toEqual([words])
  expect(report().warnings.map(({ code, message }) => `${code}: ${message}`)).toContain(words)
  expect(Object.keys(report().pieces)).toEqual(['sms'])
  expect((await start()).exit).toBe(0)
  expect(await verify({ out, run })).toMatchObject({ exit: 0, faults: [] })
})

test('what was wrong with pieces that are given up or released is not told of those that are left', async () => {
  expect(refused()).toEqual(['2 pieces of sms do not show what the data says'])
  expect((await discard({ out, run, ids: ['B-2'], ...deed })).exit).toBe(4)
  expect(refused()).toEqual(['1 piece of sms does not show what the data says'])
  expect((await release({ out, run, ids: ['B-4'], unproved: true, ...deed })).exit).toBe(0)
  expect([report().exit, refused()]).toEqual([0, []])
  expect(await verify({ out, run })).toMatchObject({ exit: 0, faults: [] })
})

test('a plain failure that is left when nothing is unproved any more is exit 3', async () => {
  const database = new DatabaseSync(join(out, run, 'run.db'))
  database.exec(
    `UPDATE piece SET outcome = 'failed', reason = 'sms.parts', codes = '["sms.parts"]', file = NULL, sha256 = NULL, bytes = NULL, measures = NULL, facts = NULL WHERE seq = 4`,
  )
  database.close()
  expect((await discard({ out, run, ids: ['B-2'], ...deed })).exit).toBe(3)
  expect([report().exit, refused()]).toEqual([3, []])
})
