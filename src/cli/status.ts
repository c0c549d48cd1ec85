/** platen status: what happened. */
import { Command, Option } from 'commander'
import { faultLines, statusLines, statusOf, statusOfAll } from '../run/index.ts'
import type { Process } from './program.ts'

export function statusCommand({ exit }: Process): Command {
  return new Command('status')
    .summary('what happened')
    .description('Lists the runs of an out folder, or tells all of one: how far it is, or its report.')
    .argument('[run]', 'the name of a run')
    .addOption(new Option('--out <DIR>', 'the out folder').default('out'))
    .option('--json', 'as JSON')
    .action((run: string | undefined, { out, json }: { readonly out: string; readonly json?: boolean }) => {
      const all = statusOfAll(out)
      const wanted = run === undefined ? undefined : statusOf(out, run)
      if (run !== undefined && wanted === undefined) {
        const fault = {
          code: 'usage.option' as const,
          message: `there is no run ${run} in ${out}`,
          hint: all.length === 0 ? 'there is none at all' : `there are ${all.map(status => status.run).join(', ')}`,
        }
        process.stderr.write(`${faultLines([fault]).join('\n')}\n`)
        return exit(2)
      }
      if (json !== true && wanted?.state === 'unreadable') {
        process.stderr.write(`${faultLines([wanted.fault]).join('\n')}\n`)
        return exit(2)
      }
      if (json === true) process.stdout.write(`${JSON.stringify(wanted ?? all)}\n`)
      else
        process.stdout.write(
          `${statusLines(wanted === undefined ? all : [wanted], { whole: wanted !== undefined }).join('\n')}\n`,
        )
    })
}
