/** Communications that workers foresee while the next are read: what comes of them is what the reading thread would have found, in input order. */
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { Communication, RunEvent } from '../../src/model/index.ts'
import { conduct } from '../../src/run/index.ts'
import type { Foreseen } from '../../src/run/press/make.ts'
import type { Pool } from '../../src/run/press/pool.ts'
import { readSheaf } from '../../src/run/press/sheaf.ts'
import { AheadQueue } from '../../src/run/stage/ahead.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

/** What is known of a communication says which it is, and who foresaw it. */
const known = (text: string, by: string): Foreseen => ({
  faults: [{ code: 'run.channel', message: `${text} by ${by}` }],
  remarks: [],
  leaves: [],
  addresses: [],
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

/** A channel that says which thread foresaw a piece. The one that reads takes its time until a worker is at hand, which leaves a file. */
const channel = (inWorker: string): string => `import { existsSync, writeFileSync } from 'node:fs'
import { isMainThread, parentPort } from 'node:worker_threads'
const waiting = new Int32Array(new SharedArrayBuffer(4))
const nap = ms => Atomics.wait(waiting, 0, 0, ms)
const at = name => new URL('./' + name, import.meta.url)
let looks = 0
/** Foreseeing is most of the work, and once it is a worker's turn, the reader waits for one for up to 30 s. */
const lingers = () => {
  looks += 1
  nap(5)
  for (let naps = 0; looks > 64 && naps < 1500 && !existsSync(at('opened')); naps += 1) nap(20)
}
export default {
  name: 'fax', files: ['fax.hbs'], escape: 'none', settings: { type: 'object' }, encloses: [],
  output: { folder: 'fax', extension: 'txt' },
  prepare: async ({ sources }) => ({ ok: true, value: { texts: { text: { ...sources['fax.hbs'], escape: 'none' } } } }),
  open: async () => {
    if (!isMainThread) writeFileSync(at('opened'), '')
    return {
      refuses({ communication: { id } }) {
        if (isMainThread) lingers()
        else { ${inWorker} }
        return Number(id.slice(2)) % 50 === 0 ? [{ code: 'run.channel', message: 'no fax for ' + id }] : []
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
    }
  },
}
`

/** Leaves a file, so that a test knows that a worker came to it. */
const leaves = "writeFileSync(at('left'), '')"

const bills = 300
const refused = bills / 50

function request(inWorker: string) {
  factory = makeFactory({ bills, mail: false })
  factory.write('fax.mjs', channel(inWorker))
  factory.mend('jobs/bills.yaml', '  sms: {}', '  fax: {}')
  factory.write('templates/bill/fax.hbs', "{{fact 'total'}} {{fact 'number'}}\n")
  return {
    job: join(factory.folder, factory.job),
    out: join(factory.folder, 'out'),
    workers: 1,
    date: '2026-03-31',
    channelModules: [pathToFileURL(join(factory.folder, 'fax.mjs')).href],
    rejects: { count: refused },
  }
}

async function runWith(inWorker: string) {
  const events: RunEvent[] = []
  const { exit, report } = await conduct(request(inWorker), event => events.push(event))
  const said = (report?.warnings ?? []).map(({ message }) => message)
  const by = (who: string) => Number(/\d+/.exec(said.find(words => words.includes(who)) ?? '')?.[0] ?? 0)
  const { communications } = report ?? {}
  const lost = events.filter(event => event.kind === 'worker-lost')
  return { lost, exit, communications, said, reader: by('the reader'), worker: by('a worker') }
}

test('a worker foresees what is read, and rejects and warnings are those of one thread', async () => {
  const { exit, communications, said, reader, worker } = await runWith('')
  expect([exit, communications]).toMatchObject([0, { made: bills - refused, rejected: refused }])
  expect(worker).toBeGreaterThanOrEqual(60)
  expect(reader + worker).toBe(bills - refused)
  // Of 99 of every hundred the first.
  expect(said).toContain('the longest is "B-99", 99')
  const rejects = factory.read('out/bills-2026-03/rejects.csv')
  expect([...new Set(rejects.match(/no fax for B-\d+/g))]).toEqual(
    Array.from({ length: refused }, (_, at) => `no fax for B-${(at + 1) * 50}`),
  )
})

test('the first worker gets ready while the data are read', async () => {
  const asked = request('')
  factory.write('data/bills.csv', rows(1))
  // The reader waits for it at the only communication there is.
  factory.mend('fax.mjs', 'looks > 64', 'looks > 0')
  factory.mend('fax.mjs', 'Number(id.slice(2)) % 50 === 0', "!existsSync(at('opened'))")
  expect((await conduct(asked, () => {})).exit).toBe(0)
})

test.each([
  ['dies', 'process.exit(7)', ['exit 7']],
  ['fails', "throw new Error('here only')", []],
  ['says what no thread can be told', "return [{ code: 'run.channel', message: 'x', hint: () => 'x' }]", []],
])('what a worker is at as it %s the reader foresees', async (_, inWorker, reasons) => {
  const { lost, exit, communications, reader, worker } = await runWith(
    `if ((looks += 1) === 10) { ${leaves}; ${inWorker} }`,
  )
  expect(factory.exists('left')).toBe(true)
  expect([exit, communications]).toMatchObject([0, { made: bills - refused, rejected: refused }])
  expect(reader + worker).toBe(bills - refused)
  expect([...new Set(lost.map(({ lot, reason }) => `${lot ?? ''}${reason}`))]).toEqual(reasons)
})

test('what a channel posts from a worker is no answer', async () => {
  const posts = "parentPort.postMessage('x'); parentPort.postMessage(null); parentPort.postMessage({ foreseen: [] })"
  const { exit, communications, reader, worker } = await runWith(`if ((looks += 1) % 7 === 0) { ${posts} }`)
  expect([exit, communications]).toMatchObject([0, { made: bills - refused, rejected: refused }])
  expect(reader + worker).toBe(bills - refused)
  expect(worker).toBeGreaterThanOrEqual(60)
})

describe('a worker that hangs', () => {
  const hangs = `if ((looks += 1) === 10) { ${leaves}; for (;;) {} }`

  test('is left when the run is stopped', async () => {
    const stopping = new AbortController()
    const asked = request(hangs)
    const look = setInterval(() => {
      if (factory.exists('left')) stopping.abort()
    }, 50)
    const { exit } = await conduct({ ...asked, signal: stopping.signal }, () => {})
    clearInterval(look)
    expect(exit).toBe(130)
    expect(factory.exists('left')).toBe(true)
  })

  test('is lost once it has been silent for long, and the reader goes on', async () => {
    const events: RunEvent[] = []
    const { exit, report } = await conduct({ ...request(hangs), limits: { patienceMs: 1_000 } }, event =>
      events.push(event),
    )
    expect([exit, report?.communications]).toMatchObject([0, { made: bills - refused, rejected: refused }])
    expect(events.filter(({ kind }) => kind === 'worker-lost')).toContainEqual({ kind: 'worker-lost', reason: 'hung' })
  }, 60_000)
})
