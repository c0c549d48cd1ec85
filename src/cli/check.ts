/** platen check: everything that can be known without making pages. */
import { Command } from 'commander'
import { type CheckReport, check, checkLines, faultLines, movingProgress, quietProgress } from '../run/index.ts'
import { inputOptions, runOptions, toRequest, type Words } from './options.ts'
import type { Process } from './program.ts'

export function checkCommand({ signal, exit }: Process): Command {
  const command = new Command('check')
    .summary('everything that can be known without making pages')
    .description(
      'Reads job, brand, template and all data, and tells what a run would do:\nmistakes with their places, rejects with their reasons, control totals, glyphs, parts of text messages.\nMakes nothing.',
    )
    .argument('<job>', 'the job file')
  for (const option of [...inputOptions(), ...runOptions()]) command.addOption(option)
  return command.option('--json', 'the result as one JSON object').action(async (job: string, options: Words) => {
    const write = (text: string): boolean => process.stderr.write(text)
    const moving = process.stderr.isTTY === true && options.json !== true
    const progress = moving ? movingProgress(write, Date.now) : quietProgress(() => {})
    const request = toRequest(job, options, signal)
    const found: CheckReport = request.ok
      ? await check(request.value, progress.tell, () => new Date())
      : { exit: 2, faults: request.faults, warnings: [] }
    progress.end()
    if (options.json === true) process.stdout.write(`${JSON.stringify(found)}\n`)
    else writeWords(found)
    exit(found.exit)
  })
}

function writeWords(report: CheckReport): void {
  if (report.found !== undefined || report.begun !== undefined)
    process.stdout.write(`${checkLines(report).join('\n')}\n`)
  if (report.faults.length > 0) process.stderr.write(`${faultLines(report.faults).join('\n')}\n`)
}
