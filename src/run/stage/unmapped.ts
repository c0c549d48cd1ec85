/** Paths of template.yaml and schema.json that the files have no column for: each row looks right by itself, and all of them lack it. */
import type { Intake, Lack } from '../../intake/index.ts'
import { type Data, type Fault, lookup } from '../../model/index.ts'
import type { Plan } from '../plan/plan.ts'

/** A place of template.yaml, or of the job, that maps a path of the data. */
interface Mapping {
  /** As it is written there: `recipient.email`. */
  readonly name: string
  /** Where it is written. */
  readonly file: string
  readonly path: string
  /** What comes of the batch without it. */
  readonly without: string
  /** Whether a batch without it is never meant. */
  readonly refused: boolean
  /** What to do where the data has none. */
  readonly drop: string
}

export interface Unmapped {
  /** Takes note of what a communication has after all: prepare.js may have brought it. */
  readonly see: (data: Data) => void
  /** Once all are seen. Faults refuse the batch. `missing`: paths that rejects lacked; `made`: how many communications there are. */
  readonly tell: (batch: { readonly missing: Iterable<string>; readonly made: number }) => {
    readonly faults: readonly Fault[]
    readonly warnings: readonly Fault[]
  }
}

/** Looks for the columns once; only what no file has is looked for in the communications. */
export function openUnmapped(plan: Plan, ask: Intake['lacking']): Unmapped {
  const { template } = plan
  // What begins with a name that no file has is prepare.js's own: only a slip of the pen is told of it.
  const lacking = (path: string): Lack | undefined => {
    const lack = ask(path)
    const own = template.prepare !== undefined && ask(path.split('.')[0] as string) !== undefined
    return own && lack?.slip !== true ? undefined : lack
  }
  const absent = new Map(
    mappings(plan).flatMap(mapping => {
      const lack = lacking(mapping.path)
      return lack === undefined ? [] : [[mapping, lack] as const]
    }),
  )
  const toldOf = ({ name, file, path, without, drop }: Mapping, { fault, slip }: Lack): Fault => {
    const { message, hint = '' } = fault
    // The hint of a slip is a question.
    const otherwise = slip ? ' If' : '; if'
    return {
      ...fault,
      message: `${message}, where ${name} of ${file} looks for it (${path}): ${without}`,
      hint: `${hint}${otherwise} the data has none, ${drop}`,
    }
  }
  return {
    see: data => {
      for (const mapping of absent.keys()) if ((lookup(data, mapping.path) ?? null) !== null) absent.delete(mapping)
    },
    tell: ({ missing, made }) => {
      const required = made > 0 ? [] : [...missing].flatMap(path => needed(path, lacking(path), template.schemaFile))
      const mapped = made === 0 ? [] : [...absent]
      return {
        faults: [
          ...required,
          ...mapped.filter(([{ refused }]) => refused).map(([mapping, lack]) => toldOf(mapping, lack)),
        ],
        warnings: mapped.filter(([{ refused }]) => !refused).map(([mapping, lack]) => toldOf(mapping, lack)),
      }
    },
  }
}

function needed(path: string, lack: Lack | undefined, schemaFile: string): readonly Fault[] {
  if (lack === undefined) return []
  const { fault } = lack
  return [{ ...fault, message: `${fault.message}, and ${schemaFile} requires ${path}: every communication lacks it` }]
}

function mappings({ template, brand, job, addresses, settingPaths, prints }: Plan): readonly Mapping[] {
  const { recipient, consent, purpose, facts } = template
  const { file } = template
  const sent = Object.keys(job.channels)
  const warned = (name: string, path: string, without: string): Mapping => {
    return { name, file, path, without, refused: false, drop: `take ${name} out of template.yaml` }
  }
  const refused = (name: string, path: string, without: string, drop: string): Mapping => {
    return { name, file, path, without, refused: true, drop }
  }
  return [
    ...Object.entries(recipient).flatMap(([part, path]): readonly Mapping[] => {
      const name = `recipient.${part}`
      const needs = sent.filter(channel => addresses[channel] === part).join(', ')
      if (needs !== '')
        return [refused(name, path, `nobody has an address on ${needs}`, `take ${needs} out of the job's channels`)]
      if (part === 'locale') return [warned(name, path, `all read ${brand.locale}`)]
      return sent.some(channel => prints[channel]?.includes(path)) ? [warned(name, path, 'it is empty for all')] : []
    }),
    ...(consent !== undefined && purpose === 'marketing'
      ? [refused('consent', consent, 'nobody agrees to anything', 'there is nobody to write to')]
      : []),
    ...settingPaths.map(({ channel, setting, path, file: where }): Mapping => {
      const name = `channels.${channel}.${setting}`
      const drop = `take ${name} out of ${where === file ? 'template.yaml' : 'the job'}`
      return { name, file: where, path, without: 'it is empty for all', refused: true, drop }
    }),
    ...facts
      .filter(({ on }) => on.some(channel => sent.includes(channel)))
      .map(({ name, value }) => warned(`facts.${name}`, value, 'it is proved on no piece')),
  ]
}
