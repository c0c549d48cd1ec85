/** Benches: templates kept ready to render, each for one view of the run. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Fault, FaultError, type KitFile, type RunView } from '../model/index.ts'
import { readFolder } from './kit.ts'
import { type Maker, openMaker } from './make.ts'
import { planTemplate, type TemplatePlan } from './plan.ts'
import { type Compose, openCompose } from './sample.ts'
import type { Table } from './table.ts'

/** How many templates, each with date, period and settings, are kept ready to render. */
const mostBenches = 8

/** What renders one template for one view of the run. */
export interface Bench {
  readonly maker: Maker
  readonly compose: Compose
  readonly channels: readonly string[]
}

export interface Benches {
  /** The plan of a template, read and audited once for each choice of settings. Rejects with a FaultError; then the next call reads it anew. */
  readonly plan: (template: string, set: readonly string[]) => Promise<TemplatePlan>
  /** Works at a template's bench for a view; the least recently used idle benches are closed. */
  readonly at: <T>(plan: TemplatePlan, view: RunView, work: (bench: Bench) => Promise<T>) => Promise<T>
  /** Closes all, once nobody works at them. */
  readonly close: () => Promise<void>
}

/** A bench with the renders that are at it: it is closed only when there are none. */
interface Occupied {
  readonly bench: Promise<Bench>
  busy: number
}

export function openBenches(folders: { readonly templates: string; readonly assets: string }, table: Table): Benches {
  const plans = new Map<string, Promise<TemplatePlan>>()
  const benches = new Map<string, Occupied>()

  const plan: Benches['plan'] = (template, set) => {
    const key = JSON.stringify([template, set])
    const known = plans.get(key)
    if (known !== undefined) return known
    const read = readPlan(template, { ...folders, table, set })
    plans.set(key, read)
    // What was wrong may have been mended: the next call reads it again.
    read.catch(() => plans.delete(key))
    return read
  }

  const at: Benches['at'] = async (of, view, work) => {
    const key = JSON.stringify([of.template.name, view])
    const known = benches.get(key)
    const occupied = known ?? { bench: openBench(of, view), busy: 0 }
    if (known === undefined) occupied.bench.catch(() => benches.delete(key))
    occupied.busy += 1
    benches.delete(key)
    benches.set(key, occupied)
    closeIdle()
    try {
      return await work(await occupied.bench)
    } finally {
      occupied.busy -= 1
    }
  }

  const closeIdle = (): void => {
    for (const [key, { bench, busy }] of benches) {
      if (benches.size <= mostBenches) return
      if (busy > 0) continue
      benches.delete(key)
      void shut(bench)
    }
  }

  const close: Benches['close'] = async () => {
    for (const { bench } of benches.values()) await shut(bench)
    benches.clear()
    plans.clear()
  }

  return { plan, at, close }
}

async function shut(bench: Promise<Bench>): Promise<void> {
  await bench.then(
    ({ maker }) => maker.close(),
    () => {},
  )
}

async function readPlan(
  name: string,
  {
    templates,
    assets,
    table,
    set,
  }: { readonly templates: string; readonly assets: string; readonly table: Table; readonly set: readonly string[] },
): Promise<TemplatePlan> {
  const kit = new Map<string, KitFile>()
  const faults: Fault[] = []
  for (const [folder, inside] of [
    [join(templates, name), `templates/${name}`],
    [assets, 'assets'],
  ] as const) {
    if (existsSync(folder)) readFolder(folder, inside, kit, faults)
    else {
      const hint = 'see openFactory(dir, { assets, templates })'
      faults.push({ code: 'usage.file', message: 'the folder is not there', place: { file: folder }, hint })
    }
  }
  if (faults.length > 0) throw new FaultError(faults)
  const planned = await planTemplate(kit, name, { table, set })
  if (!planned.ok) throw new FaultError(planned.faults)
  return planned.value
}

async function openBench(plan: TemplatePlan, run: RunView): Promise<Bench> {
  const compose = await openCompose(plan, run)
  if (!compose.ok) throw new FaultError(compose.faults)
  const maker = await openMaker(plan, run)
  if (!maker.ok) throw new FaultError(maker.faults)
  return { maker: maker.value, compose: compose.value, channels: plan.channels.map(channel => channel.name) }
}
