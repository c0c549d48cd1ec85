/** Questions to the communications and rejects of run.db: found by id, and looked into by path. */
import type { DatabaseSync } from 'node:sqlite'
import type { Fault, RowPlace } from '../model/index.ts'
import { all, one } from './database.ts'
import { firstLine, unpackOrigin } from './origin.ts'

/** A communication, or a reject with its faults, and all that is known of where it came from. */
export interface FoundById {
  readonly seq: number
  readonly id: string
  /** Its rows. */
  readonly count: number
  /** Where they stand; one place may cover several. */
  readonly rows: readonly RowPlace[]
  readonly route?: string
  readonly faults?: readonly Fault[]
}

/** What stands at some paths of a communication's data, as text, with its id, the line of its first row and what prepare.js brought in. */
export interface Identifying {
  readonly id: string
  readonly line: number
  /** In the order of the paths; undefined where nothing stands. */
  readonly values: readonly (string | undefined)[]
  readonly brought: readonly string[]
}

/** In which languages people are written to, in order. */
export function readLocales(database: DatabaseSync): readonly string[] {
  const query =
    "SELECT DISTINCT json_extract(text, '$.locale') AS locale FROM communication WHERE text <> '' ORDER BY locale"
  return all<{ locale: string | null }>(database.prepare(query)).flatMap(({ locale }) => locale ?? [])
}

export function countCommunications(database: DatabaseSync): number {
  const { n } = database.prepare('SELECT count(*) AS n FROM communication').get() as { n: number }
  return n
}

export function* readIdentities(database: DatabaseSync, paths: readonly string[]): Generator<Identifying> {
  const columns = paths.map((_, at) => `json_extract(text, ?) AS v${at}`).join(', ')
  const rows = database
    .prepare(
      `SELECT id, ${firstLine('communication')} AS line, json_extract(text, '$.brought') AS brought, ${columns} FROM communication`,
    )
    .iterate(...paths.map(dataPath)) as Iterable<Record<string, unknown>>
  for (const row of rows) {
    const values = paths.map((_, at) => row[`v${at}`] ?? undefined)
    const brought = typeof row['brought'] === 'string' ? (JSON.parse(row['brought']) as string[]) : []
    yield {
      id: row['id'] as string,
      line: row['line'] as number,
      values: values.map(value => (value === undefined ? undefined : String(value))),
      brought,
    }
  }
}

/** A communication as it was staged: JSON text; empty where there is none, or where it was purged. */
export function readText(database: DatabaseSync, seq: number): string {
  return one<{ text: string }>(database.prepare('SELECT text FROM communication WHERE seq = ?'), seq)?.text ?? ''
}

/** What a communication, or the reject that it became, is called, and where its rows stand; no rows once it is purged. */
export interface Origin {
  readonly id: string
  readonly rows: readonly RowPlace[]
}

/** Looks origins up by number; undefined where there is no such communication. */
export function originReader(database: DatabaseSync): (seq: number) => Origin | undefined {
  const from = (table: string): string => `SELECT id, origin FROM ${table} WHERE seq = ? AND id IS NOT NULL`
  const query = database.prepare(`${from('communication')} UNION ALL ${from('reject')}`)
  return seq => {
    const found = one<{ id: string; origin: string }>(query, seq, seq)
    return found === undefined ? undefined : { id: found.id, rows: unpackOrigin(found.origin) }
  }
}

/** The communication, else the reject, whose id is meant. */
export function findById(database: DatabaseSync, isMeant: (id: string) => boolean): FoundById | undefined {
  const columns = 'SELECT seq, id, rows, origin, route, NULL AS faults FROM communication WHERE id IS NOT NULL'
  const rejects = 'SELECT seq, id, rows, origin, NULL, faults FROM reject WHERE id IS NOT NULL'
  const known = database.prepare(`${columns} UNION ALL ${rejects}`).iterate() as Iterable<{
    seq: number
    id: string
    rows: number
    origin: string
    route: string | null
    faults: string | null
  }>
  for (const { seq, id, rows, origin, route, faults } of known) {
    if (!isMeant(id)) continue
    return {
      seq,
      id,
      count: rows,
      rows: unpackOrigin(origin),
      ...(route === null ? {} : { route }),
      ...(faults === null ? {} : { faults: JSON.parse(faults) as Fault[] }),
    }
  }
  return undefined
}

/** Where a path of the data stands in a communication's text, as SQLite has it. */
export function dataPath(path: string): string {
  return `$.data${path
    .split('.')
    .map(step => `."${step.replaceAll('"', '\\"')}"`)
    .join('')}`
}
