/** A factory for developers: one piece on demand, or a batch, from one folder of brand, templates and jobs. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { periodExample, readPeriod } from '../job/index.ts'
import {
  type Data,
  type Fault,
  FaultError,
  type KitFile,
  type Period,
  type Piece,
  type Report,
  type RunEvent,
  type RunView,
} from '../model/index.ts'
import { hintKnown, isDate } from '../schema/index.ts'
import { conduct } from './conduct.ts'
import { readFolder } from './kit.ts'
import { type Maker, openMaker } from './make.ts'
import { type Plan, planTemplate } from './plan.ts'
import { dayIn } from './rehearse.ts'
import type { DataSource, RunRequest } from './request.ts'
import { type Compose, openCompose } from './sample.ts'
import { loadTable, type Table } from './table.ts'

export interface FactoryOptions {
  /** Folder of the brand; default `assets` in the factory's folder. A job's own `assets:` wins. */
  readonly assets?: string
  /** Folder of the templates; default `templates` in the factory's folder. A job's own `templates:` wins. */
  readonly templates?: string
  /** Folder that runs are written to; default `out` in the factory's folder. */
  readonly out?: string
  /** URLs of modules whose default export is a channel. */
  readonly channels?: readonly string[]
}

export interface RenderOptions {
  /** What the piece is identified by (file names, Message-ID); default `piece`. */
  readonly id?: string
  /** ISO 8601; default today in the brand's time zone. */
  readonly date?: string
  /** `2010-12`, `2010-Q4` or `2010`. */
  readonly period?: string
  /** Seen as `run.set.NAME`. */
  readonly set?: Readonly<Record<string, string>>
}

export interface RunOptions
  extends Omit<RunRequest, 'job' | 'data' | 'period' | 'assets' | 'templates' | 'channelModules'> {
  /** A path, objects (one for each row), or both by the names of the job's files. */
  readonly data?: DataSource | Readonly<Record<string, DataSource>>
  /** `2010-12`, `2010-Q4` or `2010`. */
  readonly period?: string
}

/** A run that has been asked for. It starts by itself; iterating over its events is optional. */
export interface Run extends AsyncIterable<RunEvent> {
  /**
   * The report of a run that came to its end, whatever its exit (0, 3, 4, or 5 where the input was refused). Rejects with a
   * FaultError where there is nothing to report, and with the signal's reason where it was interrupted.
   */
  readonly report: Promise<Report>
}

export interface Factory {
  /** Renders one piece in memory. `data` stands as a sample does: before prepare.js. Rejects with a FaultError. */
  readonly render: (template: string, channel: string, data: object, options?: RenderOptions) => Promise<Piece>
  /** Runs a job of `jobs/` over its data, or over the data given. */
  readonly run: (job: string, options?: RunOptions) => Run
  /** Waits for what is under way, and leaves nothing open. */
  readonly close: () => Promise<void>
}

/** How many templates, each with date, period and settings, are kept ready to render. */
const mostBenches = 8

/** What renders one template for one view of the run. */
interface Bench {
  readonly maker: Maker
  readonly compose: Compose
  readonly channels: readonly string[]
}

/** A bench with the renders that are at it: it is closed only when there are none. */
interface Place {
  readonly bench: Promise<Bench>
  busy: number
}

/** Opens a factory: `dir/assets`, `dir/templates`, `dir/jobs`. Rejects with a FaultError for channels that cannot be used. */
export async function openFactory(dir: string, options: FactoryOptions = {}): Promise<Factory> {
  const loaded = await loadTable(options.channels)
  if (!loaded.ok) throw new FaultError(loaded.faults)
  const table = loaded.value
  const assets = options.assets ?? join(dir, 'assets')
  const templates = options.templates ?? join(dir, 'templates')
  const plans = new Map<string, Promise<Plan>>()
  const places = new Map<string, Place>()
  const running = new Set<Promise<unknown>>()

  const planFor = (template: string): Promise<Plan> => {
    const known = plans.get(template)
    if (known !== undefined) return known
    const plan = readPlan({ template, templates, assets, table })
    plans.set(template, plan)
    // What was wrong may have been mended: the next call reads it again.
    plan.catch(() => plans.delete(template))
    return plan
  }

  /** The bench for a view, with this render at it; the least recently used idle ones are closed. */
  const takePlace = (plan: Plan, view: RunView): Place => {
    const key = JSON.stringify([plan.template.name, view])
    const place = places.get(key) ?? { bench: openBench(plan, view), busy: 0 }
    place.bench.catch(() => places.delete(key))
    place.busy += 1
    places.delete(key)
    places.set(key, place)
    for (const [other, { bench, busy }] of places) {
      if (places.size <= mostBenches) break
      if (busy > 0) continue
      places.delete(other)
      void bench.then(
        ({ maker }) => maker.close(),
        () => {},
      )
    }
    return place
  }

  const render: Factory['render'] = async (template, channel, data, { id = 'piece', ...view } = {}) => {
    const plan = await planFor(template)
    const place = takePlace(plan, viewOf(plan, view))
    try {
      const { maker, compose, channels } = await place.bench
      if (!channels.includes(channel)) {
        const message = `the template ${template} has no file for the channel ${channel}`
        throw new FaultError([{ code: 'run.template', message, hint: hintKnown(channel, channels) }])
      }
      const communication = compose(data as Data, id)
      if (!communication.ok) throw new FaultError(communication.faults)
      const [made] = await maker.make(communication.value, [channel])
      if (made === undefined || made.outcome === 'failed') throw new FaultError(made?.faults ?? [])
      return made.piece
    } finally {
      place.busy -= 1
    }
  }

  const run: Factory['run'] = (job, { data, period, ...rest } = {}) => {
    const request = {
      out: join(dir, 'out'),
      ...(options.out === undefined ? {} : { out: options.out }),
      ...rest,
      job: /\.ya?ml$/.test(job) ? job : join(dir, 'jobs', `${job}.yaml`),
      assets,
      templates,
      channelModules: table.modules,
      ...(data === undefined ? {} : { data: byName(data) }),
    }
    const started = startRun(request, period)
    const ended = started.report.catch(() => {})
    running.add(ended)
    void ended.then(() => running.delete(ended))
    return started
  }

  const close: Factory['close'] = async () => {
    await Promise.all(running)
    for (const { bench } of places.values())
      await bench.then(
        ({ maker }) => maker.close(),
        () => {},
      )
    places.clear()
    plans.clear()
  }

  return { render, run, close }
}

async function readPlan({
  template: name,
  templates,
  assets,
  table,
}: {
  readonly template: string
  readonly templates: string
  readonly assets: string
  readonly table: Table
}): Promise<Plan> {
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
  const planned = await planTemplate(kit, name, table)
  if (!planned.ok) throw new FaultError(planned.faults)
  return planned.value
}

/** What the template sees as `run`. Without a date it is today, at every call anew. */
function viewOf({ brand }: Plan, { date, period, set }: Omit<RenderOptions, 'id'>): RunView {
  if (date !== undefined && !isDate(date)) {
    const message = `${JSON.stringify(date)} is not a date`
    throw new FaultError([{ code: 'usage.option', message, hint: 'write a real day as 2026-03-23' }])
  }
  return {
    name: 'render',
    date: date ?? dayIn(brand.timezone, new Date()),
    set: set ?? {},
    ...(period === undefined ? {} : { period: periodOf(period) }),
  }
}

async function openBench(plan: Plan, run: RunView): Promise<Bench> {
  const compose = await openCompose(plan, run)
  if (!compose.ok) throw new FaultError(compose.faults)
  const maker = await openMaker(plan, run)
  if (!maker.ok) throw new FaultError(maker.faults)
  return { maker: maker.value, compose: compose.value, channels: plan.channels.map(channel => channel.name) }
}

/** Starts a run on the next turn, so that whoever wants its events can ask for them first. */
function startRun(request: RunRequest, period: string | undefined): Run {
  const listeners = new Set<(event: RunEvent | undefined) => void>()
  const tell = (event: RunEvent | undefined): void => {
    for (const listener of listeners) listener(event)
  }
  const report = (async () => {
    await new Promise(resolve => setImmediate(resolve))
    try {
      const whole = period === undefined ? request : { ...request, period: periodOf(period) }
      const ending = await conduct(whole, tell)
      if (ending.exit === 130 && request.signal?.aborted === true) throw request.signal.reason
      if (ending.report === undefined) throw new FaultError(ending.faults)
      return ending.report
    } finally {
      tell(undefined)
    }
  })()
  // Whoever only iterates learns of the end there; the report's rejection is not theirs to handle.
  report.catch(() => {})
  return { report, [Symbol.asyncIterator]: () => listen(listeners, report) }
}

/** Events from now on, in order, until the run ends; then the report's own rejection, if it has one. */
async function* listen(
  listeners: Set<(event: RunEvent | undefined) => void>,
  report: Promise<Report>,
): AsyncGenerator<RunEvent, void, undefined> {
  const waiting: (RunEvent | undefined)[] = []
  let wake = (): void => {}
  const listener = (event: RunEvent | undefined): void => {
    waiting.push(event)
    wake()
  }
  listeners.add(listener)
  void report.catch(() => {}).then(() => listener(undefined))
  try {
    for (;;) {
      while (waiting.length > 0) {
        const event = waiting.shift()
        if (event === undefined) {
          await report
          return
        }
        yield event
      }
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  } finally {
    listeners.delete(listener)
  }
}

function byName(data: DataSource | Readonly<Record<string, DataSource>>): Readonly<Record<string, DataSource>> {
  if (typeof data === 'string' || Symbol.iterator in data || Symbol.asyncIterator in data)
    return { '': data as DataSource }
  return data as Readonly<Record<string, DataSource>>
}

function periodOf(text: string): Period {
  const period = readPeriod(text)
  if (period !== undefined) return period
  const hint = `write it as ${periodExample('month')}, ${periodExample('quarter')} or ${periodExample('year')}`
  throw new FaultError([{ code: 'usage.option', message: `${JSON.stringify(text)} is not a period`, hint }])
}
