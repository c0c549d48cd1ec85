/** The command line under fire: killed at random moments, started twice at once, stopped, interrupted. KILLS, PAIRS and SIGNALS say how often. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../src/model/index.ts'
import { type Factory, platenBin, rows } from '../run/factory.ts'
import { chance, seed, tell, times } from './chance.ts'
import { examine } from './examine.ts'
import { optionsBy, stormFactory } from './place.ts'

const run = 'bills-2026-03'
let factory: Factory
let reference: Readonly<Record<string, unknown>>
let wholeMs = 0
let outs = 0

beforeAll(async () => {
  factory = stormFactory()
  const before = Date.now()
  expect(await ended(start('reference'))).toBe(0)
  wholeMs = Date.now() - before
  reference = examine(join(factory.folder, 'reference'), run)
})
afterAll(() => factory.close())

const freshOut = (): string => {
  outs += 1
  return `out-${outs}`
}

const hands = chance('workers')

/** By one worker or two, also where one start goes on with what another began: no byte of a run depends on it. */
function start(out: string, more: readonly string[] = []): ChildProcess {
  const options = optionsBy(hands() < 0.5 ? 1 : 2)
  return spawn(process.execPath, [platenBin, 'run', 'jobs/bills.yaml', ...options, '--out', out, ...more], {
    cwd: factory.folder,
    stdio: 'ignore',
  })
}

/** Its exit code, or the signal that ended it. */
function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise(resolve => child.once('exit', (code, signal) => resolve(signal ?? code)))
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

test(`kill -9 at random moments (SEED=${seed})`, { timeout: 7_200_000 }, async () => {
  const random = chance('kills')
  const kills = times('KILLS', { storm: 1000, suite: 100 })
  let left = kills
  while (left > 0) {
    const before = kills - left
    const out = freshOut()
    // Some runs die once, some over and over again.
    for (let deaths = 1 + Math.floor(random() * 6); deaths > 0 && left > 0; deaths -= 1, left -= 1) {
      const child = start(out)
      const exit = ended(child)
      await Promise.race([exit, pause(random() * wholeMs)])
      child.kill('SIGKILL')
      expect(['SIGKILL', 0]).toContain(await exit)
    }
    expect(await ended(start(out))).toBe(0)
    expect(examine(join(factory.folder, out), run), `${left} kills before the end`).toEqual(reference)
    tell({ what: 'kills', before, now: kills - left, each: 50, of: kills })
  }
})

test(`two processes at the same moment (SEED=${seed})`, { timeout: 7_200_000 }, async () => {
  // Half of them are documents of the first file.
  factory.write('data/more.csv', rows(10, { from: 6 }))
  const pairs = times('PAIRS', { storm: 200, suite: 3 })
  for (let pair = pairs; pair > 0; pair -= 1) {
    const out = freshOut()
    if (pair % 3 === 0) {
      const more = start(out, ['--data', 'data/more.csv', '--run', 'more'])
      expect(await Promise.all([start(out), more].map(ended)), `pair ${pair}`).toEqual([0, 0])
      // B-1 to B-15 without the reject, and two of them have no phone: those are not issued.
      expect(documents(join(factory.folder, out)), `pair ${pair}`).toEqual({ claims: 12, files: 12 })
    } else if (pair % 3 === 1) {
      const exits = await Promise.all([start(out), start(out)].map(ended))
      // The second may come when the first is just done, and then finds nothing to do.
      expect(exits, `pair ${pair}`).toContain(0)
      expect([0, 6], `pair ${pair}: ${exits}`).toContain(exits.find((_, at) => at !== exits.indexOf(0)))
      expect(examine(join(factory.folder, out), run), `pair ${pair}`).toEqual(reference)
      // One of them made it, and the other nothing: were both let in, it would have been begun, gone on with or ended twice.
      expect(happened(out), `pair ${pair}`).toEqual(happened('reference'))
    } else {
      const exits = await Promise.all([start(out, ['--run', 'one']), start(out, ['--run', 'two'])].map(ended))
      expect(exits.toSorted(), `pair ${pair}`).toEqual([0, 5])
      // Refused for what the other has issued, and for nothing else.
      const refused = exits.indexOf(5) === 0 ? 'one' : 'two'
      expect(refusals(join(out, refused)), `pair ${pair}`).toEqual(['run.issued'])
      // One of the nine has no phone.
      expect(documents(join(factory.folder, out)), `pair ${pair}`).toEqual({ claims: 8, files: 8 })
    }
    tell({ what: 'pairs', before: pairs - pair, now: pairs - pair + 1, each: 20, of: pairs })
  }
})

test(`SIGTERM and SIGINT end it within five seconds, at any stage (SEED=${seed})`, { timeout: 3_600_000 }, async () => {
  const random = chance('signals')
  const signals = times('SIGNALS', { storm: 100, suite: 2 })
  for (let left = signals; left > 0; left -= 1) {
    const out = freshOut()
    const child = start(out)
    const exit = ended(child)
    // Every other one as soon as somebody listens. Before its first line has run, nobody does: then the system ends it, and nothing is begun.
    const late = random() * wholeMs
    if (left % 2 === 0) while (!factory.exists(join(out, run, 'run.lock'))) await pause(5)
    else await Promise.race([exit, pause(late)])
    const before = Date.now()
    const signal = random() < 0.5 ? 'SIGTERM' : 'SIGINT'
    // Before its first lot it is far from its end: then a run that ends well has not heard.
    const early = !factory.exists(join(out, run, 'lot-0001'))
    child.kill(signal)
    const how = await exit
    expect(early ? [130, signal] : [0, 130, signal]).toContain(how)
    expect(Date.now() - before).toBeLessThan(5_000)
    expect(await ended(start(out))).toBe(0)
    expect(examine(join(factory.folder, out), run)).toEqual(reference)
    tell({ what: 'signals', before: signals - left, now: signals - left + 1, each: 20, of: signals })
  }
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('%s is heard while the program is still being loaded', async signal => {
  // Loading has begun once the entry is evaluated, and takes until long after.
  factory.write('early.mjs', `await import(${JSON.stringify(platenBin)})\nprocess.kill(process.pid, '${signal}')\n`)
  const out = freshOut()
  const child = spawn(process.execPath, ['early.mjs', 'run', 'jobs/bills.yaml', ...optionsBy(1), '--out', out], {
    cwd: factory.folder,
    stdio: 'ignore',
  })
  expect(await ended(child)).toBe(130)
  expect(factory.exists(join(out, run, 'lot-0001'))).toBe(false)
})

test('SIGTERM is heard while clean.js loops for ever', { timeout: 60_000 }, async () => {
  factory.write(
    'jobs/bills-looping.yaml',
    factory.read('jobs/bills.yaml').replace('key: number', 'key: number\n  clean: loop.js'),
  )
  factory.write('jobs/loop.js', 'export default row => { while (row.number === "B-5") {} return row }\n')
  const out = freshOut()
  const child = spawn(process.execPath, [platenBin, 'run', 'jobs/bills-looping.yaml', '--out', out], {
    cwd: factory.folder,
    stdio: 'ignore',
  })
  const exit = ended(child)
  while (!factory.exists(join(out, 'bills-looping-2026-03/kit'))) await pause(20)
  const before = Date.now()
  child.kill('SIGTERM')
  expect(await exit).toBe(130)
  expect(Date.now() - before).toBeLessThan(5_000)
})

/** Codes of why a run was refused, by its report. */
function refusals(folder: string): readonly string[] {
  const report = JSON.parse(factory.read(join(folder, 'report.json'))) as Report
  return report.refused.map(({ code }) => code)
}

/** The kinds of the events of a run, in order. */
function happened(out: string): readonly unknown[] {
  const database = new DatabaseSync(join(factory.folder, out, run, 'run.db'))
  const kinds = database.prepare('SELECT kind FROM event ORDER BY number').all()
  database.close()
  return kinds.map(({ kind }) => kind)
}

/** How many documents are claimed in an out folder, and how many stand in its lots. */
function documents(out: string): { readonly claims: number; readonly files: number } {
  const database = new DatabaseSync(join(out, 'issued.db'))
  const { n } = database.prepare('SELECT count(*) AS n FROM document').get() as { n: number }
  database.close()
  const lines = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('messages.jsonl'))
    .flatMap(name =>
      factory
        .read(join(out.slice(factory.folder.length + 1), name))
        .trim()
        .split('\n'),
    )
  return { claims: n, files: new Set(lines).size === lines.length ? lines.length : -1 }
}
