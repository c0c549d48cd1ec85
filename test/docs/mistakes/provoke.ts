/** Makes a mistake in a fresh factory, runs the command, and gathers everything that it tells. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault, RunEvent } from '../../../src/model/index.ts'
import { check, conduct, type RunRequest } from '../../../src/run/index.ts'
import { type Factory, makeFactory } from '../../run/factory.ts'
import type { Mistake, Told } from './mistake.ts'

export const clock = (): Date => new Date('2026-03-31T12:00:00Z')

/** The job of the small factory, on one worker. */
export const request: RunRequest = { job: 'jobs/bills.yaml', workers: 1 }

export interface Provoked {
  /** Exit and faults of each command, in order: warnings and reasons of rejects among them. */
  readonly told: readonly Told[]
  /** Lots that the commands made. */
  readonly lots: readonly string[]
}

/** The current folder is the factory's meanwhile, so that faults name files as an operator sees them. */
export async function provoke(mistake: Mistake, { mail }: { readonly mail: boolean }): Promise<Provoked> {
  const factory = makeFactory({ bills: 3, mail })
  const home = process.cwd()
  process.chdir(factory.folder)
  let over: (() => void) | undefined
  try {
    over = (await mistake.make?.(factory)) ?? undefined
    const before = lots(factory)
    const told: Told[] = []
    if (mistake.by !== undefined) told.push(await mistake.by())
    else {
      const asked = { ...request, ...mistake.asked }
      if (mistake.unchecked === undefined) told.push(await tellCheck(asked))
      if (mistake.unrun === undefined) told.push(await tellRun(asked))
    }
    return { told, lots: lots(factory).filter(lot => !before.includes(lot)) }
  } finally {
    over?.()
    process.chdir(home)
    factory.close()
  }
}

async function tellCheck(asked: RunRequest): Promise<Told> {
  const { exit, faults, warnings, found } = await check(asked, () => {}, clock)
  return { exit, faults: [...(found?.reasons ?? []).map(({ fault }) => fault), ...warnings, ...faults] }
}

async function tellRun(asked: RunRequest): Promise<Told> {
  const warned: Fault[] = []
  const emit = (event: RunEvent): void => {
    if (event.kind === 'warned') warned.push(event.fault)
  }
  const { exit, faults } = await conduct(asked, emit, clock)
  return { exit, faults: [...warned, ...faults] }
}

/** Starts a run as an operator did before the mistake; `until`: it is interrupted as soon as an event of this kind comes. */
export async function ran(asked: Partial<RunRequest> = {}, until?: RunEvent['kind']): Promise<void> {
  const interrupt = new AbortController()
  const emit = ({ kind }: RunEvent): void => {
    if (kind === until) interrupt.abort(new Error('interrupted'))
  }
  const { exit, faults } = await conduct({ ...request, ...asked, signal: interrupt.signal }, emit, clock)
  const wanted = until === undefined ? 0 : 130
  if (exit !== wanted) throw new Error(`the run before the mistake ended with ${exit}: ${JSON.stringify(faults)}`)
}

function lots({ folder, exists }: Factory): readonly string[] {
  if (!exists('out') || !statSync(join(folder, 'out')).isDirectory()) return []
  return readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' }).filter(path => /lot-\d+$/.test(path))
}
