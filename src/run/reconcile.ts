/** Reconcile: files against ledger against allocation. Nothing vanishes, and this is where it is asserted. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { counts, type Ledger } from '../ledger/index.ts'
import { lotName, readManifest } from '../lots/index.ts'
import type { Fault, Job } from '../model/index.ts'
import type { InputSummary } from './stage.ts'

/** Every way in which the run does not add up; none for a run that does. */
export function reconcile(ledger: Ledger, job: Job, folder: string, summary: InputSummary): readonly Fault[] {
  const faults: Fault[] = []
  const differ = (message: string): void => {
    faults.push({
      code: 'run.sums',
      message,
      place: { file: folder },
      hint: 'do not send this run; keep the folder and report it',
    })
  }
  const { communications, rows, pieces } = counts(ledger)
  const accounted = rows.communications + rows.rejected + summary.filtered
  if (accounted !== summary.rows) differ(`${summary.rows} rows were read, and ${accounted} are accounted for`)
  for (const channel of Object.keys(job.channels)) {
    const { planned = 0, ...outcomes } = pieces[channel] ?? {}
    const known = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
    if (planned > 0) differ(`${planned} ${channel} pieces have no outcome`)
    if (known + planned !== communications.made) {
      differ(
        `${communications.made} communications were made, and ${known + planned} ${channel} outcomes are on record`,
      )
    }
  }
  for (const { number, state } of ledger.lots()) {
    if (state === 'published') compareLot(ledger, folder, number, differ)
    else differ(`${lotName(number)} was never published`)
  }
  return faults
}

/** The manifest of a lot against the ledger, and against the files that stand there. */
function compareLot(ledger: Ledger, folder: string, number: number, differ: (message: string) => void): void {
  const lot = join(folder, lotName(number))
  const manifest = join(lot, 'manifest.jsonl')
  if (!existsSync(manifest)) return differ(`${lotName(number)} has no manifest`)
  const listed = new Map(
    readManifest(readFileSync(manifest, 'utf8')).map(piece => [`${piece.channel}\n${piece.id}`, piece]),
  )
  // Pieces that a retry has made again stand in the new lot; the old manifest may list more than the ledger, never less.
  for (const { id, channel, outcome, file, sha256, byteLength } of ledger.pieces(number)) {
    if (file === undefined || sha256 === undefined) continue
    if (outcome === 'held') {
      if (!existsSync(join(folder, file))) differ(`the held file ${file} is not there`)
      continue
    }
    if (listed.get(`${channel}\n${id}`)?.sha256 !== sha256)
      differ(`${lotName(number)} and the ledger disagree about ${file}`)
    const path = join(lot, file)
    const size = existsSync(path) ? statSync(path).size : -1
    if (size < 0 || (!file.endsWith('.jsonl') && size !== byteLength))
      differ(`the file ${lotName(number)}/${file} is missing or cut`)
  }
}
