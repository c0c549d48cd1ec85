/** The tables of a run's ledger, open to SQL. */
import { eventSchema } from './chain.ts'

export const ledgerSchema = `
-- what the run is: name, job, period, date, digests, state
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- every communication that intake made, in input order; its pieces say in which lot it is
CREATE TABLE IF NOT EXISTS communication (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  -- which rule of the job's route decided, for explain
  route TEXT,
  text TEXT NOT NULL,
  origin TEXT NOT NULL,
  rows INTEGER NOT NULL,
  sums TEXT NOT NULL
) STRICT;

-- what could not become a communication: numbered in the same input order
CREATE TABLE IF NOT EXISTS reject (
  seq INTEGER PRIMARY KEY,
  id TEXT,
  issued INTEGER NOT NULL,
  faults TEXT NOT NULL,
  origin TEXT NOT NULL,
  rows INTEGER NOT NULL,
  sums TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS lot (
  number INTEGER PRIMARY KEY,
  kit INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'published'))
) STRICT;

-- every piece that must exist, one for each communication and channel; outcome is null until it is known
CREATE TABLE IF NOT EXISTS piece (
  seq INTEGER NOT NULL REFERENCES communication (seq),
  channel TEXT NOT NULL,
  lot INTEGER REFERENCES lot (number),
  outcome TEXT CHECK (outcome IN ('rendered', 'skipped', 'held', 'failed')),
  -- in words
  reason TEXT,
  -- what failed, or what its own proof found: fault codes as a JSON array; null where it is neither
  codes TEXT,
  detail TEXT,
  file TEXT,
  sha256 TEXT,
  bytes INTEGER,
  measures TEXT,
  facts TEXT,
  PRIMARY KEY (seq, channel)
) STRICT, WITHOUT ROWID;
-- lots are worked through one by one: each without looking at all pieces of the run
CREATE INDEX IF NOT EXISTS piece_lot ON piece (lot);
${eventSchema}`

/** The tables of issued.db: documents issued over all runs of an out folder, by keyed hash. */
export const issuedSchema = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS document (identity TEXT PRIMARY KEY, run TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS document_run ON document (run);
-- documents whose ids are drawn as others are written: what their identity would be then. What is not in document counts for nothing
CREATE TABLE IF NOT EXISTS drawn (looks TEXT, identity TEXT, PRIMARY KEY (looks, identity)) STRICT, WITHOUT ROWID;
-- which start of a run its claims are of: its ledger has the same token
CREATE TABLE IF NOT EXISTS start (run TEXT PRIMARY KEY, token TEXT NOT NULL) STRICT, WITHOUT ROWID;
${eventSchema}`
