/** platen purge: personal data and pieces of old runs. */
import { Command, Option } from 'commander'
import { faultLines, purge } from '../run/index.ts'
import type { Process } from './program.ts'

interface Words {
  readonly out: string
  readonly olderThan: string
  readonly dryRun?: boolean
  readonly unsettled?: boolean
  readonly by?: string
}

export function purgeCommand({ exit }: Process): Command {
  return new Command('purge')
    .summary('removes personal data and pieces, keeps counts and digests')
    .description(
      'Removes staged data, rejects and pieces of runs that ended before. Counts, digests, events and reports stay.',
    )
    .addOption(
      new Option(
        '--older-than <AGE>',
        'how long ago they ended: 90d, or before a day: 2026-03-31',
      ).makeOptionMandatory(),
    )
    .option('--dry-run', 'only list them')
    .option('--unsettled', 'also those with pieces that are held, failed or not made: they are given up')
    .addOption(new Option('--by <NAME>', 'who decided (default: the user of the system, which is noted anyway)'))
    .addOption(new Option('--out <DIR>', 'the out folder').default('out'))
    .action(async (words: Words) => {
      const { exit: code, faults, runs } = await purge(words)
      for (const run of runs) process.stdout.write(`${run}: ${words.dryRun === true ? 'to be purged' : 'purged'}\n`)
      if (runs.length === 0 && faults.length === 0) process.stdout.write('nothing to purge\n')
      if (faults.length > 0) process.stderr.write(`${faultLines(faults).join('\n')}\n`)
      exit(code)
    })
}
