/** platen explain: one communication's whole story. */
import { Command, Option } from 'commander'
import { explain, faultLines, storyLines } from '../run/index.ts'
import type { Process } from './program.ts'

export function explainCommand({ exit }: Process): Command {
  return new Command('explain')
    .summary("one communication's whole story")
    .description('Tells where a communication came from, what was decided about it and why, and what became of it.')
    .argument('<run>', 'the name of a run')
    .argument('<id>', 'its key, as it stands in the data')
    .addOption(new Option('--out <DIR>', 'the out folder').default('out'))
    .option('--json', 'as one JSON object')
    .action(async (run: string, id: string, { out, json }: { readonly out: string; readonly json?: boolean }) => {
      const story = await explain({ out, run, id })
      if (!story.ok) {
        process.stderr.write(`${faultLines(story.faults).join('\n')}\n`)
        return exit(2)
      }
      process.stdout.write(`${json === true ? JSON.stringify(story.value) : storyLines(story.value).join('\n')}\n`)
    })
}
