/** Verify: a run that is as it was made says so and nothing is written; whatever is altered, missing or added is named. */
import { cpSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { takeLock } from '../../src/ledger/index.ts'
import { describe as inWords } from '../../src/model/index.ts'
import { conduct, purge, verify, voidRun } from '../../src/run/index.ts'
import { type Factory, makeFactory, tree } from './factory.ts'

const run = 'bills-2026-03'
let made: Factory
let factory: Factory
let out: string
beforeAll(async () => {
  made = makeFactory({ bills: 4, mail: false })
  const request = { job: join(made.folder, made.job), out: join(made.folder, 'out'), workers: 1, date: '2026-03-31' }
  expect((await conduct(request, () => {})).exit).toBe(0)
})
afterAll(() => made.close())
// The run is made once; each test has a copy of it.
beforeEach(() => {
  factory = makeFactory({ bills: 4, mail: false })
  cpSync(made.folder, factory.folder, { recursive: true, force: true })
  out = join(factory.folder, 'out')
})
afterEach(() => factory.close())

/** What differs, in words, with paths inside the factory. */
async function differences(): Promise<readonly string[]> {
  const { exit, faults } = await verify({ out, run, sample: 1, seed: 7 })
  expect(exit).toBe(faults.length > 0 ? 4 : 0)
  expect(faults.filter(({ code }) => code !== 'run.differs')).toEqual([])
  return faults.map(fault => inWords(fault).replace(`${factory.folder}/`, ''))
}

function sql(statement: string, file = `${run}/run.db`): void {
  const database = new DatabaseSync(join(out, file))
  database.exec(statement)
  database.close()
}

const inRun = (file: string): string => `out/${run}/${file}`

test('a run that is as it was made, all of it or a sample, and not a byte is written', async () => {
  const times = (): readonly number[] => Object.keys(tree(out)).map(file => statSync(join(out, file)).mtimeMs)
  const before = { bytes: tree(out), times: times() }
  const whole = await verify({ out, run })
  expect(whole.faults).toEqual([])
  expect(whole).toMatchObject({
    exit: 0,
    found: { events: 5, files: 5, kits: 1, again: { made: 4, of: 4, unrepeatable: 0 } },
  })
  const sample = await verify({ out, run, sample: 2, seed: 7 })
  expect(sample).toMatchObject({ exit: 0, found: { again: { made: 2, of: 4, seed: 7 } } })
  expect({ bytes: tree(out), times: times() }).toEqual(before)
})

test('files that are altered, missing or added', async () => {
  const pdf = join(out, run, 'lot-0001/pdf/B-1.pdf')
  const bytes = Buffer.from(tree(join(out, run, 'lot-0001/pdf'))['B-1.pdf'] ?? '', 'base64')
  bytes.writeUInt8(bytes.readUInt8(900) ^ 1, 900)
  writeFileSync(pdf, bytes)
  factory.remove(inRun('lot-0001/pdf/B-2.pdf'))
  factory.mend(inRun('lot-0001/sms/messages.jsonl'), 'To pay', 'To pat')
  factory.write(inRun('lot-0001/pdf/B-5.pdf'), 'x')
  factory.remove(inRun('lot-0001/pdf/B-4.pdf'))
  factory.write(inRun('lot-0001/pdf/B-4.pdf/note.txt'), 'x')
  factory.write(inRun('lot-0009/note.txt'), 'x')
  factory.write(inRun('VOID'), 'send it')
  renameSync(join(out, run, 'lot-0001/pdf/B-3.pdf'), join(factory.folder, 'B-3.pdf'))
  symlinkSync(join(factory.folder, 'B-3.pdf'), join(out, run, 'lot-0001/pdf/B-3.pdf'))
  const found = await differences()
  for (const one of [
    'out/bills-2026-03/lot-0001/pdf/B-1.pdf: the file was altered: it has another digest than when it was made',
    'out/bills-2026-03/lot-0001/pdf/B-2.pdf: the file is missing',
    'out/bills-2026-03/lot-0001/sms/messages.jsonl: the file was altered: line 1 is not as it was made',
    'out/bills-2026-03/lot-0001/pdf/B-5.pdf: this file is none of the run',
    'out/bills-2026-03/lot-0001/pdf/B-4.pdf: something else stands where the file was',
    'out/bills-2026-03/lot-0001/pdf/B-4.pdf/note.txt: this file is none of the run',
    'out/bills-2026-03/lot-0009/note.txt: this file is none of the run',
    'out/bills-2026-03/VOID: the file says that the run is void, and it is not',
    'out/bills-2026-03/lot-0001/pdf/B-3.pdf: a link stands where the run has a file of its own',
  ])
    expect(found).toContain(one)
})

test('a link that leads in a circle', async () => {
  const pdf = join(out, run, 'lot-0001/pdf/B-1.pdf')
  factory.remove(inRun('lot-0001/pdf/B-1.pdf'))
  symlinkSync('B-1.pdf', pdf)
  expect(await differences()).toContain(`${inRun('lot-0001/pdf/B-1.pdf')}: something else stands where the file was`)
})

test('a folder where the files for people stand, with nothing in it', async () => {
  factory.write(inRun('VOID/note.txt'), 'x')
  factory.remove(inRun('VOID/note.txt'))
  factory.write(inRun('failed.csv/note.txt'), 'x')
  factory.remove(inRun('failed.csv/note.txt'))
  const found = await differences()
  for (const file of ['VOID', 'failed.csv'])
    expect(found).toContain(`${inRun(file)}: something else stands where the file was`)
})

test('an event that is edited, and one that is missing', async () => {
  sql("UPDATE event SET body = '{}' WHERE number = 2")
  expect(await differences()).toEqual([
    `${inRun('run.db')}: the event 2 (read) is not what was written, or not behind what it was written`,
  ])
  sql("UPDATE meta SET value = 'x' WHERE name = 'chain'")
  expect(await differences()).toContain(`${inRun('run.db')}: the event 0, which was the last one once, is missing`)
  sql('DELETE FROM event WHERE number = 5')
  expect(await differences()).toContain(`${inRun('run.db')}: the event 5, which was the last one once, is missing`)
})

test('a report that was changed, and a ledger that was', async () => {
  factory.mend(inRun('report.json'), '"rendered": 4', '"rendered": 5')
  const found = await differences()
  expect(found).toContain(`${inRun('report.json')}: the report is not the one that its event was written for`)
  expect(found).toContain(`${inRun('report.json')}: the report and the ledger disagree about pieces`)
  cpSync(made.folder, factory.folder, { recursive: true, force: true })
  sql("UPDATE meta SET value = '3' WHERE name = 'exit'")
  expect(await differences()).toContain(
    `${inRun('run.db')}: the ledger has 3 as the exit of the run, which ended with 0`,
  )
  sql("UPDATE piece SET outcome = 'skipped', reason = 'no address' WHERE seq = 1 AND channel = 'sms'")
  expect(await differences()).toContain(`${inRun('report.json')}: the report and the ledger disagree about pieces`)
})

test('a kit that was changed, and a communication', async () => {
  factory.mend(inRun('kit/templates/bill/pdf.hbs'), '20mm', '25mm')
  expect(await differences()).toEqual([`${inRun('kit')}: the frozen kit is not what the run was made with`])
  cpSync(made.folder, factory.folder, { recursive: true, force: true })
  sql(`UPDATE communication SET text = replace(text, 'Item 1', 'Item 7')`)
  const found = await differences()
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/lot-0001\/pdf\/B-\d\.pdf: made again, the pdf piece differs from byte \d+ on$/)
})

test('a run that is not there, and one that a process has', async () => {
  expect(await verify({ out, run: 'nope' })).toMatchObject({ exit: 2, faults: [{ code: 'usage.option' }] })
  const lock = takeLock(join(out, run, 'run.lock'))
  expect(await verify({ out, run })).toMatchObject({ exit: 6, faults: [{ code: 'run.busy' }] })
  lock?.release()
})

test('while it looks nobody changes the run; others may look too', async () => {
  const others: Promise<{ readonly exit: number }>[] = []
  const progress = (): void => {
    if (others.length > 0) return
    others.push(
      purge({ out, olderThan: '0d' }),
      voidRun({ out, run, why: 'by mistake' }),
      verify({ out, run, sample: 1 }),
    )
  }
  expect(await verify({ out, run }, progress)).toMatchObject({ exit: 0, faults: [] })
  expect((await Promise.all(others)).map(({ exit }) => exit)).toEqual([6, 6, 0])
  expect(await voidRun({ out, run, why: 'by mistake' })).toMatchObject({ exit: 0 })
})
