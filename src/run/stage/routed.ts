/** What routing decided, told: events that `explain` reads, and warnings of a whole batch. */
import { channels as builtIn } from '../../channels/index.ts'
import type { Data, Fault, Job } from '../../model/index.ts'
import type { Twice } from './addresses.ts'
import { firstLines, firstLinesOfEach, type Lines } from './firstlines.ts'
import type { Routing } from './route.ts'

/** What was decided beyond the route, as events that `explain` tells of each communication: who was left out, and who shares an address. */
export function routingEvents({
  decisions,
  of,
  twice,
}: Routing): readonly { readonly kind: string; readonly body: Data }[] {
  const left = new Map<string, { channel: string; reason: string; communications: number[] }>()
  for (const [seq, { decision }] of of) {
    const { skipped = {}, withheld = [] } = decisions[decision] ?? {}
    for (const channel of withheld) {
      const reason = skipped[channel] ?? ''
      const known = left.get(reason) ?? { channel, reason, communications: [] }
      known.communications.push(seq)
      left.set(reason, known)
    }
  }
  return [
    ...[...left.values()].map(body => ({ kind: 'left-out', body })),
    ...Object.entries(twice).map(([channel, together]) => ({
      kind: 'address-shared',
      body: {
        channel,
        addresses: together.length,
        communications: together.flat().sort((a, b) => a - b),
        together: together.map(seqs => [...seqs]),
      },
    })),
  ]
}

/** Communications that go nowhere, addresses that more than one piece goes to, and those that more than one person would unsubscribe at. */
export function routingWarnings(routing: Routing, job: Job, lines: Lines): readonly Fault[] {
  return [
    ...consentMisnamed(routing, job, lines),
    ...allNowhere(routing, job),
    ...reachedTwice(routing, job, lines),
    ...leftTogether(routing, job, lines),
  ]
}

/** Rules that no communication met, though there were some: a word in them that the data writes otherwise would be seen nowhere else. */
export function idleRules({ asked }: Routing, { file, route = [] }: Job, communications: number): readonly Fault[] {
  if (communications === 0) return []
  const these =
    communications === 1 ? 'the one communication' : `these ${communications.toLocaleString('en-US')} communications`
  return route.flatMap(({ when = 'true', line }): readonly Fault[] => {
    if (when === 'true' || asked.has(when)) return []
    const locale = /\brecipient\.locale\s*==\s*["'](\w+)["']/.exec(when)?.[1]
    return [
      {
        code: 'route.nobody',
        message: `the rule ${when} chooses nobody of ${these}`,
        place: { file, line },
        hint:
          locale === undefined
            ? 'compare it with what the data says; the rules before it may take all, and then it can go'
            : `recipient.locale is what the data says: for ${locale} and its regions write recipient.locale.startsWith("${locale}")`,
      },
    ]
  })
}

function consentMisnamed({ misnamed }: Routing, { file }: Job, lines: Lines): readonly Fault[] {
  const count = misnamed.length
  if (count === 0) return []
  const where = firstLines(misnamed, lines)
  return [
    {
      code: 'run.consent',
      message: `${count.toLocaleString('en-US')} communication${count === 1 ? ' has a consent that names' : 's have consents that name'} no channel, and so ${count === 1 ? 'agrees' : 'agree'} to nothing there${where === '' ? '' : ` (${where})`}`,
      place: { file },
      hint: `write true, or a list of ${builtIn.map(({ name }) => name).join(', ')}; prepare.js makes a list of text: data.agreed.split(',')`,
    },
  ]
}

/** Addresses whose communications are named by their lines. */
const mostShared = 3

function reachedTwice({ twice }: Routing, { file }: Job, lines: Lines): readonly Fault[] {
  return Object.entries(twice).map(([channel, together]) => ({
    code: 'run.twice',
    message: `${together.length} address${together.length === 1 ? ' gets' : 'es get'} more than one piece on ${channel}, ${whichOf(together, lines)}`,
    place: { file },
    hint: 'look whether one customer stands in the data twice; accounts that share an address are all right',
  }))
}

function leftTogether({ leftTogether: shared }: Routing, { file }: Job, lines: Lines): readonly Fault[] {
  return Object.values(shared).map(together => ({
    code: 'email.unsubscribe',
    message: `${together.length} address${together.length === 1 ? ' to unsubscribe at stands' : 'es to unsubscribe at stand'} in mails to more than one person, ${whichOf(together, lines)}`,
    place: { file },
    hint: 'who leaves the list there takes the others off it, or nobody: look whether the data has a token of their own for each',
  }))
}

/** `5 in all (bills.csv:2, 4; bills.csv:6, 8, 9)`: how many pieces that are, and the first lines of some. */
function whichOf(together: Twice, lines: Lines): string {
  const pieces = together.reduce((sum, seqs) => sum + seqs.length, 0)
  const where = firstLinesOfEach(together.slice(0, mostShared), lines)
  const others = together.length - mostShared
  const more = others > 0 ? [`${others} address${others === 1 ? '' : 'es'} more`] : []
  return `${pieces} in all (${[...where, ...more].join('; ')})`
}

/** A warning where communications have no channel that takes them. */
function allNowhere({ decisions, of }: Routing, { file }: Job): readonly Fault[] {
  const counts = of.counts(decisions.length)
  const all = counts.reduce((sum, count) => sum + count, 0)
  const reasons = new Map<string, number>()
  let none = 0
  for (const [at, { to, skipped }] of decisions.entries()) {
    const count = counts[at] ?? 0
    if (to.length > 0 || count === 0) continue
    none += count
    const reason = [...new Set(Object.values(skipped).map(one => one.replace(/ \(.*\)$/, '')))].join(', ')
    reasons.set(reason, (reasons.get(reason) ?? 0) + count)
  }
  if (none === 0) return []
  const why = [...reasons].map(([reason, count]) => `${count} × ${reason}`).join('; ')
  return [
    {
      code: 'run.nothing',
      message: `${none} of ${all} communication${all === 1 ? '' : 's'} ${none === 1 ? 'has' : 'have'} no piece on any channel (${why})`,
      place: { file },
      hint: 'nothing of them is issued, so they can be made later: mend addresses or consent, or add a channel that needs no address, such as pdf',
    },
  ]
}
