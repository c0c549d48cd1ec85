/** What stands in a run's folder, against what its ledger and manifests say: altered, missing and additional files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Ledger } from '../../ledger/index.ts'
import { flawOf, lotName, manifestName, readManifest } from '../../lots/index.ts'
import type { Differ } from '../ask/verify.ts'
import { voidText } from '../deeds/voiding.ts'
import { voidedBy } from '../marks.ts'
import { kitFolder, names } from '../place.ts'
import { type Digests, failuresText } from './rejects.ts'

/** Hashes every piece, published or held, and what is written for people beside them, and gives back how many files there are. */
export function fileDifferences(ledger: Ledger, folder: string, differ: Differ): number {
  const expected = new Map<string, string[]>()
  const expect = (file: string, sha256: string): void => {
    expected.set(file, [...(expected.get(file) ?? []), sha256])
  }
  const known = new Set<string>(Object.values(names))
  known.delete(names.rejectList)
  for (const name of [names.ledger, names.lock])
    for (const end of ['-wal', '-shm', '-journal']) known.add(`${name}${end}`)
  for (const { number, kit } of ledger.lots()) {
    known.add(`${lotName(number)}/${manifestName}`)
    known.add(`${kitFolder('', kit)}/`)
    for (const { file, sha256 } of listed(join(folder, lotName(number), manifestName)))
      expect(`${lotName(number)}/${file}`, sha256)
  }
  for (const { file, sha256 } of ledger.held()) expect(file, sha256)
  const rejects = rejectsOf(ledger)
  for (const [file, sha256] of Object.entries(rejects)) expect(file, sha256)
  compareFailures(ledger, folder, differ)
  compareMarker(ledger, folder, differ)
  for (const [file, digests] of expected) checkFile(folder, file, digests, differ)
  for (const { file, isLink } of filesOf(folder)) {
    if (isLink) differ('a link stands where the run has a file of its own', file)
    const [top = ''] = file.split('/')
    if (expected.has(file) || known.has(file) || known.has(`${top}/`) || top === 'kit') continue
    differ('this file is none of the run', file)
  }
  return expected.size
}

/** What stands in the folder of a purged run beside what stays: it was to go, or is none of the run. */
export function leftovers(folder: string, kits: Iterable<number>, differ: Differ): void {
  const stays = new Set<string>([names.report, names.page, names.voided])
  for (const name of [names.ledger, names.lock])
    for (const end of ['', '-wal', '-shm', '-journal']) stays.add(`${name}${end}`)
  for (const kit of kits) stays.add(kitFolder('', kit))
  for (const { file } of filesOf(folder)) {
    const [top = ''] = file.split('/')
    if (!stays.has(top)) differ('the run was purged, and this file is here', file)
  }
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
  const found = existsSync(path) ? readFileSync(path, 'utf8') : ''
  if (found === expected) return
  differ(found === '' ? 'the file is missing' : 'the file was altered: the ledger says otherwise', names.failures)
}

/** Whether a run is void stands beside its lots, for scripts that send them. */
function compareMarker(ledger: Ledger, folder: string, differ: Differ): void {
  const path = join(folder, names.voided)
  const expected = voidedBy(ledger) === undefined ? '' : voidText
  const found = existsSync(path) ? readFileSync(path, 'utf8') : ''
  if (found === expected) return
  if (expected === '') differ('the file says that the run is void, and it is not', names.voided)
  else differ(found === '' ? 'the file is missing' : 'the file was altered', names.voided)
}

/** A file that is one piece has its digest; of one that several share, each line has one. */
function checkFile(folder: string, file: string, digests: readonly string[], differ: Differ): void {
  const flaw = flawOf(join(folder, file), digests)
  if (flaw === undefined) return
  if (flaw.kind === 'missing') differ('the file is missing', file)
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

function filesOf(folder: string): readonly Entry[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => ({
      file: relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'),
      isLink: entry.isSymbolicLink(),
    }))
    .sort((one, other) => (one.file < other.file ? -1 : 1))
}
