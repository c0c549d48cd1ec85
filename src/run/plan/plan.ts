/** Plans: a template and its brand, loaded, compiled and audited. Whatever can be wrong without a row is wrong here. */
import { setImmediate } from 'node:timers/promises'
import { beginBrand } from '../../brand/index.ts'
import { loadAhead } from '../../channels/index.ts'
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
  type Result,
  type Template,
} from '../../model/index.ts'
import type { Route, Suppression } from '../../route/index.ts'
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
  /** Schema paths that each of them prints: what the glyph gate looks at. */
  readonly prints: Readonly<Record<string, readonly string[]>>
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

/**
 * Loads a template and the brand that it is made in. All faults are reported, brand first. `ahead`: channels whose pieces are most likely to be
 * made; they are loaded while images are drawn.
 */
export async function loadDressed(
  kit: Kit,
  {
    name,
    channels,
    ahead = [],
  }: { readonly name: string; readonly channels: readonly Channel[]; readonly ahead?: readonly string[] },
): Promise<Result<Dressed>> {
  const dressing = beginBrand(kit)
  const template = loadTemplate(kit, name, channels)
  // What was measured meanwhile is drawn from now on.
  await setImmediate()
  if (template.ok) loadAhead(ahead)
  const brand = await dressing()
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
export function somePeriod(period: Job['period']): { readonly period?: Period } {
  return period === undefined ? {} : { period: period.fixed ?? { text: '', unit: period.unit, start: '', end: '' } }
}
