/** platen types: TypeScript declarations for a template's data. */
import { Command } from 'commander'
import { faultLines, typesOfTemplate } from '../run/index.ts'
import type { Process } from './program.ts'
import { templateFolder } from './template.ts'

export function typesCommand({ exit }: Process): Command {
  return new Command('types')
    .summary("TypeScript declarations for a template's data")
    .description(
      'Prints declarations from the schema.json of a template: NameInput is what a program hands in, before prepare.js; Name is what ' +
        'the template sees, after it. What prepare.js works out is told apart by "derived" in the schema.',
    )
    .argument('<template>', 'the name or folder of a template')
    .action((target: string) => {
      const types = typesOfTemplate(templateFolder(target) ?? target)
      if (types.ok) return void process.stdout.write(types.value)
      process.stderr.write(`${faultLines(types.faults).join('\n')}\n`)
      exit(2)
    })
}
