/** A template's folder in the kit to a checked Template. */
import {
  done,
  type Fault,
  failed,
  type JsonSchema,
  type Kit,
  type KitFile,
  quote,
  type Result,
  type Source,
  settle,
  type Template,
} from '../model/index.ts'
import {
  compileCheck,
  hintKnown,
  holdsDerived,
  isObject,
  parseJson,
  readSchema,
  readSettings,
} from '../schema/index.ts'
import { checkHead, type Head, headSchema } from './head.ts'
import { readWording } from './wordingfiles.ts'

/** What a template has to know of a channel. */
export interface ChannelFiles {
  readonly name: string
  readonly files: readonly string[]
  /** JSON Schema of its settings. */
  readonly settings: JsonSchema
}

/** Reads `templates/<name>/` of the kit. Everything that can be wrong in its files by themselves is a fault; the sources are audited apart. */
export function loadTemplate(kit: Kit, name: string, channels: readonly ChannelFiles[]): Result<Template> {
  const folder = `templates/${name}/`
  const files = new Map(
    [...kit].filter(([file]) => file.startsWith(folder)).map(([file, it]) => [file.slice(folder.length), it]),
  )
  if (files.size === 0) {
    const known = [
      ...new Set([...kit.keys()].map(file => /^templates\/([^/]+)\//.exec(file)?.[1]).filter(it => it !== undefined)),
    ]
    return failed({
      code: 'template.missing',
      message: `the template ${quote(name)} has no files`,
      place: { file: `templates/${name}` },
      hint: hintKnown(name, known, 'see docs/template.md for the files of a template'),
    })
  }
  const faults: Fault[] = []
  const take = <T>(result: Result<T>): T | undefined => {
    if (result.ok) return result.value
    faults.push(...result.faults)
    return undefined
  }
  const text = (file: string): Source | undefined => {
    const found = files.get(file)
    return found === undefined ? undefined : take(decode(found))
  }
  const need = (file: string): Source | undefined => {
    if (files.has(file)) return text(file)
    const first = [...files.values()][0] as KitFile
    const shown = first.shown.slice(0, first.shown.length - (first.name.length - folder.length)) + file
    faults.push({
      code: 'template.missing',
      message: `the template ${quote(name)} has no ${file}`,
      place: { file: shown },
      hint: 'write it: docs/template.md tells what stands in it',
    })
    return undefined
  }

  const headSource = need('template.yaml')
  const schemaSource = need('schema.json')
  const head = headSource && take(readSettings<Head | null>(headSource, headSchema(channels)))
  const schema = schemaSource && take(parseSchema(schemaSource))
  const sources = readSources(files, channels, faults)
  const wording = readWording(byName(files, /^text\/([^/]+)\.json$/, faults), faults)
  const prepare = text('prepare.js')
  const samples = byName(files, /^samples\/([^/]+)\.json$/, faults)
  if (head === undefined || schema === undefined || headSource === undefined || schemaSource === undefined)
    return failed(...faults)

  const {
    version = 1,
    once = 'ever',
    purpose,
    consent,
    currency,
    recipient = {},
    facts = {},
    channels: settings = {},
  } = head.value ?? {}
  const template: Template = {
    name,
    file: headSource.file,
    version,
    once,
    ...(purpose === undefined ? {} : { purpose }),
    ...(consent === undefined ? {} : { consent }),
    ...(currency === undefined ? {} : { currency }),
    recipient,
    facts: Object.entries(facts).map(([fact, { value, as = 'text', on, identity = false }]) => ({
      name: fact,
      value,
      as,
      on: on ?? channels.filter(channel => channel.files.some(file => file in sources)).map(channel => channel.name),
      identity,
    })),
    channels: settings,
    schema,
    schemaFile: schemaSource.file,
    ...(prepare === undefined ? {} : { prepare }),
    sources,
    wording,
    samples,
  }
  faults.push(...checkHead(template, head))
  if (prepare === undefined && !files.has('prepare.js') && holdsDerived(readSchema(schema))) {
    faults.push({
      code: 'template.missing',
      message: 'the schema has values that prepare.js works out ("derived"), and there is no prepare.js',
      place: { file: schemaSource.file },
      hint: 'add prepare.js, or take the marks away',
    })
  }
  return settle(template, faults)
}

function decode(file: KitFile): Result<Source> {
  try {
    return done({ file: file.shown, text: new TextDecoder('utf-8', { fatal: true }).decode(file.bytes) })
  } catch {
    return failed({
      code: 'template.text',
      message: 'the file is not UTF-8 text',
      place: { file: file.shown },
      hint: 'save it as UTF-8',
    })
  }
}

function parseSchema(source: Source): Result<JsonSchema> {
  const parsed = parseJson(source, { numbers: 'double' })
  if (!parsed.ok) return parsed
  const schema = parsed.value
  if (!isObject(schema) || Array.isArray(schema)) {
    return failed({
      code: 'schema.invalid',
      message: 'this is not a JSON Schema of an object',
      place: { file: source.file },
      hint: 'begin with { "type": "object", "properties": … }',
    })
  }
  const compiled = compileCheck(schema as JsonSchema, source.file)
  return compiled.ok ? done(schema as JsonSchema) : compiled
}

/** The channels' sources. A .hbs file that no channel takes would silently never be used. */
function readSources(
  files: ReadonlyMap<string, KitFile>,
  channels: readonly ChannelFiles[],
  faults: Fault[],
): Template['sources'] {
  const known = channels.flatMap(channel => channel.files)
  const sources: Record<string, Source> = {}
  for (const [file, found] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (known.includes(file)) {
      const source = decode(found)
      if (source.ok) sources[file] = source.value
      else faults.push(...source.faults)
    } else if (file.endsWith('.hbs')) {
      faults.push({
        code: 'template.missing',
        message: `no channel takes the file ${file}`,
        place: { file: found.shown },
        hint: hintKnown(file, known),
      })
    }
  }
  return sources
}

function byName(
  files: ReadonlyMap<string, KitFile>,
  pattern: RegExp,
  faults: Fault[],
): Readonly<Record<string, Source>> {
  const found: [string, Source][] = []
  for (const [file, it] of files) {
    const name = pattern.exec(file)?.[1]
    if (name === undefined) continue
    const source = decode(it)
    if (source.ok) found.push([name, source.value])
    else faults.push(...source.faults)
  }
  return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)))
}
