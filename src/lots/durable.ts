/** Files that survive a power cut: written, flushed, and only then given their name. */
import {
  closeSync,
  constants,
  fsync,
  fsyncSync,
  mkdirSync,
  open as openFile,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/** Who may read what Platen writes. */
export interface Modes {
  readonly file: number
  readonly folder: number
}

/** Readable by its owner only. */
export const privateModes: Modes = { file: 0o600, folder: 0o700 }

/** Folder bits follow file bits: who may read may also enter. */
export function modesOf(file: number): Modes {
  return { file, folder: file | ((file & 0o444) >> 2) }
}

/** A file that is written in steps and gets its name only once it is whole and on disk. */
export interface DurableFile {
  readonly write: (bytes: Uint8Array | string) => void
  /** Flushes, renames, and flushes the folder. */
  readonly commit: () => void
  readonly discard: () => void
}

/** Begins a file under a temporary name beside its own. */
export function openDurably(path: string, { file }: Modes): DurableFile {
  const aside = `${path}.partial`
  rmSync(aside, { force: true })
  const descriptor = openSync(aside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, file)
  return {
    write: bytes => writeFileSync(descriptor, bytes),
    commit: () => {
      fsyncSync(descriptor)
      closeSync(descriptor)
      renameSync(aside, path)
      flushFolder(dirname(path))
    },
    discard: () => {
      closeSync(descriptor)
      rmSync(aside, { force: true })
    },
  }
}

/** Writes a small file whole. */
export function writeDurably(path: string, bytes: Uint8Array | string, modes: Modes): void {
  const file = openDurably(path, modes)
  try {
    file.write(bytes)
  } catch (error) {
    file.discard()
    throw error
  }
  file.commit()
}

/** Makes the entries of a folder durable. */
export function flushFolder(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

export function makeFolder(path: string, { folder }: Modes): void {
  mkdirSync(path, { recursive: true, mode: folder })
}

const open = promisify(openFile)
const flush = promisify(fsync)

/** Flushes many files side by side, so that the disk can order the work itself. The first failure is thrown: never trusted twice. */
export async function flushFiles(paths: readonly string[]): Promise<void> {
  const queue = paths.values()
  const lane = async (): Promise<void> => {
    for (const path of queue) {
      const descriptor = await open(path, 'r')
      try {
        await flush(descriptor)
      } finally {
        closeSync(descriptor)
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** libuv has four threads for this. */
const lanes = 4
