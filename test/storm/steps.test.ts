/** Every durable step of a run, killed or failed, one after the other: the next start ends as a run that nothing ever happened to. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Factory } from '../run/factory.ts'
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
/** One bill fails on paper. */
const exitOfAll = whole ? 3 : 0
const out = (name: string | number): string => join(factory.folder, `out-${name}`)

beforeAll(() => {
  factory = stormFactory({ paper: whole })
  const [ended] = rehearse(factory.folder, [{ out: out('reference') }])
  expect(ended?.faults).toEqual([])
  expect(ended?.exit).toBe(exitOfAll)
  steps = ended?.steps ?? 0
  reference = examine(out('reference'), run)
})
afterAll(() => factory.close())

/** The storm takes each step in each of three ways; the suite takes every tenth step, each in one way that chance finds. */
function plan(): readonly { readonly at: number; readonly how: string }[] {
  const random = chance('steps')
  const ways = (): readonly string[] => {
    const error = errors[Math.floor(random() * errors.length)] ?? 'EIO'
    return ['kill', error, `${error} lasting`]
  }
  const share = times('STEPS', { storm: steps, suite: Math.round(steps / 10) })
  // Of two stretches that meet inside a step, both may find it.
  const chosen = new Set(Array.from({ length: share }, (_, at) => 1 + Math.floor(((at + random()) * steps) / share)))
  if (whole) return [...chosen].flatMap(at => ways().map(how => ({ at, how })))
  return [...chosen].map(at => ({ at, how: ways()[Math.floor(random() * 3)] ?? 'kill' }))
}

test(`whatever happens at a step, the next start makes it good (SEED=${seed})`, { timeout: 3_600_000 }, () => {
  expect(steps).toBeGreaterThan(50)
  const wanted = plan()
  const folders = wanted.map(({ at, how }) => out(`${at}-${how.replace(' ', '-')}`))
  wanted.forEach(({ at, how }, number) => {
    if (how === 'kill') expect(killAt(factory.folder, { out: folders[number] ?? '', at })).toBe(true)
  })
  const cases = wanted.flatMap(({ at, how }, number) => {
    const folder = folders[number] ?? ''
    return how === 'kill' ? [{ out: folder }] : [{ out: folder, at, how }, { out: folder }]
  })
  const ended = rehearse(factory.folder, cases)
  cases.forEach((one, number) => {
    const { exit, faults } = ended[number] ?? { exit: 1, faults: [] }
    const words = `${JSON.stringify(one)}: ${faults.join('; ')}`
    if ('at' in one) {
      // What could not be written is told, and never taken for done; a run that had ended by then had nothing left to lose.
      expect([exitOfAll, 2, 130], words).toContain(exit)
      if (exit !== exitOfAll) expect(faults.join(), words).toMatch(/^run\.machine: /)
    } else expect(exit, words).toBe(exitOfAll)
  })
  wanted.forEach(({ at, how }, number) => {
    const folder = folders[number] ?? ''
    expect(existsSync(folder)).toBe(true)
    expect(examine(folder, run), `step ${at}, ${how}`).toEqual(reference)
  })
})
