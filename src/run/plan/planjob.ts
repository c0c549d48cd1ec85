/** The plan of a job: its template, brand and channels, its rules, and all else that can be wrong of it without a row. */
import { dataFiles, inspectDrawing } from '../../intake/index.ts'
import { done, type Fault, failed, type Job, type Kit, quote, type Result, type Template } from '../../model/index.ts'
import { compileRoute } from '../../route/index.ts'
import { hintKnown, loadScript } from '../../schema/index.ts'
import { loadDressed, moneyFacts, type Plan, type PlannedChannel, type SettingPath, somePeriod } from './plan.ts'
import { planChannels } from './planchannels.ts'
import type { Table } from './table.ts'

/** Makes the plan of a job from its kit. All faults are reported, brand first, then template, then channels and rules. */
export async function planJob(kit: Kit, job: Job, table: Table): Promise<Result<Plan>> {
  const dressed = await loadDressed(kit, {
    name: job.template,
    channels: table.channels,
    ahead: Object.keys(job.channels),
  })
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
