/** platen init: a new factory from the starter kit. */
import { Command } from 'commander'
import { faultLines, initFactory } from '../run/index.ts'
import type { Process } from './program.ts'

export function initCommand({ exit }: Process): Command {
  return new Command('init')
    .summary('a new factory from the starter kit')
    .description(
      'Makes a folder with a brand, templates, a first job and made-up data, ready to run and to be changed.',
    )
    .argument('<dir>', 'the folder to make')
    .action((folder: string) => {
      const made = initFactory(folder)
      if (!made.ok) {
        process.stderr.write(`${faultLines(made.faults).join('\n')}\n`)
        return exit(2)
      }
      process.stdout.write(`${folder}: ${made.value.filter(name => !name.startsWith('.')).join(', ')}\n\nNext:\n`)
      process.stdout.write(
        `  cd ${shellWord(folder)}\n  platen check jobs/invoices.yaml\n  platen proof jobs/invoices.yaml\n  platen run jobs/invoices.yaml\n`,
      )
    })
}

/** A path as it can be typed into a shell. */
function shellWord(path: string): string {
  if (/^[\w./][\w./-]*$/.test(path)) return path
  const quoted = `'${path.replaceAll("'", "'\\''")}'`
  return path.startsWith('-') ? `-- ${quoted}` : quoted
}
