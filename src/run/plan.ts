/** Plan: load, compile and audit everything. Whatever can be wrong without a row is wrong here. */
import { loadBrand } from '../brand/index.ts'
import { dataFiles, inspectDrawing } from '../intake/index.ts'
import {
  type Brand,
  type Channel,
  type Data,
  done,
  type Fault,
  failed,
  type Job,
  type JsonSchema,
  type Kit,
  type Period,
  type Place,
  type Prepared,
  quote,
  type Result,
  type RunView,
  settle,
  type Template,
} from '../model/index.ts'
import { compileRoute, type Route, type Suppression } from '../route/index.ts'
import { compileCheck, hintKnown, loadScript } from '../schema/index.ts'
import { auditTemplate, loadTemplate } from '../template/index.ts'
import type { Table } from './table.ts'

/** Everything a worker needs, as plain data that survives structured clone. */
export interface PressPlan {
  readonly brand: Brand
  readonly template: Template
  /** Channels to be opened, in the order of the table: those of the job, and those that they enclose. */
  readonly channels: readonly PlannedChannel[]
  /** Modules of channels from outside. */
  readonly modules: readonly string[]
  /** Names inside the kit by the paths that faults have: what a ledger keeps does not depend on where a kit lies. */
  readonly files?: Readonly<Record<string, string>>
}

export interface PlannedChannel {
  readonly name: string
  readonly settings: Data
  /** Names of the channels whose pieces it encloses. */
  readonly encloses: readonly string[]
  readonly prepared: Prepared
}

/** The plan of a template alone: what its samples are proved with, and pieces on demand. */
export interface TemplatePlan extends PressPlan {
  /** What channels warn of before there is a communication. */
  readonly warnings: readonly Fault[]
  /** Schema paths that each planned channel prints: what the glyph gate looks at. */
  readonly prints: Readonly<Record<string, readonly string[]>>
}

export interface Plan extends TemplatePlan {
  readonly job: Job
  readonly route: Route
  /** Who is not written to; absent: nobody was asked about. */
  readonly suppression?: Suppression
}

/** Makes the plan of a job from its kit. All faults are reported, brand first, then template, then channels and rules. */
export async function planJob(kit: Kit, job: Job, table: Table): Promise<Result<Plan>> {
  const brand = await loadBrand(kit)
  const template = loadTemplate(kit, job.template, table.channels)
  const scripts = await checkScripts(job, template.ok ? template.value : undefined)
  if (!brand.ok || !template.ok || scripts.length > 0)
    return failed(...(brand.ok ? [] : brand.faults), ...(template.ok ? [] : template.faults), ...scripts)
  const planned = await planChannels({
    brand: brand.value,
    template: template.value,
    table,
    asked: job.channels,
    file: job.file,
    run: { set: job.set, ...somePeriod(job.period) },
  })
  const route = compileRoute(
    job,
    template.value.schema,
    Object.fromEntries(table.channels.map(({ name, address }) => [name, address])),
  )
  const faults = [
    ...inspectDrawing(job, template.value.schema),
    ...onceWithoutPeriod(template.value, job),
    ...unknownBounds(template.value, job),
  ]
  if (!planned.ok || !route.ok || faults.length > 0)
    return failed(...(planned.ok ? [] : planned.faults), ...(route.ok ? [] : route.faults), ...faults)
  const files = Object.fromEntries([...kit.values()].map(({ shown, name }) => [shown, name]))
  return done({ job, ...planned.value, route: route.value, files })
}

/** Scripts are loaded here only to see that they can be; intake loads them again. */
async function checkScripts(job: Job, template: Template | undefined): Promise<readonly Fault[]> {
  const sources = [...dataFiles(job).map(({ clean }) => clean), template?.prepare].filter(
    source => source !== undefined,
  )
  const loaded = await Promise.all(sources.map(loadScript))
  return loaded.flatMap(script => (script.ok ? [] : script.faults))
}

/** Makes the plan of a template alone, on every channel that it has a file for; `set`: names of the settings that it is given. */
export async function planTemplate(
  kit: Kit,
  name: string,
  {
    table,
    set,
    period,
  }: { readonly table: Table; readonly set: readonly string[]; readonly period?: Period | undefined },
): Promise<Result<TemplatePlan>> {
  const brand = await loadBrand(kit)
  const template = loadTemplate(kit, name, table.channels)
  if (!brand.ok || !template.ok)
    return failed(...(brand.ok ? [] : brand.faults), ...(template.ok ? [] : template.faults))
  const served = table.channels.filter(({ files: [file] }) => file !== undefined && file in template.value.sources)
  const { file, once } = template.value
  return planChannels({
    brand: brand.value,
    template: template.value,
    table,
    asked: Object.fromEntries(served.map(channel => [channel.name, {}])),
    file,
    run: {
      set: Object.fromEntries(set.map(name => [name, ''])),
      ...(period === undefined ? somePeriod(once === 'period' ? { unit: 'month' } : undefined) : { period }),
    },
  })
}

/** What channels are planned from: a job's, or a template's alone. */
interface Planning {
  readonly brand: Brand
  readonly template: Template
  readonly table: Table
  /** Channels that are asked for, with the settings that are laid over the template's. */
  readonly asked: Readonly<Record<string, Data>>
  /** Which file asks for them. */
  readonly file: string
  /** Whether there will be a period, and which settings. */
  readonly run: Pick<RunView, 'period' | 'set'>
}

async function planChannels(planning: Planning): Promise<Result<TemplatePlan>> {
  const { brand, template, table, run } = planning
  const faults: Fault[] = []
  const wanted = withEnclosed(planning, faults)
  const usable = wanted.filter(channel => serves(channel, planning, faults))
  const audit = auditTemplate(template, brand, { channels: usable, run })
  faults.push(...audit.faults)
  const channels: PlannedChannel[] = []
  if (faults.length === 0) {
    for (const channel of usable) {
      const planned = await prepareChannel(channel, planning)
      if (planned.ok) channels.push(planned.value)
      else faults.push(...planned.faults)
    }
  }
  const prints = Object.fromEntries(
    usable.map(({ name, files: names }) => [name, [...new Set(names.flatMap(file => audit.uses[file] ?? []))]]),
  )
  // A source that is not Handlebars shows nothing, and says so itself.
  const legible = (channel: Channel): boolean =>
    !audit.faults.some(
      ({ code, place }) =>
        code === 'template.syntax' && channel.files.some(file => template.sources[file]?.file === place?.file),
    )
  faults.push(...unshownFacts(template, prints, new Set(usable.filter(legible).map(({ name }) => name))))
  const warnings = channels.flatMap(({ prepared }) => prepared.warnings ?? [])
  return settle({ brand, template, channels, prints, warnings, modules: table.modules }, faults)
}

function onceWithoutPeriod({ name, once }: Template, { file, period }: Job): readonly Fault[] {
  if (once === 'ever' || period !== undefined) return []
  return [
    {
      code: 'job.value',
      message: `the template ${name} is issued once a period, and the job has no period`,
      place: { file },
      hint: 'set period: month in the job, or once: ever in the template',
    },
  ]
}

/** Bounds of facts that cannot be added up. */
function unknownBounds(template: Template, { file, bounds }: Job): readonly Fault[] {
  const known = moneyFacts(template)
  return Object.keys(bounds?.facts ?? {})
    .filter(name => !known.includes(name))
    .map(name => ({
      code: 'job.value',
      message: `bounds names the fact ${quote(name)}, which is no money fact of the template in one currency`,
      place: { file },
      hint: hintKnown(name, known, 'the template has none; use communications, rows or sum'),
    }))
}

/** Facts that can be added up: money, in one currency for all documents. */
export function moneyFacts({ facts, currency }: Template): readonly string[] {
  const one = currency === undefined || /^[A-Z]{3}$/.test(currency)
  return one ? facts.filter(({ as }) => as === 'money').map(({ name }) => name) : []
}

/** Channels to make, in order: those given, and all that they enclose. */
export function withEnclosures<C extends Pick<PlannedChannel, 'name' | 'encloses'>>(
  channels: readonly C[],
  to: readonly string[],
): readonly C[] {
  const needed = new Set(to)
  for (const { name, encloses } of channels.toReversed())
    if (needed.has(name)) for (const other of encloses) needed.add(other)
  return channels.filter(({ name }) => needed.has(name))
}

/** Any period will do where only its presence matters. */
function somePeriod(period: Job['period']): { readonly period?: Period } {
  return period === undefined ? {} : { period: period.fixed ?? { text: '', unit: period.unit, start: '', end: '' } }
}

/** The channels asked for, and those that they enclose, in the order of the table. */
function withEnclosed(planning: Planning, faults: Fault[]): readonly Channel[] {
  const { asked } = planning
  const table = planning.table.channels
  const names = new Set(Object.keys(asked))
  // From the last to the first: what is enclosed stands earlier, and may enclose something itself.
  for (const channel of table.toReversed()) {
    if (!names.has(channel.name)) continue
    for (const other of enclosedBy(channel, settingsOf(channel, planning))) {
      const place = placeOf(channel.name, channel.encloses[0] ?? '', planning)
      const earlier = table.findIndex(({ name }) => name === other)
      if (earlier < 0 || earlier >= table.indexOf(channel)) {
        const known = table.slice(0, table.indexOf(channel)).map(({ name }) => name)
        faults.push({
          code: 'job.value',
          message: `${channel.name} cannot enclose ${other}`,
          place,
          hint: `known: ${known.join(', ')}`,
        })
      } else names.add(other)
    }
  }
  return table.filter(({ name }) => names.has(name))
}

/** Whether the template has the channel's file. */
function serves(channel: Channel, { template, file }: Planning, faults: Fault[]): boolean {
  const first = channel.files[0]
  if (first === undefined || first in template.sources) return true
  faults.push({
    code: 'run.template',
    message: `the job wants ${channel.name}, and the template ${template.name} has no ${first}`,
    place: { file },
    hint: `write ${first} in the template's folder, or take ${channel.name} out of the job`,
  })
  return false
}

async function prepareChannel(channel: Channel, planning: Planning): Promise<Result<PlannedChannel>> {
  const { file, template, brand } = planning
  const settings = settingsOf(channel, planning)
  const compiled = compileCheck(channel.settings as JsonSchema, file)
  if (!compiled.ok) return compiled
  const problems = compiled.value(settings)
  if (problems.length > 0) {
    return failed(
      ...problems.map(
        ({ message, hint, path, kind }): Fault => ({
          code: kind === 'unknown' ? 'schema.unknown' : 'schema.value',
          message: `channels.${channel.name}.${message}`,
          place: placeOf(channel.name, path, planning),
          ...(hint === undefined ? {} : { hint }),
        }),
      ),
    )
  }
  const sources = Object.fromEntries(Object.entries(template.sources).filter(([name]) => channel.files.includes(name)))
  const prepared = await channel.prepare({ sources, settings, brand, purpose: template.purpose ?? 'service' })
  return prepared.ok
    ? settle({ name: channel.name, settings, encloses: enclosedBy(channel, settings), prepared: prepared.value }, [])
    : failed(...prepared.faults.map(fault => atSetting(fault, channel.name, planning)))
}

/** Where a setting of a channel is written: in what asks for it, which goes before, or in the template. */
function placeOf(channel: string, path: string, { asked, file, template }: Planning): Place {
  const there = Object.hasOwn(asked[channel] ?? {}, path.split('.')[0] ?? '')
  return { file: there ? file : template.file, path: `channels.${channel}.${path}` }
}

/** A channel's fault about a setting (`channels.pdf.…`) stands where that is written, which the channel does not know. */
function atSetting(fault: Fault, channel: string, planning: Planning): Fault {
  const prefix = `channels.${channel}.`
  const path = fault.place?.path
  return path?.startsWith(prefix) === true
    ? { ...fault, place: placeOf(channel, path.slice(prefix.length), planning) }
    : fault
}

function enclosedBy(channel: Channel, settings: Data): readonly string[] {
  return channel.encloses.map(setting => settings[setting]).filter(other => typeof other === 'string')
}

/** A fact that is said to be on a channel and is not in its text: what the manifest lists there, nobody would read. */
function unshownFacts(
  template: Template,
  prints: TemplatePlan['prints'],
  legible: ReadonlySet<string>,
): readonly Fault[] {
  return template.facts.flatMap(({ name, value, on }) =>
    on
      .filter(channel => legible.has(channel) && prints[channel]?.includes(value) === false)
      .map(channel => ({
        code: 'run.template' as const,
        message: `the fact ${name} is said to be on ${channel}, and the template does not show it there`,
        place: { file: template.file },
        hint: `write {{fact '${name}'}} in the text of ${channel}, or take ${channel} out of its on:`,
      })),
  )
}

/** Settings of a channel: the template's, and over them those asked for. */
function settingsOf({ name }: Channel, { template, asked }: Planning): Data {
  return { ...template.channels[name], ...asked[name] }
}
