/** platen run: the batch. */
import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import {
  conduct,
  type Ending,
  faultLines,
  jsonProgress,
  movingProgress,
  quietProgress,
  refusesMetrics,
  reportLines,
  writeMetrics,
} from '../run/index.ts'
import { giveBackMemory, leaveRoom } from './memory.ts'
import { inputOptions, runOptions, toRequest, type Words } from './options.ts'
import type { Process } from './program.ts'

export function runCommand({ signal, exit }: Process): Command {
  const command = new Command('run')
    .summary('the batch: goes on where it was interrupted, refuses to repeat itself')
    .description(
      'Runs a job over its data: every communication on every channel, accounted for.\nInterrupted, it goes on when started again; done, it makes nothing and says so.',
    )
    .argument('<job>', 'the job file')
    .addHelpText(
      'after',
      `
Examples:
  platen run jobs/invoices.yaml --period 2010-12
  platen run jobs/invoices.yaml --data mended.csv --run invoices-2010-12-mended
  zcat 2010-12.csv.gz | platen run jobs/invoices.yaml --data -`,
    )
  for (const option of [...inputOptions(), ...runOptions()]) command.addOption(option)
  return command
    .addOption(new Option('--workers <N>', 'worker threads, at most 64 (default: one for each processor)'))
    .addOption(new Option('--mode <MODE>', 'permission bits of what is written (default: 0600)'))
    .option('--retry', 'make what failed in a finished run again, with the present kit')
    .option('--metrics <FILE>', 'write what the run came to as OpenMetrics text, however it ends')
    .option('--json', 'one JSON line per event, on standard output')
    .action(async (job: string, options: Words) => {
      const progress = pickProgress(options.json === true)
      const request = toRequest(job, options, signal)
      const { metrics } = options
      const refused = metrics === undefined ? undefined : refusesMetrics(metrics)
      const faults = [...(request.ok ? [] : request.faults), ...(refused === undefined ? [] : [refused])]
      const measured = (ended: Ending): Ending =>
        metrics === undefined || refused !== undefined ? ended : writeMetrics(metrics, { job, ending: ended })
      const conducted = async (): Promise<Ending> => {
        if (!request.ok || faults.length > 0) return { exit: 2, faults }
        leaveRoom(request.value.workers ?? availableParallelism())
        try {
          return await conduct(request.value, event => {
            progress.tell(event)
            if (event.kind === 'allocated') giveBackMemory(event.communications)
          })
        } catch (error) {
          measured({ exit: 1, faults: [] })
          throw error
        }
      }
      const ending = measured(await conducted())
      progress.end()
      if (options.json === true) writeJson(ending)
      else writeWords(ending)
      exit(ending.exit)
    })
}

function pickProgress(json: boolean): ReturnType<typeof quietProgress> {
  if (json) return jsonProgress(text => process.stdout.write(text))
  const write = (text: string): boolean => process.stderr.write(text)
  return process.stderr.isTTY === true ? movingProgress(write, Date.now) : quietProgress(write)
}

function writeWords({ exit, faults, report, run, folder, before }: Ending): void {
  if (exit === 130 && faults.length === 0) {
    const words = run === undefined ? 'interrupted before the run began' : `${run}: interrupted`
    process.stderr.write(`${words}; start it again to go on\n`)
    return
  }
  if (before === true) process.stdout.write(`${run} is done: nothing was made. Its report again:\n\n`)
  if (report !== undefined && folder !== undefined) {
    process.stdout.write(`${reportLines(report, folder, { warnings: before === true }).join('\n')}\n`)
    return
  }
  process.stderr.write(`${faultLines(faults).join('\n')}\n`)
}

function writeJson({ exit, faults, report, run, folder, before = false }: Ending): void {
  for (const fault of faults) process.stdout.write(`${JSON.stringify({ kind: 'fault', fault })}\n`)
  process.stdout.write(
    `${JSON.stringify({ kind: 'ended', exit, before, run: run ?? null, folder: folder ?? null, report: report ?? null })}\n`,
  )
}
