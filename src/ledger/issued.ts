/** issued.db: which documents were issued, over all runs of an out folder. Identities are keyed hashes; the key lives here alone. */
import { createHmac, randomBytes } from 'node:crypto'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { inTransaction, one, openDatabase } from './database.ts'
import { issuedSchema } from './schema.ts'

/** What makes a document the same document: template and id, and the period where its template says so. */
export interface Identity {
  readonly template: string
  readonly id: string
  readonly period?: string
}

export class Issued {
  readonly #database: DatabaseSync
  readonly #key: Buffer
  readonly #holder: StatementSync
  readonly #insert: StatementSync

  constructor(path: string) {
    this.#database = openDatabase(path, issuedSchema)
    this.#key = hashKey(this.#database)
    this.#holder = this.#database.prepare('SELECT run FROM document WHERE identity = ?')
    this.#insert = this.#database.prepare('INSERT INTO document (identity, run) VALUES (?, ?)')
  }

  /**
   * Claims documents for a run, all in one durable transaction, and gives those back that another run has, with its name.
   * Ids that differ only in case, blanks around them or Unicode form are one document, as intake has them.
   */
  claim<T extends { readonly identity: Identity }>(
    run: string,
    wanted: Iterable<T>,
  ): readonly { readonly entry: T; readonly run: string }[] {
    return inTransaction(this.#database, () => {
      const refused: { entry: T; run: string }[] = []
      for (const entry of wanted) {
        const identity = this.#hash(entry.identity)
        const holder = one<{ run: string }>(this.#holder, identity)
        if (holder === undefined) this.#insert.run(identity, run)
        else if (holder.run !== run) refused.push({ entry, run: holder.run })
      }
      return refused
    })
  }

  /** Which run has a document; undefined while none has. Claims nothing. */
  holder(identity: Identity): string | undefined {
    return one<{ run: string }>(this.#holder, this.#hash(identity))?.run
  }

  /** Whether a run has claims. */
  holds(run: string): boolean {
    return this.#database.prepare('SELECT 1 FROM document WHERE run = ? LIMIT 1').get(run) !== undefined
  }

  /** Frees all documents of a run that starts over. */
  free(run: string): void {
    inTransaction(this.#database, () => this.#database.prepare('DELETE FROM document WHERE run = ?').run(run))
  }

  close(): void {
    this.#database.close()
  }

  #hash({ template, id, period }: Identity): string {
    const folded = id.normalize('NFC').trim().toUpperCase().toLowerCase().normalize('NFC')
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([template, folded, period ?? null]))
      .digest('base64url')
  }
}

function hashKey(database: DatabaseSync): Buffer {
  return inTransaction(database, () => {
    const found = database.prepare("SELECT value FROM meta WHERE name = 'key'").get() as { value: string } | undefined
    if (found !== undefined) return Buffer.from(found.value, 'base64url')
    const key = randomBytes(32)
    database.prepare("INSERT INTO meta (name, value) VALUES ('key', ?)").run(key.toString('base64url'))
    return key
  })
}
