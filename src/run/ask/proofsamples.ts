/** Proof of a template alone: its own samples, finished, without a job. */
import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { readPeriod } from '../../job/index.ts'
import type { Data, Fault, KitFile, Period, Result, RunView, Template, Value } from '../../model/index.ts'
import { done, failed } from '../../model/index.ts'
import { byAddress } from '../../route/index.ts'
import { hintKnown, isDate, parseJson } from '../../schema/index.ts'
import { dayIn } from '../day.ts'
import { readFolder } from '../plan/kit.ts'
import { loadDressed, planTemplate, type TemplatePlan } from '../plan/plan.ts'
import { loadTable, type Table } from '../plan/table.ts'
import { openMaker } from '../press/make.ts'
import type { RunRequest } from '../request.ts'
import { exitOf, makeProofs, type Proof, type ProofChoice, type ProofReport, unshownOf } from './proof.ts'
import { openCompose } from './sample.ts'

/** What a template's proof can be asked for: there is neither data nor a job. */
const meaningful = ['job', 'set', 'period', 'date', 'channels', 'channelModules', 'signal']

/** A sample: the name of its file, and what is in it. */
interface Sample {
  readonly id: string
  readonly file: string
  readonly data: Data
}

/**
 * Makes the samples of a template, or those named; its brand is the `assets` beside its `templates` folder. Exit: 2 for a wrong
 * template or brand and for options that mean nothing here, 3 where a sample or a piece of it fails.
 */
export async function proofTemplate(
  folder: string,
  { request, ...choice }: ProofChoice & { readonly request: RunRequest },
  clock: () => Date,
): Promise<ProofReport> {
  const stop = (faults: readonly Fault[]): ProofReport => ({ exit: 2, faults, files: [] })
  const useless = refuseUseless(request)
  if (useless.length > 0) return stop(useless)
  const loaded = await loadTable(request.channelModules)
  if (!loaded.ok) return stop(loaded.faults)
  const planned = await readPlan(folder, request, loaded.value)
  if (!planned.ok) return stop(planned.faults)
  const { template, brand } = planned.value
  const chosen = chooseSamples(template, folder, choice)
  if (!chosen.ok) return stop(chosen.faults)
  const { samples, faults: unreadable } = chosen.value
  const period = choosePeriod(template, request, samples)
  if (!period.ok) return stop(period.faults)
  const channels = chooseChannels(planned.value, request)
  if (!channels.ok) return stop(channels.faults)
  const run: RunView = {
    name: 'proof',
    date: request.date ?? dayIn(brand.timezone, clock()),
    set: request.set ?? {},
    ...(period.value === undefined ? {} : { period: period.value }),
  }
  const proved = await composeAll(samples, { plan: planned.value, run, channels: channels.value, table: loaded.value })
  if (!proved.ok) return stop(proved.faults)
  const opened = await openMaker(planned.value, run)
  if (!opened.ok) return stop(opened.faults)
  try {
    const made = await makeProofs(opened.value, proved.value.proofs, {
      ...choice,
      template: planned.value.template,
    })
    const faults = [...unreadable, ...proved.value.faults, ...made.faults]
    const warnings = [...planned.value.warnings, ...made.warnings]
    return { exit: exitOf(faults), faults, warnings, files: made.files, ...unshownOf(proved.value.proofs) }
  } finally {
    await opened.value.close()
  }
}

function refuseUseless(request: RunRequest): readonly Fault[] {
  return Object.keys(request)
    .filter(name => !meaningful.includes(name))
    .map(name => ({
      code: 'usage.option',
      message: `--${name} means nothing for a template: it is proved with its own samples`,
      hint: 'leave it out, or prove a job',
    }))
}

async function readPlan(folder: string, { set = {}, period }: RunRequest, table: Table): Promise<Result<TemplatePlan>> {
  // `.` has a name, too.
  const name = basename(resolve(folder))
  const kit = new Map<string, KitFile>()
  const faults: Fault[] = []
  readFolder(folder, `templates/${name}`, kit, faults)
  const assets = join(folder, '../../assets')
  if (existsSync(assets)) readFolder(assets, 'assets', kit, faults)
  if (faults.length > 0) return failed(...faults)
  const dressed = await loadDressed(kit, { name, channels: table.channels })
  return dressed.ok ? planTemplate(dressed.value, { table, set: Object.keys(set), period }) : dressed
}

/** Faults: a template without samples, and names that no sample has. A sample that is no JSON is a fault beside the others. */
function chooseSamples(
  { samples }: Template,
  folder: string,
  { ids, limit = Number.POSITIVE_INFINITY }: ProofChoice,
): Result<{ readonly samples: readonly Sample[]; readonly faults: readonly Fault[] }> {
  const known = Object.entries(samples).map(([name, source]) => ({ id: name.replace(/\.json$/, ''), source }))
  const unknown = ids.filter(id => !known.some(sample => sample.id === id))
  if (known.length === 0)
    return failed({
      code: 'usage.file',
      message: 'the template has no samples',
      place: { file: join(folder, 'samples') },
      hint: 'write one, such as samples/en.json, with the data of one communication, or prove a job',
    })
  if (unknown.length > 0) {
    const names = known.map(({ id }) => id)
    return failed(
      ...unknown.map(id => ({
        code: 'usage.option' as const,
        message: `the template has no sample ${id}`,
        hint: hintKnown(id, names),
      })),
    )
  }
  const faults: Fault[] = []
  const read: Sample[] = []
  for (const { id, source } of known.filter(sample => ids.length === 0 || ids.includes(sample.id))) {
    if (ids.length === 0 && read.length >= limit) break
    const parsed = parseJson(source)
    if (parsed.ok) read.push({ id, file: source.file, data: parsed.value as Data })
    else faults.push(...parsed.faults)
  }
  return done({ samples: read, faults })
}

/**
 * The period that is named; for a template that is issued once a period, else the month of the date that is named, else the month
 * that most dates of its samples lie in. The clock chooses none.
 */
function choosePeriod(
  { name, once }: Template,
  { period, date }: RunRequest,
  samples: readonly Sample[],
): Result<Period | undefined> {
  if (period !== undefined || once === 'ever') return done(period)
  const month = date?.slice(0, 7) ?? usualMonth(samples.flatMap(({ data }) => datesIn(data)))
  const read = month === undefined ? undefined : readPeriod(month)
  if (read !== undefined) return done(read)
  const message = `the template ${name} is issued once a period, and its samples have no date to tell one from`
  return failed({ code: 'usage.option', message, hint: 'name one with --period, such as --period 2010-12' })
}

function datesIn(value: Value | undefined): readonly string[] {
  if (typeof value === 'string') return isDate(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(datesIn) : []
}

/** The month with the most of these dates; of several, the first. */
function usualMonth(dates: readonly string[]): string | undefined {
  const months = Map.groupBy(dates.toSorted(), date => date.slice(0, 7))
  return [...months].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0]
}

/** Channels of the template, or those of them that are named. */
function chooseChannels(
  { channels, template }: TemplatePlan,
  { channels: wanted }: RunRequest,
): Result<readonly string[]> {
  const known = channels.map(({ name }) => name)
  const unknown = (wanted ?? []).filter(name => !known.includes(name))
  if (unknown.length === 0) return done(known.filter(name => wanted === undefined || wanted.includes(name)))
  return failed(
    ...unknown.map(name => ({
      code: 'usage.option' as const,
      message: `--channel names ${name}, for which the template ${template.name} has no file`,
      hint: hintKnown(name, known),
    })),
  )
}

/** Communications of samples. Faults of a sample stand at its file, and leave it out. */
async function composeAll(
  samples: readonly Sample[],
  {
    plan,
    run,
    channels,
    table,
  }: {
    readonly plan: TemplatePlan
    readonly run: RunView
    readonly channels: readonly string[]
    readonly table: Table
  },
): Promise<Result<{ readonly proofs: readonly Proof[]; readonly faults: readonly Fault[] }>> {
  const compose = await openCompose(plan, run)
  if (!compose.ok) return compose
  const addresses = Object.fromEntries(table.channels.map(({ name, address }) => [name, address]))
  const proofs: Proof[] = []
  const faults: Fault[] = []
  for (const { id, file, data } of samples) {
    const composed = compose.value(data, id)
    if (composed.ok) proofs.push({ communication: composed.value, ...byAddress(channels, composed.value, addresses) })
    else faults.push(...composed.faults.map(fault => ({ ...fault, place: { ...fault.place, file } })))
  }
  return done({ proofs, faults })
}
