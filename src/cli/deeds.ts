/** platen void, release and discard: what a person decides about a run that is there. */
import { Command, Option } from 'commander'
import { discard, type Ending, faultLines, release, voidRun } from '../run/index.ts'
import type { Process } from './program.ts'

interface Words {
  readonly out: string
  readonly why: string
  readonly by?: string
}

interface ReleaseWords extends Words {
  readonly unproved?: boolean
}

export function voidCommand({ exit }: Process): Command {
  return deedCommand('void', 'a run that should not have been: frees its documents, keeps the trail')
    .description('Declares a run void. Its documents can be issued by another run; its pieces and its trail stay.')
    .action(async (run: string, { out, why, by }: Words) => {
      const ending = await voidRun({ out, run, why, ...(by === undefined ? {} : { by }) })
      exit(tell(ending, ending.before === true ? 'was void before' : 'is void; its documents are free'))
    })
}

export function releaseCommand({ exit }: Process): Command {
  return deedCommand('release', 'held pieces: publish them after all, in a new lot')
    .description(
      'Publishes all held pieces of the communications named, but for those that the suppression list, asked again, keeps back. Ends with the exit code of the run afterwards.',
    )
    .argument('<ids...>', 'which communications, by their key')
    .option(
      '--unproved',
      'also pieces that do not show what the data says, left out of the sums read back: someone has read them, and answers for them',
    )
    .action(async (run: string, ids: readonly string[], { out, why, by, unproved = false }: ReleaseWords) => {
      const asked = { out, run, ids, why, unproved, ...(by === undefined ? {} : { by }) }
      const ending = await release(asked)
      const { released = 0, unproved: overruled = 0, withheld = 0 } = ending
      const beside =
        overruled === 0 ? '' : `; ${overruled} of their pieces unproved, and left out of the sums read back`
      const skipped =
        withheld === 0
          ? ''
          : `; ${withheld} held ${withheld === 1 ? 'piece' : 'pieces'} skipped: suppressed since the run`
      exit(tell(ending, `${released} released${beside}${skipped}`))
    })
}

export function discardCommand({ exit }: Process): Command {
  return deedCommand('discard', 'held or failed pieces: give them up, and free their documents')
    .description('Gives communications up that are not published. Ends with the exit code of the run afterwards.')
    .argument('<ids...>', 'which communications, by their key')
    .action(async (run: string, ids: readonly string[], { out, why, by }: Words) => {
      exit(tell(await discard({ out, run, ids, why, ...(by === undefined ? {} : { by }) }), `${ids.length} discarded`))
    })
}

function deedCommand(name: string, summary: string): Command {
  return new Command(name)
    .summary(summary)
    .argument('<run>', 'the name of a run')
    .addOption(new Option('--why <TEXT>', 'the reason, for the ledger and the report').makeOptionMandatory())
    .addOption(new Option('--by <NAME>', 'who decided (default: the user of the system, which is noted anyway)'))
    .addOption(new Option('--out <DIR>', 'the out folder').default('out'))
}

function tell({ exit, faults, run }: Ending, words: string): number {
  if (faults.length > 0) process.stderr.write(`${faultLines(faults).join('\n')}\n`)
  else process.stdout.write(`${run}: ${words}\n`)
  return exit
}
