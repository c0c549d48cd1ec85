/** platen proof: finished samples to look at. */
import { Command, Option } from 'commander'
import { faultLines, type ProofReport, proofJob, proofTemplate } from '../run/index.ts'
import { inputOptions, parseCount, type RunOptions, toRequest } from './options.ts'
import type { Process } from './program.ts'
import { templateFolder } from './template.ts'

type ProofOptions = RunOptions & { readonly limit: number; readonly into: string }

export function proofCommand({ signal, exit }: Process): Command {
  const command = new Command('proof')
    .summary('finished samples into proof/, without a run')
    .description(
      'Makes a few communications exactly as a run would, to be looked at. Nothing is issued, no ledger is written.\nWith the name or folder of a template instead of a job, its own samples are made.',
    )
    .argument('<job>', 'the job file, or a template')
    .argument('[ids...]', 'which communications, by their key (default: the first ones), or which samples')
  for (const option of inputOptions()) command.addOption(option)
  return command
    .addOption(new Option('--limit <N>', 'how many, where no ids are given').argParser(parseCount).default(5))
    .addOption(new Option('--into <DIR>', 'where to put them').default('proof'))
    .action(async (target: string, ids: readonly string[], options: ProofOptions) => {
      const { limit, into, ...rest } = options
      const template = templateFolder(target)
      const report =
        template === undefined
          ? await proofJob(
              { ...toRequest(target, rest), signal },
              { ids, limit, folder: into },
              () => {},
              () => new Date(),
            )
          : await proofTemplate(template, { ids, target: into, date: rest.date }, () => new Date())
      writeWords(report)
      exit(report.exit)
    })
}

function writeWords({ faults, files }: ProofReport): void {
  for (const file of files) process.stdout.write(`${file}\n`)
  if (faults.length > 0) process.stderr.write(`${faultLines(faults).join('\n')}\n`)
}
