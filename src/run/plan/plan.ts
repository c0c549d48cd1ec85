/** Plan: load, compile and audit everything. Whatever can be wrong without a row is wrong here. */
import { loadBrand } from '../../brand/index.ts'
import { dataFiles, inspectDrawing } from '../../intake/index.ts'
import {
  type Brand,
  type Channel,
  type Data,
  done,
  type Fault,
  failed,
  type Job,
  type Kit,
  type Period,
  type Prepared,
  quote,
  type Result,
  type Template,
} from '../../model/index.ts'
import { compileRoute, type Route, type Suppression } from '../../route/index.ts'
import { hintKnown, loadScript } from '../../schema/index.ts'
import { isCurrencyCode, loadTemplate } from '../../template/index.ts'
import { isSummed } from '../prove/prove.ts'
import { planChannels } from './planchannels.ts'
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
  /** The recipient's address that each channel needs, by its name. */
  readonly addresses: Readonly<Record<string, Channel['address']>>
  /** Paths into the data that settings of its channels name, those of enclosed ones too. */
  readonly settingPaths: readonly SettingPath[]
  /** Who is not written to; absent: nobody was asked about. */
  readonly suppression?: Suppression
}

/** A setting of a channel that names a place of the data. */
export interface SettingPath {
  readonly channel: string
  readonly setting: string
  readonly path: string
  /** Which file says so. */
  readonly file: string
}

/** A template, and the brand that it is made in. */
export interface Dressed {
  readonly brand: Brand
  readonly template: Template
}

/** Makes the plan of a job from its kit. All faults are reported, brand first, then template, then channels and rules. */
export async function planJob(kit: Kit, job: Job, table: Table): Promise<Result<Plan>> {
  const dressed = await loadDressed(kit, job.template, table.channels)
  const scripts = await checkScripts(job, dressed.ok ? dressed.value.template : undefined)
  if (!dressed.ok || scripts.length > 0) return failed(...(dressed.ok ? [] : dressed.faults), ...scripts)
  const { brand, template } = dressed.value
  const planned = await planChannels({
    brand,
    template,
    table,
    asked: job.channels,
    file: job.file,
    run: { set: job.set, ...somePeriod(job.period) },
  })
  const addresses = Object.fromEntries(table.channels.map(({ name, address }) => [name, address]))
  const route = compileRoute(job, template.schema, addresses)
  const faults = [
    ...inspectDrawing(job, template.schema, { schemaFile: template.schemaFile, prepare: template.prepare?.text }),
    ...onceWithoutPeriod(template, job),
    ...unknownBounds(template, job),
  ]
  if (!planned.ok || !route.ok || faults.length > 0)
    return failed(...(planned.ok ? [] : planned.faults), ...(route.ok ? [] : route.faults), ...faults)
  const files = Object.fromEntries([...kit.values()].map(({ shown, name }) => [shown, name]))
  const settingPaths = pathsOfSettings(planned.value.channels, { table, job, template })
  return done({ job, ...planned.value, route: route.value, addresses, settingPaths, files })
}

function pathsOfSettings(
  channels: readonly PlannedChannel[],
  { table, job, template }: { readonly table: Table; readonly job: Job; readonly template: Template },
): readonly SettingPath[] {
  return channels.flatMap(({ name: channel, settings }) => {
    const paths = table.channels.find(({ name }) => name === channel)?.paths?.(settings) ?? {}
    return Object.entries(paths).map(([setting, path]) => {
      const { file } = Object.hasOwn(job.channels[channel] ?? {}, setting) ? job : template
      return { channel, setting, path, file }
    })
  })
}

/** Scripts are loaded here only to see that they can be; intake loads them again. */
async function checkScripts(job: Job, template: Template | undefined): Promise<readonly Fault[]> {
  const sources = [...dataFiles(job).map(({ clean }) => clean), template?.prepare].filter(
    source => source !== undefined,
  )
  const loaded = await Promise.all(sources.map(loadScript))
  return loaded.flatMap(script => (script.ok ? [] : script.faults))
}

/** Loads a template and the brand that it is made in. All faults are reported, brand first. */
export async function loadDressed(kit: Kit, name: string, channels: readonly Channel[]): Promise<Result<Dressed>> {
  const brand = await loadBrand(kit)
  const template = loadTemplate(kit, name, channels)
  if (brand.ok && template.ok) return done({ brand: brand.value, template: template.value })
  return failed(...(brand.ok ? [] : brand.faults), ...(template.ok ? [] : template.faults))
}

/** The channels that a template has a file for, in the order of the table. */
export function servedBy({ sources }: Template, channels: readonly Channel[]): readonly Channel[] {
  return channels.filter(({ files: [file] }) => file !== undefined && file in sources)
}

/**
 * Makes the plan of a template alone, on the channels given with what they enclose, by default on every channel that it has a file
 * for; `set`: names of the settings that it is given.
 */
export async function planTemplate(
  { brand, template }: Dressed,
  {
    table,
    set,
    period,
    channels = servedBy(template, table.channels).map(({ name }) => name),
  }: {
    readonly table: Table
    readonly set: readonly string[]
    readonly period?: Period | undefined
    readonly channels?: readonly string[]
  },
): Promise<Result<TemplatePlan>> {
  const { file, once } = template
  return planChannels({
    brand,
    template,
    table,
    asked: Object.fromEntries(channels.map(name => [name, {}])),
    file,
    run: {
      set: Object.fromEntries(set.map(name => [name, ''])),
      ...(period === undefined ? somePeriod(once === 'period' ? { unit: 'month' } : undefined) : { period }),
    },
  })
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
  const one = currency === undefined || isCurrencyCode(currency)
  return one ? facts.filter(({ as }) => as === 'money').map(({ name }) => name) : []
}

/** The code of the currency that all documents are in; undefined where each has its own. */
export function oneCurrency({ currency }: Template, brand: Brand): string | undefined {
  if (currency === undefined) return brand.currency
  return isCurrencyCode(currency) ? currency : undefined
}

/** Facts whose values are read back and added up; amounts with where each document's currency stands, if that is its own. */
export function summedFacts({ facts, currency }: Template) {
  const own = currency === undefined || isCurrencyCode(currency) ? {} : { currency }
  return facts
    .filter(isSummed)
    .map(({ name, as, value, on }) => ({ name, as, value, on, ...(as === 'money' ? own : {}) }))
}

/** Any period will do where only its presence matters. */
function somePeriod(period: Job['period']): { readonly period?: Period } {
  return period === undefined ? {} : { period: period.fixed ?? { text: '', unit: period.unit, start: '', end: '' } }
}
