/** issued.db: which documents were issued, over all runs of an out folder. Identities are keyed hashes; the key lives here alone. */
import { createHmac, randomBytes } from 'node:crypto'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Data } from '../model/index.ts'
import { appendEvent, checkChain, readEvents, readHead } from './chain.ts'
import { inTransaction, one, openDatabase, openStill } from './database.ts'
import { issuedSchema } from './schema.ts'

/** What makes a document the same document: template and id, and the period where its template says so. */
export interface Identity {
  readonly template: string
  readonly id: string
  readonly period?: string
}

/** When documents were freed, and why: the event that stays. */
export interface Freeing {
  /** ISO 8601. */
  readonly at: string
  /** Holds no personal data of a customer. */
  readonly why: Data
}

/** Ids that differ only in case, blanks around them or Unicode form are one, as intake has them. */
export function foldId(id: string): string {
  return id.normalize('NFC').trim().toUpperCase().toLowerCase().normalize('NFC')
}

export class Issued {
  readonly #database: DatabaseSync
  readonly #key: Buffer
  readonly #holder: StatementSync
  readonly #insert: StatementSync

  /** `readOnly`: one that is there, to be read; leaves nothing behind. */
  constructor(path: string, { readOnly = false }: { readonly readOnly?: boolean } = {}) {
    this.#database = readOnly ? openStill(path) : openDatabase(path, database => database.exec(issuedSchema))
    this.#key = hashKey(this.#database)
    this.#holder = this.#database.prepare('SELECT run FROM document WHERE identity = ?')
    this.#insert = this.#database.prepare('INSERT INTO document (identity, run) VALUES (?, ?)')
  }

  /**
   * Claims documents for a run, all in one durable transaction, and gives those back that another run has, with its name. What only asks
   * is given back alike, and left unclaimed where nobody has it.
   * Ids that differ only in case, blanks around them or Unicode form are one document, as intake has them.
   */
  claim<T extends { readonly identity: Identity; readonly asksOnly?: boolean }>(
    run: string,
    wanted: Iterable<T>,
  ): readonly { readonly entry: T; readonly run: string }[] {
    return inTransaction(this.#database, () => {
      const refused: { entry: T; run: string }[] = []
      for (const entry of wanted) {
        const identity = this.#hash(entry.identity)
        const holder = one<{ run: string }>(this.#holder, identity)
        if (holder === undefined) {
          if (entry.asksOnly !== true) this.#insert.run(identity, run)
        } else if (holder.run !== run) refused.push({ entry, run: holder.run })
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
      if (documents > 0) appendEvent(this.#database, { at, kind: 'freed', body: { run, documents, ...why } })
      return documents
    })
  }

  /** Frees some documents of a run, and writes down why, in one transaction. Claims of other runs are left alone. */
  freeSome(run: string, identities: readonly Identity[], { at, why }: Freeing): number {
    const remove = this.#database.prepare('DELETE FROM document WHERE identity = ? AND run = ?')
    return inTransaction(this.#database, () => {
      const documents = identities.reduce(
        (sum, identity) => sum + Number(remove.run(this.#hash(identity), run).changes),
        0,
      )
      if (documents > 0) appendEvent(this.#database, { at, kind: 'freed', body: { run, documents, ...why } })
      return documents
    })
  }

  /** An id as it may be kept for ever: hashed with the key of this out folder. */
  hashId(id: string): string {
    return createHmac('sha256', this.#key).update(foldId(id)).digest('base64url')
  }

  /** What is wrong with the chain of events of this file, in words. */
  checkChain(): readonly string[] {
    const head = readHead(this.#database)
    return checkChain(readEvents(this.#database), head === undefined ? [] : [head])
  }

  close(): void {
    this.#database.close()
  }

  #hash({ template, id, period }: Identity): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([template, foldId(id), period ?? null]))
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
