/** What stands in a run's folder, against what its ledger and manifests say: altered, missing and additional files. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { type Ledger, readHeld } from '../../ledger/index.ts'
import { flawOf, foundAt, lotName, manifestName, readManifest } from '../../lots/index.ts'
import type { Differ } from '../ask/verify.ts'
import { voidText } from '../deeds/voiding.ts'
import { voidedBy } from '../marks.ts'
import { kitFolder, names } from '../place.ts'
import { type Digests, failuresText } from './rejects.ts'

/**
 * Hashes every piece, published or held, and what is written for people beside them, and gives back how many files there are. Lot by
 * lot: nothing is held of one that was looked at.
 */
export function fileDifferences(ledger: Ledger, folder: string, differ: Differ): number {
  const lots = ledger.lots()
  let count = 0
  for (const { number } of lots) {
    const lot = lotName(number)
    const pieces = listed(join(folder, lot, manifestName)).map(({ file, sha256 }) => ({
      file: `${lot}/${file}`,
      sha256,
    }))
    const known = new Set([`${lot}/${manifestName}`])
    count += compareFiles({ folder, expected: byFile(pieces), found: filesUnder(folder, lot), known, differ })
  }
  const known = new Set<string>(Object.values(names))
  known.delete(names.rejectList)
  for (const name of [names.ledger, names.lock])
    for (const end of ['-wal', '-shm', '-journal']) known.add(`${name}${end}`)
  const rejects = Object.entries(rejectsOf(ledger)).map(([file, sha256]) => ({ file, sha256 }))
  compareFailures(ledger, folder, differ)
  compareMarker(ledger, folder, differ)
  const kits = new Set([1, ...lots.map(({ kit }) => kit)].map(kit => kitFolder('', kit)))
  // What else is in a kit, its own digest tells.
  for (const kit of kits) for (const entry of filesUnder(folder, kit)) noLink(entry, differ)
  const apart = new Set([...kits, ...lots.map(({ number }) => lotName(number))])
  const others = readdirSync(folder).filter(name => !apart.has(name))
  const found = others.flatMap(name => filesUnder(folder, name)).sort(byName)
  return count + compareFiles({ folder, expected: byFile([...readHeld(ledger), ...rejects]), found, known, differ })
}

/** Digests by file; of one that several pieces share, each piece's in order. */
function byFile(pieces: Iterable<{ readonly file: string; readonly sha256: string }>): ReadonlyMap<string, string[]> {
  const expected = new Map<string, string[]>()
  for (const { file, sha256 } of pieces) {
    const met = expected.get(file)
    if (met === undefined) expected.set(file, [sha256])
    else met.push(sha256)
  }
  return expected
}

/** What has to stand in a part of the run's folder, against what does; gives back how many files that has to be. */
function compareFiles({
  folder,
  expected,
  found,
  known,
  differ,
}: {
  readonly folder: string
  readonly expected: ReadonlyMap<string, readonly string[]>
  readonly found: readonly Entry[]
  /** Files that may stand there. */
  readonly known: ReadonlySet<string>
  readonly differ: Differ
}): number {
  for (const [file, digests] of expected) checkFile(folder, file, digests, differ)
  for (const entry of found) {
    noLink(entry, differ)
    if (!expected.has(entry.file) && !known.has(entry.file)) differ('this file is none of the run', entry.file)
  }
  return expected.size
}

function noLink({ file, isLink }: Entry, differ: Differ): void {
  if (isLink) differ('a link stands where the run has a file of its own', file)
}

/** What stands in the folder of a purged run beside what stays: it was to go, or is none of the run. */
export function leftovers(folder: string, kits: Iterable<number>, differ: Differ): void {
  const stays = new Set<string>([names.report, names.page, names.voided])
  for (const name of [names.ledger, names.lock])
    for (const end of ['', '-wal', '-shm', '-journal']) stays.add(`${name}${end}`)
  for (const kit of kits) stays.add(kitFolder('', kit))
  for (const name of readdirSync(folder).sort())
    if (!stays.has(name))
      for (const { file } of filesUnder(folder, name)) differ('the run was purged, and this file is here', file)
}

/** What the rejects are known by since the allocation: nothing writes them after it. */
function rejectsOf(ledger: Ledger): Digests {
  const allocated = ledger.events().find(({ kind }) => kind === 'allocated')
  return (JSON.parse(allocated?.body ?? '{}') as { readonly rejects?: Digests }).rejects ?? {}
}

/** failed.csv says what the ledger says, no more and no less. */
function compareFailures(ledger: Ledger, folder: string, differ: Differ): void {
  const path = join(folder, names.failures)
  const expected = failuresText(ledger)
  const found = textAt(path)
  if (found === expected) return
  if (found === undefined) differ(somethingElse, names.failures)
  else differ(found === '' ? 'the file is missing' : 'the file was altered: the ledger says otherwise', names.failures)
}

/** Whether a run is void stands beside its lots, for scripts that send them. */
function compareMarker(ledger: Ledger, folder: string, differ: Differ): void {
  const path = join(folder, names.voided)
  const expected = voidedBy(ledger) === undefined ? '' : voidText
  const found = textAt(path)
  if (found === expected) return
  if (found === undefined) differ(somethingElse, names.voided)
  else if (expected === '') differ('the file says that the run is void, and it is not', names.voided)
  else differ(found === '' ? 'the file is missing' : 'the file was altered', names.voided)
}

/** Nothing where nothing stands; undefined where something else than a file does. */
function textAt(path: string): string | undefined {
  const found = foundAt(path)
  if (found === 'other') return undefined
  return found === 'nothing' ? '' : readFileSync(path, 'utf8')
}

const somethingElse = 'something else stands where the file was'

/** A file that is one piece has its digest; of one that several share, each line has one. */
function checkFile(folder: string, file: string, digests: readonly string[], differ: Differ): void {
  const flaw = flawOf(join(folder, file), digests)
  if (flaw === undefined) return
  if (flaw.kind === 'missing') differ('the file is missing', file)
  else if (flaw.kind === 'replaced') differ(somethingElse, file)
  else if (flaw.kind === 'cut') differ(`the file has ${flaw.lines} of its ${digests.length} lines`, file)
  else if (flaw.line === undefined) differ('the file was altered: it has another digest than when it was made', file)
  else differ(`the file was altered: line ${flaw.line} is not as it was made`, file)
}

function listed(path: string): ReturnType<typeof readManifest> {
  try {
    return readManifest(readFileSync(path, 'utf8'))
  } catch {
    return []
  }
}

interface Entry {
  readonly file: string
  readonly isLink: boolean
}

/** All that is no folder, at or below a name in a folder, in order. */
function filesUnder(folder: string, name: string): readonly Entry[] {
  const top = lstatSync(join(folder, name), { throwIfNoEntry: false })
  if (top === undefined) return []
  if (!top.isDirectory()) return [{ file: name, isLink: top.isSymbolicLink() }]
  return readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => ({
      file: relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'),
      isLink: entry.isSymbolicLink(),
    }))
    .sort(byName)
}

const byName = (one: Entry, other: Entry): number => (one.file < other.file ? -1 : 1)
