/** A scratch database for rows on their way through intake: private, on disk as far as memory is short, gone when closed. */
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import {
  type Claim,
  type NewRow,
  owned,
  type RowKey,
  type RowStore,
  type StoredRun,
  type Twin,
} from '../model/index.ts'
import { one } from './database.ts'
import { findLookalikes, findNear, lookalikesOf, nearTo, parentsOf } from './lookalikes.ts'
import { RowRun, runColumns, runOf } from './rowruns.ts'

/** Keys and links remembered in memory, so that neighbours need no lookup. */
const remembered = 20_000

/**
 * Opens an empty scratch: an unnamed SQLite database, whose file the system removes by itself even after a crash. It lies in
 * the folder that SQLITE_TMPDIR names, else in the system's own for temporary files. `cacheMb` bounds its memory.
 */
export function openScratch({ cacheMb = 8 }: { readonly cacheMb?: number } = {}): RowStore {
  const db = new DatabaseSync('')
  db.exec(`
    PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA temp_store = file; PRAGMA trusted_schema = off;
    PRAGMA cache_size = ${-1024 * cacheMb};
    CREATE TABLE row (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, grp INTEGER, owned INTEGER NOT NULL,
      file INTEGER NOT NULL, line INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, print INTEGER, cells TEXT, faults TEXT, more TEXT) STRICT;
    CREATE TABLE key (grp INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, drawn TEXT NOT NULL, rank INTEGER NOT NULL) STRICT;
    CREATE TABLE link (link INTEGER NOT NULL, value TEXT NOT NULL, row INTEGER NOT NULL) STRICT;
    CREATE TABLE note (text TEXT NOT NULL) STRICT;
    CREATE TABLE alias (link INTEGER, raw TEXT, value TEXT, PRIMARY KEY (link, raw, value)) STRICT, WITHOUT ROWID;
    CREATE TABLE gone (link INTEGER, value TEXT, PRIMARY KEY (link, value)) STRICT, WITHOUT ROWID;
    CREATE TABLE claim (node INTEGER, row INTEGER, lo INTEGER NOT NULL, hi INTEGER NOT NULL, PRIMARY KEY (node, row)) STRICT, WITHOUT ROWID;
    CREATE TABLE owner (row INTEGER PRIMARY KEY, lo INTEGER NOT NULL, hi INTEGER NOT NULL) STRICT;
    BEGIN`)
  return new Scratch(db).store()
}

class Scratch {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly #groups = new Map<string, number>()
  readonly #seenAliases = new Set<string>()
  #seq = 0
  #rows = 0
  #lastGroup = 0
  #lastRootRow = 0
  /** The rows that were added last, as far as they are kept together. */
  #run: RowRun | undefined
  /** Whether the rows of the first file already stand in the order that `walk` gives. */
  #adjacent = true
  #indexed = false
  #linkIndex = false
  #owning = false
  #shared = false
  #doubting = false
  #twins = false

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  store(): RowStore {
    return {
      next: () => ++this.#seq,
      add: row => this.#add(row),
      known: key => this.#group(key) !== undefined,
      linked: (link, value) => {
        this.#indexLinks()
        return this.#prepare('SELECT 1 FROM link WHERE link = ? AND value = ? LIMIT 1').get(link, value) !== undefined
      },
      note: text => void this.#prepare('INSERT INTO note VALUES (?)').run(text),
      notes: () => this.#notes(),
      alias: (link, raw, value) => this.#alias(link, raw, value),
      aliases: (link, raw) =>
        this.#prepare('SELECT value FROM alias WHERE link = ? AND raw = ?')
          .all(link, raw)
          .map(row => String(row['value'])),
      drop: (link, value) => void this.#prepare('INSERT OR IGNORE INTO gone VALUES (?, ?)').run(link, value),
      dropped: (link, value) =>
        this.#prepare('SELECT 1 FROM gone WHERE link = ? AND value = ?').get(link, value) !== undefined,
      index: (claims, near) => this.#index(claims, near),
      walk: () => this.#walk(),
      matches: (link, value, limit = -1) =>
        // A limit that is bound, SQLite looks at while it plans: each call would be planned anew.
        this.#prepareRuns(
          `SELECT ${runColumns}, NULL FROM link JOIN row ON row.id = link.row
           WHERE link.link = ? AND link.value = ? ORDER BY link.row LIMIT ${limit}`,
        )
          .all(link, value)
          .map(runOf),
      children: group => this.#children(group),
      claimants: id => this.#claimants(id),
      orphans: file => this.#orphans(file),
      lookalikes: group => (this.#doubting ? lookalikesOf(group, sql => this.#prepare(sql)) : []),
      near: (link, value) => nearTo(link, value, sql => this.#prepare(sql)),
      twin: key => this.#twin(key),
      close: () => this.#db.close(),
    }
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  /** A statement whose rows `runOf` reads: arrays, which cost half of what objects do. */
  #prepareRuns(sql: string): StatementSync {
    const statement = this.#prepare(sql)
    statement.setReturnArrays(true)
    return statement
  }

  #add(row: NewRow): void {
    if (this.#indexed) throw new Error('bug: a row was added to a scratch that is being read')
    const root = row.place.file === 0
    const group = root ? this.#groupOf(row) : null
    if (group !== null) {
      if (group < this.#lastGroup || row.seq !== this.#seq) this.#adjacent = false
      this.#lastGroup = group
    }
    if (group !== null && this.#run?.takes(row, group) === true) return
    this.#keepRun()
    this.#rows += 1
    this.#run = new RowRun(this.#rows, row, group)
    if (root) this.#lastRootRow = this.#rows
    for (const [link, value] of row.links)
      this.#prepare('INSERT INTO link VALUES (?, ?, ?)').run(link, value, this.#rows)
  }

  #keepRun(): void {
    if (this.#run === undefined) return
    this.#prepare('INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(...this.#run.columns())
    this.#run = undefined
  }

  /** A communication is numbered by its first row that was added; one that had an earlier row noted moves to that one's rank. */
  #groupOf({ seq, key }: NewRow): number {
    if (key === undefined) return seq
    const known = this.#group(key.text)
    if (known === undefined) {
      this.#prepare('INSERT INTO key VALUES (?, ?, ?, ?)').run(seq, key.text, key.drawn, seq)
      this.#remember(key.text, seq)
      return seq
    }
    if (seq < known) this.#prepare('UPDATE key SET rank = min(rank, ?) WHERE grp = ?').run(seq, known)
    return known
  }

  #group(key: string): number | undefined {
    const near = this.#groups.get(key)
    if (near !== undefined) return near
    const found = this.#prepare('SELECT grp FROM key WHERE text = ?').get(key)
    if (found === undefined) return undefined
    this.#remember(key, Number(found['grp']))
    return Number(found['grp'])
  }

  #remember(key: string, group: number): void {
    if (this.#groups.size >= remembered) this.#groups.clear()
    // What was cut from a longer text keeps all of that, which here is a few hundred rows of a file.
    this.#groups.set(owned(key), group)
  }

  *#notes(): Generator<string> {
    for (const row of this.#prepare('SELECT text FROM note ORDER BY rowid').iterate()) yield String(row['text'])
    this.#db.exec('DELETE FROM note')
  }

  #alias(link: number, raw: string, value: string): void {
    const seen = JSON.stringify([link, raw, value])
    if (this.#seenAliases.has(seen)) return
    if (this.#seenAliases.size >= remembered) this.#seenAliases.clear()
    this.#seenAliases.add(seen)
    this.#prepare('INSERT OR IGNORE INTO alias VALUES (?, ?, ?)').run(link, raw, value)
  }

  #indexLinks(): void {
    if (this.#linkIndex) return
    this.#db.exec('CREATE INDEX link_value ON link (link, value, row)')
    this.#linkIndex = true
  }

  #index(claims: readonly Claim[], near: readonly number[] = []): void {
    this.#keepRun()
    this.#indexLinks()
    for (const claim of claims) {
      const { node, ours, theirs } = claim
      const { parents, lo, hi } = parentsOf(claim)
      this.#db
        .prepare(
          `INSERT INTO claim SELECT ${node}, theirs.row, min(${lo}), max(${hi})
           FROM link AS theirs JOIN link AS ours ON ours.link = ? AND ours.value = theirs.value JOIN ${parents}
           WHERE theirs.link = ? GROUP BY theirs.row`,
        )
        .run(ours, theirs)
    }
    const owning = claims.filter(claim => claim.owns).map(claim => claim.node)
    if (owning.length > 0) {
      this.#db.exec(
        `INSERT INTO owner SELECT row, min(lo), max(hi) FROM claim WHERE node IN (${owning.join()}) GROUP BY row`,
      )
      this.#db.exec('CREATE INDEX owner_lo ON owner (lo)')
      this.#owning = true
      this.#shared = this.#prepare('SELECT 1 FROM owner WHERE lo <> hi LIMIT 1').get() !== undefined
      this.#doubting = findLookalikes(this.#db, claims)
    }
    if (near.length > 0) findNear(this.#db, near)
    this.#db.exec('CREATE INDEX key_drawn ON key (drawn)')
    this.#twins = this.#prepare('SELECT 1 FROM key GROUP BY drawn HAVING count(*) > 1 LIMIT 1').get() !== undefined
    if (this.#twins) this.#db.exec('CREATE INDEX row_seq ON row (seq)')
    this.#db.exec('COMMIT; DROP TABLE claim; PRAGMA query_only = on')
    this.#indexed = true
  }

  *#walk(): Generator<StoredRun> {
    const order = this.#adjacent ? 'row.id' : 'coalesce(key.rank, row.grp), row.grp, row.seq, row.id'
    const statement = this.#prepareRuns(
      `SELECT ${runColumns}, key.text FROM row LEFT JOIN key ON key.grp = row.grp WHERE row.id <= ? ORDER BY ${order}`,
    )
    for (const row of statement.iterate(this.#lastRootRow)) yield runOf(row)
  }

  #children(group: number): readonly StoredRun[] {
    if (!this.#owning) return []
    return this.#prepareRuns(
      `SELECT ${runColumns}, NULL FROM owner JOIN row ON row.id = owner.row WHERE owner.lo = ? ORDER BY row.seq, row.id`,
    )
      .all(group)
      .map(runOf)
  }

  #claimants(id: number): { first: number; last: number } | undefined {
    if (!this.#shared) return undefined
    const found = this.#prepare('SELECT lo, hi FROM owner WHERE row = ?').get(id)
    return found === undefined ? undefined : { first: Number(found['lo']), last: Number(found['hi']) }
  }

  *#orphans(file: number): Generator<StoredRun> {
    const statement = this.#prepareRuns(
      `SELECT ${runColumns}, NULL FROM row LEFT JOIN owner ON owner.row = row.id
       WHERE row.file = ? AND owner.row IS NULL AND row.owned = 1 ORDER BY row.seq, row.id`,
    )
    for (const row of statement.iterate(file)) yield runOf(row)
  }

  #twin({ text, drawn }: RowKey): Twin | undefined {
    if (!this.#twins) return undefined
    return one<Twin>(
      this.#prepare(
        `SELECT row.line, key.text FROM key JOIN row ON row.seq = key.rank AND row.file = 0
         WHERE key.drawn = ? AND key.text <> ? ORDER BY key.rank LIMIT 1`,
      ),
      drawn,
      text,
    )
  }
}
