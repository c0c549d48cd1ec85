/** All commands, with the words of their help. */
import { Command } from 'commander'
import { version } from '../run/index.ts'
import { checkCommand } from './check.ts'
import { discardCommand, releaseCommand, voidCommand } from './deeds.ts'
import { explainCommand } from './explain.ts'
import { initCommand } from './init.ts'
import { proofCommand } from './proof.ts'
import { purgeCommand } from './purge.ts'
import { runCommand } from './run.ts'
import { statusCommand } from './status.ts'
import { suppressCommand } from './suppress.ts'
import { typesCommand } from './types.ts'
import { verifyCommand } from './verify.ts'

/** What commands need of the process. */
export interface Process {
  readonly signal: AbortSignal
  readonly exit: (code: number) => void
}

export function buildProgram(process: Process): Command {
  const program = new Command('platen')
    .description(
      'An automated document factory: a batch of customer data and one brand kit go in,\ninvoices, statements and notices come out as PDF, e-mail and SMS, every piece accounted for.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .showSuggestionAfterError()
    .showHelpAfterError('(platen --help lists the commands)')
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .exitOverride()
    .addHelpText('after', epilogue)
  const commands = [
    initCommand,
    checkCommand,
    proofCommand,
    runCommand,
    statusCommand,
    explainCommand,
    verifyCommand,
    releaseCommand,
    discardCommand,
    voidCommand,
    purgeCommand,
    suppressCommand,
    typesCommand,
  ]
  for (const command of commands) program.addCommand(command(process))
  for (const command of program.commands)
    command.exitOverride().helpOption('-h, --help', 'print help').showSuggestionAfterError()
  return program
}

const epilogue = `
Exit codes (the gravest that applies):
  0    done; rejects within the allowance are printed
  1    a bug in Platen
  2    usage, job, template or brand is wrong; nothing was made
  3    done, with failed or held pieces
  4    facts, identity or sums read back from finished pieces do not hold
  5    input refused: unreadable, empty, too many rejects, already issued, control totals differ
  6    another process has this run
  130  interrupted; run it again to go on

A month, usually:
  platen check jobs/invoices.yaml            what would happen, without making a page
  platen proof jobs/invoices.yaml            a few finished samples to look at
  platen run jobs/invoices.yaml              the batch
  platen status                              what there is`
