/** Nothing vanishes: every way in which files, ledger and allocation can fail to account for each other, each made to fail. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Ledger, readBack } from '../../src/ledger/index.ts'
import type { InputSummary } from '../../src/model/index.ts'
import { reconcile } from '../../src/run/account/reconcile.ts'
import { conduct } from '../../src/run/index.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

let factory: Factory
let whole = ''
let copies = 0

/** Six bills on paper and by SMS in three lots; one is a reject, one fails on paper so that its SMS is held. */
beforeAll(async () => {
  factory = makeFactory({ bills: 6, mail: false })
  const cells = '{{#each lines}}<td>{{item}}</td>{{/each}}'
  factory.mend('templates/bill/pdf.hbs', '<h1>', `<table columns="* *"><tr>${cells}</tr></table><h1>`)
  const more = Array.from({ length: 12 }, () => rows(1, { from: 3 }).split('\n')[1])
  factory.write('data/bills.csv', `${rows(6).replace('4,10', '4,1x')}${more.join('\n')}\n`)
  const { exit, folder = '' } = await conduct(
    {
      job: join(factory.folder, factory.job),
      out: join(factory.folder, 'out'),
      workers: 1,
      lotSize: 2,
      rejects: { count: 1 },
    },
    () => {},
  )
  expect(exit).toBe(3)
  whole = folder
})
afterAll(() => factory.close())

/** What is found in a copy of the run's folder, once this was done to it. */
async function found(
  harm: (folder: string, sql: (text: string) => void) => void,
  { filtered = 0 }: { readonly filtered?: number } = {},
): Promise<readonly string[]> {
  copies += 1
  const out = join(factory.folder, `copy-${copies}`)
  const folder = join(out, 'bills-2026-03')
  cpSync(join(whole, '..'), out, { recursive: true })
  harm(folder, text => {
    const database = new DatabaseSync(join(folder, text.includes('document') ? '../issued.db' : 'run.db'))
    database.exec(`PRAGMA foreign_keys=off; ${text}`)
    database.close()
  })
  const ledger = new Ledger(join(folder, 'run.db'))
  try {
    const summary = JSON.parse(ledger.meta('summary') ?? '') as InputSummary
    const faults = await reconcile(ledger, {
      read: await readBack(ledger, [{ name: 'total', value: 'total', on: ['pdf', 'sms'] }], async () => {}),
      folder,
      summary: { ...summary, filtered: summary.filtered + filtered },
    })
    expect(faults.filter(({ code }) => code !== 'run.sums')).toEqual([])
    // What is told stands in report.json, which a purge keeps: no id, and no name of a file, which is one.
    for (const { message } of faults) expect(message).not.toMatch(/B-\d/)
    return faults.map(({ message }) => message)
  } finally {
    ledger.close()
  }
}

test('a run that nothing was done to adds up', async () => {
  expect(await found(() => {})).toEqual([])
})

test('rows = communications + rejects + filtered', async () => {
  expect(await found(() => {}, { filtered: 1 })).toEqual(['24 rows were read, and 25 are accounted for'])
  expect(await found((_, sql) => sql('DELETE FROM reject'))).toEqual(['24 rows were read, and 22 are accounted for'])
  expect(await found((_, sql) => sql('UPDATE communication SET rows = 3 WHERE seq = 1'))).toEqual([
    '24 rows were read, and 25 are accounted for',
  ])
  expect(await found((_, sql) => sql("UPDATE reject SET seq = 1, rows = rows WHERE id = 'B-4'"))).toEqual([
    '1 communications are rejects, too',
  ])
})

test('each communication has one outcome for each channel', async () => {
  expect(await found((_, sql) => sql("UPDATE piece SET outcome = NULL WHERE seq = 1 AND channel = 'sms'"))).toEqual([
    '1 sms pieces have no outcome',
    '1 communications have no outcome for sms',
  ])
  const none = await found((_, sql) => sql("DELETE FROM piece WHERE seq = 1 AND channel = 'sms'"))
  expect(none.slice(0, 2)).toEqual([
    '5 communications were made, and 4 sms outcomes are on record',
    '1 communications have no outcome for sms',
  ])
  // One too few here and one too many there are not the same as none.
  const moved = await found((_, sql) => sql("UPDATE piece SET seq = 99 WHERE seq = 1 AND channel = 'sms'"))
  expect(moved).toContain('1 communications have no outcome for sms')
})

test('what was read back from the pieces comes to what the data comes to, on each channel by itself', async () => {
  const sums = async (harm: string): Promise<readonly string[]> =>
    (await found((_, sql) => sql(harm))).filter(words => words.startsWith('total comes to'))
  // 2.30 + 4.30 + 10.30 + 12.30; the bill that failed on paper is on neither.
  expect(await sums("UPDATE communication SET text = json_set(text, '$.data.total', '2.31') WHERE seq = 1")).toEqual([
    'total comes to 29.20 as read back from 4 pieces of pdf, and to 29.21 in the data',
    'total comes to 29.20 as read back from 4 pieces of sms, and to 29.21 in the data',
  ])
  const piece = (value: string): string =>
    `UPDATE piece SET facts = ${value} WHERE channel = 'sms' AND seq = 2 AND outcome = 'rendered'`
  expect(await sums(piece(`json_set(facts, '$.total.read', '4.05')`))).toEqual([
    'total comes to 28.95 as read back from 4 pieces of sms, and to 29.20 in the data',
  ])
  expect(await sums(piece(`json_remove(facts, '$.total.read')`))).toEqual([
    'total comes to 24.90 as read back from 3 pieces of sms, and to 29.20 in the data',
  ])
})

test('manifest = ledger = files, lot by lot', async () => {
  expect(await found(folder => rmSync(join(folder, 'lot-0002/manifest.jsonl')))).toEqual([
    'lot-0002 has no manifest that can be read',
  ])
  expect(await found(folder => writeFileSync(join(folder, 'lot-0002/manifest.jsonl'), '{"half'))).toEqual([
    'lot-0002 has no manifest that can be read',
  ])
  expect(await found(folder => rmSync(join(folder, 'lot-0001/pdf/B-1.pdf')))).toEqual([
    'the pdf file of communication 1 in lot-0001 is missing or cut',
  ])
  expect(await found(folder => writeFileSync(join(folder, 'lot-0001/pdf/B-1.pdf'), 'cut'))).toEqual([
    'the pdf file of communication 1 in lot-0001 is missing or cut',
  ])
  expect(await found(folder => writeFileSync(join(folder, 'lot-0001/pdf/B-9.pdf'), 'more'))).toEqual([
    'the manifest of lot-0001 does not list 1 of the files there',
  ])
  expect(await found((_, sql) => sql("UPDATE piece SET sha256 = 'other' WHERE seq = 1 AND channel = 'pdf'"))).toEqual([
    'lot-0001 and the ledger disagree about the pdf piece of communication 1',
  ])
  const listedTwice = await found(folder => {
    const path = join(folder, 'lot-0001/manifest.jsonl')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text + (text.split('\n')[0] ?? '').replace('"B-1"', '"B-8"'))
  })
  expect(listedTwice).toEqual(['the manifest of lot-0001 lists 1 pieces that the ledger does not have in it'])
})

test('lots and held pieces: all that are known, and no others', async () => {
  expect(await found(folder => mkdirSync(join(folder, 'lot-0009')))).toEqual([
    'lot-0009 stands there, and the ledger does not know it',
  ])
  expect(await found((_, sql) => sql("UPDATE lot SET state = 'planned' WHERE number = 2"))).toEqual([
    'lot-0002 was never published',
  ])
  expect(await found(folder => rmSync(join(folder, 'held'), { recursive: true }))).toEqual([
    'the held sms piece of communication 3 of lot-0002 is not there',
  ])
  expect(await found(folder => writeFileSync(join(folder, 'held/B-7.pdf'), ''))).toEqual([
    'the ledger does not know 1 of the files in held',
  ])
})

test('every document is claimed, and nothing else is', async () => {
  const one = '(SELECT min(identity) FROM document)'
  expect(await found((_, sql) => sql(`DELETE FROM document WHERE identity = ${one}`))).toEqual([
    '1 of 5 documents are not claimed for this run',
  ])
  expect(await found((_, sql) => sql("INSERT INTO document VALUES ('x', 'bills-2026-03')"))).toEqual([
    '6 documents are claimed for this run, and it has 5 of them',
  ])
  // As many as there should be, and one of them somebody else's.
  expect(await found((_, sql) => sql(`UPDATE document SET identity = 'x' WHERE identity = ${one}`))).toEqual([
    '1 of 5 documents are not claimed for this run',
    '5 documents are claimed for this run, and it has 4 of them',
  ])
  expect(await found(folder => rmSync(join(folder, '../issued.db')))).toEqual([
    'issued.db is missing: nothing keeps these documents from being issued again',
  ])
})

test('what was given up is free, and so is all of a void run', async () => {
  const discarded = `UPDATE piece SET outcome = 'skipped', reason = 'discarded' WHERE seq = 3; DELETE FROM lot WHERE 0`
  expect(await found((_, sql) => sql(discarded))).toContain(
    '5 documents are claimed for this run, and it has 4 of them',
  )
  expect(await found((_, sql) => sql("INSERT INTO meta VALUES ('voided', '{}')"))).toEqual([
    'the run is void, and 5 of its documents are not free',
  ])
})
