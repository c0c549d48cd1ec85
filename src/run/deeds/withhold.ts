/** Pieces that are not to be sent any more, since their recipients asked not to be written to: skipped, on record, and what nobody gets is free. */
import type { Ledger, Withheld } from '../../ledger/index.ts'
import { nowhere } from '../stage/claims.ts'

/**
 * Skips failed and held pieces, each with its reason, and gives back communications that no piece is left of: nobody gets anything of
 * them, and their documents are to be freed, as if they had gone nowhere from the start. First that is on record here, then they are
 * free: were it the other way about, two runs could issue them.
 */
export function withhold(
  ledger: Ledger,
  withheld: readonly Withheld[],
  at: string,
): readonly { readonly seq: number; readonly id: string }[] {
  ledger.withhold(withheld)
  for (const [reason, pieces] of Map.groupBy(withheld, one => one.reason))
    ledger.record('skipped', at, { reason, communications: pieces.map(({ seq }) => seq) })
  const nobody = [...new Set(withheld.map(({ seq }) => seq))].flatMap(seq => {
    const pieces = ledger.piecesOf(seq)
    return pieces.every(({ outcome }) => outcome === 'skipped') ? pieces.slice(0, 1).map(({ id }) => ({ seq, id })) : []
  })
  if (nobody.length > 0) ledger.record(nowhere, at, { communications: nobody.map(({ seq }) => seq) })
  return nobody
}
