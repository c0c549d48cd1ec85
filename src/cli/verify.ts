/** platen verify: a run recounted, rehashed and made again. */
import { Command, Option } from 'commander'
import { faultLines, verificationLines, verify } from '../run/index.ts'
import { parseCount } from './options.ts'
import type { Process } from './program.ts'

interface Words {
  readonly out: string
  readonly sample?: number
  readonly seed?: number
  readonly json?: boolean
}

export function verifyCommand({ signal, exit }: Process): Command {
  return new Command('verify')
    .summary('recount, rehash, render again, compare')
    .description(
      'Holds a run against its ledger, its files and its frozen kit, and names what differs. Writes nothing.',
    )
    .argument('<run>', 'the name of a run')
    .addOption(
      new Option('--sample <N>', 'make only so many communications again (default: all)').argParser(parseCount),
    )
    .addOption(new Option('--seed <N>', 'choose the sample again that this number chose').argParser(parseCount))
    .addOption(new Option('--out <DIR>', 'the out folder').default('out'))
    .option('--json', 'the result as one JSON object')
    .action(async (run: string, { out, sample, seed, json }: Words) => {
      const moving = process.stderr.isTTY === true && json !== true
      const show = (made: number, of: number): void => {
        if (moving) process.stderr.write(`\r\u001b[K${made === of ? '' : `  made again: ${made} of ${of}`}`)
      }
      const asked = {
        out,
        run,
        signal,
        ...(sample === undefined ? {} : { sample }),
        ...(seed === undefined ? {} : { seed }),
      }
      const found = await verify(asked, show)
      if (json === true) process.stdout.write(`${JSON.stringify(found)}\n`)
      else {
        if (found.found !== undefined) process.stdout.write(`${verificationLines(found).join('\n')}\n`)
        if (found.faults.length > 0) process.stderr.write(`${faultLines(found.faults).join('\n')}\n`)
      }
      exit(found.exit)
    })
}
