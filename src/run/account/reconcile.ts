/** Reconcile: files against ledger against allocation. Nothing vanishes, and this is where it is asserted. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { counts, Issued, type Ledger } from '../../ledger/index.ts'
import { foundAt, type Listed, lotName, manifestName, readManifest } from '../../lots/index.ts'
import type { Fault, InputSummary, ReadBack } from '../../model/index.ts'
import { purgedBy, stopOf } from '../marks.ts'
import { breathe } from '../pace.ts'
import { names } from '../place.ts'
import { askIssued } from '../stage/askissued.ts'
import { compareClaims } from '../stage/claims.ts'
import { compareFolders, compareListed, compareOutcomes } from './conserve.ts'
import { channelsOf } from './report.ts'

type Differ = (message: string) => void

/** Every way in which the run does not add up; none for a run that does. */
export async function reconcile(
  ledger: Ledger,
  {
    read,
    folder,
    summary,
    still = false,
    signal,
  }: {
    /** What was read back from all pieces. */
    read: readonly ReadBack[]
    /** The run's folder, in its out folder. */
    folder: string
    summary: InputSummary
    /** Nobody writes, and nothing is to be left behind. */
    still?: boolean
    signal?: AbortSignal | undefined
  },
): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  const differ: Differ = message => {
    const hint = 'do not send this run; keep the folder and report it; platen verify names the files'
    faults.push({ code: 'run.sums', message, place: { file: folder }, hint })
  }
  const channels = channelsOf(ledger)
  compareCounts(ledger, channels, summary, differ)
  await breathe(signal)
  compareOutcomes(ledger, channels, differ)
  await breathe(signal)
  compareFolders(ledger, folder, differ)
  for (const words of await askedClaims(ledger, { out: dirname(folder), still, signal })) differ(words)
  compareReadBack(read, differ)
  // Of a purged run its lots are gone, as is told.
  if (purgedBy(ledger) !== undefined) return faults
  const stopped = stopOf(ledger) !== undefined
  for (const { number, state } of ledger.lots()) {
    await breathe(signal)
    if (state === 'published') compareLot(ledger, folder, number, differ)
    // One of which all was given up has nothing to publish.
    else if (!stopped && ledger.workCount(number) > 0) differ(`${lotName(number)} was never published`)
    else if (existsSync(join(folder, lotName(number))))
      differ(
        `${lotName(number)} stands there, and ${stopped ? 'the run was stopped before it' : 'all of it was given up'}`,
      )
  }
  return faults
}

async function askedClaims(
  ledger: Ledger,
  { out, still, signal }: { readonly out: string; readonly still: boolean; readonly signal: AbortSignal | undefined },
): Promise<readonly string[]> {
  const path = join(out, names.issued)
  if (!existsSync(path)) return [`${names.issued} is missing: nothing keeps these documents from being issued again`]
  if (still) return askIssued(out, issued => compareClaims(ledger, issued, signal))
  const issued = new Issued(path)
  try {
    return await compareClaims(ledger, issued, signal)
  } finally {
    issued.close()
  }
}

/** What the finished pieces were found to say, against what the data says, to the cent. */
function compareReadBack(all: readonly ReadBack[], differ: Differ): void {
  for (const { channel, fact, currency, pieces, read, data, agrees } of all) {
    if (agrees) continue
    differ(
      `${fact}${currency === undefined ? '' : ` in ${currency}`} comes to ${read} as read back from ${pieces} pieces of ${channel}, and to ${data} in the data`,
    )
  }
}

/** Rows against communications and rejects; communications against outcomes, on every channel of the run or on record. */
function compareCounts(ledger: Ledger, channels: readonly string[], summary: InputSummary, differ: Differ): void {
  const { communications, rows, pieces } = counts(ledger)
  const accounted = rows.communications + rows.rejected + summary.filtered
  if (accounted !== summary.rows) differ(`${summary.rows} rows were read, and ${accounted} are accounted for`)
  for (const channel of new Set([...channels, ...Object.keys(pieces)])) {
    const { planned = 0, ...outcomes } = pieces[channel] ?? {}
    const known = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
    if (planned > 0) differ(`${planned} ${channel} pieces have no outcome`)
    if (known + planned !== communications.made) {
      differ(
        `${communications.made} communications were made, and ${known + planned} ${channel} outcomes are on record`,
      )
    }
  }
}

/** The manifest of a lot against the ledger, and against the files that stand there. */
function compareLot(ledger: Ledger, folder: string, number: number, differ: Differ): void {
  const lot = join(folder, lotName(number))
  const listed = listedPieces(join(lot, manifestName))
  if (listed === undefined) return differ(`${lotName(number)} has no manifest that can be read`)
  // Files are named after ids, and what is told here stands in the report for ever: pieces are told by number.
  const files = new Map<string, FileOfPieces>()
  const known = new Set<string>()
  for (const { seq, id, channel, outcome, file, sha256, byteLength, facts } of ledger.filed(number)) {
    if (outcome === 'held') {
      if (!existsSync(join(folder, file)))
        differ(`the held ${channel} piece of communication ${seq} of ${lotName(number)} is not there`)
      continue
    }
    known.add(`${channel}\n${id}`)
    const line = listed.get(`${channel}\n${id}`)
    if (line?.sha256 !== sha256 || (JSON.stringify(line.facts) ?? null) !== facts)
      differ(`${lotName(number)} and the ledger disagree about the ${channel} piece of communication ${seq}`)
    const filed = files.get(file) ?? { byteLength: 0, count: 0 }
    files.set(file, { channel, byteLength: filed.byteLength + byteLength, count: filed.count + 1, seq })
  }
  for (const [file, { byteLength, channel, count, seq }] of files) {
    const path = join(lot, file)
    if (foundAt(path) !== byteLength)
      differ(
        `the ${channel} file of ${count === 1 ? `communication ${seq}` : `${count} communications`} in ${lotName(number)} is missing or cut`,
      )
  }
  compareListed(lot, { listed, known, differ })
}

/** What a file of a lot should have in it. */
interface FileOfPieces {
  readonly byteLength: number
  readonly channel: string
  readonly count: number
  /** The last of them. */
  readonly seq: number
}

function listedPieces(path: string): ReadonlyMap<string, Listed> | undefined {
  try {
    return new Map(readManifest(readFileSync(path, 'utf8')).map(piece => [`${piece.channel}\n${piece.id}`, piece]))
  } catch {
    return undefined
  }
}
