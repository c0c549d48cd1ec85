/** Benches: templates kept ready to render, each for one view of the run. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Fault, FaultError, type KitFile, type Result, type RunView } from '../model/index.ts'
import { hintKnown } from '../schema/index.ts'
import { type Compose, openCompose } from './ask/sample.ts'
import { readFolder } from './plan/kit.ts'
import { type Dressed, loadDressed, planTemplate, servedBy, type TemplatePlan } from './plan/plan.ts'
import type { Table } from './plan/table.ts'
import { type Maker, openMaker } from './press/make.ts'

/** How many templates, each with date, period and settings, are kept ready to render. */
const mostBenches = 8

/** What renders one template for one view of the run. */
export interface Bench {
  readonly maker: Maker
  readonly compose: Compose
}

/** What is planned: a template on one channel, with what that encloses; the others may be wrong, or dear to prepare. */
export interface Order {
  readonly template: string
  readonly channel: string
  /** Names of the settings given. */
  readonly set: readonly string[]
}

export interface Benches {
  /** The plan of an order, read and audited once. Rejects with a FaultError; then the next call reads it anew. */
  readonly plan: (order: Order) => Promise<TemplatePlan>
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
  const dressed = new Map<string, Promise<Dressed>>()
  const plans = new Map<string, Promise<TemplatePlan>>()
  const benches = new Map<string, Occupied>()

  const plan: Benches['plan'] = ({ template, channel, set }) => {
    const read = once(dressed, template, () => readDressed(template, { ...folders, table, channel }))
    return once(plans, JSON.stringify([template, channel, set]), async () =>
      planFor(await read, { table, channel, set }),
    )
  }

  const at: Benches['at'] = async (of, view, work) => {
    const key = JSON.stringify([of.template.name, of.channels.map(({ name }) => name), view])
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
    dressed.clear()
  }

  return { plan, at, close }
}

async function shut(bench: Promise<Bench>): Promise<void> {
  await bench.then(
    ({ maker }) => maker.close(),
    () => {},
  )
}

/** What is known by a key, or is begun now. What was wrong may have been mended: the next call begins it again. */
function once<T>(known: Map<string, Promise<T>>, key: string, begin: () => Promise<T>): Promise<T> {
  const begun = known.get(key) ?? begin()
  if (known.get(key) === begun) return begun
  known.set(key, begun)
  begun.catch(() => known.delete(key))
  return begun
}

async function readDressed(
  name: string,
  {
    templates,
    assets,
    table,
    channel,
  }: { readonly templates: string; readonly assets: string; readonly table: Table; readonly channel: string },
): Promise<Dressed> {
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
  return fulfilled(await loadDressed(kit, { name, channels: table.channels, ahead: [channel] }))
}

async function planFor(
  read: Dressed,
  { table, channel, set }: { readonly table: Table; readonly channel: string; readonly set: readonly string[] },
): Promise<TemplatePlan> {
  const { template } = read
  const served = servedBy(template, table.channels).map(({ name }) => name)
  if (!served.includes(channel)) {
    const message = `the template ${template.name} has no file for the channel ${channel}`
    throw new FaultError([{ code: 'run.template', message, hint: hintKnown(channel, served) }])
  }
  return fulfilled(await planTemplate(read, { table, set, channels: [channel] }))
}

async function openBench(plan: TemplatePlan, run: RunView): Promise<Bench> {
  // A script is tried in a thread of its own: there is time for the rest.
  const [compose, maker] = await Promise.all([openCompose(plan, run), openMaker(plan, run)])
  if (!compose.ok && maker.ok) await maker.value.close()
  return { compose: fulfilled(compose), maker: fulfilled(maker) }
}

/** The value, or its faults thrown, as the library's door has it. */
export function fulfilled<T>(result: Result<T>): T {
  if (!result.ok) throw new FaultError(result.faults)
  return result.value
}
