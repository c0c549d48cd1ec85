/** Files that survive a power cut: written, flushed, and only then given their name. Steps are announced to `model/failpoint.ts`, but for clearing a name that is about to be written anew, and giving up. */
import { closeSync, constants, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { announce } from '../model/index.ts'

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
  announce('create', aside)
  const descriptor = openSync(aside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, file)
  return {
    write: bytes => {
      announce('write', aside)
      writeFileSync(descriptor, bytes)
    },
    commit: () => {
      try {
        announce('flush', aside)
        fsyncSync(descriptor)
      } finally {
        closeSync(descriptor)
      }
      rename(aside, path)
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

/** Gives what is durable its name; durable itself once the folder is flushed. */
export function rename(from: string, to: string): void {
  announce('rename', to)
  renameSync(from, to)
}

/** Removes a file or a folder with all that is in it, if it is there. */
export function remove(path: string): void {
  announce('remove', path)
  rmSync(path, { recursive: true, force: true })
}

/** Makes the entries of a folder durable. */
export function flushFolder(path: string): void {
  announce('flush', path)
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes a folder and those above it that are not there, and makes them durable. */
export function makeFolder(path: string, modes: Modes): void {
  const first = makeAside(path, modes)
  if (first === undefined) return
  for (let made = resolve(path); made !== dirname(made); made = dirname(made)) {
    flushReadable(dirname(made))
    if (made === resolve(first)) return
  }
}

/** Makes a folder in one that is not published yet, and flushed before it is. Gives back the first that was not there. */
export function makeAside(path: string, { folder }: Modes): string | undefined {
  announce('make', path)
  return mkdirSync(path, { recursive: true, mode: folder })
}

/** Flushes a folder that may be somebody else's: one that we may enter and not read cannot be flushed by us. */
function flushReadable(path: string): void {
  try {
    flushFolder(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
  }
}
