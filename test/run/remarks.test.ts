/** What is worth knowing of pieces: counted over a batch, with the first lines, and the same from check and from the run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ledger } from '../../src/ledger/index.ts'
import { describe as inWords, type Remark, type Template } from '../../src/model/index.ts'
import { check, conduct } from '../../src/run/index.ts'
import { firstLines, firstLinesOfEach } from '../../src/run/stage/firstlines.ts'
import { Remarks } from '../../src/run/stage/remarks.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

let factory: Factory
beforeAll(() => {
  factory = makeFactory({ bills: 6 })
  factory.mend('jobs/bills.yaml', '  pdf: {}\n  email: { attach: pdf }\n', '')
})
afterAll(() => factory.close())

const now = () => new Date('2026-03-31T08:00:00Z')
const nobody = () => {}

/** Check and the run with some data, and what both tell. */
async function told(data: string, run: string) {
  factory.write('data/bills.csv', data)
  const out = join(factory.folder, 'out')
  const request = { job: join(factory.folder, factory.job), out, workers: 1, date: '2026-03-31', run }
  const foretold = await check(request, nobody, now)
  const { report } = await conduct(request, nobody)
  const warned = (report?.warnings ?? []).map(one => inWords(one).replaceAll(`${factory.folder}/`, ''))
  const foreseen = foretold.warnings
    .filter(({ code }) => code !== 'run.unwatched')
    .map(one => inWords(one).replaceAll(`${factory.folder}/`, ''))
  expect(foreseen).toEqual(warned)
  const page = readFileSync(join(out, run, 'report.html'), 'utf8')
  return { warned, page }
}

const desks = (from: number, to: number, data: string) => {
  let written = data
  for (let at = from; at <= to; at += 1)
    written = written.replaceAll(`+4477009${String(at).padStart(5, '0')}`, `+44207946${String(at).padStart(4, '0')}`)
  return written
}

test('lines of numbers that may never be read, in check, report.json and report.html; of what was issued before, none', async () => {
  const first = await told(desks(1, 5, rows(6)), 'first')
  const words = '5 text messages to a fixed line of GB, where it may never be read (data/bills.csv:2, 4, 6 and 2 more)'
  expect(first.warned).toEqual([`templates/bill/template.yaml: ${words}`])
  expect(first.page.replaceAll(`${factory.folder}/`, '')).toContain(words)
  expect(first.page).not.toContain('7946')

  const second = await told(desks(1, 9, `${rows(6)}${rows(2, { from: 8 }).replace(/^.*\n/, '')}`), 'second')
  expect(second.warned).toEqual([
    'templates/bill/template.yaml: 2 text messages to a fixed line of GB, where it may never be read (data/bills.csv:14, 16)',
  ])
})

test('what parts cost is said as the bill says it, to the fraction of a cent, and how much too long they are from least to most', async () => {
  factory.mend('assets/brand.yaml', 'senders:', 'prices: { sms: { part: 0.0034 } }\nsenders:')
  factory.mend('templates/bill/sms.hbs', '{{brand.name}}: ', '{{#each lines}}{{item}} {{/each}}{{brand.name}}: ')
  factory.mend('templates/bill/text/uk.json', 'До сплати: {amount}', 'To pay: {amount}')
  const long = (at: number, letters: number) =>
    rows(1, { from: at }).split('\n')[1]?.replace('Item 1', 'x'.repeat(letters))
  const head = rows(1).split('\n')[0]
  const { warned } = await told(`${head}\n${long(11, 160)}\n${long(12, 170)}\n${long(13, 20)}\n`, 'priced')
  expect(warned).toEqual([
    expect.stringMatching(
      /^templates\/bill\/template\.yaml: lines\.item makes 2 text messages \d\d to \d\d letters too long for a part less: 2 parts more, \+0\.0068 GBP \(data\/bills\.csv:2, 3\)$/,
    ),
  ])
})

test('lines name their file where it is another, and nothing of what was purged', () => {
  const rows = [[], [0, 2], [0, 4], [0, 6], [1, 3], [1, 8], [], [1, 9]]
  const originOf = (seq: number) => {
    const [file, line] = rows[seq] ?? []
    const place = file === undefined || line === undefined ? [] : [{ file, line, start: 0, end: 0 }]
    return { id: `B-${seq}`, rows: place }
  }
  const lines = { ledger: { origins: () => originOf }, shown: ['a.csv', 'b.csv'] }
  expect(firstLinesOfEach([[1, 2], [3, 4, 5, 7, 7], [7]], lines)).toEqual([
    'a.csv:2, 4',
    '6, b.csv:3, 8 and 2 more',
    '9',
  ])
  expect(firstLines(Array(1_844).fill(1), lines)).toBe('a.csv:2, 2, 2 and 1,841 more')
  expect(firstLines([6], lines)).toBe('')
})

test('of what only the one with most is told for, the first of these stands for all that are still to be made', () => {
  const file = 'templates/invoice/email.mjml.hbs'
  const remark = (most: number): Remark => ({
    code: 'email.length',
    what: 'the longest subject ({id}) has {most} characters, and inboxes show about 70',
    hint: 'say first what counts, and the rest in mj-preview',
    most,
    file,
  })
  const remarks = new Remarks()
  for (const [at, most] of [71, 76, 99, 76, 72].entries())
    remarks.add(at + 1, [{ channel: 'email', remark: remark(most) }])
  const told = (ids: Readonly<Record<number, string>>) => {
    const stagedIds = () =>
      Object.entries(ids)
        .map(([seq, id]) => ({ seq: Number(seq), id }))
        [Symbol.iterator]()
    const ledger = { stagedIds: stagedIds as () => ReturnType<Ledger['stagedIds']>, origins: () => () => undefined }
    const template = { file: 'templates/invoice/template.yaml' } as Template
    return remarks.faults({ template, prices: undefined, ledger, shown: [] }).map(inWords)
  }
  // The third is a reject by now.
  expect(told({ 1: 'A', 2: 'B', 4: 'D', 5: 'E' })).toEqual([
    'templates/invoice/email.mjml.hbs: the longest subject ("B") has 76 characters, and inboxes show about 70',
  ])
  expect(told({ 1: 'A', 5: 'E' })).toEqual([expect.stringContaining('("E") has 72')])
  expect(told({})).toEqual([])
})

test('most is that of all that are alike at any price, in one file each, and may be nothing', () => {
  const remarks = new Remarks()
  const add = (seq: number, more: Partial<Remark>) =>
    remarks.add(seq, [
      { channel: 'fax', remark: { code: 'run.channel', what: 'the longest is {id}, {most}', hint: 'none', ...more } },
    ])
  add(1, { extra: { parts: 1 } })
  add(2, { most: 99, extra: { parts: 1 } })
  add(3, { most: 5, extra: { parts: 2 } })
  add(4, { most: 99, extra: { parts: 2 } })
  add(5, { most: 0, file: 'a.hbs' })
  const ledger = {
    *stagedIds() {
      for (let seq = 1; seq <= 5; seq += 1) yield { seq, id: `B-${seq}` }
    },
    origins: () => () => undefined,
  }
  const template = { file: 'template.yaml' } as Template
  const told = remarks.faults({ template, prices: undefined, ledger, shown: [] }).map(inWords)
  expect(told).toEqual([
    expect.stringContaining('template.yaml: the longest is "B-2", 99'),
    'a.hbs: the longest is "B-5", 0',
  ])
})
