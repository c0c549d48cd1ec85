/** The channel table of a factory: the ones that Platen has, then those handed in from outside. */
import { channels } from '../channels/index.ts'
import { type Channel, done, type Fault, failed, type Result } from '../model/index.ts'

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
      const { default: channel } = (await import(/* @vite-ignore */ url)) as { readonly default?: unknown }
      if (!isChannel(channel)) refuse(url, 'the module exports no channel')
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

function isChannel(value: unknown): value is Channel {
  const { name, files, prepare, open, output } = (value ?? {}) as Partial<Channel>
  return (
    typeof name === 'string' &&
    Array.isArray(files) &&
    typeof prepare === 'function' &&
    typeof open === 'function' &&
    output !== undefined
  )
}
