/** Rows of a scratch that are found by no key, and that one which looks like theirs may be meant for: 1:n rows without a communication, and n:1 rows. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Claim, type Lookalike, looks } from '../model/index.ts'

/** Fills the table `near`: the rows that these links find, by what their keys look like. */
export function findNear(db: DatabaseSync, links: readonly number[]): void {
  lendLooks(db)
  db.exec(
    'CREATE TABLE near (link INTEGER NOT NULL, looks TEXT NOT NULL, value TEXT NOT NULL, row INTEGER NOT NULL) STRICT',
  )
  for (const link of links)
    db.prepare('INSERT INTO near SELECT link, looks(value), value, row FROM link WHERE link = ?').run(link)
  db.exec('CREATE INDEX near_looks ON near (link, looks, row)')
}

const lendLooks = (db: DatabaseSync): void => db.function('looks', { deterministic: true }, key => looks(String(key)))

/**
 * Fills the table `doubt`: communications, and rows without one that name them by a key which looks like theirs. Nearly no batch has
 * such rows but those that go with a filtered parent, and nothing is folded before. Returns whether there may be any.
 */
export function findLookalikes(db: DatabaseSync, claims: readonly Claim[]): boolean {
  if (db.prepare(`SELECT 1 FROM ${unowned} LIMIT 1`).get() === undefined) return false
  lendLooks(db)
  db.exec(
    'CREATE TABLE doubt (grp INTEGER NOT NULL, row INTEGER NOT NULL, link INTEGER NOT NULL, theirs TEXT NOT NULL, ours TEXT NOT NULL) STRICT',
  )
  for (const claim of claims.filter(({ owns }) => owns)) {
    const { parents, lo, hi } = parentsOf(claim)
    db.exec('CREATE TABLE stray (looks TEXT NOT NULL, value TEXT NOT NULL, row INTEGER NOT NULL) STRICT')
    db.prepare(
      `INSERT INTO stray SELECT looks(theirs.value), theirs.value, row.id FROM ${unowned} JOIN link AS theirs ON theirs.row = row.id
       WHERE theirs.link = ? AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.link = theirs.link AND gone.value = theirs.value)`,
    ).run(claim.theirs)
    db.exec('CREATE INDEX stray_looks ON stray (looks)')
    const some = db.prepare('SELECT 1 FROM stray LIMIT 1').get() !== undefined
    for (const end of some ? new Set([lo, hi]) : [])
      db.prepare(
        `INSERT INTO doubt SELECT DISTINCT ${end}, stray.row, ?, stray.value, ours.value
         FROM link AS ours CROSS JOIN stray ON stray.looks = looks(ours.value) JOIN ${parents} WHERE ours.link = ?`,
      ).run(claim.theirs, claim.ours)
    db.exec('DROP TABLE stray')
  }
  db.exec('CREATE INDEX doubt_grp ON doubt (grp)')
  return true
}

/** The parents of a claim's children, and the communications that these belong to. */
export function parentsOf({ parent }: Claim): { readonly parents: string; readonly lo: string; readonly hi: string } {
  if (parent === 0) return { parents: 'row AS p ON p.id = ours.row', lo: 'p.grp', hi: 'p.grp' }
  return { parents: `claim AS p ON p.node = ${parent} AND p.row = ours.row`, lo: 'p.lo', hi: 'p.hi' }
}

type Prepare = (sql: string) => StatementSync

/** Rows that may be meant for a communication; some of them, if there are many. */
export function lookalikesOf(group: number, prepare: Prepare): readonly Lookalike[] {
  return prepare(
    `SELECT row.file, row.line, doubt.link, doubt.theirs, doubt.ours FROM doubt JOIN row ON row.id = doubt.row
     WHERE doubt.grp = ? GROUP BY row.id ORDER BY row.id LIMIT 10`,
  )
    .all(group)
    .map(lookalike)
}

/** The first row of a link that was handed to `findNear` whose key looks like this one. Blanks look like nobody's. */
export function nearTo(link: number, key: string, prepare: Prepare): Lookalike | undefined {
  const seen = looks(key)
  if (seen === '') return undefined
  const found = prepare(
    `SELECT row.file, row.line, near.link, near.value AS theirs, ? AS ours FROM near JOIN row ON row.id = near.row
     WHERE near.link = ? AND near.looks = ? ORDER BY near.row LIMIT 1`,
  ).get(key, link, seen)
  return found === undefined ? undefined : lookalike(found)
}

function lookalike(row: Readonly<Record<string, unknown>>): Lookalike {
  const { file, line, link, theirs, ours } = row
  return { file, line, link, theirs, ours } as Lookalike
}

/** Rows that should belong to a communication and do not. */
const unowned =
  '(SELECT row.id FROM row LEFT JOIN owner ON owner.row = row.id WHERE row.owned = 1 AND row.file > 0 AND owner.row IS NULL) AS row'
