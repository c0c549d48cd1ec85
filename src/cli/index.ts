/** The command line: starts, passes signals on, and ends with the exit code that DESIGN §6 gives. */
import { CommanderError } from 'commander'
import { FaultError, faultLines, kindAndPlace, troubleOf } from '../run/index.ts'
import { keepMemoryFlat } from './memory.ts'
import { buildProgram } from './program.ts'

keepMemoryFlat()

const interrupt = new AbortController()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupt.abort(new Error(`interrupted by ${signal}`)))
}
// Started through an older Node, we are alone when that one is killed: then end as it did, at once.
if (process.env['PLATEN_WRAPPED'] === '1') {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  process.channel?.unref()
}
// A reader that closes the pipe (`| head`) has seen enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  })
}

try {
  const exit = (code: number): void => {
    process.exitCode = code
  }
  const program = buildProgram({ signal: interrupt.signal, exit })
  await program.parseAsync()
} catch (error) {
  process.exitCode = endWith(error)
}

function endWith(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (interrupt.signal.aborted) return 130
  if (error instanceof FaultError) {
    process.stderr.write(`${faultLines(error.faults).join('\n')}\n`)
    return 2
  }
  const trouble = troubleOf(error)
  if (trouble !== undefined) {
    process.stderr.write(`${faultLines([trouble.fault]).join('\n')}\n`)
    return trouble.exit
  }
  process.stderr.write(`platen: this is a bug in Platen, not in your files: ${kindAndPlace(error)}\n`)
  process.stderr.write(
    '  hint: nothing that is done is lost; start again to go on, and report it with what PLATEN_DEBUG=1 prints (which may quote your data)\n',
  )
  if (process.env['PLATEN_DEBUG'] === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return 1
}
