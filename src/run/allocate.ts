/** Allocate: route, pass the gates, claim, cut lots. After it, the ledger lists every piece that must exist. */
import { dataFiles } from '../intake/index.ts'
import { exceeds } from '../job/index.ts'
import { type Allotment, counts, type Identity, type Issued, type Ledger, totals } from '../ledger/index.ts'
import {
  type Communication,
  type Data,
  describePlace,
  type Expectation,
  type Fault,
  type InputSummary,
  type Job,
  type RunView,
  type Value,
} from '../model/index.ts'
import { decimal, isObject } from '../schema/index.ts'
import type { Maker } from './make.ts'
import { breathe } from './pace.ts'
import { type Plan, withEnclosures } from './plan.ts'

/** A lot takes so many communications or so many bytes of staged text, whichever is first. */
const lotBytes = 4 * 1024 * 1024

/** A decision of the route, shared by all communications that it was made for. */
interface Decision {
  readonly to: readonly string[]
  readonly skipped: Readonly<Record<string, string>>
}

/** What routing found out, small enough to be kept for millions of communications. */
export interface Routing {
  readonly decisions: readonly Decision[]
  /** By seq: position of its decision, and length of its text; undefined where there is no such communication. */
  readonly of: ReadonlyMap<number, { readonly decision: number; readonly size: number }>
}

/** Routes every staged communication, merges it, and holds it against fonts and channels. What cannot become pieces becomes a reject. */
export async function routeAll(
  ledger: Ledger,
  plan: Plan,
  { maker, run, signal }: { readonly maker: Maker; readonly run: RunView; readonly signal?: AbortSignal | undefined },
): Promise<Routing> {
  const decisions: Decision[] = []
  const known = new Map<string, number>()
  const of = new Map<number, { decision: number; size: number }>()
  const refused: { seq: number; issued: boolean; faults: readonly Fault[] }[] = []
  for (const { seq, text } of ledger.staged()) {
    if (seq % pace === 0) await breathe(signal)
    const communication = JSON.parse(text) as Communication
    const routed = plan.route(communication, run)
    if (!routed.ok) {
      refused.push({ seq, issued: false, faults: routed.faults.map(ofRows) })
      continue
    }
    const { to, skipped } = routed.value
    const faults = unique([...findLacking(communication, to, plan, maker), ...maker.foresee(communication, to)])
    if (faults.length > 0) {
      refused.push({ seq, issued: false, faults: faults.map(ofRows) })
      continue
    }
    const key = JSON.stringify([to, skipped])
    let decision = known.get(key)
    if (decision === undefined) {
      decision = decisions.push({ to, skipped }) - 1
      known.set(key, decision)
    }
    of.set(seq, { decision, size: Buffer.byteLength(text) })
  }
  ledger.rejectStaged(refused)
  return { decisions, of }
}

/** A fault as the people see it who mend the data: about the communication's rows, with the place in template or job beside it. */
function ofRows({ place, ...fault }: Fault): Fault {
  return place === undefined ? fault : { ...fault, message: `${fault.message} (${describePlace(place)})` }
}

/** Channels that share a text find the same fault in it. */
function unique(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map(fault => [JSON.stringify(fault), fault])).values()]
}

/** A warning where communications have no channel that takes them: they would be issued and go nowhere. */
export function goesNowhere({ decisions, of }: Routing, { file }: Job): readonly Fault[] {
  let count = 0
  for (const { decision } of of.values()) if (decisions[decision]?.to.length === 0) count += 1
  if (count === 0) return []
  return [
    {
      code: 'run.nothing',
      message: `${count} communication${count === 1 ? ' has' : 's have'} no piece on any channel`,
      place: { file },
      hint: 'add a channel that needs no address, such as pdf, or mend the addresses',
    },
  ]
}

/** What was decided for one communication, and how long its text is. */
export function decisionOf({ decisions, of }: Routing, seq: number): Decision & { readonly size: number } {
  const routed = of.get(seq)
  const decision = routed === undefined ? undefined : decisions[routed.decision]
  if (routed === undefined || decision === undefined) throw new Error(`communication ${seq} was not routed`)
  return { ...decision, size: routed.size }
}

/** How many communications are looked at before signals and progress get their turn. */
const pace = 256

/** The glyph gate: characters in the fields that a channel prints, and that it has no way to show. */
function findLacking(
  { data, recipient }: Communication,
  to: readonly string[],
  plan: Plan,
  maker: Maker,
): readonly Fault[] {
  const seen: Data = { ...data, recipient: { ...recipient } }
  return withEnclosures(plan.channels, to).flatMap(({ name }) =>
    (plan.prints[name] ?? []).flatMap(path => {
      const lacking = new Set(textsAt(seen, path.split('.')).flatMap(text => maker.lacks(name, text)))
      if (lacking.size === 0) return []
      const characters = [...lacking].slice(0, 5).map(nameCharacter).join(', ')
      const broken = [...lacking].filter(character => /\p{Cc}/u.test(character))
      if (broken.length > 0) {
        return {
          code: 'run.glyph' as const,
          message: `${path} has the control character ${broken.map(nameCharacter).slice(0, 5).join(', ')}, which nothing can show`,
          hint: 'take it out of the data: the file may be damaged, or in another encoding than the job says',
        }
      }
      return {
        code: 'run.glyph' as const,
        message: `no font of the brand has ${characters}, which ${path} needs on ${name}`,
        hint: 'add a font that has it to fallback: in brand.yaml, or mend the data',
      }
    }),
  )
}

function nameCharacter(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** All texts at a path; a list on the way means each of its elements. */
function textsAt(value: Value | undefined, steps: readonly string[]): readonly string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap(inner => textsAt(inner as Value, steps))
  const [step, ...rest] = steps
  if (step === undefined) return typeof value === 'string' ? [value] : []
  return isObject(value) && Object.hasOwn(value, step) ? textsAt(value[step], rest) : []
}

/** Gates that look at the batch as a whole. Faults refuse the run. */
export function passGates(
  ledger: Ledger,
  job: Job,
  summary: InputSummary,
  expect: Expectation | undefined,
): readonly Fault[] {
  const { communications, rejectedWithId, issued } = counts(ledger)
  const faults: Fault[] = []
  const rejected = communications.rejected - issued
  if (communications.made + communications.rejected === 0 && !job.allowEmpty) {
    faults.push({
      code: 'run.empty',
      message: summary.rows === 0 ? 'the data has no rows' : 'the data has no communications: every row was filtered',
      place: { file: summary.files[0]?.file ?? job.file },
      hint: 'set allowEmpty: true in the job if that may be',
    })
  }
  faults.push(...emptyFiles(job, summary))
  if (exceeds(job.rejects, rejected, communications.made + rejected)) {
    const allowed =
      'count' in job.rejects
        ? String(job.rejects.count)
        : `${String(decimal(String(job.rejects.share)).times(100)).replace(/\.0+$/, '')} %`
    faults.push({
      code: 'run.rejects',
      message: `${rejected} of ${communications.made + rejected} communications are rejects, ${allowed} are allowed`,
      place: { file: job.file },
      hint: 'mend the data, or allow more with rejects: in the job or --rejects; a run lists them all in rejects.csv',
    })
  }
  if (expect !== undefined) faults.push(...compareTotals(ledger, summary, expect, communications.made + rejectedWithId))
  return faults
}

/** Joined files with a header and nothing under it: each statement would be empty, and none would be wrong by itself. */
function emptyFiles(job: Job, { files }: InputSummary): readonly Fault[] {
  if (job.allowEmpty) return []
  return dataFiles(job).flatMap(({ allowEmpty }, at): readonly Fault[] => {
    const read = files[at]
    if (at === 0 || allowEmpty === true || read === undefined || read.rows > 0) return []
    return [
      {
        code: 'run.empty',
        message: 'the file has no rows',
        place: { file: read.file },
        hint: 'is it the right one? set allowEmpty: true beside file: in the job if that may be',
      },
    ]
  })
}

function compareTotals(
  ledger: Ledger,
  summary: InputSummary,
  expect: Expectation,
  communications: number,
): readonly Fault[] {
  const differ = (what: string, expected: string, found: string): Fault => ({
    code: 'run.control',
    message: `${what} should be ${expected}, and ${found}`,
    place: { file: expect.file },
    hint: 'ask for the whole file, or for the right control totals: the run begins only when they agree',
  })
  const faults: Fault[] = []
  const rows = summary.files[0]?.rows ?? 0
  if (expect.rows !== undefined && expect.rows !== rows)
    faults.push(
      differ(`rows of ${summary.files[0]?.file ?? 'the data file'}`, String(expect.rows), `${rows} were read`),
    )
  if (expect.communications !== undefined && expect.communications !== communications) {
    faults.push(differ('communications', String(expect.communications), `there are ${communications}`))
  }
  const found = totals(ledger)
  for (const [path, expected] of Object.entries(expect.sum)) {
    const unreadable = summary.unreadable[path] ?? 0
    const sum = decimal(found[path]?.accepted ?? '0').plus(found[path]?.rejected ?? '0')
    if (unreadable > 0)
      faults.push(differ(`the sum of ${path}`, expected, `${unreadable} of its values cannot be read`))
    else if (sum.cmp(expected) !== 0) faults.push(differ(`the sum of ${path}`, expected, `it is ${sum}`))
  }
  return faults
}

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

/** Cuts lots in input order. */
export function* cutLots(ledger: Ledger, routing: Routing, lotSize: number): Generator<Allotment> {
  let lot = 1
  let communications = 0
  let bytes = 0
  for (const { seq } of ledger.stagedIds()) {
    const { size, to, skipped } = decisionOf(routing, seq)
    if (communications > 0 && (communications >= lotSize || bytes + size > lotBytes)) {
      lot += 1
      communications = 0
      bytes = 0
    }
    communications += 1
    bytes += size
    yield { seq, lot, to, skipped }
  }
}
