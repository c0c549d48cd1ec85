/** The channel table of a factory: the ones that Platen has, then those handed in from outside. */
import { channels } from '../../channels/index.ts'
import { type Channel, done, type Fault, failed, type Result } from '../../model/index.ts'

/** Channels in the order of rendering, and the modules that some of them come from, for workers to load again. */
export interface Table {
  readonly channels: readonly Channel[]
  /** URLs of modules whose default export is a channel. */
  readonly modules: readonly string[]
}

/** Loads the table. Faults: modules that cannot be loaded, that export no channel, or whose name is taken. */
export async function loadTable(modules: readonly string[] = []): Promise<Result<Table>> {
  const all: Channel[] = [...channels]
  const faults: Fault[] = []
  const refuse = (url: string, message: string): void => {
    const hint = 'a module of a channel has it as its default export; see docs/library.md'
    faults.push({ code: 'run.channel', message, place: { file: url }, hint })
  }
  for (const url of modules) {
    try {
      const { default: exported } = (await import(/* @vite-ignore */ url)) as { readonly default?: unknown }
      const lacking = lacks(exported)
      const channel = exported as Channel
      if (lacking.length > 0) refuse(url, lackingWords(lacking))
      else if (all.some(({ name }) => name === channel.name)) refuse(url, `there is a channel ${channel.name} already`)
      else all.push(channel)
    } catch (error) {
      refuse(url, `the module cannot be loaded: ${(error as Error).message.split('\n')[0]}`)
    }
  }
  return faults.length > 0 ? failed(...faults) : done({ channels: all, modules })
}

/** A channel of the table, by a name that a plan has checked. */
export function channelNamed({ channels: all }: Table, name: string): Channel {
  const channel = all.find(candidate => candidate.name === name)
  if (channel === undefined) throw new Error(`there is no channel ${name}`)
  return channel
}

/** What has to be there, and how; what may be absent is not looked at. */
const contract: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: isText,
  files: value => isTexts(value) && value.length > 0,
  escape: value => ['markup', 'html', 'none'].includes(value as string),
  settings: value => typeof value === 'object' && value !== null,
  encloses: isTexts,
  output: value => {
    const { folder, extension, lines } = (value ?? {}) as Readonly<Record<string, unknown>>
    return isText(folder) && (isText(extension) || isText(lines))
  },
  prepare: value => typeof value === 'function',
  open: value => typeof value === 'function',
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText)
}

/** Names of what a channel has not, or not as the contract has it. */
function lacks(exported: unknown): readonly string[] {
  const fields = (exported ?? {}) as Readonly<Record<string, unknown>>
  return Object.entries(contract).flatMap(([name, fits]) => (fits(fields[name]) ? [] : [name]))
}

function lackingWords(lacking: readonly string[]): string {
  if (lacking.length === Object.keys(contract).length) return 'the module exports no channel'
  const them = lacking.length > 1 ? 'them' : 'it'
  return `the channel of the module has no ${lacking.join(' and no ')}, or not as the contract has ${them}`
}
