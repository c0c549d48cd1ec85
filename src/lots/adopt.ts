/** What a crash left behind: lots that are whole are taken in, everything else is made again. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Receipt } from '../model/index.ts'
import { flawOf } from './contents.ts'
import { remove } from './durable.ts'
import { type Listed, manifestName, readManifest } from './manifest.ts'
import { lotName } from './names.ts'

/** Removes what was written aside and never published. */
export function sweep(run: string): void {
  for (const name of readdirSync(run)) {
    if (name.endsWith('.partial')) remove(join(run, name))
  }
}

/** Removes held pieces that the ledger does not have any more: a retry has made them again. */
export function sweepHeld(run: string, kept: ReadonlySet<string>): void {
  const held = join(run, 'held')
  if (!existsSync(held)) return
  for (const entry of readdirSync(held, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !kept.has(relative(run, path).split(sep).join('/'))) remove(path)
  }
}

/** A piece that was to be made in a lot. */
interface Planned {
  readonly seq: number
  readonly id: string
  readonly channel: string
}

/**
 * The receipts of a published lot that the ledger does not know yet, if its manifest accounts for every piece planned and all
 * digests match; undefined otherwise: then the lot is made again.
 */
export function adopt(run: string, number: number, planned: readonly Planned[]): readonly Receipt[] | undefined {
  return readLot(run, number)?.length === planned.length ? adoptListed(run, number, planned) : undefined
}

/**
 * The receipts of those pieces that a published lot has, if all that its manifest lists was planned and all digests match; undefined
 * otherwise. For a lot that is not to be made again: the others failed in it, or were held.
 */
export function adoptListed(run: string, number: number, planned: readonly Planned[]): readonly Receipt[] | undefined {
  const listed = readLot(run, number)
  if (listed === undefined) return undefined
  const byPiece = new Map(listed.map(piece => [pieceKey(piece.id, piece.channel), piece]))
  const receipts = planned.flatMap(({ seq, id, channel }): readonly Receipt[] => {
    const piece = byPiece.get(pieceKey(id, channel))
    if (piece === undefined) return []
    const { file, sha256, bytes, pages, parts, encoding, country, facts } = piece
    return [
      {
        seq,
        id,
        channel,
        outcome: 'rendered',
        file,
        sha256,
        byteLength: bytes,
        measures: {
          ...(pages === undefined ? {} : { pages }),
          ...(parts === undefined ? {} : { parts }),
          ...(encoding === undefined ? {} : { encoding }),
          ...(country === undefined ? {} : { country }),
        },
        ...(facts === undefined ? {} : { facts }),
      },
    ]
  })
  // A line that is there twice is as strange as one of a piece that was never planned.
  if (receipts.length !== listed.length) return undefined
  return receiptsMatch(join(run, lotName(number)), receipts) ? receipts : undefined
}

function readLot(run: string, number: number): readonly Listed[] | undefined {
  const path = join(run, lotName(number), manifestName)
  if (!existsSync(path)) return undefined
  try {
    return readManifest(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Whether the files of a lot have the digests on record: of the whole file, or, where pieces share one, of each of its lines. */
function receiptsMatch(folder: string, receipts: readonly Receipt[]): boolean {
  const byFile = new Map<string, string[]>()
  for (const { file, sha256 } of receipts) {
    if (file === undefined || sha256 === undefined) return false
    const digests = byFile.get(file)
    if (digests === undefined) byFile.set(file, [sha256])
    else digests.push(sha256)
  }
  return [...byFile].every(([file, digests]) => flawOf(join(folder, file), digests) === undefined)
}

function pieceKey(id: string, channel: string): string {
  return `${channel}\n${id}`
}
