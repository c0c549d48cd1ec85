/** platen suppress: a suppression list with keyed hashes for its addresses. */
import { Command } from 'commander'
import { faultLines, hashSuppressionList } from '../run/index.ts'
import type { Process } from './program.ts'

export function suppressCommand({ exit }: Process): Command {
  return new Command('suppress')
    .summary('a suppression list with keyed hashes for its addresses')
    .description(
      'Prints a list (channel,purpose,address) with its addresses hashed under a key, for jobs that name both: ' +
        'suppress: { file: suppressed.csv, key: suppress.key }. Lines that are hashed already stay as they are. A telephone ' +
        'number has + and its country; for those without, --country says where they are dialled.',
    )
    .argument('<list>', 'a file of lines channel,purpose,address')
    .requiredOption('--key <file>', 'a file with a key of 16 characters or more, kept where only runs can read it')
    .option(
      '--country <CODE>',
      'where telephone numbers without + are dialled, as two letters: UA (default: nowhere, and such a number is exit 2)',
    )
    .action(async (list: string, { key, country }: { readonly key: string; readonly country?: string }) => {
      const hashed = await hashSuppressionList(list, { keyFile: key, country })
      if (hashed.ok) return void process.stdout.write(hashed.value)
      process.stderr.write(`${faultLines(hashed.faults).join('\n')}\n`)
      exit(2)
    })
}
