/** issued.db: which documents were issued, over all runs of an out folder. Identities are keyed hashes; the key lives here alone. */
import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Data, drawn, foldName } from '../model/index.ts'
import { appendEvent, checkChain, readEvents, readHead } from './chain.ts'
import { all, inPassing, inTransaction, one, openDatabase, openReader, openStill } from './database.ts'
import { issuedSchema } from './schema.ts'

/** What makes a document the same document: template and id, and the period where its template says so. */
export interface Identity {
  readonly template: string
  readonly id: string
  readonly period?: string
}

/** A document that a communication is, by the number of that. */
export interface Wanted {
  readonly seq: number
  readonly identity: Identity
  /** It is not to be issued now: only who has it is asked. */
  readonly asksOnly?: boolean
}

/** When documents were freed, and why: the event that stays. */
export interface Freeing {
  /** ISO 8601. */
  readonly at: string
  /** Holds no personal data of a customer. */
  readonly why: Data
}

const wantedSchema =
  'CREATE TEMP TABLE IF NOT EXISTS wanted (seq INTEGER PRIMARY KEY, identity TEXT NOT NULL, looks TEXT, asks_only INTEGER NOT NULL, taken_by TEXT)'

export class Issued {
  readonly #database: DatabaseSync
  readonly #key: KeyObject
  readonly #holder: StatementSync

  /** `readOnly`: one that is there, to be read; leaves nothing behind. `still: false`: also while others write it. */
  constructor(
    path: string,
    { readOnly = false, still = true }: { readonly readOnly?: boolean; readonly still?: boolean } = {},
  ) {
    this.#database = !readOnly
      ? openDatabase(path, database => database.exec(issuedSchema))
      : still
        ? openStill(path)
        : openReader(path)
    this.#key = createSecretKey(hashKey(this.#database))
    this.#holder = this.#database.prepare('SELECT run FROM document WHERE identity = ?')
  }

  /**
   * Notes documents that a run is about to claim. Nobody else is kept waiting, so that this can be done a stretch at a time, however many
   * there are: hashing them is most of the work.
   */
  want(wanted: Iterable<Wanted>): void {
    this.#database.exec(wantedSchema)
    const put = this.#database.prepare('INSERT INTO wanted (seq, identity, looks, asks_only) VALUES (?, ?, ?, ?)')
    inPassing(this.#database, () => {
      for (const { seq, identity, asksOnly = false } of wanted) {
        const fold = foldName(identity.id)
        const seen = drawn(fold)
        const looks = seen === fold ? null : this.#hash(identity, seen)
        put.run(seq, this.#hash(identity, fold), looks, asksOnly ? 1 : 0)
      }
    })
  }

  /**
   * What is wanted and nobody has, where another run has a document whose id is drawn alike and written otherwise; with each such run.
   * Of what was issued by earlier versions of Platen only ids in plain Latin are known to be drawn as they are written.
   */
  alike(run: string): readonly { readonly seq: number; readonly run: string }[] {
    this.#database.exec(wantedSchema)
    const others = (found: string): string =>
      `SELECT w.seq, d.run FROM wanted w CROSS JOIN ${found}
       WHERE w.asks_only = 0 AND d.run <> ?1 AND NOT EXISTS (SELECT 1 FROM document AS own WHERE own.identity = w.identity)`
    const plain = others('document d ON d.identity = w.looks')
    const signs = others(
      'drawn n ON n.looks = coalesce(w.looks, w.identity) AND n.identity <> w.identity CROSS JOIN document d ON d.identity = n.identity',
    )
    // Most out folders have plain ids alone: nothing is looked for in their place.
    const some = this.#database.prepare('SELECT 1 FROM drawn LIMIT 1').get() !== undefined
    return all(this.#database.prepare(`${some ? `${plain} UNION ${signs}` : plain} ORDER BY 1, 2`), run)
  }

  /** Forgets some of what was wanted, by the numbers of the communications. */
  letGoOf(seqs: readonly number[]): void {
    const remove = this.#database.prepare('DELETE FROM wanted WHERE seq = ?')
    inPassing(this.#database, () => {
      for (const seq of seqs) remove.run(seq)
    })
  }

  /**
   * Claims for a run what is wanted, all in one durable transaction, and gives back which other runs have some of it: `taken` tells what.
   * What only asks is left unclaimed where nobody has it. What is wanted stays so until it is let go of.
   * `token`: of the start that claims.
   * Ids that differ only in case, blanks around them or Unicode form are one document, as intake has them.
   */
  claim(run: string, token: string): readonly string[] {
    // A run of nothing but rejects wants nothing.
    this.#database.exec(wantedSchema)
    return inTransaction(this.#database, () => {
      this.#database
        .prepare(
          // In the order of the index: a batch among millions of documents touches each of its pages once.
          'INSERT INTO document (identity, run) SELECT identity, ? FROM wanted WHERE asks_only = 0 ORDER BY identity ON CONFLICT DO NOTHING',
        )
        .run(run)
      this.#database.exec(
        `INSERT INTO drawn (looks, identity) SELECT looks, identity FROM wanted
         WHERE looks IS NOT NULL AND identity IN (SELECT identity FROM document) ORDER BY looks ON CONFLICT DO NOTHING`,
      )
      this.#database
        .prepare('INSERT INTO start (run, token) VALUES (?, ?) ON CONFLICT DO UPDATE SET token = excluded.token')
        .run(run, token)
      // Noted while nobody else can write: what is freed a moment later was not claimed all the same.
      this.#database.exec('UPDATE wanted SET taken_by = NULL WHERE taken_by IS NOT NULL')
      this.#database
        .prepare('UPDATE wanted SET taken_by = d.run FROM document d WHERE d.identity = wanted.identity AND d.run <> ?')
        .run(run)
      const others = 'SELECT DISTINCT taken_by AS run FROM wanted WHERE taken_by IS NOT NULL ORDER BY 1'
      return all<{ run: string }>(this.#database.prepare(others)).map(other => other.run)
    })
  }

  /** What another run had when it was claimed, in order, with its name. One by one: of a batch that is run again under another name it is all. */
  taken(): Iterable<{ readonly seq: number; readonly run: string }> {
    const taken = 'SELECT seq, taken_by AS run FROM wanted WHERE taken_by IS NOT NULL ORDER BY seq'
    return this.#database.prepare(taken).iterate() as Iterable<never>
  }

  /** Forgets what was wanted. */
  letGo(): void {
    this.#database.exec('DROP TABLE IF EXISTS temp.wanted')
  }

  /** Which run has a document; undefined while none has. Claims nothing. */
  holder(identity: Identity): string | undefined {
    return one<{ run: string }>(this.#holder, this.#hash(identity, foldName(identity.id)))?.run
  }

  /** Asks many such questions at once. */
  asking<T>(work: () => T): T {
    return inPassing(this.#database, work)
  }

  /** Whether a run has claims. */
  holds(run: string): boolean {
    return this.#database.prepare('SELECT 1 FROM document WHERE run = ? LIMIT 1').get(run) !== undefined
  }

  /** Whether the claims of a run are those of the start that its ledger knows; claims of earlier versions of Platen are anybody's. */
  areOf(run: string, token: string | undefined): boolean {
    const known = one<{ token: string }>(this.#database.prepare('SELECT token FROM start WHERE run = ?'), run)
    return known === undefined || known.token === token
  }

  /** How many documents a run has claimed. */
  claims(run: string): number {
    const { n } = this.#database.prepare('SELECT count(*) AS n FROM document WHERE run = ?').get(run) as { n: number }
    return n
  }

  /** Frees all documents of a run, and writes down why, in one transaction. Gives back how many it had. */
  free(run: string, { at, why }: Freeing): number {
    return inTransaction(this.#database, () => {
      const { changes } = this.#database.prepare('DELETE FROM document WHERE run = ?').run(run)
      const documents = Number(changes)
      this.#database.prepare('DELETE FROM start WHERE run = ?').run(run)
      if (documents > 0) appendEvent(this.#database, { at, kind: 'freed', body: { run, documents, ...why } })
      return documents
    })
  }

  /** Frees some documents of a run, and writes down why, in one transaction. Claims of other runs are left alone. */
  freeSome(run: string, identities: readonly Identity[], { at, why }: Freeing): number {
    const remove = this.#database.prepare('DELETE FROM document WHERE identity = ? AND run = ?')
    return inTransaction(this.#database, () => {
      const documents = identities.reduce(
        (sum, identity) => sum + Number(remove.run(this.#hash(identity, foldName(identity.id)), run).changes),
        0,
      )
      if (documents > 0) appendEvent(this.#database, { at, kind: 'freed', body: { run, documents, ...why } })
      return documents
    })
  }

  /** An id as it may be kept for ever: hashed with the key of this out folder. */
  hashId(id: string): string {
    return createHmac('sha256', this.#key).update(foldName(id)).digest('base64url')
  }

  /** What is wrong with the chain of events of this file, in words. */
  checkChain(): readonly string[] {
    const head = readHead(this.#database)
    return checkChain(readEvents(this.#database), head === undefined ? [] : [head])
  }

  close(): void {
    this.#database.close()
  }

  /** `id`: folded, or as it is drawn. */
  #hash({ template, period }: Identity, id: string): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([template, id, period ?? null]))
      .digest('base64url')
  }
}

function hashKey(database: DatabaseSync): Buffer {
  const known = (): { value: string } | undefined => one(database.prepare("SELECT value FROM meta WHERE name = 'key'"))
  const before = known()
  if (before !== undefined) return Buffer.from(before.value, 'base64url')
  return inTransaction(database, () => {
    const found = known()
    if (found !== undefined) return Buffer.from(found.value, 'base64url')
    const key = randomBytes(32)
    database.prepare("INSERT INTO meta (name, value) VALUES ('key', ?)").run(key.toString('base64url'))
    return key
  })
}
