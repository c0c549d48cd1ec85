/** Input that comes only once, written to a file so that it can be read twice: standard input, a pipe, or rows of a program. */
import { constants, createWriteStream, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Modes } from '../../lots/index.ts'
import { done, type Fault, FaultError, failed, quote, type Result } from '../../model/index.ts'
import type { RowSource } from '../request.ts'
import { unreadable } from './kit.ts'

/**
 * Writes standard input (`-`), a pipe, or an iterable as a JSON line for each object, into a file. Fault: a pipe that cannot be read.
 * Rejects with a FaultError, its cause what an iterable threw, and with the signal's reason.
 */
export async function fill(
  path: string,
  {
    source,
    shown,
    modes,
    signal,
  }: {
    readonly source: RowSource
    readonly shown: string
    readonly modes: Modes
    readonly signal?: AbortSignal | undefined
  },
): Promise<Result<void>> {
  const target = createWriteStream(path, { mode: modes.file, flags: 'wx' })
  const options = signal === undefined ? {} : { signal }
  // What the source has to say is told apart from what the disk has: it is no trouble of the machine.
  const wrong: unknown[] = []
  const tell = (error: unknown): void => void wrong.push(error)
  try {
    if (typeof source === 'string') await pipeline(openPipe(source, tell), target, options)
    else await pipeline(Readable.from(jsonLines(source, { signal, tell })), target, options)
    return done(undefined)
  } catch (error) {
    signal?.throwIfAborted()
    if (wrong.length === 0) throw error
    if (typeof source === 'string') return failed(unreadable(shown, wrong[0]))
    throw new FaultError([sourceFailed(shown, wrong[0])], { cause: wrong[0] })
  } finally {
    if (source === '-') process.stdin.off('error', tell)
  }
}

/**
 * Opened without waiting for whoever writes into it, and read as a socket is: a signal is heard also while nobody does, which a thread
 * that waits in `open` or `read` would not hear.
 */
function openPipe(source: string, tell: (error: unknown) => void): Readable {
  if (source === '-') return process.stdin.once('error', tell)
  try {
    const fd = openSync(source, constants.O_RDONLY | constants.O_NONBLOCK)
    return new Socket({ fd, readable: true, writable: false }).once('error', tell)
  } catch (error) {
    tell(error)
    throw error
  }
}

function sourceFailed(shown: string, error: unknown): Fault {
  const words = error instanceof Error ? error.message.split('\n')[0] : String(error)
  const message = `the rows cannot be read: ${quote(words)}`
  return {
    code: 'intake.file',
    message,
    place: { file: shown },
    hint: 'see the cause of this error: the source of rows threw it',
  }
}

/** A JSON line for each object. A signal is heard also while the next one is waited for; the source is then let go, not waited for. */
async function* jsonLines(
  objects: Exclude<RowSource, string>,
  { signal, tell }: { readonly signal: AbortSignal | undefined; readonly tell: (error: unknown) => void },
): AsyncGenerator<string> {
  const rows = Symbol.asyncIterator in objects ? objects[Symbol.asyncIterator]() : objects[Symbol.iterator]()
  let interrupt = (): void => {}
  const listener = (): void => interrupt()
  signal?.addEventListener('abort', listener)
  let ended = false
  try {
    for (;;) {
      signal?.throwIfAborted()
      // One promise for each row: a race with one that lasts would keep every row in memory.
      const next = await new Promise<IteratorResult<object>>((resolve, reject) => {
        interrupt = () => reject(signal?.reason)
        Promise.resolve(rows.next())
          .then(
            async ({ done: last, value }) => ({ done: last === true, value: await value }) as IteratorResult<object>,
          )
          .then(resolve, reject)
      })
      ended = next.done === true
      if (ended) return
      yield `${jsonOf(next.value)}\n`
    }
  } catch (error) {
    if (signal?.aborted !== true) tell(error)
    throw error
  } finally {
    signal?.removeEventListener('abort', listener)
    if (!ended) letGo(rows)
  }
}

/** What is no object, such as null, becomes a reject, as in a file; a stream of bytes is not taken for rows. */
function jsonOf(row: unknown): string {
  if (typeof row === 'string' || ArrayBuffer.isView(row))
    throw new TypeError('it yields text or bytes, not objects: write them to a file, and hand over its path')
  return JSON.stringify(row) ?? 'null'
}

/** Tells a source that nothing more is read of it. It may be waiting for ever, or have nothing to say. */
function letGo(rows: Iterator<object> | AsyncIterator<object>): void {
  try {
    Promise.resolve(rows.return?.()).catch(() => {})
  } catch {}
}
