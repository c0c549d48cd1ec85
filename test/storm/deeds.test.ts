/** What is done to a run afterwards, killed or failed at every durable step of the real command: done or not done, and the next command makes it whole. */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verify } from '../../src/run/index.ts'
import { type Factory, platenBin } from '../run/factory.ts'
import { chance, seed, times, whole } from './chance.ts'
import { examine } from './examine.ts'
import { options, stormFactory } from './place.ts'

const run = 'bills-2026-03'
const failpoint = fileURLToPath(new URL('failpoint.ts', import.meta.url))
/** A start of the run. Once it is done nothing is made, and how it stands is told. */
const start = ['run', 'jobs/bills.yaml', ...options]
const why = ['--why', 'storm']

/** A command, the event by which it is known to be done, the exits that it may have, and those of a start of the run after it. */
const deeds = {
  void: { args: ['void', run, ...why], event: 'voided', exits: [0], starts: [3, 5] },
  release: { args: ['release', run, 'B-3', ...why], event: 'released', exits: [3, 2], starts: [3] },
  discard: { args: ['discard', run, 'B-3', ...why], event: 'discarded', exits: [0, 2], starts: [3, 0] },
  // What is not settled is given up on the way: a start that comes between finds nothing left to be settled.
  purge: {
    args: ['purge', '--older-than', '2999-01-01', '--unsettled'],
    event: 'purged',
    exits: [0],
    starts: [3, 0],
  },
  retry: { args: [...start, '--retry'], event: 'retried', exits: [0], starts: [3, 0] },
} as const

let factory: Factory
const out = (name: string): string => join(factory.folder, name)

beforeAll(() => {
  factory = stormFactory({ paper: true })
  expect(command(start, 'made').status).toBe(3)
  // What failed for its template is made by a retry.
  factory.mend('templates/bill/pdf.hbs', '<table columns="* *">', '<table>')
})
afterAll(() => factory.close())

interface Trouble {
  readonly at: number
  /** As STORM_HOW. */
  readonly how: string
}

/** The real command line, with something going wrong at a step, and the number of steps that it came to. */
function command(
  args: readonly string[],
  name: string,
  trouble?: Trouble,
): SpawnSyncReturns<string> & { readonly steps: number } {
  const counter = out(`.count-${name}`)
  rmSync(counter, { force: true })
  const ran = spawnSync(process.execPath, ['--import', failpoint, platenBin, ...args, '--out', name], {
    cwd: factory.folder,
    encoding: 'utf8',
    env: { ...process.env, STORM_COUNT: counter, STORM_AT: String(trouble?.at ?? 0), STORM_HOW: trouble?.how ?? '' },
  })
  return { ...ran, steps: existsSync(counter) ? statSync(counter).size : 0 }
}

/** What happened, but for what a death on the way adds. */
function events(name: string): readonly string[] {
  const database = new DatabaseSync(join(out(name), run, 'run.db'))
  try {
    const rows = database.prepare('SELECT kind FROM event ORDER BY number').all() as { kind: string }[]
    return rows
      .map(({ kind }) => kind)
      .filter(kind => !['reported', 'resumed', 'worker-lost', 'finished'].includes(kind))
  } finally {
    database.close()
  }
}

/** All that has to be the same, but for the moment of a deed. */
function judge(name: string): Readonly<Record<string, unknown>> {
  const found = examine(out(name), run) as Record<string, unknown>
  return { ...found, 'report.json': String(found['report.json']).replace(/"at":"[^"]+"/g, ''), events: events(name) }
}

/** The storm takes each step, killed and failed; the suite a few, each in one way that chance finds. */
function plan(deed: string, steps: number): readonly Trouble[] {
  const random = chance(deed)
  const ways = (): readonly string[] => ['kill', ['EIO', 'ENOSPC', 'EMFILE'][Math.floor(random() * 3)] ?? 'EIO']
  const share = times('DEEDS', { storm: steps, suite: 1 })
  const chosen = Array.from({ length: share }, (_, at) => 1 + Math.floor(((at + random()) * steps) / share))
  return chosen.flatMap(at => (whole ? ways() : [ways()[random() < 0.7 ? 0 : 1] ?? 'kill']).map(how => ({ at, how })))
}

describe.each(Object.entries(deeds))('%s', (deed, { args, event, exits, starts }) => {
  test(`is done or not done, and the next command makes it whole (SEED=${seed})`, { timeout: 3_600_000 }, async () => {
    const reference = `${deed}-reference`
    cpSync(out('made'), out(reference), { recursive: true })
    const undisturbed = command(args, reference)
    expect(undisturbed.status, undisturbed.stderr).toBe(exits[0])
    expect((await verify({ out: out(reference), run })).faults).toEqual([])
    const expected = judge(reference)
    for (const trouble of plan(deed, undisturbed.steps)) {
      const name = `${deed}-${trouble.at}-${trouble.how}`
      const words = `${deed}, step ${trouble.at} of ${undisturbed.steps}, ${trouble.how}`
      cpSync(out('made'), out(name), { recursive: true })
      const { status, signal, stderr } = command(args, name, trouble)
      if (trouble.how === 'kill') expect(signal, words).toBe('SIGKILL')
      else {
        expect([exits[0], 2, 130], `${words}: ${stderr}`).toContain(status)
        if (status !== exits[0]) expect(stderr, words).toMatch(/the disk|too many files|the ledger/)
      }
      // It is whole, or known to be cut off: nothing that looks like tampering.
      const between = await verify({ out: out(name), run })
      expect([0, 2], `${words}: ${JSON.stringify(between.faults)}`).toContain(between.exit)
      const again = trouble.at % 2 === 0
      const next = command(again ? args : start, name)
      expect(again ? exits : starts, `${words}: ${next.stderr}`).toContain(next.status)
      if (again || deed !== 'purge')
        expect((await verify({ out: out(name), run })).faults, `${words}, then ${again ? deed : 'a start'}`).toEqual([])
      if (!events(name).includes(event) || deed === 'purge') expect(command(args, name).status, words).toBe(exits[0])
      expect((await verify({ out: out(name), run })).faults, words).toEqual([])
      expect(judge(name), words).toEqual(expected)
      rmSync(out(name), { recursive: true })
    }
  })
})

/** Deeds that contradict each other, begun at the same moment: one waits, or is told that the run is busy, or that nothing is left. */
const rivals: readonly (readonly [keyof typeof deeds, keyof typeof deeds])[] = [
  ['void', 'retry'],
  ['release', 'discard'],
  ['release', 'retry'],
  ['discard', 'retry'],
  ['retry', 'retry'],
  ['void', 'release'],
]

test(`two of them at the same moment leave a run that holds (SEED=${seed})`, { timeout: 3_600_000 }, async () => {
  const random = chance('rivals')
  for (let left = times('RIVALS', { storm: 36, suite: 1 }); left > 0; left -= 1) {
    const pair = rivals[whole ? left % rivals.length : Math.floor(random() * rivals.length)] ?? ['void', 'retry']
    const name = `rivals-${left}`
    const words = `${name}: ${pair.join(' and ')}`
    cpSync(out('made'), out(name), { recursive: true })
    const ended = await Promise.all(
      pair.map(
        deed =>
          new Promise<number | null>(resolve =>
            spawn(process.execPath, [platenBin, ...deeds[deed].args, '--out', name], {
              cwd: factory.folder,
              stdio: 'ignore',
            }).once('exit', resolve),
          ),
      ),
    )
    for (const exit of ended) expect([0, 2, 3, 5, 6], `${words}: ${ended}`).toContain(exit)
    expect((await verify({ out: out(name), run })).faults, `${words}: ${ended}`).toEqual([])
    rmSync(out(name), { recursive: true })
  }
})
