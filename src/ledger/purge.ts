/** Personal data taken out of run.db for good: counts, digests and events stay. */
import type { DatabaseSync } from 'node:sqlite'
import { announce, type Fault } from '../model/index.ts'
import { inPages } from './database.ts'
import { readStagedIds } from './staging.ts'

interface RejectedWords {
  readonly seq: number
  readonly id: string | null
  /** JSON text. */
  readonly faults: string
}

const rejectsAtOnce = 500

/** Ids become keyed hashes; staged texts, places, sums, facts, file names and words of faults go. Part of the caller's transaction. */
export function wipe(database: DatabaseSync, hashId: (id: string) => string): void {
  const put = database.prepare("UPDATE communication SET id = ?, text = '', origin = '[]', sums = '{}' WHERE seq = ?")
  for (const { seq, id } of readStagedIds(database)) put.run(hashId(id), seq)
  const reject = database.prepare("UPDATE reject SET id = ?, faults = ?, origin = '[]', sums = '{}' WHERE seq = ?")
  const rejects = 'SELECT seq, id, faults FROM reject WHERE seq > ?'
  for (const { seq, id, faults } of inPages<RejectedWords>(database, rejects, rejectsAtOnce)) {
    const codes = (JSON.parse(faults) as Fault[]).map(({ code, place }) => ({
      code,
      message: '',
      ...(place === undefined
        ? {}
        : { place: { file: place.file, ...(place.line === undefined ? {} : { line: place.line }) } }),
    }))
    reject.run(id === null ? null : hashId(id), JSON.stringify(codes), seq)
  }
  database.exec('UPDATE piece SET detail = NULL, file = NULL, facts = NULL')
}

/** How many communications and rejects still have what `wipe` takes out. */
export function countUnwiped(database: DatabaseSync): number {
  const rows = "SELECT seq FROM communication WHERE text <> '' OR origin <> '[]' OR sums <> '{}'"
  const rejects = "SELECT seq FROM reject WHERE origin <> '[]' OR sums <> '{}'"
  const pieces = 'SELECT seq FROM piece WHERE detail IS NOT NULL OR file IS NOT NULL OR facts IS NOT NULL'
  const query = `SELECT count(*) AS n FROM (${rows} UNION ${rejects} UNION ${pieces})`
  return (database.prepare(query).get() as { n: number }).n
}

/** Writes the file anew without what was taken out, and empties its -wal. False while somebody reads: then it is to be done again. */
export function scrub(database: DatabaseSync): boolean {
  announce('commit', database.location() ?? '')
  database.exec('VACUUM')
  const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number }
  return busy === 0
}
