/** Events chained by hash, in run.db and issued.db alike: each carries a digest over itself and over the hash before it. */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { ChainHead, Data } from '../model/index.ts'
import { all, inTransaction, one } from './database.ts'

/** The table of events, the same in both ledgers. */
export const eventSchema = `
-- what happened, in order; holds no personal data. hash: SHA-256 over the hash before, number, at, kind and body
CREATE TABLE IF NOT EXISTS event (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
`

/** An event as it stands in a ledger; its body is JSON text. */
export interface EventOnRecord {
  /** From 1, without gaps. */
  readonly number: number
  /** ISO 8601, UTC. */
  readonly at: string
  readonly kind: string
  readonly body: string
  /** Hex. */
  readonly hash: string
}

/** Hex SHA-256 that binds an event to everything before it; the first one's `before` is empty. */
function chainHash(before: string, { number, at, kind, body }: Omit<EventOnRecord, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([before, number, at, kind, body]))
    .digest('hex')
}

/** Writes an event behind the last, and the new head, all in one transaction. */
export function appendEvent(
  database: DatabaseSync,
  { at, kind, body }: { readonly at: string; readonly kind: string; readonly body: Data },
): void {
  inTransaction(database, () => {
    const last = one<{ number: number; hash: string }>(
      database.prepare('SELECT number, hash FROM event ORDER BY number DESC LIMIT 1'),
    )
    const event = { number: (last?.number ?? 0) + 1, at, kind, body: JSON.stringify(body) }
    const hash = chainHash(last?.hash ?? '', event)
    database
      .prepare('INSERT INTO event (number, at, kind, body, hash) VALUES (?, ?, ?, ?, ?)')
      .run(event.number, at, kind, event.body, hash)
    database
      .prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
      .run(headName, JSON.stringify({ events: event.number, head: hash } satisfies ChainHead))
  })
}

/** All events, in order. */
export function readEvents(database: DatabaseSync): readonly EventOnRecord[] {
  return all<EventOnRecord>(database.prepare('SELECT number, at, kind, body, hash FROM event ORDER BY number'))
}

/** Number and hash of the last event, as the ledger keeps them beside the events; undefined before the first. */
export function readHead(database: DatabaseSync): ChainHead | undefined {
  const found = one<{ value: string }>(database.prepare('SELECT value FROM meta WHERE name = ?'), headName)
  if (found === undefined) return undefined
  try {
    return JSON.parse(found.value) as ChainHead
  } catch {
    // Changed by somebody: no event is the last then, and whoever checks the chain is told so.
    return { events: 0, head: '' }
  }
}

/** Apart from the events, so that one that is cut off at the end is missed. */
const headName = 'chain'

/**
 * What is wrong with a chain: events that were changed, moved, put in or taken out, each in words; none for one that holds. `heads`
 * were noted when they were the last, in the ledger or on a report: each has to be found at its place.
 */
export function checkChain(events: readonly EventOnRecord[], heads: readonly ChainHead[] = []): readonly string[] {
  const wrong: string[] = []
  let before = ''
  let expected = 1
  for (const event of events) {
    if (event.number > expected) wrong.push(`${eventsWords(expected, event.number - 1)} missing`)
    else if (event.number < expected) wrong.push(`the event ${event.number} stands twice, or not in order`)
    if (event.hash !== chainHash(before, event))
      wrong.push(`the event ${event.number} (${event.kind}) is not what was written, or not behind what it was written`)
    before = event.hash
    expected = event.number + 1
  }
  for (const { events: number, head } of heads) {
    const found = events.find(event => event.number === number)
    if (found === undefined) wrong.push(`the event ${number}, which was the last one once, is missing`)
    else if (found.hash !== head) wrong.push(`the event ${number} (${found.kind}) has another hash than was noted`)
  }
  return wrong
}

function eventsWords(from: number, to: number): string {
  return from === to ? `the event ${from} is` : `the events ${from} to ${to} are`
}
