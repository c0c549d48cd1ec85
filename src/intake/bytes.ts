/** A file as a run of bytes, read once and digested on the way. */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { done, type Fault, FaultError, failed, type Result } from '../model/index.ts'

export interface Bytes {
  /** The next bytes; undefined at the end. Throws FaultError where reading fails, and the signal's reason. */
  readonly read: () => Promise<Buffer | undefined>
  /** After the last byte. */
  readonly figures: () => { readonly sha256: string; readonly bytes: number }
  readonly close: () => Promise<void>
}

export interface BytesRequest {
  readonly path: string
  /** Name in faults. */
  readonly shown: string
  readonly signal?: AbortSignal | undefined
  /** Bytes read at once. */
  readonly chunk?: number
}

const quarterMegabyte = 256 * 1024

export async function openBytes({
  path,
  shown,
  signal,
  chunk = quarterMegabyte,
}: BytesRequest): Promise<Result<Bytes>> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    return failed(unreadable(shown, error))
  }
  const hash = createHash('sha256')
  let length = 0
  let sha256: string | undefined
  return done({
    async read() {
      signal?.throwIfAborted()
      const buffer = Buffer.allocUnsafeSlow(chunk)
      let bytesRead: number
      try {
        bytesRead = (await handle.read(buffer, 0, chunk)).bytesRead
      } catch (error) {
        throw new FaultError([unreadable(shown, error)])
      }
      if (bytesRead === 0) {
        sha256 ??= hash.digest('hex')
        return undefined
      }
      const bytes = buffer.subarray(0, bytesRead)
      hash.update(bytes)
      length += bytesRead
      return bytes
    },
    figures() {
      if (sha256 === undefined) throw new Error('bug: the digest of a file that is not read to its end')
      return { sha256, bytes: length }
    },
    close: () => handle.close(),
  })
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'the file is not there',
  EACCES: 'the file may not be read',
  EPERM: 'the file may not be read',
  EISDIR: 'this is a folder, not a file',
}

function unreadable(file: string, error: unknown): Fault {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  return {
    code: 'intake.file',
    message: reasons[code] ?? `the file cannot be read (${code})`,
    place: { file },
    hint: 'paths in a job are relative to the job file; --data names another file',
  }
}
