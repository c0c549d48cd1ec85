/** platen proof: finished samples to look at. */
import { Command, Option } from 'commander'
import { faultLines, type ProofReport, plainId, proofJob, proofTemplate } from '../run/index.ts'
import { inputOptions, parseCount, toRequest, type Words } from './options.ts'
import type { Process } from './program.ts'
import { templateFolder } from './template.ts'

type ProofWords = Words & { readonly limit?: number; readonly into: string; readonly pictures: boolean }

export function proofCommand({ signal, exit }: Process): Command {
  const command = new Command('proof')
    .summary('finished samples into proof/, without a run')
    .description(
      'Makes a few communications exactly as a run would, to be looked at. Nothing is issued, no ledger is written.\nWith the name or folder of a template instead of a job, its own samples are made; its period is --period, else that of\n--date, else the month that most dates of the samples lie in.',
    )
    .argument('<job>', 'the job file, or a template')
    .argument(
      '[ids...]',
      'which communications, by their key (default: a few, each channel and language among them), or which samples',
    )
  for (const option of inputOptions()) command.addOption(option)
  return command
    .addOption(
      new Option(
        '--limit <N>',
        'how many, where no ids are given (default: 5, of a template all its samples)',
      ).argParser(parseCount),
    )
    .addOption(new Option('--into <DIR>', 'where to put them').default('proof'))
    .addOption(new Option('--no-pictures', 'mails without pictures of them (375 and 600 px, light and dark)'))
    .action(async (target: string, ids: readonly string[], { limit, into, pictures, ...words }: ProofWords) => {
      const report = await prove(target, { ids, limit, folder: into, pictures }, toRequest(target, words, signal))
      writeWords(report)
      exit(report.exit)
    })
}

async function prove(
  target: string,
  choice: Parameters<typeof proofJob>[1],
  request: ReturnType<typeof toRequest>,
): Promise<ProofReport> {
  if (!request.ok) return { exit: 2, faults: request.faults, files: [] }
  const now = (): Date => new Date()
  const template = templateFolder(target)
  if (template !== undefined) return proofTemplate(template, { ...choice, request: request.value }, now)
  return proofJob(request.value, choice, () => {}, now)
}

function writeWords({ faults, warnings = [], files, passed, taken, unshown = [] }: ProofReport): void {
  for (const file of files) process.stdout.write(`${file}\n`)
  for (const one of unshown) process.stderr.write(`${plainId(one.id)}: ${lacking(one)}\n`)
  if (taken !== undefined) {
    const without =
      taken.unseen.length === 0 ? '' : `; none of them has ${taken.unseen.join(', ')} (--limit takes more)`
    process.stderr.write(
      `${taken.ids.length} of ${taken.of} communications: ${taken.ids.map(plainId).join(', ')}${without}\n`,
    )
  }
  if (passed !== undefined) {
    const { count, of, reasons } = passed
    const first = count > 1 ? ', for example' : ''
    process.stderr.write(
      `${count} of ${of} communications ${count > 1 ? 'are rejects' : 'is a reject'}, and passed over${first}:\n`,
    )
    process.stderr.write(`${faultLines(reasons).join('\n')}\n`)
  }
  for (const warning of faultLines(warnings))
    process.stderr.write(`${warning.startsWith('  ') ? '' : 'warning: '}${warning}\n`)
  if (faults.length > 0) process.stderr.write(`${faultLines(faults).join('\n')}\n`)
}

/** `no email: no address; no sms: suppressed (sms, service)` */
function lacking({ all, skipped }: NonNullable<ProofReport['unshown']>[number]): string {
  if (all) return `nothing to show: ${[...new Set(Object.values(skipped))].join(', ')}`
  const reasons = Map.groupBy(Object.entries(skipped), ([, reason]) => reason)
  return [...reasons]
    .map(([reason, channels]) => `${channels.map(([channel]) => `no ${channel}`).join(' and ')}: ${reason}`)
    .join('; ')
}
