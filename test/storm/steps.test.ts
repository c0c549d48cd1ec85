/** Every durable step of a run, killed or failed, one after the other: the next start ends as a run that nothing ever happened to. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Factory, rows } from '../run/factory.ts'
import { chance, seed, times, whole } from './chance.ts'
import { examine } from './examine.ts'
import { stormFactory } from './place.ts'
import { killAt, rehearse } from './rehearse.ts'

const run = 'bills-2026-03'
/** What the system may say at a step, once or at every one from there on (`lasting`). */
const errors = ['EIO', 'ENOSPC', 'EMFILE'] as const

let factory: Factory
let reference: Readonly<Record<string, unknown>>
let steps = 0
/** The step at which a run's ledger is there, and has no tables yet. */
let ledgerMade = 0
/** One bill fails on paper. */
const exitOfAll = whole ? 3 : 0
const out = (name: string | number): string => join(factory.folder, `out-${name}`)

beforeAll(() => {
  factory = stormFactory({ paper: whole })
  process.env['STORM_LOG'] = out('log')
  const [ended] = rehearse(factory.folder, [{ out: out('reference') }])
  delete process.env['STORM_LOG']
  ledgerMade = Number(/^(\d+) commit .*\/run\.db$/m.exec(readFileSync(out('log'), 'utf8'))?.[1])
  expect(ended?.faults).toEqual([])
  expect(ended?.exit).toBe(exitOfAll)
  steps = ended?.steps ?? 0
  reference = examine(out('reference'), run)
})
afterAll(() => factory.close())

interface Trouble {
  readonly at: number
  readonly how: string
  /** One or two: no byte of a run depends on it. */
  readonly workers: number
}

/** The storm takes each step in each of three ways; the suite takes every tenth step, each in one way that chance finds. */
function plan(): readonly Trouble[] {
  const random = chance('steps')
  const ways = (): readonly string[] => {
    const error = errors[Math.floor(random() * errors.length)] ?? 'EIO'
    return ['kill', error, `${error} lasting`]
  }
  const share = times('STEPS', { storm: steps, suite: Math.round(steps / 10) })
  // Of two stretches that meet inside a step, both may find it.
  const chosen = new Set(Array.from({ length: share }, (_, at) => 1 + Math.floor(((at + random()) * steps) / share)))
  const workers = (): number => (random() < 0.5 ? 1 : 2)
  if (whole) return [...chosen].flatMap(at => ways().map(how => ({ at, how, workers: workers() })))
  return [...chosen].map(at => ({ at, how: ways()[Math.floor(random() * 3)] ?? 'kill', workers: workers() }))
}

test(`whatever happens at a step, the next start makes it good (SEED=${seed})`, { timeout: 3_600_000 }, () => {
  expect(steps).toBeGreaterThan(50)
  const wanted = plan()
  const folders = wanted.map(({ at, how }) => out(`${at}-${how.replace(' ', '-')}`))
  wanted.forEach(({ at, how, workers }, number) => {
    if (how === 'kill') expect(killAt(factory.folder, { out: folders[number] ?? '', at, workers })).toBe(true)
  })
  const cases = wanted.flatMap(({ at, how, workers }, number) => {
    const again = { out: folders[number] ?? '', workers: 3 - workers }
    return how === 'kill' ? [again] : [{ ...again, at, how, workers }, again]
  })
  const ended = rehearse(factory.folder, cases)
  cases.forEach((one, number) => {
    const { exit, faults } = ended[number] ?? { exit: 1, faults: [] }
    const words = `${JSON.stringify(one)}: ${faults.join('; ')}`
    if ('at' in one) {
      // What could not be written is told, and never taken for done: the last step of a run is the commit that says it is, so that none
      // can fail and do no harm. SQLite only says that it cannot open a file; by then there may be files enough again.
      expect(one.how.startsWith('EMFILE') ? [2, 130] : [130], words).toContain(exit)
      expect(faults.join(), words).toMatch(/^run\.machine: /)
    } else expect(exit, words).toBe(exitOfAll)
  })
  wanted.forEach(({ at, how }, number) => {
    const folder = folders[number] ?? ''
    expect(existsSync(folder)).toBe(true)
    expect(examine(folder, run), `step ${at}, ${how}`).toEqual(reference)
  })
})

test(`killed at a step it is in no other run's way (SEED=${seed})`, { timeout: 3_600_000 }, () => {
  factory.write('data/neighbour.csv', rows(3, { from: 101 }))
  const random = chance('neighbours')
  const share = times('NEIGHBOURS', { storm: 40, suite: 2 })
  const chosen = new Set([
    ledgerMade,
    ...Array.from({ length: share }, (_, at) => 1 + Math.floor(((at + random()) * steps) / share)),
  ])
  const folders = [...chosen].map(at => {
    const folder = out(`neighbour-${at}`)
    expect(killAt(factory.folder, { out: folder, at })).toBe(true)
    return folder
  })
  const ended = rehearse(
    factory.folder,
    folders.flatMap(folder => [{ out: folder, neighbour: true }, { out: folder }]),
  )
  folders.forEach((folder, number) => {
    const [neighbour, own] = ended.slice(2 * number)
    expect([neighbour?.exit, neighbour?.faults], folder).toEqual([0, []])
    expect(own?.exit, folder).toBe(exitOfAll)
  })
})
