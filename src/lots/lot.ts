/** A lot's folder: written aside, made durable, published by one rename. */
import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Receipt } from '../model/index.ts'
import { flushFolder, type Modes, makeAside, makeFolder, remove, rename } from './durable.ts'
import { isGivenBack } from './givenback.ts'
import { manifestLine, manifestName } from './manifest.ts'
import { lotName } from './names.ts'
import { NewFiles } from './newfiles.ts'

/** A finished piece on its way to disk. */
export interface Finished {
  /** Folder of its channel: `pdf`. */
  readonly folder: string
  /** Its own file's name, or that of the file that all pieces of the lot share, a line each. */
  readonly name: string
  readonly shared: boolean
  readonly bytes: Uint8Array
  /** Hex digest of the bytes, where somebody has it. */
  readonly sha256?: string | undefined
}

/** The part of a receipt that is known once a piece stands in the lot. */
export interface Filed {
  readonly file: string
  readonly sha256: string
  readonly byteLength: number
}

export class Lot {
  readonly #run: string
  readonly #name: string
  readonly #aside: string
  readonly #modes: Modes
  readonly #folders = new Set<string>()
  readonly #files: NewFiles
  readonly #shared = new Map<string, Gathered>()

  /** Begins a lot in a run's folder; what an earlier attempt left aside is removed. `underWay`: how many files may be flushed at once. */
  constructor(run: string, number: number, modes: Modes, underWay?: number) {
    this.#run = run
    this.#name = lotName(number)
    this.#aside = join(run, asideName(this.#name))
    this.#modes = modes
    this.#files = new NewFiles(modes, underWay)
    remove(this.#aside)
    this.#folder(this.#aside)
  }

  /** Puts a piece in; `held` ones stand apart and never become part of the lot. */
  put({ folder, name, shared, bytes, sha256 }: Finished, { held = false }: { readonly held?: boolean } = {}): Filed {
    // It would be written as an empty file, and be on record as that.
    if (isGivenBack(bytes)) throw new Error(`the memory of a piece of ${folder} was given back before it was filed`)
    const file = `${folder}/${name}`
    const inside = held ? join(heldInside, file) : file
    this.#folder(join(this.#aside, held ? join(heldInside, folder) : folder))
    if (shared) {
      const gathered = this.#shared.get(inside) ?? new Gathered()
      this.#shared.set(inside, gathered)
      gathered.add(bytes)
    } else this.#write(inside, bytes)
    return {
      file: held ? `held/${this.#name}/${file}` : file,
      sha256: sha256 ?? digest(bytes),
      byteLength: bytes.byteLength,
    }
  }

  /** To be awaited between pieces, now and then: `NewFiles`. */
  async keepUp(): Promise<void> {
    await this.#files.keepUp()
  }

  /** Writes the manifest, makes everything durable, moves the held pieces away, and gives the lot its name. */
  async publish(receipts: readonly Receipt[]): Promise<void> {
    for (const [file, gathered] of this.#shared) this.#write(file, gathered.bytes())
    const rendered = receipts.filter(({ outcome }) => outcome === 'rendered')
    this.#write(manifestName, rendered.map(manifestLine).join(''))
    await this.#files.settled()
    for (const folder of this.#folders) flushFolder(folder)
    this.#moveHeld()
    const published = join(this.#run, this.#name)
    remove(published)
    rename(this.#aside, published)
    flushFolder(this.#run)
  }

  /** Takes back what was begun. */
  async discard(): Promise<void> {
    await this.#files.ended()
    remove(this.#aside)
  }

  #moveHeld(): void {
    const from = join(this.#aside, heldInside)
    const to = join(this.#run, 'held', this.#name)
    remove(to)
    if (!existsSync(from)) return
    makeFolder(join(this.#run, 'held'), this.#modes)
    rename(from, to)
    flushFolder(join(this.#run, 'held'))
    flushFolder(this.#aside)
  }

  #folder(path: string): void {
    if (this.#folders.has(path)) return
    makeAside(path, this.#modes)
    this.#folders.add(path)
    const heldRoot = join(this.#aside, heldInside)
    if (path.startsWith(heldRoot)) this.#folders.add(heldRoot)
  }

  #write(file: string, bytes: Uint8Array | string): void {
    this.#files.write(join(this.#aside, file), bytes)
  }
}

/** Pieces of one file, copied: a short one is a view into what Node shares among all short buffers, and would hold on to 64 KB. */
class Gathered {
  #held = new Uint8Array(4096)
  #length = 0

  add(bytes: Uint8Array): void {
    const length = this.#length + bytes.byteLength
    if (length > this.#held.byteLength) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#held.byteLength))
      larger.set(this.bytes())
      this.#held = larger
    }
    this.#held.set(bytes, this.#length)
    this.#length = length
  }

  bytes(): Uint8Array {
    return this.#held.subarray(0, this.#length)
  }
}

/** The name under which a lot is written before it is published. */
function asideName(name: string): string {
  return `${name}.partial`
}

/** Where held pieces wait inside the folder aside. */
const heldInside = '.held'

export function digest(bytes: Uint8Array): string {
  return hash('sha256', bytes)
}
