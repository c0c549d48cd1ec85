/** Communications that workers foresee while the next are read: what comes of them is what the reading thread would have found, in input order. */
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { Communication, RunEvent } from '../../src/model/index.ts'
import type { Foreseen } from '../../src/run/press/make.ts'
import type { Pool } from '../../src/run/press/pool.ts'
import { AheadQueue } from '../../src/run/stage/ahead.ts'
import { readSheaf } from '../../src/run/stage/sheaf.ts'
import { type Factory, makeFactory } from './factory.ts'

// What is built starts faster, and so do its worker threads.
const built = (room: string): string => new URL(`../../dist/${room}/index.js`, import.meta.url).href
const { check, conduct } = (await import(built('run'))) as typeof import('../../src/run/index.ts')

/** What is known of a communication says which it is, and who foresaw it. */
const known = (text: string, by: string): Foreseen => ({
  faults: [{ code: 'run.channel', message: `${text} by ${by}` }],
  remarks: [],
  leaves: [],
})
const here = { foresee: ({ id }: { readonly id: string }) => known(id, 'here') }

/** Foreseeing takes a part of the time that reading takes. */
function slow(share: number) {
  let now = 0
  const foresee = (communication: { readonly id: string }) => {
    now += share
    return here.foresee(communication)
  }
  /** Reads a communication. */
  const look = (id: string, more: object = {}) => {
    now += 1 - share
    const communication = { id, ...more } as Communication
    return { communication, text: JSON.stringify(communication), to: [] }
  }
  return { maker: { foresee }, clock: () => now, look }
}

type Sent = Parameters<Pool['foresee']>[0]

describe('the queue', () => {
  test('passes each communication once, in order, whatever workers do', async () => {
    const answers = fc.constantFrom('busy', 'lost', 'now', 'later')
    const lengths = fc.constantFrom(1, 1, 1, 200, 90_000, 200_000)
    await fc.assert(
      fc.asyncProperty(
        fc.array(answers, { minLength: 1, maxLength: 12 }),
        fc.array(lengths, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 500 }),
        async (ways, long, count) => {
          let asked = 0
          const ahead = {
            foresee({ tos, written }: Sent) {
              const way = ways[asked % ways.length]
              asked += 1
              if (way === 'busy') return undefined
              const read = () => tos.map((_, at) => known(readSheaf(written, at).id, 'worker'))
              if (way === 'later') return setTimeout(asked % 3).then(read)
              return Promise.resolve(way === 'lost' ? undefined : read())
            },
          }
          const passed: (readonly [number, string])[] = []
          const { maker, clock, look } = slow(0.6)
          const queue = new AheadQueue<number>({ ahead, clock }, maker, (at, { faults }) =>
            passed.push([at, faults[0]?.message.replace(/ by .*/, '') ?? '']),
          )
          const idOf = (at: number) => `№ ${at} ${'ї'.repeat(long[at % long.length] ?? 0)}`
          for (let at = 0; at < count; at += 1) await queue.add(at, look(idOf(at)))
          await queue.end()
          expect(passed).toEqual(Array.from({ length: count }, (_, at) => [at, idOf(at)]))
        },
      ),
      { numRuns: 20 },
    )
  }, 60_000)

  test('sends 64 together, long ones in fewer, and asks nobody for what is left at the end', async () => {
    const sent: number[] = []
    const ahead = {
      foresee: ({ tos }: Sent) => {
        sent.push(tos.length)
        return undefined
      },
    }
    const passed: string[] = []
    const { maker, clock, look } = slow(0.6)
    const queue = new AheadQueue<string>({ ahead, clock }, maker, (_, { faults }) =>
      passed.push(faults[0]?.message ?? ''),
    )
    for (let at = 0; at < 128 + 70; at += 1) await queue.add('', look('A'))
    await queue.add('', look('B', { long: 'x'.repeat(600_000) }))
    await queue.add('', look('C'))
    await queue.end()
    expect(sent).toEqual([64, 6])
    expect(passed.slice(-3)).toEqual(['A by here', 'B by here', 'C by here'])
  })

  test('ends with the reason of a signal, and foresees nothing more', async () => {
    const stopping = new AbortController()
    let foreseen = 0
    const ahead = { foresee: () => setTimeout(0, undefined) }
    const { maker, clock, look } = slow(1)
    const foresee = (communication: Communication) => {
      foreseen += 1
      return maker.foresee(communication)
    }
    const queue = new AheadQueue<number>({ ahead, clock, signal: stopping.signal }, { foresee }, () => {})
    for (let at = 0; at < 128 + 64; at += 1) await queue.add(at, look('A'))
    stopping.abort(new Error('enough'))
    await expect(queue.end()).rejects.toThrow('enough')
    expect(foreseen).toBe(128)
  })

  test('hands nothing over where foreseeing is less than half of the work', async () => {
    const { maker, clock, look } = slow(0.4)
    const ahead = { foresee: () => expect.unreachable() as undefined }
    const passed: number[] = []
    const queue = new AheadQueue<number>({ ahead, clock }, maker, at => passed.push(at))
    for (let at = 0; at < 500; at += 1) await queue.add(at, look('A'))
    await queue.end()
    expect(passed).toHaveLength(500)
  })
})

let factory: Factory
afterEach(() => factory?.close())

/** A channel that says which thread foresaw a piece, and at first takes its time on the one that reads, so that a worker is at hand. */
const channel = (inWorker: string): string => `import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
const waiting = new Int32Array(new SharedArrayBuffer(4))
let naps = 0
let looks = 0
const refusals = id => (Number(id.slice(2)) % 50 === 0 ? [{ code: 'run.channel', message: 'no fax for ' + id }] : [])
export default {
  name: 'fax', files: ['fax.hbs'], escape: 'none', settings: { type: 'object' }, encloses: [],
  output: { folder: 'fax', extension: 'txt' },
  prepare: async ({ sources }) => ({ ok: true, value: { texts: { text: { ...sources['fax.hbs'], escape: 'none' } } } }),
  open: async () => ({
    refuses({ communication: { id } }) {
      if (isMainThread && naps < 220) Atomics.wait(waiting, 0, 0, (naps += 1) > 128 ? 20 : 2)
      else if (isMainThread) return refusals(id)
      else { ${inWorker} }
      return refusals(id)
    },
    remarks: ({ communication: { id } }) => [
      { code: 'run.channel', what: '{pieces} foreseen by ' + (isMainThread ? 'the reader' : 'a worker'), hint: 'none', inRows: true },
      { code: 'run.channel', what: 'the longest is {id}, {most}', hint: 'none', most: Number(id.slice(2)) % 100 },
    ],
    render: async ({ texts }) => ({
      ok: true, value: { bytes: new TextEncoder().encode(texts.text), mediaType: 'text/plain', measures: {} },
    }),
    read: async bytes => new TextDecoder().decode(bytes),
    close: async () => {},
  }),
}
`

const bills = 400

async function runWith(inWorker: string) {
  factory = makeFactory({ bills, mail: false })
  factory.write('fax.mjs', channel(inWorker))
  factory.mend('jobs/bills.yaml', '  sms: {}', '  fax: {}')
  factory.write('templates/bill/fax.hbs', "{{fact 'total'}} {{fact 'number'}}\n")
  const request = {
    job: join(factory.folder, factory.job),
    out: join(factory.folder, 'out'),
    workers: 1,
    date: '2026-03-31',
    channelModules: [pathToFileURL(join(factory.folder, 'fax.mjs')).href],
    rejects: { count: 10 },
  }
  const events: RunEvent[] = []
  const { exit, report } = await conduct(request, event => events.push(event))
  const said = (report?.warnings ?? []).map(({ message }) => message)
  const by = (who: string) => Number(/\d+/.exec(said.find(words => words.includes(who)) ?? '')?.[0] ?? 0)
  return { request, events, exit, report, said, reader: by('the reader'), worker: by('a worker') }
}

test('a worker foresees what is read, and rejects and warnings are those of one thread', async () => {
  const { request, exit, report, said, reader, worker } = await runWith('')
  expect([exit, report?.communications]).toMatchObject([0, { made: bills - 8, rejected: 8 }])
  expect(worker).toBeGreaterThanOrEqual(64)
  expect(reader + worker).toBe(bills - 8)
  // Of 99 of every hundred the first.
  expect(said).toContain('the longest is "B-99", 99')
  const rejects = factory.read('out/bills-2026-03/rejects.csv')
  expect([...new Set(rejects.match(/no fax for B-\d+/g))]).toEqual(
    Array.from({ length: 8 }, (_, at) => `no fax for B-${(at + 1) * 50}`),
  )
  // A check has no workers.
  const { warnings } = await check(
    { ...request, out: join(factory.folder, 'other') },
    () => {},
    () => new Date('2026-03-31T08:00:00Z'),
  )
  expect(warnings.map(({ message }) => message)).toContain('the longest is "B-99", 99')
})

test.each([
  ['dies', 'process.exit(7)'],
  ['fails', "throw new Error('here only')"],
])('what a worker is at as it %s the reader foresees', async (_, inWorker) => {
  const leave = "writeFileSync(new URL('./left', import.meta.url), '')"
  const { events, exit, report, reader, worker } = await runWith(`if ((looks += 1) === 10) { ${leave}; ${inWorker} }`)
  expect(factory.exists('left')).toBe(true)
  expect([exit, report?.communications]).toMatchObject([0, { made: bills - 8, rejected: 8 }])
  expect(reader + worker).toBe(bills - 8)
  expect(events.filter(({ kind }) => kind === 'worker-lost')).toEqual([])
})
