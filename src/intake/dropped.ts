/** Names that the schema does not know, as far as people of the factory wrote them: a name of the data may be somebody's own. */
import type { Job, JsonSchema } from '../model/index.ts'
import { isObject } from '../schema/index.ts'
import { columnName } from './header.ts'
import type { Reader } from './raw.ts'
import type { Table } from './tables.ts'

/** What was left out of the data. */
export interface DroppedNames {
  /** Dotted, without positions (`lines.code`), in order: those that job, schema, scripts or a header write. */
  readonly named: readonly string[]
  /** How many others there are: they may be told only by number. At most `mostOthers`. */
  readonly others: number
}

/** Where names are written by other people than those the data is about. */
export interface Written {
  readonly job: Job
  readonly schema: JsonSchema
  readonly tables: readonly Table[]
  readonly readers: readonly Reader[]
  /** The source of prepare.js. */
  readonly prepare?: string | undefined
}

/** Others are told apart up to so many: a batch may have one for each customer. */
export const mostOthers = 1000

export class Dropped {
  readonly #known: ReadonlySet<string>
  readonly #named = new Set<string>()
  readonly #others = new Set<string>()

  constructor(known: ReadonlySet<string>) {
    this.#known = known
  }

  /** Takes note of a name, with the names on the way to it. */
  add(steps: readonly string[]): void {
    const path = steps.join('.')
    if (steps.every(step => this.#known.has(step))) this.#named.add(path)
    else if (this.#others.size < mostOthers) this.#others.add(path)
  }

  all(): DroppedNames {
    return { named: [...this.#named].sort(), others: this.#others.size }
  }
}

/** Every name that stands in the job's drawing, the schema, a script, or the header of a file. */
export function writtenNames({ job, schema, tables, readers, prepare = '' }: Written): ReadonlySet<string> {
  const scripts = [prepare, ...tables.map(({ file }) => file.clean?.text ?? '')]
  return new Set([
    ...keysOf(job.data.fields ?? {}),
    // What JSON without a drawing brings is not among them: that is read later.
    ...readers.flatMap(({ header }) => header?.names ?? []).map(columnName),
    ...keysOf(schema),
    ...scripts.flatMap(text => text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []),
  ])
}

/** The names in a tree, and the texts: a drawing's leaves are columns. */
function keysOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value, ...value.split('.')]
  if (Array.isArray(value)) return value.flatMap(keysOf)
  return isObject(value) ? Object.entries(value).flatMap(([name, inner]) => [name, ...keysOf(inner)]) : []
}
