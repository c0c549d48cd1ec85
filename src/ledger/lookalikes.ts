/** Rows of a scratch that belong to no communication, and to which one they may be meant for: their keys look alike. */
import type { DatabaseSync } from 'node:sqlite'
import type { Claim } from '../model/index.ts'

/**
 * Fills the table `doubt`: communications, and rows without one that name them by a key which looks like theirs. Nearly no batch has
 * such rows but those that go with a filtered parent, and nothing is folded before. Returns whether there may be any.
 */
export function findLookalikes(db: DatabaseSync, claims: readonly Claim[]): boolean {
  if (db.prepare(`SELECT 1 FROM ${unowned} LIMIT 1`).get() === undefined) return false
  db.function('loosely', { deterministic: true }, value => loosely(String(value)))
  db.exec('CREATE TABLE doubt (grp INTEGER NOT NULL, row INTEGER NOT NULL) STRICT')
  for (const claim of claims.filter(({ owns }) => owns)) {
    const { parents, lo, hi } = parentsOf(claim)
    db.exec('CREATE TABLE near (value TEXT NOT NULL, row INTEGER NOT NULL) STRICT')
    db.prepare(
      `INSERT INTO near SELECT loosely(theirs.value), row.id FROM ${unowned} JOIN link AS theirs ON theirs.row = row.id
       WHERE theirs.link = ? AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.link = theirs.link AND gone.value = theirs.value)`,
    ).run(claim.theirs)
    db.exec('CREATE INDEX near_value ON near (value)')
    const some = db.prepare('SELECT 1 FROM near LIMIT 1').get() !== undefined
    for (const end of some ? new Set([lo, hi]) : [])
      db.prepare(
        `INSERT INTO doubt SELECT DISTINCT ${end}, near.row FROM link AS ours CROSS JOIN near ON near.value = loosely(ours.value)
         JOIN ${parents} WHERE ours.link = ?`,
      ).run(claim.ours)
    db.exec('DROP TABLE near')
  }
  db.exec('CREATE INDEX doubt_grp ON doubt (grp)')
  return true
}

/** The parents of a claim's children, and the communications that these belong to. */
export function parentsOf({ parent }: Claim): { readonly parents: string; readonly lo: string; readonly hi: string } {
  if (parent === 0) return { parents: 'row AS p ON p.id = ours.row', lo: 'p.grp', hi: 'p.grp' }
  return { parents: `claim AS p ON p.node = ${parent} AND p.row = ours.row`, lo: 'p.lo', hi: 'p.hi' }
}

/** Rows that should belong to a communication and do not. */
const unowned =
  '(SELECT row.id FROM row LEFT JOIN owner ON owner.row = row.id WHERE row.owned = 1 AND row.file > 0 AND owner.row IS NULL) AS row'

/** A key without what people do not see when they compare two: case, blanks, kinds of hyphens, Unicode form. */
function loosely(key: string): string {
  return key
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\s]/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .toUpperCase()
    .toLowerCase()
}
