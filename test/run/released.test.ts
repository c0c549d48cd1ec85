/** A piece that a person released is final: what a retry makes after it encloses that piece, and no other that the kit would make now. */
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { conduct, release, verify } from '../../src/run/index.ts'
import { type Factory, makeFactory } from './factory.ts'

const run = 'bills-2026-03'
const deed = { why: 'seen and approved' }
let factory: Factory
let out: string

/** A channel that encloses paper; `broken`: it cannot make that of one communication. */
function fax(broken: boolean): readonly string[] {
  const file = broken ? 'broken.mjs' : 'mended.mjs'
  factory.write(
    file,
    `const mark = '\\n---\\n'
    export default {
      name: 'fax', files: ['fax.hbs'], escape: 'none', encloses: ['attach'],
      settings: { type: 'object', properties: { attach: { type: 'string' } } },
      output: { folder: 'fax', extension: 'txt' },
      prepare: async ({ sources }) => ({ ok: true, value: { texts: { text: { ...sources['fax.hbs'], escape: 'none' } } } }),
      open: async () => ({
        render: async ({ communication, texts, enclosed }) => ${broken} && communication.id === 'B-2'
          ? { ok: false, faults: [{ code: 'run.channel', message: 'the line is engaged' }] }
          : { ok: true, value: { bytes: Buffer.concat([Buffer.from(texts.text + mark), enclosed.pdf.piece.bytes]), mediaType: 'text/plain', measures: {} } },
        read: async bytes => Buffer.from(bytes).toString().split(mark)[0],
        readApart: async bytes => {
          const at = Buffer.from(bytes).indexOf(mark)
          return { texts: [{ name: '', text: Buffer.from(bytes.subarray(0, at)).toString(), whole: true }], enclosed: [bytes.subarray(at + mark.length)] }
        },
        close: async () => {},
      }),
    }\n`,
  )
  return [pathToFileURL(join(factory.folder, file)).href]
}

const start = (channelModules: readonly string[], retry = false) =>
  conduct(
    { job: join(factory.folder, factory.job), out, workers: 1, date: '2026-03-31', channelModules, retry },
    () => {},
  )
const piece = (file: string): Buffer => readFileSync(join(out, run, file))
const differences = async (): Promise<readonly string[]> =>
  (await verify({ out, run, channelModules: fax(false) })).faults.map(({ message }) => message)

beforeAll(async () => {
  factory = makeFactory({ bills: 3, mail: false })
  out = join(factory.folder, 'out')
  factory.mend('jobs/bills.yaml', '  sms: {}', '  fax: { attach: pdf }')
  factory.write('templates/bill/fax.hbs', '{{t "total" amount=(fact "total")}}')
  expect((await start(fax(true))).exit).toBe(3)
  expect((await release({ out, run, ids: ['B-2'], ...deed })).exit).toBe(3)
  expect(await differences()).toEqual([])
  // From here on the kit makes another paper.
  factory.mend('templates/bill/pdf.hbs', '<h1>', '<p>Payable at once</p><h1>')
})
afterAll(() => factory.close())

test('one that is not what went out any more is enclosed by nothing', async () => {
  const path = join(out, run, 'lot-0002/pdf/B-2.pdf')
  const before = readFileSync(path)
  appendFileSync(path, '\n')
  const { exit } = await start(fax(false), true)
  // A file of a lot that was altered is a sum that does not hold, too.
  expect(exit).toBe(4)
  expect(factory.read(`out/${run}/failed.csv`)).toContain(
    'B-2,fax,failed,run.sums,"the pdf piece that was released is not what was made',
  )
  factory.write(`out/${run}/lot-0002/pdf/B-2.pdf`, before)
})

test('where it cannot be read at all its communication is left out once three workers died on it, and the run ends', async () => {
  const path = join(out, run, 'lot-0002/pdf/B-2.pdf')
  const before = readFileSync(path)
  rmSync(path)
  mkdirSync(path)
  expect((await start(fax(false), true)).exit).toBe(4)
  expect(factory.read(`out/${run}/failed.csv`)).toContain('B-2,fax,failed,run.crashed,"three workers died')
  rmSync(path, { recursive: true })
  factory.write(`out/${run}/lot-0002/pdf/B-2.pdf`, before)
})

test('what encloses it has it byte by byte, whatever the kit says by now', async () => {
  expect((await start(fax(false), true)).exit).toBe(0)
  const [released, other] = [piece('lot-0002/pdf/B-2.pdf'), piece('lot-0001/pdf/B-1.pdf')]
  expect(piece('lot-0005/fax/B-2.txt').includes(released)).toBe(true)
  expect(piece('lot-0001/fax/B-1.txt').includes(other)).toBe(true)
  expect(await differences()).toEqual([])
})
