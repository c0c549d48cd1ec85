/** Channels as a plan has them: those asked for and what they enclose, audited, their settings checked, prepared. */
import {
  type Brand,
  type Channel,
  type Data,
  type Fault,
  failed,
  type JsonSchema,
  type Place,
  type Result,
  type RunView,
  settle,
  type Template,
} from '../../model/index.ts'
import { compileCheck } from '../../schema/index.ts'
import { auditTemplate, leadsNowhere } from '../../template/index.ts'
import type { PlannedChannel, TemplatePlan } from './plan.ts'
import type { Table } from './table.ts'
import { unshownFacts } from './unshown.ts'

/** What channels are planned from: a job's, or a template's alone. */
export interface Planning {
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

export async function planChannels(planning: Planning): Promise<Result<TemplatePlan>> {
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
  const prepared = new Map(channels.map(one => [one.name, one.prepared]))
  faults.push(...unshownFacts(template, audit, { channels: usable.filter(legible), prepared }))
  const warnings = [...audit.warnings, ...channels.flatMap(({ prepared }) => prepared.warnings ?? [])]
  return settle({ brand, template, channels, prints, warnings, modules: table.modules }, faults)
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
  const astray = strayPaths(channel, settings, planning)
  if (astray.length > 0) return failed(...astray)
  const sources = Object.fromEntries(Object.entries(template.sources).filter(([name]) => channel.files.includes(name)))
  const prepared = await channel.prepare({ sources, settings, brand, purpose: template.purpose ?? 'service' })
  return prepared.ok
    ? settle({ name: channel.name, settings, encloses: enclosedBy(channel, settings), prepared: prepared.value }, [])
    : failed(...prepared.faults.map(fault => atSetting(fault, channel.name, planning)))
}

/** Settings that name a place of the data which schema.json does not know. */
function strayPaths(channel: Channel, settings: Data, planning: Planning): readonly Fault[] {
  return Object.entries(channel.paths?.(settings) ?? {}).flatMap(([setting, path]): readonly Fault[] => {
    const flaw = leadsNowhere(planning.template.schema, path)
    if (flaw === undefined) return []
    const message = `channels.${channel.name}.${setting} leads nowhere: ${flaw.why}`
    const known = channel.settings['properties'] as Readonly<Record<string, JsonSchema>> | undefined
    const takes = known?.[setting]?.['description']
    const hint = typeof takes === 'string' ? `${flaw.hint} (it takes ${takes})` : flaw.hint
    return [{ code: 'schema.value', message, place: placeOf(channel.name, setting, planning), hint }]
  })
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

/** Settings of a channel: the template's, and over them those asked for. */
function settingsOf({ name }: Channel, { template, asked }: Planning): Data {
  return { ...template.channels[name], ...asked[name] }
}
