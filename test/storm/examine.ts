/** The one judge of every storm: whether a run that was interrupted, however often, ended as one that never was. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promised } from '../run/factory.ts'

/** Everything that must be the same, and everything that must hold; two runs are as good as each other where these are equal. */
export function examine(out: string, run: string): Readonly<Record<string, unknown>> {
  const folder = join(out, run)
  const ledger = read(join(folder, 'run.db'), database => ({
    integrity: database.prepare('PRAGMA integrity_check').all(),
    foreign: database.prepare('PRAGMA foreign_key_check').all(),
    open: database.prepare('SELECT count(*) AS n FROM piece WHERE outcome IS NULL').get(),
    documents: database.prepare("SELECT count(DISTINCT seq) AS n FROM piece WHERE outcome <> 'skipped'").get(),
    state: database.prepare("SELECT value FROM meta WHERE name IN ('state', 'exit') ORDER BY name").all(),
  }))
  const claims = read(join(out, 'issued.db'), database => ({
    integrity: database.prepare('PRAGMA integrity_check').all(),
    documents: database.prepare('SELECT count(*) AS n FROM document WHERE run = ?').get(run),
  }))
  return {
    ...promised(folder),
    files: names(out),
    ledger,
    claims,
    claimed: JSON.stringify(ledger.documents) === JSON.stringify(claims.documents),
  }
}

function read<T>(path: string, ask: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path)
  try {
    return ask(database)
  } finally {
    database.close()
  }
}

/** All that stands in an out folder, but for locks, which may stay, and what SQLite keeps beside an open database. */
function names(out: string): readonly string[] {
  return readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter(name => !/run\.lock|\.db-(wal|shm)$/.test(name))
    .sort()
}
