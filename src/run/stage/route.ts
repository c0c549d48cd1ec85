/** Route: on which channels each staged communication becomes a piece. What cannot become pieces becomes a reject. */
import { channels as builtIn } from '../../channels/index.ts'
import type { Ledger } from '../../ledger/index.ts'
import { type Communication, describePlace, type Fault, failed, lookup, type RunView } from '../../model/index.ts'
import { misnamesChannels, nobody, type Routed, type Subtracting, subtract } from '../../route/index.ts'
import { decimal } from '../../schema/index.ts'
import { openGuard } from '../guard.ts'
import { breathe } from '../pace.ts'
import type { Plan } from '../plan/plan.ts'
import type { Maker } from '../press/make.ts'
import { Addresses, type Twice } from './addresses.ts'
import { DecidedTable } from './decided.ts'
import { findLacking } from './glyphs.ts'
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
  /** Routes one, merges it, and holds it against fonts and channels. `text`: as it is staged. */
  readonly see: (seq: number, communication: Communication, text: string) => void
  /** Once all are seen: what cannot become pieces becomes a reject. */
  readonly end: (ledger: Ledger) => Routing
}

export function openRouter(plan: Plan, { maker, run }: { readonly maker: Maker; readonly run: RunView }): Router {
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

  const see: Router['see'] = (seq, communication, text) => {
    const routed = decide(communication, run)
    if (!routed.ok) {
      // A fault without a line is of all rules: nobody knows at which of them it ended.
      for (const { place } of routed.faults)
        for (const { when = 'true', line } of plan.job.route ?? [])
          if (place?.line === undefined || place.line === line) asked.add(when)
      refusals.add(seq, routed.faults.map(ofRows))
      return
    }
    if (selling !== undefined && misnamesChannels(lookup(communication.data, selling), channelNames)) misnamed.push(seq)
    const left = subtract(routed.value, communication, subtracting)
    const { to } = left
    const { rule } = routed.value
    if (rule !== undefined) asked.add(rule)
    const foreseen = maker.foresee(communication, to)
    const faults = unique([...findLacking(communication, to, plan, maker), ...foreseen.faults])
    if (faults.length > 0) {
      refusals.add(seq, faults.map(ofRows))
      return
    }
    const key = JSON.stringify(left)
    let decision = known.get(key)
    if (decision === undefined) {
      decision = decisions.push(left) - 1
      known.set(key, decision)
    }
    of.set(seq, { decision, size: Buffer.byteLength(text) })
    remarks.add(seq, foreseen.remarks)
    const facts = bounded.length > 0 ? maker.facts(communication) : undefined
    for (const name of bounded) {
      const fact = facts?.ok === true ? facts.value[name] : undefined
      if (fact !== undefined) sums.set(name, sums.get(name)!.plus(fact.value))
    }
    for (const { channel, at } of foreseen.leaves)
      leaving.add(channel, at, { account: maker.addressOf(communication, channel) ?? '', seq })
    for (const channel of to)
      if (maker.reaches(channel))
        addresses.add(channel, maker.addressOf(communication, channel), {
          account: accountOf(communication, plan),
          seq,
        })
  }

  return {
    see,
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
    router.see(seq, JSON.parse(text) as Communication, text)
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

/** Channels that share a text find the same fault in it. */
function unique(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map(fault => [JSON.stringify(fault), fault])).values()]
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
