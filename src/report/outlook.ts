/** Checks and statuses in words: what the terminal prints for them. */
import { type CheckReport, type Fault, quote, type RunStatus, type UnreadableRun } from '../model/index.ts'
import { decimal } from '../schema/index.ts'
import { deedWords } from './deeds.ts'
import { faultLines, meaning, mostWarnings } from './faults.ts'
import { costLines, reportLines, skippedWords, suppressionWords } from './terminal.ts'
import { duration, group, groupDecimal, plural } from './words.ts'

const reasonsShown = 20

/** What a run would do, as far as it is known. */
export function checkLines({ begun, found, warnings, exit }: CheckReport): readonly string[] {
  if (begun !== undefined) return [begunWords(begun, exit), lookedAt, ...warningLines(warnings)]
  if (found === undefined) return []
  const {
    run,
    summary,
    counts,
    totals,
    expect,
    reasons,
    lots,
    channels,
    messages,
    cost,
    byPage,
    notRendered,
    suppression,
  } = found
  const { made, rejected } = counts.communications
  return [
    `${run}: ${exit === 0 ? 'ready to run' : 'not ready to run'}`,
    '',
    line('rows', `${group(summary.rows)} read, ${group(summary.filtered)} filtered`),
    line('communications', `${group(made)} to make in ${plural(lots, 'lot')}, ${group(rejected)} rejects`),
    ...counts.rejects.map(({ code, count }, at) =>
      line(at === 0 ? 'rejects' : '', `${group(count)} × ${meaning(code)} (${code})`),
    ),
    ...Object.entries(channels).map(([channel, { pieces, skipped }]) => {
      const bill = messages[channel]
      const parts =
        bill === undefined
          ? []
          : [
              plural(bill.parts, 'part'),
              ...Object.entries(bill.byParts).map(([n, count]) => `${group(count)} of ${n}`),
              ...Object.entries(bill.byEncoding).map(([name, count]) => `${group(count)} ${name}`),
            ]
      return line(
        channel,
        [
          plural(pieces, 'piece'),
          ...parts,
          ...(skipped > 0 ? [skippedWords({ skipped, notRendered }, channel)] : []),
        ].join(', '),
      )
    }),
    ...(suppression === undefined ? [] : [line('suppression', suppressionWords(suppression))]),
    ...(cost === null ? [] : costLines(cost, byPage.length === 0 ? '' : `, and the pages of ${byPage.join(', ')}`)),
    ...Object.entries(totals).map(([path, { accepted, rejected: refused }]) => {
      const expected = expect?.sum[path]
      const read = groupDecimal(decimal(accepted).plus(refused).toString())
      return line('sum', `${path}: ${read}${expected === undefined ? '' : `, expected ${groupDecimal(expected)}`}`)
    }),
    ...(reasons.length === 0 ? [] : ['', 'rejects, in input order:', ...faultLines(reasons.map(named), reasonsShown)]),
    ...warningLines(warnings),
  ]
}

/** What a check of a run that has begun stands on. */
const lookedAt =
  '  looked at: that run, the data, by its digest, and which files of job, template and brand changed since; not at rows, totals or pieces'

function warningLines(warnings: readonly Fault[]): readonly string[] {
  if (warnings.length === 0) return []
  const lines = faultLines(warnings, mostWarnings)
  return ['', ...lines.map(text => (text.startsWith('  ') ? text : `warning: ${text}`))]
}

function begunWords({ run, state, lots }: NonNullable<CheckReport['begun']>, exit: CheckReport['exit']): string {
  if (state === 'done') return `${run} is done: a start would make nothing, and exit ${exit} again`
  const all = plural(lots.published + lots.planned, 'lot')
  return `${run}: not finished, ${lots.published} of ${all} published; a start would go on, with the kit that was frozen`
}

/** An id as a terminal may show it. */
export function plainId(id: string): string {
  return quote(id).slice(1, -1)
}

/** A reason with the id of the communication that it is about. */
function named({ id, fault }: { readonly id?: string; readonly fault: Fault }): Fault {
  return id === undefined ? fault : { ...fault, message: `${plainId(id)}: ${fault.message}` }
}

/** Runs in a line each, or one in whole. */
export function statusLines(
  all: readonly (RunStatus | UnreadableRun)[],
  { whole }: { readonly whole: boolean },
): readonly string[] {
  if (all.length === 0) return ['no runs here']
  if (whole) return all.flatMap(status => [`${status.run}: ${stateWords(status)}`, '', ...details(status)])
  const width = Math.max(...all.map(({ run }) => run.length))
  return all.map(status => `${status.run.padEnd(width)}  ${stateWords(status)}`)
}

function stateWords(status: RunStatus | UnreadableRun): string {
  if (status.state === 'unreadable') return `cannot be read: ${status.fault.message}`
  const { state, busy, exit, counts, lots, date, report, stopped, voided, purged } = status
  if (voided !== undefined) return `void since ${deedWords(voided)}`
  switch (state) {
    case 'done': {
      const made = plural(counts.communications.made, 'communication')
      return `${stopped === true ? 'stopped: send nothing of it, and void it' : 'done'}, exit ${exit ?? '?'}, dated ${date}, ${made}${report === undefined ? '' : `, ${duration(report.timing.seconds)}`}${purged === undefined ? '' : ', purged'}`
    }
    case 'refused':
      return 'refused; the next start replaces it'
    case 'allocated':
      if (purged !== undefined) return 'never ended, purged'
      return `not finished: ${lots.published} of ${plural(lots.published + lots.planned, 'lot')} published; ${busy ? 'a process is at it' : 'start it again to go on'}`
    case 'staging':
      return busy ? 'reading; a process is at it' : 'interrupted before its allocation; the next start replaces it'
  }
}

function details(status: RunStatus | UnreadableRun): readonly string[] {
  if (status.state === 'unreadable') return faultLines([status.fault])
  const { report, folder, counts, voided } = status
  if (report !== undefined) return reportLines(report, folder)
  return Object.entries(counts.pieces).map(([channel, { rendered, skipped, held, failed, planned }]) =>
    line(
      channel,
      `${group(rendered)} rendered, ${group(skipped)} skipped, ${group(held)} held, ${group(failed)} failed, ${group(planned)} ${voided === undefined ? 'to be' : 'not'} made`,
    ),
  )
}

function line(label: string, text: string): string {
  return `  ${label.padEnd(15)} ${text}`
}
