/** Relations by which rows find their communication: those that lead to no children of one are left out. */
import type { Claim } from '../model/index.ts'
import type { Table } from './tables.ts'

/** The claims that lead to children, and the tables' links without those that only the others need. */
export function neededClaims(claims: readonly Claim[], tables: readonly Table[]): readonly Claim[] {
  const needed = claims.filter(claim => claim.owns || leads(claim, claims))
  for (const { links } of tables) {
    const used = links.filter(link => link.found || needed.some(claim => claim.ours === link.link))
    links.splice(0, links.length, ...used)
  }
  return needed
}

function leads(claim: Claim, claims: readonly Claim[]): boolean {
  return claims.some(below => below.parent === claim.node && (below.owns || leads(below, claims)))
}
