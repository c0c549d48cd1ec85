/** Documents that an earlier run may have issued: their ids are drawn alike and written otherwise. Rejects, until somebody confirms them. */
import type { Issued, Ledger } from '../../ledger/index.ts'
import type { Fault, Job, RunView } from '../../model/index.ts'
import type { Plan } from '../plan/plan.ts'
import { Answers, wantAll } from './claims.ts'
import { firstLines } from './firstlines.ts'
import type { Routing } from './route.ts'

export interface AlikeRequest {
  readonly ledger: Ledger
  readonly issued: Issued
  readonly job: Job
  readonly plan: Plan
  readonly run: RunView
  readonly routing: Routing
  /** How the files of the input are called. */
  readonly shown: readonly string[]
  /** Whether a run's claims are free, or would be. */
  readonly frees: (other: string) => boolean
  /** Why they are other documents, in the words of somebody who looked at them: they are left alone. */
  readonly confirm?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Wants all that is staged, and makes rejects of what may have been issued. Gives back one fault about all of it, or none. */
export async function rejectAlike(request: AlikeRequest): Promise<readonly Fault[]> {
  const { ledger, issued, job, plan, run, routing, shown, frees, confirm, signal } = request
  await wantAll(ledger, issued, { plan, run, routing, signal })
  const freed = new Answers(frees)
  const found = new Map<number, string>()
  for (const { seq, run: other } of issued.alike(run.name))
    if (!found.has(seq) && !freed.of(other)) found.set(seq, other)
  if (found.size === 0) return []
  const seqs = [...found.keys()]
  const lines = firstLines(seqs, { ledger, shown })
  if (confirm === undefined) {
    issued.letGoOf(seqs)
    ledger.rejectStaged([...found].map(([seq, other]) => ({ seq, issued: false, faults: [alikeFault(plan, other)] })))
  }
  return [
    {
      code: 'run.lookalike',
      message: `${seqs.length} document${seqs.length === 1 ? '' : 's'} may have been issued before, with ids written otherwise${lines === '' ? '' : ` (${lines})`}`,
      place: { file: job.file },
      hint,
    },
  ]
}

function alikeFault({ template }: Plan, other: string): Fault {
  return {
    code: 'run.lookalike',
    message: `this ${template.name} may have been issued before, by the run ${other}, with an id that is drawn alike and written otherwise (other letters or hyphens)`,
    hint,
  }
}

const hint =
  'write ids as before; if these are other documents, start again with --confirm and why, such as --confirm "two contracts"'
