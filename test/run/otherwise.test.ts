/** Verify after an update: what another Platen or Node made is not promised to come out the same, and is no difference; what was altered is. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Ledger } from '../../src/ledger/index.ts'
import { describe as inWords } from '../../src/model/index.ts'
import { conduct, verificationLines, verify } from '../../src/run/index.ts'
import { type Factory, makeFactory } from './factory.ts'

const run = 'bills-2026-03'
const older = { version: '0.0.9', tools: 'Platen 0.0.9 on Node 24.0.0 (x64, ICU 77.1, zlib 1.3)' }
const newer = { version: '0.1.0', tools: 'Platen 0.1.0 on Node 24.21.0 (x64, ICU 78.1, zlib 1.3)' }
const { present } = vi.hoisted(() => ({ present: { version: '', tools: '' } }))
vi.mock('../../src/run/plan/version.ts', () => ({
  get version() {
    return present.version
  },
  get tools() {
    return present.tools
  },
}))

let made: Factory
let factory: Factory
let out: string
const start = (more: object = {}) =>
  conduct({ job: join(factory.folder, factory.job), out, workers: 1, date: '2026-03-31', ...more }, () => {})

beforeAll(async () => {
  made = makeFactory({ bills: 3, mail: false })
  factory = made
  out = join(made.folder, 'out')
  Object.assign(present, older)
  expect((await start()).exit).toBe(0)
})
afterAll(() => made.close())
// The run is made once, by the older Platen; each test has a copy of it and is the newer.
beforeEach(() => {
  factory = makeFactory({ bills: 3, mail: false })
  cpSync(made.folder, factory.folder, { recursive: true, force: true })
  out = join(factory.folder, 'out')
  Object.assign(present, newer)
})
afterEach(() => factory.close())

function sql(statement: string): void {
  const database = new DatabaseSync(join(out, run, 'run.db'))
  database.exec(statement)
  database.close()
}

const found = async () => {
  const { exit, faults, found: told } = await verify({ out, run })
  const words = faults.map(fault => inWords(fault).replace(`${factory.folder}/out/`, ''))
  return { exit, words, otherwise: told?.again.otherwise }
}

test('pieces that come out the same, and pieces that do not, are told and no difference', async () => {
  const tools = older.tools
  expect(await found()).toEqual({
    exit: 0,
    words: [],
    otherwise: [{ tools, same: 6, different: 0, unmade: 0, reasons: [] }],
  })
  // A word on the paper that is no fact: what comes out is other bytes, as of another layout.
  sql(`UPDATE communication SET text = replace(text, 'Item 1', 'Item 7') WHERE seq = 1`)
  const verified = await verify({ out, run })
  expect(verified).toMatchObject({ exit: 0, found: { again: { otherwise: [{ tools, same: 5, different: 1 }] } } })
  expect(verificationLines(verified).slice(-2)).toEqual([
    `  made by         ${tools}`,
    `                  and again by ${newer.tools}, which need not make the same bytes: 5 pieces the same, 1 piece not the same, held to what is on record and to the facts`,
  ])
  Object.assign(present, older)
  expect((await found()).words).toEqual([
    expect.stringMatching(
      /^bills-2026-03\/lot-0001\/pdf\/B-1\.pdf: made again, the pdf piece differs from byte \d+ on$/,
    ),
  ])
})

test('a piece that was altered is found, by its digest', async () => {
  const pdf = join(out, run, 'lot-0001/pdf/B-2.pdf')
  const bytes = readFileSync(pdf)
  bytes.writeUInt8(bytes.readUInt8(900) ^ 1, 900)
  writeFileSync(pdf, bytes)
  expect(await found()).toMatchObject({
    exit: 4,
    words: ['bills-2026-03/lot-0001/pdf/B-2.pdf: the file was altered: it has another digest than when it was made'],
  })
})

test('an amount that was altered in the data is found, by the facts and by reading what stands there', async () => {
  sql(`UPDATE communication SET text = json_set(text, '$.data.total', '9.30') WHERE seq = 3`)
  const { exit, words } = await found()
  expect(exit).toBe(4)
  expect(words).toContain('bills-2026-03/lot-0001/pdf/B-3.pdf: made again, the pdf piece has other facts')
})

test('a Platen that cannot make anything from that kit says so, and accuses nobody', async () => {
  // As one that knows a setting no more: the kit is as it was frozen, and is not taken.
  factory.write(
    `out/${run}/kit/templates/bill/template.yaml`,
    `${factory.read('templates/bill/template.yaml')}gone: 1\n`,
  )
  const { kitDigest, frozenFiles } = await import('../../src/run/plan/kit.ts')
  sql(`UPDATE meta SET value = '${kitDigest(frozenFiles(join(out, run, 'kit')))}' WHERE name = 'kit'`)
  const { words, otherwise } = await found()
  expect(otherwise).toMatchObject([{ tools: older.tools, same: 0, different: 0, unmade: 3 }])
  expect(otherwise?.[0]?.reasons.join()).toContain('gone')
  // The report names the kit that was altered here.
  expect(words).toEqual(['bills-2026-03/report.json: the report and the ledger disagree about kit'])
})

test('a run that one Platen began and another ended: each lot is known by what it was made with', async () => {
  factory.remove('out')
  Object.assign(present, older)
  const stopping = new AbortController()
  const request = { job: join(factory.folder, factory.job), out, workers: 1, date: '2026-03-31', lotSize: 1 }
  const { exit } = await conduct({ ...request, signal: stopping.signal }, ({ kind }) => {
    if (kind === 'published') stopping.abort()
  })
  expect(exit).toBe(130)
  Object.assign(present, newer)
  expect((await conduct(request, () => {})).exit).toBe(0)
  const ledger = new Ledger(join(out, run, 'run.db'), { readOnly: true })
  const by = ledger
    .events()
    .flatMap(({ kind, body }) => (kind === 'lot-published' ? [JSON.parse(body) as { lot: number; tools: string }] : []))
    .toSorted((a, b) => a.lot - b.lot)
  ledger.close()
  expect(by.map(({ tools }) => tools)).toContain(older.tools)
  expect(by.at(-1)?.tools).toBe(newer.tools)
  const ofOlder = by.filter(({ tools }) => tools === older.tools).length
  expect(await found()).toMatchObject({
    exit: 0,
    words: [],
    otherwise: [{ tools: older.tools, same: 2 * ofOlder, different: 0 }],
  })
})
