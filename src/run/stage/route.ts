/** Route: on which channels each staged communication becomes a piece. What cannot become pieces becomes a reject. */
import { channels as builtIn } from '../../channels/index.ts'
import type { Ledger } from '../../ledger/index.ts'
import {
  type Communication,
  describePlace,
  type Fault,
  failed,
  lookup,
  type RunView,
  type ShownFact,
} from '../../model/index.ts'
import { misnamesChannels, nobody, type Routed, type Subtracting, subtract } from '../../route/index.ts'
import { decimal } from '../../schema/index.ts'
import { openGuard } from '../guard.ts'
import { breathe } from '../pace.ts'
import type { Plan } from '../plan/plan.ts'
import type { Foreseen, Maker } from '../press/make.ts'
import { Addresses, type Twice } from './addresses.ts'
import { AheadQueue, type AheadRequest } from './ahead.ts'
import { DecidedTable } from './decided.ts'
import { Refusals } from './refusals.ts'
import { Remarks } from './remarks.ts'

/** How many communications are looked at before signals and progress get their turn. */
const pace = 256

/** What routing found out, small enough to be kept for millions of communications. */
export interface Routing {
  /** Each is shared by all communications that it was made for. */
  readonly decisions: readonly Routed[]
  /** By seq; undefined where there is no such communication. */
  readonly of: Pick<DecidedTable, 'get' | 'counts' | typeof Symbol.iterator>
  /** What the facts that bounds name come to. */
  readonly facts: Readonly<Record<string, string>>
  /** What is worth knowing of the pieces that were planned. */
  readonly remarks: Remarks
  /** By channel, addresses that more than one piece of the run goes to. */
  readonly twice: Readonly<Record<string, Twice>>
  /** By channel, where more than one person would leave the list: addresses to unsubscribe at that pieces to several addresses have. */
  readonly leftTogether: Readonly<Record<string, Twice>>
  /** Communications, by seq, whose consent names no channel: a no that perhaps was meant as a yes. */
  readonly misnamed: readonly number[]
  /** Rules of the job, as written, that decided of some communication, if only that it is a reject. */
  readonly asked: ReadonlySet<string>
}

/** Routes communications one by one, in the order of their numbers. */
export interface Router {
  /** Routes one, and has it merged and held against fonts and channels. `text`: as it is staged. A promise: the next has to wait for it. */
  readonly see: (seq: number, communication: Communication, text: string) => Promise<void> | undefined
  /** Waits for what others foresee. */
  readonly drain: () => Promise<void>
  /** Once all are seen, and nothing is waited for: what cannot become pieces becomes a reject. */
  readonly end: (ledger: Ledger) => Routing
}

/** What was decided of a communication, and what is to be remembered of it if nothing stands in its way. */
interface Passing {
  readonly seq: number
  readonly left: Routed
  /** How long its text is, in bytes. */
  readonly size: number
  /** What tells its customer from others. */
  readonly account: string
  /** The facts that bounds name. */
  readonly facts: Readonly<Record<string, ShownFact>>
}

/** `ahead`: others that foresee communications at the same time; absent: nobody does. */
export function openRouter(
  plan: Plan,
  { maker, run, ahead, signal }: { readonly maker: Maker; readonly run: RunView } & Partial<AheadRequest>,
): Router {
  const decisions: Routed[] = []
  const known = new Map<string, number>()
  const of = new DecidedTable()
  const bounded = Object.keys(plan.job.bounds?.facts ?? {})
  const sums = new Map(bounded.map(name => [name, decimal('0')]))
  const refusals = new Refusals()
  const subtracting: Subtracting = {
    template: plan.template,
    suppression: plan.suppression ?? nobody,
    addressOf: maker.addressOf,
  }
  const { purpose, consent } = plan.template
  const selling = purpose === 'marketing' ? consent : undefined
  const channelNames = [...builtIn, ...plan.channels].map(({ name }) => name)
  const misnamed: number[] = []
  const asked = new Set<string>()
  const remarks = new Remarks()
  const addresses = new Addresses()
  const leaving = new Addresses()
  const decide = openDecision(plan)
  const queue =
    ahead === undefined
      ? undefined
      : new AheadQueue<Passing>({ ahead, signal }, maker, (passing, foreseen) => pass(passing, foreseen))

  const see: Router['see'] = (seq, communication, text) => {
    const routed = decide(communication, run)
    if (!routed.ok) {
      // A fault without a line is of all rules: nobody knows at which of them it ended.
      for (const { place } of routed.faults)
        for (const { when = 'true', line } of plan.job.route ?? [])
          if (place?.line === undefined || place.line === line) asked.add(when)
      refusals.add(seq, routed.faults.map(ofRows))
      return undefined
    }
    if (selling !== undefined && misnamesChannels(lookup(communication.data, selling), channelNames)) misnamed.push(seq)
    const left = subtract(routed.value, communication, subtracting)
    const { to } = left
    const { rule } = routed.value
    if (rule !== undefined) asked.add(rule)
    const facts = bounded.length > 0 ? maker.facts(communication) : undefined
    const passing: Passing = {
      seq,
      left,
      size: Buffer.byteLength(text),
      account: accountOf(communication, plan),
      facts: facts?.ok === true ? facts.value : {},
    }
    if (queue !== undefined) return queue.add(passing, { communication, text, to })
    pass(passing, maker.foresee(communication, to))
    return undefined
  }

  const pass = ({ seq, left, size, account, facts }: Passing, foreseen: Foreseen): void => {
    if (foreseen.faults.length > 0) {
      refusals.add(seq, foreseen.faults.map(ofRows))
      return
    }
    const key = JSON.stringify(left)
    let decision = known.get(key)
    if (decision === undefined) {
      decision = decisions.push(left) - 1
      known.set(key, decision)
    }
    of.set(seq, { decision, size })
    remarks.add(seq, foreseen.remarks)
    for (const name of bounded) {
      const fact = facts[name]
      if (fact !== undefined) sums.set(name, sums.get(name)!.plus(fact.value))
    }
    for (const { channel, at: leave } of foreseen.leaves)
      leaving.add(channel, leave, { account: foreseen.addresses[left.to.indexOf(channel)] ?? '', seq })
    for (const [place, channel] of left.to.entries())
      if (maker.reaches(channel)) addresses.add(channel, foreseen.addresses[place], { account, seq })
  }

  return {
    see,
    drain: async () => queue?.end(),
    end(ledger) {
      ledger.rejectStaged(refusals.all())
      return {
        decisions,
        of,
        facts: Object.fromEntries([...sums].map(([name, sum]) => [name, sum.toString()])),
        remarks,
        twice: addresses.twice(),
        leftTogether: leaving.twice(),
        misnamed,
        asked,
      }
    },
  }
}

/** Routes every communication that was staged before. */
export async function routeAll(
  ledger: Ledger,
  plan: Plan,
  { maker, run, signal }: { readonly maker: Maker; readonly run: RunView; readonly signal?: AbortSignal | undefined },
): Promise<Routing> {
  const router = openRouter(plan, { maker, run })
  for (const { seq, text } of ledger.staged()) {
    if (seq % pace === 0) await breathe(signal)
    await router.see(seq, JSON.parse(text) as Communication, text)
  }
  return router.end(ledger)
}

/** What tells one customer from another: identity facts that are not the document's own id; without any, the id. */
function accountOf({ id, data }: Communication, { template }: Plan): string {
  const values = template.facts.filter(({ identity }) => identity).map(({ value }) => String(lookup(data, value) ?? ''))
  const others = values.filter(value => value !== id && value !== '')
  return others.length > 0 ? JSON.stringify(others) : id
}

/** Decides by the rules; those that search by a pattern under guard, since some never find an end in some data. 0.1 ms for each. */
function openDecision({ route, job }: Plan): Plan['route'] {
  if (!(job.route ?? []).some(({ when }) => /\bmatches\s*\(/.test(when ?? ''))) return route
  const guard = openGuard()
  const late = new Error('late')
  return (communication, run): ReturnType<Plan['route']> => {
    try {
      return guard(
        () => route(communication, run),
        () => late,
      )
    } catch (error) {
      if (error !== late) throw error
      return failed({
        code: 'route.threw',
        message: 'the rules of the route do not come to an end with this communication',
        place: { file: job.file },
        hint: 'look for repetitions inside repetitions in matches(…), such as (a+)+',
      })
    }
  }
}

/** A fault as the people see it who mend the data: about the communication's rows, with the place in template or job beside it. */
function ofRows({ place, ...fault }: Fault): Fault {
  return place === undefined ? fault : { ...fault, message: `${fault.message} (${describePlace(place)})` }
}

/** What was decided for one communication, and how long its text is. */
export function decisionOf({ decisions, of }: Routing, seq: number): Routed & { readonly size: number } {
  const routed = of.get(seq)
  const decision = routed === undefined ? undefined : decisions[routed.decision]
  if (routed === undefined || decision === undefined) throw new Error(`communication ${seq} was not routed`)
  return { ...decision, size: routed.size }
}

/** Whether no piece was planned of a communication. */
export function goesNowhere(routing: Routing, seq: number): boolean {
  return decisionOf(routing, seq).to.length === 0
}
