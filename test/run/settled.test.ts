/** Verify after all that can happen to a run: what was settled, retried, voided, purged or encrypted is as it was made, until it is altered. */
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Issued, Ledger } from '../../src/ledger/index.ts'
import { Lot } from '../../src/lots/index.ts'
import { describe as inWords, type Report } from '../../src/model/index.ts'
import { statusLines, verificationLines } from '../../src/report/index.ts'
import { conduct, discard, purge, type RunRequest, release, statusOf, verify, voidRun } from '../../src/run/index.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

const run = 'bills-2026-03'
const deed = { why: 'seen and approved' }
let made: Factory
let factory: Factory
let out: string

const start = (more: Partial<RunRequest> = {}) =>
  conduct(
    { job: join(factory.folder, factory.job), out, workers: 1, date: '2026-03-31', rejects: { count: 1 }, ...more },
    () => {},
  )

beforeAll(async () => {
  made = makeFactory({ bills: 4, mail: false })
  // B-3 has more lines than a page has room for columns: its paper fails, its text message is held. B-4 is a reject.
  const table = '<table columns="* *"><tr>{{#each lines}}<td>{{item}}</td>{{/each}}</tr></table><h1>'
  made.mend('templates/bill/pdf.hbs', '<h1>', table)
  const more = Array.from({ length: 12 }, () => rows(1, { from: 3 }).split('\n')[1])
  made.write('data/bills.csv', `${rows(4).replace('4,10', '4,1x')}${more.join('\n')}\n`)
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

async function differences(name = run): Promise<readonly string[]> {
  const { exit, faults } = await verify({ out, run: name })
  expect(exit).toBe(faults.length > 0 ? 4 : 0)
  return faults.map(({ place, message }) => `${place?.file.slice(join(out, name).length + 1)}: ${message}`)
}

test('nothing, also with failed, held and rejected ones; rejects and failed.csv that are altered, missing or added', async () => {
  expect(await differences()).toEqual([])
  factory.mend(`out/${run}/failed.csv`, 'B-3', 'B-2')
  factory.mend(`out/${run}/rejects/bills.csv`, '4,1x', '4,10')
  factory.mend(`out/${run}/rejects.csv`, 'B-4', 'B-5')
  factory.write(`out/${run}/rejects/more.csv`, 'x')
  expect(await differences()).toEqual([
    'failed.csv: the file was altered: the ledger says otherwise',
    'rejects.csv: the file was altered: it has another digest than when it was made',
    'rejects/bills.csv: the file was altered: it has another digest than when it was made',
    'rejects/more.csv: this file is none of the run',
  ])
  for (const file of ['failed.csv', 'rejects/bills.csv', 'rejects.csv']) factory.remove(`out/${run}/${file}`)
  expect(await differences()).toEqual([
    'failed.csv: the file is missing',
    'rejects.csv: the file is missing',
    'rejects/bills.csv: the file is missing',
    'rejects/more.csv: this file is none of the run',
  ])
})

describe('nothing after', () => {
  test('a release, and a discard of the rest of it', async () => {
    expect((await release({ out, run, ids: ['B-3'], ...deed })).exit).toBe(3)
    expect(await differences()).toEqual([])
    expect((await discard({ out, run, ids: ['B-3'], ...deed })).exit).toBe(0)
    expect(await differences()).toEqual([])
  })

  test('a discard', async () => {
    expect((await discard({ out, run, ids: ['B-3'], ...deed })).exit).toBe(0)
    expect(await differences()).toEqual([])
  })

  test('a retry, of a release too, and the run made void', async () => {
    await release({ out, run, ids: ['B-3'], ...deed })
    factory.mend('templates/bill/pdf.hbs', '<table columns="* *">', '<table>')
    expect((await start({ retry: true })).exit).toBe(0)
    expect(await differences()).toEqual([])
    expect((await voidRun({ out, run, ...deed })).exit).toBe(0)
    expect(await differences()).toEqual([])
    expect((await start({ run: 'again' })).exit).toBe(0)
    expect(await differences()).toEqual([])
    expect(await differences('again')).toEqual([])
  })

  test('a purge of failed and held ones: listed and left out, unless somebody insists; then their documents are free', async () => {
    const all = { out, olderThan: '2999-01-01' }
    const told = await purge(all)
    expect(told).toMatchObject({ exit: 3, runs: [], faults: [{ code: 'run.unsettled' }] })
    expect(told.faults.map(fault => inWords(fault).replace(`${factory.folder}/`, ''))).toEqual([
      'out/bills-2026-03: the run bills-2026-03 has 1 communication with a piece that is held or failed',
    ])
    expect(await purge({ ...all, dryRun: true })).toEqual(told)
    expect(factory.exists(`out/${run}/held`)).toBe(true)
    // What is not settled can still be.
    expect((await start({ retry: true })).exit).toBe(3)
    expect(await purge({ ...all, unsettled: true })).toEqual({ exit: 0, faults: [], runs: [run] })
    expect(factory.exists(`out/${run}/held`)).toBe(false)
    expect(await differences()).toEqual([])
    const { exit, pieces } = JSON.parse(factory.read(`out/${run}/report.json`)) as Report
    expect([exit, pieces['pdf'], pieces['sms']]).toEqual([
      0,
      { rendered: 2, skipped: 1, held: 0, failed: 0 },
      { rendered: 2, skipped: 1, held: 0, failed: 0 },
    ])
    const again = await start({ run: 'again', rejects: { count: 4 } })
    expect(again.report?.communications).toMatchObject({ made: 1, alreadyIssued: 2 })
  })

  test('a purge of one that was killed: listed; given up, what stands in a lot stays issued', async () => {
    const ledger = new DatabaseSync(join(out, run, 'run.db'))
    ledger.exec("UPDATE meta SET value = 'allocated' WHERE name = 'state'; DELETE FROM meta WHERE name = 'closing'")
    ledger.exec("UPDATE piece SET outcome = NULL, reason = NULL; UPDATE lot SET state = 'planned'")
    ledger.close()
    const all = { out, olderThan: '2999-01-01' }
    const told = await purge(all)
    expect([told.exit, told.faults.map(({ message }) => message)]).toEqual([
      3,
      ['the run bills-2026-03 has not ended: 6 of its pieces are not made'],
    ])
    const copy = join(factory.folder, 'copy')
    cpSync(out, copy, { recursive: true })
    expect((await purge({ ...all, unsettled: true })).exit).toBe(0)
    const looked = await verify({ out, run })
    expect(looked).toMatchObject({ exit: 0, found: { gone: { report: false, counted: false } } })
    expect(verificationLines(looked).join('\n')).toContain('there is no report, and outcomes, sums and claims were not')
    expect(statusLines([statusOf(out, run) ?? expect.fail()], { whole: false })).toEqual([
      `${run}  never ended, purged`,
    ])
    expect((await start({ run: 'again', rejects: { count: 4 } })).report?.communications.alreadyIssued).toBe(2)
    rmSync(join(copy, run, 'lot-0001'), { recursive: true })
    expect((await purge({ ...all, out: copy, unsettled: true })).exit).toBe(0)
    const free = await start({ out: copy, run: 'again' })
    expect(free.report?.communications.alreadyIssued).toBe(0)
  })

  test('a purge sweeps what a killed process had kept of standard input', async () => {
    factory.write('out/.spool-1', 'canary')
    factory.write('out/.spool-1.lock', '')
    await purge({ out, olderThan: '2000-01-01', dryRun: true })
    expect(factory.exists('out/.spool-1')).toBe(true)
    expect((await purge({ out, olderThan: '2000-01-01' })).exit).toBe(0)
    expect(readdirSync(out).filter(name => name.startsWith('.spool'))).toEqual([])
  })
})

test('what has not come to an end is not held against it: exit 2, with the way on', async () => {
  vi.spyOn(Lot.prototype, 'publish').mockImplementationOnce(() => {
    throw new Error('killed')
  })
  await expect(release({ out, run, ids: ['B-3'], ...deed })).rejects.toThrow('killed')
  expect(await verify({ out, run })).toMatchObject({
    exit: 2,
    faults: [{ code: 'usage.option', message: `a command on the run ${run} was cut off` }],
  })
  expect((await start({ run: 'refused', rejects: { count: 0 } })).exit).toBe(5)
  expect(await verify({ out, run: 'refused' })).toMatchObject({ exit: 2, faults: [{ code: 'usage.option' }] })
  factory.remove('data/bills.csv')
  factory.write('data/bills.csv', 'number;customer\n')
  expect((await start({ run: 'unread' })).exit).toBe(5)
  expect(await verify({ out, run: 'unread' })).toMatchObject({ exit: 2, faults: [{ code: 'usage.option' }] })
})

test('what a killed retry and a killed void leave is no tampering; the next start clears it away', async () => {
  factory.write(`out/${run}/kit-0002/job/bills.yaml`, 'x')
  expect((await verify({ out, run })).exit).toBe(2)
  expect((await start()).exit).toBe(3)
  expect(factory.exists(`out/${run}/kit-0002`)).toBe(false)
  expect(await differences()).toEqual([])

  vi.spyOn(Issued.prototype, 'free').mockImplementationOnce(() => {
    throw new Error('killed')
  })
  await expect(voidRun({ out, run, ...deed })).rejects.toThrow('killed')
  expect((await verify({ out, run })).exit).toBe(2)
  expect(await start()).toMatchObject({ exit: 5, faults: [{ code: 'run.voided' }] })
  expect(await differences()).toEqual([])
})

test('a run that is done is no other job’s; a copy of its own is it, and what changed since is told', async () => {
  const warned: string[] = []
  const asked = (job: string, more: Partial<RunRequest> = {}) =>
    conduct({ job: join(factory.folder, job), out, date: '2026-03-31', rejects: { count: 1 }, ...more }, event => {
      if (event.kind === 'warned') warned.push(event.fault.message)
    })
  expect((await asked(factory.job)).exit).toBe(3)
  expect(warned).toEqual([])
  factory.write('templates/bill/sms.hbs', 'new')
  factory.write(factory.job, factory.read(factory.job).replace('  sms: {}', '  sms: { }'))
  expect((await asked(factory.job)).exit).toBe(3)
  expect(warned).toEqual([
    `the run ${run} is done, and was made with another kit; changed since: job/bills.yaml, templates/bill/sms.hbs`,
  ])
  // Moved: the job lies elsewhere, seen from the out folder.
  factory.write('moved/data/bills.csv', factory.read('data/bills.csv'))
  factory.write('moved/jobs/bills.yaml', made.read('jobs/bills.yaml'))
  expect((await asked('moved/jobs/bills.yaml')).exit).toBe(3)
  factory.mend('moved/jobs/bills.yaml', '  sms: {}\n', '')
  for (const more of [{}, { retry: true }])
    expect(await asked('moved/jobs/bills.yaml', more)).toMatchObject({ exit: 2, faults: [{ code: 'run.job' }] })
  factory.mend('jobs/bills.yaml', 'template: bill', 'template: other')
  const other = await asked(factory.job)
  expect([other.exit, other.faults.map(({ message }) => message)]).toEqual([
    2,
    [`the run ${run} was started with another job: bills.yaml and the template bill`],
  ])
})

test('reasons name files as they stand in the kit, wherever it lies', () => {
  const { notRendered } = JSON.parse(factory.read(`out/${run}/report.json`)) as Report
  expect(notRendered.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/^pdf\.fit at templates\/bill\/pdf\.hbs/),
  )
})

test('encrypted files, each with its own password, are opened and read; one that cannot be is named', async () => {
  factory.mend('templates/bill/pdf.hbs', '<table columns="* *"><tr>', '<table><tr>')
  factory.mend('jobs/bills.yaml', '  sms: {}\n', '')
  factory.write('data/bills.csv', rows(2))
  const head = factory.read('templates/bill/template.yaml')
  factory.write('templates/bill/template.yaml', `${head}channels: { pdf: { password: number } }\n`)
  out = join(factory.folder, 'locked')
  expect((await start()).exit).toBe(0)
  expect(await verify({ out, run })).toMatchObject({
    exit: 0,
    faults: [],
    found: { again: { made: 2, unrepeatable: 2 } },
  })
  // Somebody who can write the ledger gives the first customer the second one's file.
  const [mine, other] = ['B-1', 'B-2'].map(id => join(out, run, `lot-0001/pdf/${id}.pdf`)) as [string, string]
  const [before, after] = [mine, other].map(path => createHash('sha256').update(readFileSync(path)).digest('hex'))
  const bytes = readFileSync(other)
  const database = new DatabaseSync(join(out, run, 'run.db'))
  database.exec(`UPDATE piece SET sha256 = '${after}', bytes = ${bytes.length} WHERE sha256 = '${before}'`)
  database.close()
  writeFileSync(mine, bytes)
  factory.mend(`locked/${run}/lot-0001/manifest.jsonl`, before ?? '', after ?? '')
  expect(await differences()).toContain(
    'lot-0001/pdf/B-1.pdf: as it stands there, the finished piece of pdf cannot be read back, so nothing is known of what it shows',
  )
})

test('a piece that its own proof holds is released only by who says so, and what was overruled is kept', async () => {
  factory.mend('templates/bill/sms.hbs', "amount=(fact 'total')", 'amount=total')
  out = join(factory.folder, 'unproved')
  expect((await start({ channels: ['sms'] })).exit).toBe(4)
  expect(await release({ out, run, ids: ['b-2'], ...deed })).toMatchObject({
    exit: 2,
    faults: [
      {
        code: 'usage.option',
        message: 'the sms piece of "B-2" is held by its own proof (run.fact)',
        hint: 'mend the template, and start the run again with --retry; --unproved publishes the piece as it is',
      },
    ],
  })
  expect(factory.exists(`unproved/${run}/lot-0002`)).toBe(false)
  await release({ out, run, ids: ['B-2'], unproved: true, ...deed })
  expect(factory.read(`unproved/${run}/lot-0002/sms/messages.jsonl`)).toContain('"B-2"')
  const database = new DatabaseSync(join(out, run, 'run.db'))
  const { body } = database.prepare("SELECT body FROM event WHERE kind = 'released'").get() as { body: string }
  expect(JSON.parse(body)).toMatchObject({ overruled: [{ communication: 2, channel: 'sms', codes: ['run.fact'] }] })
  const proof = /the proof of the sms piece, made again, fails \(run.fact\): the fact total does not stand in sms/
  expect((await differences()).filter(words => proof.test(words))).toEqual([])
  // Bytes that are as they were made are no better than when they were made.
  database.exec("UPDATE event SET body = replace(body, 'overruled', 'overlooked') WHERE kind = 'released'")
  database.close()
  expect((await differences()).filter(words => proof.test(words))).toHaveLength(1)
})

test('a copy of a run frees nothing: its claims are those of the run that it is a copy of', async () => {
  cpSync(join(out, run), join(out, 'copy'), { recursive: true })
  const says = {
    code: 'run.unclaimed',
    message: `the folder copy holds the run ${run}: it was copied or renamed`,
    hint: 'take a copy out of the out folder; give a folder that was renamed its name back',
  }
  expect(await voidRun({ out, run: 'copy', ...deed })).toMatchObject({ exit: 2, faults: [says] })
  expect(await discard({ out, run: 'copy', ids: ['B-3'], ...deed })).toMatchObject({ exit: 2, faults: [says] })
  expect(await start({ run: 'copy' })).toMatchObject({ exit: 5, faults: [says] })
  expect(await differences()).toEqual([])
})

test('a held piece that is damaged while it is released stays held, and keeps nothing else from being done', async () => {
  vi.spyOn(Lot.prototype, 'publish').mockImplementationOnce(() => {
    throw new Error('killed')
  })
  await expect(release({ out, run, ids: ['B-3'], ...deed })).rejects.toThrow('killed')
  factory.mend(`out/${run}/held/lot-0001/sms/messages.jsonl`, 'To pay', 'To pray')
  expect(await start()).toMatchObject({
    exit: 4,
    faults: [{ code: 'run.sums', message: 'the held sms piece of communication 3 is not what was made' }],
  })
  expect(factory.exists(`out/${run}/lot-0002`)).toBe(false)
  expect((await discard({ out, run, ids: ['B-3'], ...deed })).faults).toEqual([])
  expect(await differences()).toEqual([])
})

test('a retry with a job that has lost a channel is refused; one that has lost what was released before is not', async () => {
  factory.mend('jobs/bills.yaml', '  sms: {}\n', '')
  factory.mend('templates/bill/pdf.hbs', '<table columns="* *">', '<table>')
  expect(await start({ retry: true })).toMatchObject({
    exit: 2,
    faults: [{ code: 'run.option', message: 'pieces of sms are to be made again, and the job has no sms any more' }],
  })
  expect((await release({ out, run, ids: ['B-3'], ...deed })).exit).toBe(3)
  expect((await start({ retry: true })).exit).toBe(0)
  expect(await differences()).toEqual([])
})

test('a retry is interrupted while it plans, however few it makes again and whatever their numbers', async () => {
  const interrupt = new AbortController()
  const { toMakeAgain } = Ledger.prototype
  vi.spyOn(Ledger.prototype, 'toMakeAgain').mockImplementation(function (this: InstanceType<typeof Ledger>) {
    interrupt.abort()
    return toMakeAgain.call(this)
  })
  expect((await start({ retry: true, signal: interrupt.signal })).exit).toBe(130)
  expect(factory.exists(`out/${run}/kit-0002`)).toBe(false)
  expect(await differences()).toEqual([])
})

test('a damaged report keeps nothing from being done, and is told; a void writes it anew', async () => {
  factory.write(`out/${run}/report.json`, '{"half')
  const told: unknown[] = []
  const request = { job: join(factory.folder, factory.job), out, workers: 1, date: '2026-03-31', rejects: { count: 1 } }
  expect(await conduct(request, event => told.push(event))).toMatchObject({ exit: 3, before: true })
  expect(told).toMatchObject([{ kind: 'warned', fault: { code: 'run.machine', message: 'the report is damaged' } }])
  expect((await voidRun({ out, run, ...deed })).exit).toBe(0)
  expect(await differences()).toEqual([])
})
