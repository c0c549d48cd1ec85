/** Claims: no document is issued twice, whatever run makes it. */
import { counts, type Identity, type Issued, type Ledger } from '../ledger/index.ts'
import type { Fault, RunView } from '../model/index.ts'
import type { Plan } from './plan.ts'

/** What makes each staged communication the document that it is. */
export function* identities(
  ledger: Ledger,
  { template }: Plan,
  run: RunView,
): Generator<{ readonly seq: number; readonly identity: Identity }> {
  const period = template.once === 'period' ? run.period?.text : undefined
  for (const { seq, id } of ledger.stagedIds()) {
    yield { seq, identity: { template: template.name, id, ...(period === undefined ? {} : { period }) } }
  }
}

/**
 * Claims every staged communication for this run; what another run has issued becomes a reject. A claim of a run that was killed
 * between its claims and its allocation issued nothing: `release` frees the claims of such a run, and says whether it was one.
 */
export function claimAll(
  ledger: Ledger,
  issued: Issued,
  { plan, run, release }: { readonly plan: Plan; readonly run: RunView; readonly release: (other: string) => boolean },
): void {
  let refused = issued.claim(run.name, identities(ledger, plan, run))
  const others = [...new Set(refused.map(claim => claim.run))]
  if (others.filter(release).length > 0) refused = issued.claim(run.name, identities(ledger, plan, run))
  ledger.rejectStaged(
    refused.map(({ entry: { seq }, run: other }) => ({ seq, issued: true, faults: [issuedFault(plan, other)] })),
  )
}

/** The fault of a batch in which everything that is left was issued before. */
export function claimed(ledger: Ledger, file: string): readonly Fault[] {
  const { communications, issued } = counts(ledger)
  if (communications.made > 0 || issued === 0) return []
  return [
    {
      code: 'run.issued',
      message: `all ${issued} documents were issued before`,
      place: { file },
      hint: 'there is nothing to do: no document goes out twice; rejects.csv names the runs',
    },
  ]
}

/** The same question without claiming anything; `frees`: whether the claims of a run would be freed. */
export function rejectIssued(
  ledger: Ledger,
  issued: Issued,
  { plan, run, frees }: { readonly plan: Plan; readonly run: RunView; readonly frees: (other: string) => boolean },
): void {
  const known = new Map<string, boolean>()
  const freed = (other: string): boolean => {
    const answer = known.get(other) ?? frees(other)
    known.set(other, answer)
    return answer
  }
  const refused: { seq: number; issued: boolean; faults: readonly Fault[] }[] = []
  for (const { seq, identity } of identities(ledger, plan, run)) {
    const other = issued.holder(identity)
    if (other !== undefined && other !== run.name && !freed(other))
      refused.push({ seq, issued: true, faults: [issuedFault(plan, other)] })
  }
  ledger.rejectStaged(refused)
}

function issuedFault({ template }: Plan, other: string): Fault {
  return {
    code: 'run.issued',
    message: `this ${template.name} was issued before, by the run ${other}`,
    hint: 'there is nothing to do: no document goes out twice',
  }
}
