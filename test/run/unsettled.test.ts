/** A retry that was cut off and is given up by a purge: what it published stays issued, the rest is free, and the run is judged and verified as any other. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Report } from '../../src/model/index.ts'
import { verificationLines } from '../../src/report/index.ts'
import { conduct, purge, type RunRequest, verify } from '../../src/run/index.ts'
import { type Factory, makeFactory } from './factory.ts'

const run = 'bills-2026-03'
let made: Factory
let factory: Factory
let out: string

/** Starts the job; `cut`: only to the moment when it is allocated, as a kill there would leave it. */
function start({ cut = false, ...more }: Partial<RunRequest> & { readonly cut?: boolean } = {}) {
  const ending = new AbortController()
  const job = join(factory.folder, factory.job)
  const request = { job, out, workers: 1, date: '2026-03-31', rejects: { count: 4 }, signal: ending.signal, ...more }
  return conduct(request, event => {
    if (cut && event.kind === 'started') ending.abort()
  })
}

beforeAll(async () => {
  // The messages of B-2 and B-4 do not show what the data says.
  made = makeFactory({ bills: 4, mail: false })
  made.mend('jobs/bills.yaml', '  pdf: {}\n', '')
  made.mend('templates/bill/sms.hbs', "amount=(fact 'total')", 'amount=total')
  factory = made
  out = join(made.folder, 'out')
  expect((await start()).exit).toBe(4)
  made.mend(
    'templates/bill/sms.hbs',
    "{{t 'total' amount=total}}",
    `{{#if (eq number 'B-2')}}{{t 'total' amount=(fact 'total')}}{{else}}{{t 'total' amount=total}}{{/if}}`,
  )
  expect((await start({ retry: true, cut: true })).exit).toBe(130)
})
afterAll(() => made.close())
// The run is made once; each test has a copy of it.
beforeEach(() => {
  factory = makeFactory({ bills: 4, mail: false })
  cpSync(made.folder, factory.folder, { recursive: true, force: true })
  out = join(factory.folder, 'out')
})
afterEach(() => factory.close())

const report = (): Report => JSON.parse(factory.read(`out/${run}/report.json`)) as Report
const giveUp = () => purge({ out, olderThan: '2999-01-01', unsettled: true })

test('nothing of it was published: its documents are free, and verify looks at all that is left', async () => {
  expect(await giveUp()).toMatchObject({ exit: 0, faults: [] })
  expect([report().exit, report().refused]).toEqual([0, []])
  expect(report().pieces).toEqual({ sms: { rendered: 2, skipped: 2, held: 0, failed: 0 } })
  const found = await verify({ out, run })
  expect(found).toMatchObject({ exit: 0, faults: [] })
  expect(verificationLines(found).join('\n')).toContain('outcomes, sums and claims were counted')
  expect((await start()).exit).toBe(0)
  expect((await start({ run: 'again' })).report?.communications).toMatchObject({ made: 2, alreadyIssued: 2 })

  factory.mend(`out/${run}/report.json`, '"rendered": 2', '"rendered": 3')
  expect((await verify({ out, run })).exit).toBe(4)
  factory.mend(`out/${run}/report.json`, '"rendered": 3', '"rendered": 2')
  expect((await verify({ out, run })).exit).toBe(0)
  const database = new DatabaseSync(join(out, run, 'run.db'))
  database.exec('DELETE FROM piece WHERE seq = 1')
  database.close()
  expect((await verify({ out, run })).exit).toBe(4)
})

test('its lot stands on disk, and the ledger does not know it: what is in it stays issued, what failed is free', async () => {
  const ledger = join(out, run, 'run.db')
  cpSync(ledger, `${ledger}.kept`)
  expect((await start()).exit).toBe(4)
  cpSync(`${ledger}.kept`, ledger)
  factory.remove(`out/${run}/run.db.kept`)
  expect(factory.exists(`out/${run}/lot-0002`)).toBe(true)
  const whole = out
  out = join(factory.folder, 'damaged')
  cpSync(whole, out, { recursive: true })
  factory.mend(`damaged/${run}/lot-0002/sms/messages.jsonl`, 'Nord', 'Nard')
  expect(await giveUp()).toMatchObject({ exit: 0, faults: [] })
  // What was in it nobody knows any more: none of it may go out again, and the report tells that it does not add up.
  expect((JSON.parse(factory.read(`damaged/${run}/report.json`)) as Report).exit).toBe(4)
  expect((await start({ run: 'again' })).report?.communications).toMatchObject({ made: 0, alreadyIssued: 4 })
  out = whole
  expect(await giveUp()).toMatchObject({ exit: 0, faults: [] })
  expect([report().exit, report().refused]).toEqual([0, []])
  expect(report().pieces).toEqual({ sms: { rendered: 3, skipped: 1, held: 0, failed: 0 } })
  expect(await verify({ out, run })).toMatchObject({ exit: 0, faults: [] })
  expect((await start({ run: 'again' })).report?.communications).toMatchObject({ made: 1, alreadyIssued: 3 })
})
