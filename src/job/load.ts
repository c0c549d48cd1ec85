/** A job file, read and checked: YAML -> Job. */
import {
  type Data,
  type DataRoot,
  type Expectation,
  type Fault,
  failed,
  type Job,
  type JsonSchema,
  type Place,
  quote,
  type Result,
  type Source,
  settle,
} from '../model/index.ts'
import { hintKnown, readSettings } from '../schema/index.ts'
import { readAllowance } from './allowance.ts'
import { toBounds } from './bounds.ts'
import { readExpectation, toExpectation } from './expect.ts'
import { readFields } from './fields.ts'
import { fileReader } from './files.ts'
import { periodExample, periodUnits, readPeriod } from './period.ts'
import { type JobSettings, jobSchema } from './settings.ts'

export interface LoadJobRequest {
  /** The job's name: its file's name without extension. */
  readonly name: string
  readonly source: Source
  /** A text file by its path relative to the job; undefined where there is none. */
  readonly read: (path: string) => Source | undefined
  /** Channel names, in the order of the channel table. */
  readonly channels: readonly string[]
  /** JSON Schemas of their settings, by name. */
  readonly settings?: Readonly<Record<string, JsonSchema>>
}

/** Reads a job. Faults name file, line and column; all of them are reported. */
export function loadJob({ name, source, read, channels, settings: ofChannels = {} }: LoadJobRequest): Result<Job> {
  const parsed = readSettings<JobSettings>(source, schemaWith(ofChannels))
  if (!parsed.ok) return failed(...parsed.faults)
  const { value: settings, at } = parsed.value
  const faults: Fault[] = []
  const refuse: Refuse = (place, message, hint) => {
    faults.push({ code: 'job.value', message, place: at(place), hint })
  }
  const job: Job = {
    name,
    file: source.file,
    template: settings.template,
    data: readData(settings, at, read, faults),
    channels: readChannels(settings, channels, refuse),
    rejects: readRejects(settings, refuse),
    set: Object.fromEntries(Object.entries(settings.set ?? {}).map(([key, value]) => [key, String(value)])),
    allowEmpty: settings.allowEmpty ?? false,
    ...(settings.assets === undefined ? {} : { assets: settings.assets }),
    ...(settings.templates === undefined ? {} : { templates: settings.templates }),
    ...readPeriodSetting(settings, refuse),
    ...readRoute(settings, at, refuse),
    ...readExpect(settings, at, read, faults),
    ...(settings.bounds === undefined ? {} : { bounds: toBounds(settings.bounds) }),
  }
  return settle(job, inOrder(faults, source.file))
}

/** The schema of jobs with that of each channel's settings; what must be set may be set by the template. */
function schemaWith(ofChannels: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const { channels, ...properties } = jobSchema['properties'] as Readonly<Record<string, JsonSchema>>
  const settings = Object.entries(ofChannels).map(([name, { required: _, ...schema }]) => [
    name,
    { ...schema, type: ['object', 'null'] },
  ])
  return {
    ...jobSchema,
    properties: { ...properties, channels: { ...channels, properties: Object.fromEntries(settings) } },
  }
}

/** Faults of the job file by line; those of files that it names after them. */
function inOrder(faults: readonly Fault[], file: string): readonly Fault[] {
  const line = ({ place }: Fault): number => (place?.file === file ? (place.line ?? 0) : Number.MAX_SAFE_INTEGER)
  return faults.toSorted((a, b) => line(a) - line(b))
}

type At = (path: string | readonly (string | number)[]) => Place
type Refuse = (path: string | readonly (string | number)[], message: string, hint: string) => void

function readData(settings: JobSettings, at: At, read: LoadJobRequest['read'], faults: Fault[]): DataRoot {
  const { key, fields } = settings.data
  const files = fileReader({ first: settings.data, at, script: read, faults })
  return {
    ...files.read(settings.data, ['data']),
    key,
    ...(fields === undefined
      ? {}
      : { fields: readFields(fields, files, faults, { steps: ['data', 'fields'], insideRows: false }) }),
  }
}

function readChannels(settings: JobSettings, known: readonly string[], refuse: Refuse): Job['channels'] {
  for (const channel of Object.keys(settings.channels)) {
    if (!known.includes(channel))
      refuse(['channels', channel], `${channel} is not a channel`, hintKnown(channel, known))
  }
  const named = known.filter(channel => Object.hasOwn(settings.channels, channel))
  return Object.fromEntries(named.map(channel => [channel, (settings.channels[channel] ?? {}) as Data]))
}

function readRejects({ rejects = 0 }: JobSettings, refuse: Refuse): Job['rejects'] {
  const allowance = readAllowance(String(rejects))
  if (allowance === undefined)
    refuse('rejects', `rejects is neither a count nor a share (found ${quote(String(rejects))})`, 'write 12 or 10%')
  return allowance ?? { count: 0 }
}

function readPeriodSetting({ period }: JobSettings, refuse: Refuse): Pick<Job, 'period'> {
  if (period === undefined) return {}
  const unit = periodUnits.find(candidate => candidate === period)
  if (unit !== undefined) return { period: { unit } }
  const fixed = readPeriod(String(period))
  if (fixed !== undefined) return { period: { unit: fixed.unit, fixed } }
  refuse(
    'period',
    `period is not a period (found ${quote(String(period))})`,
    `write one of ${periodUnits.join(', ')}, or a fixed one such as ${periodUnits.map(periodExample).join(', ')}`,
  )
  return {}
}

function readRoute({ route, channels }: JobSettings, at: At, refuse: Refuse): Pick<Job, 'route'> {
  if (route === undefined) return {}
  const known = Object.keys(channels)
  route.forEach((rule, position) => {
    for (const [index, channel] of rule.to.entries()) {
      if (known.includes(channel)) continue
      refuse(
        ['route', position, 'to', index],
        `the rule sends to ${channel}, which is not a channel of this job`,
        hintKnown(channel, known),
      )
    }
    if (rule.when === undefined && position < route.length - 1) {
      refuse(
        ['route', position],
        'a rule without `when` always holds, so the rules after it are never reached',
        'move it to the end',
      )
    }
  })
  return { route: route.map((rule, position) => ({ ...rule, line: at(['route', position]).line ?? 1 })) }
}

function readExpect(
  { expect }: JobSettings,
  at: At,
  read: LoadJobRequest['read'],
  faults: Fault[],
): { readonly expect?: Expectation } {
  if (expect === undefined) return {}
  if (typeof expect !== 'string') return { expect: toExpectation(expect, at('expect').file) }
  const source = read(expect)
  if (source === undefined) {
    faults.push({
      code: 'job.value',
      message: `the control totals ${expect} are not there`,
      place: at('expect'),
      hint: 'paths in a job are relative to the job file',
    })
    return {}
  }
  const found = readExpectation(source)
  if (found.ok) return { expect: found.value }
  faults.push(...found.faults)
  return {}
}
