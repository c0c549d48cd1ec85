/** Claims: no document is issued twice, whatever run makes it. */
import { counts, type Identity, type Issued, type Ledger, type Refused, readGivenUp } from '../../ledger/index.ts'
import type { Fault, RunView } from '../../model/index.ts'
import { purgedBy, voidedBy } from '../marks.ts'
import { breathe, stretches } from '../pace.ts'
import type { Plan } from '../plan/plan.ts'
import { goesNowhere, type Routing } from './route.ts'

/** What makes each staged communication the document that it is. */
function* identities(
  ledger: Ledger,
  { template }: Plan,
  run: RunView,
): Generator<{ readonly seq: number; readonly identity: Identity }> {
  const period = template.once === 'period' ? run.period?.text : undefined
  for (const { seq, id } of ledger.stagedIds()) {
    yield { seq, identity: { template: template.name, id, ...(period === undefined ? {} : { period }) } }
  }
}

/** Notes every staged communication as a document that is about to be claimed. */
export async function wantAll(
  ledger: Ledger,
  issued: Issued,
  {
    plan,
    run,
    routing,
    signal,
  }: {
    readonly plan: Plan
    readonly run: RunView
    readonly routing: Routing
    readonly signal?: AbortSignal | undefined
  },
): Promise<void> {
  for (const stretch of stretches(identities(ledger, plan, run))) {
    issued.want(stretch.map(({ seq, identity }) => ({ seq, identity, asksOnly: goesNowhere(routing, seq) })))
    await breathe(signal)
  }
}

/**
 * Claims every wanted communication (`wantAll`) that has a piece to be made for this run; what another run has issued becomes a reject. One that
 * goes nowhere issues nothing: it can be made later, once its recipient has agreed or has an address. A claim of a run that was killed
 * between its claims and its allocation issued nothing: `release` frees the claims of such a run, and says whether it was one.
 * Gives back the runs that have documents of this one, and are not at their end.
 */
export function claimAll(
  ledger: Ledger,
  issued: Issued,
  {
    plan,
    run,
    token,
    release,
    isOpen,
  }: {
    readonly plan: Plan
    readonly run: RunView
    /** Of this start; its ledger has it, too. */
    readonly token: string
    readonly release: (other: string) => boolean
    /** Whether a run is not at its end. */
    readonly isOpen: (other: string) => boolean
  },
): readonly string[] {
  let others = issued.claim(run.name, token)
  if (others.filter(release).length > 0) others = issued.claim(run.name, token)
  const open = new Set(others.filter(isOpen))
  ledger.rejectStaged(asRejects(issued.taken(), other => issuedFault(plan, other, open.has(other))))
  issued.letGo()
  return [...open]
}

/** One by one, since it may be the whole batch. */
function* asRejects(
  taken: Iterable<{ readonly seq: number; readonly run: string }>,
  faultOf: (other: string) => Fault,
): Generator<Refused> {
  for (const { seq, run: other } of taken) yield { seq, issued: true, faults: [faultOf(other)] }
}

/** The event that names the communications of which no piece was planned: they have no claim. */
export const nowhere = 'goes-nowhere'

/**
 * Claims against documents, in words: every communication of the run has its claim, but for those that go nowhere or were given up, and no
 * claim is anybody else's. Of a purged run only their number is left.
 */
export async function compareClaims(
  ledger: Ledger,
  issued: Issued,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const run = ledger.meta('run') ?? ''
  const claims = issued.claims(run)
  if (voidedBy(ledger) !== undefined)
    return claims > 0 ? [`the run is void, and ${claims} of its documents are not free`] : []
  const { documents, unclaimed } = await askClaims(ledger, issued, signal)
  const wrong: string[] = []
  if (unclaimed > 0) wrong.push(`${unclaimed} of ${documents} documents are not claimed for this run`)
  if (claims !== documents - unclaimed)
    wrong.push(`${claims} documents are claimed for this run, and it has ${documents - unclaimed} of them`)
  return wrong
}

/** How many documents a run has to have claimed, and has not. Whether one is issued once or once a period, only one claim can be there. */
async function askClaims(
  ledger: Ledger,
  issued: Issued,
  signal: AbortSignal | undefined,
): Promise<{ readonly documents: number; readonly unclaimed: number }> {
  const run = ledger.meta('run') ?? ''
  const template = ledger.meta('template') ?? ''
  const period = ledger.meta('period') ?? ''
  const free = new Set([...readGivenUp(ledger), ...withoutClaim(ledger)])
  // Hashes of ids are what a purge leaves; documents are known by other hashes.
  const purged = purgedBy(ledger) !== undefined
  let [documents, unclaimed] = [0, 0]
  const isClaimed = (id: string): boolean =>
    issued.holder({ template, id }) === run || issued.holder({ template, id, period }) === run
  for (const stretch of stretches(ledger.stagedIds())) {
    const asked = stretch.filter(({ seq }) => !free.has(seq))
    documents += asked.length
    if (!purged) unclaimed += issued.asking(() => asked.filter(({ id }) => !isClaimed(id)).length)
    await breathe(signal)
  }
  return { documents, unclaimed }
}

function withoutClaim(ledger: Ledger): readonly number[] {
  return ledger
    .events()
    .filter(({ kind }) => kind === nowhere)
    .flatMap(({ body }) => (JSON.parse(body) as { readonly communications: readonly number[] }).communications)
}

/** The fault of a batch in which everything that is left was issued before, or goes nowhere. */
export function claimed(
  ledger: Ledger,
  routing: Routing,
  { file, open }: { readonly file: string; readonly open: readonly string[] },
): readonly Fault[] {
  const { communications, issued } = counts(ledger)
  if (issued === 0) return []
  for (const { seq } of ledger.stagedIds()) if (!goesNowhere(routing, seq)) return []
  const { made } = communications
  const before = `${issued} document${issued === 1 ? ' was' : 's were'} issued before`
  const rest = made === 1 ? 'the other communication goes nowhere' : `the other ${made} communications go nowhere`
  return [
    {
      code: 'run.issued',
      message: made === 0 ? `all ${issued} documents were issued before` : `${before}, and ${rest}`,
      place: { file },
      hint:
        open.length > 0
          ? openHint(open)
          : 'there is nothing to do: no document goes out twice; rejects.csv names the runs',
    },
  ]
}

/** The same question without claiming anything; `frees`: whether the claims of a run would be freed. */
export function rejectIssued(
  ledger: Ledger,
  issued: Issued,
  {
    plan,
    run,
    frees,
    isOpen,
  }: {
    readonly plan: Plan
    readonly run: RunView
    readonly frees: (other: string) => boolean
    readonly isOpen: (other: string) => boolean
  },
): readonly string[] {
  const freed = new Answers(frees)
  const open = new Answers(isOpen)
  const held = function* (): Generator<{ readonly seq: number; readonly run: string }> {
    for (const { seq, identity } of identities(ledger, plan, run)) {
      const other = issued.holder(identity)
      if (other !== undefined && other !== run.name && !freed.of(other)) yield { seq, run: other }
    }
  }
  ledger.rejectStaged(asRejects(held(), other => issuedFault(plan, other, open.of(other))))
  return open.yes()
}

/** Answers about runs, each asked for once. */
export class Answers {
  readonly #known = new Map<string, boolean>()
  readonly #ask: (run: string) => boolean

  constructor(ask: (run: string) => boolean) {
    this.#ask = ask
  }

  of(run: string): boolean {
    const answer = this.#known.get(run) ?? this.#ask(run)
    this.#known.set(run, answer)
    return answer
  }

  /** Those of which the answer was yes. */
  yes(): readonly string[] {
    return [...this.#known].flatMap(([run, answer]) => (answer ? [run] : []))
  }
}

function issuedFault({ template }: Plan, other: string, isOpen: boolean): Fault {
  return {
    code: 'run.issued',
    message: `this ${template.name} was issued before, by the run ${other}`,
    hint: isOpen
      ? openHint([other])
      : 'there is nothing to do: no document goes out twice; what was left out of it needs a document with an id of its own',
  }
}

/** Documents that are claimed, and may not be made yet. */
function openHint(open: readonly string[]): string {
  const one = open.length === 1
  const shown = `${open.slice(0, 3).join(', ')}${open.length > 3 ? ' and others' : ''}`
  return `${shown} ${one ? 'is not at its end: start it' : 'are not at their end: start them'} again as before to make the rest, or void ${one ? 'it' : 'them'} to free the documents`
}
