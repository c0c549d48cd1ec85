/** What was decided about held pieces, done on disk: also after a crash, by whatever opens the run next. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { counts, type HeldPiece, type Identity, Issued, type Ledger, readHeld } from '../../ledger/index.ts'
import { adopt, keepHeld, Lot, lotName, readPiece, remove } from '../../lots/index.ts'
import type { Exit, Fault, Receipt } from '../../model/index.ts'
import { writeFailures } from '../account/rejects.ts'
import { type Closing, closingOf, modesOfRun, writeReport } from '../account/report.ts'
import { verdictOn } from '../account/verdict.ts'
import { leftBehind, names } from '../place.ts'

/** What was decided and is not yet done on disk: kept in the ledger, so that a crash loses nothing of it. */
export type Settling =
  | {
      readonly kind: 'released'
      readonly lots: readonly { readonly number: number; readonly kit: number; readonly pieces: readonly HeldPiece[] }[]
      /** Those that nothing is left of, since nobody is to be written to any more; absent: none. */
      readonly communications?: readonly Identified[]
    }
  | {
      /** `withheld`: a retry found nobody to send them to any more. */
      readonly kind: 'discarded' | 'withheld'
      readonly communications: readonly Identified[]
    }

interface Identified {
  readonly seq: number
  readonly id: string
}

/** What became of it: the run's exit, where there was something to do, and held pieces that could not be published. */
export interface Settlement {
  readonly exit?: Exit
  readonly faults: readonly Fault[]
}

/** Does on disk what was decided, and clears away what a crash left; nothing where nothing is left. */
export async function finishSettling(
  ledger: Ledger,
  { folder, out, at }: { readonly folder: string; readonly out: string; readonly at: string },
): Promise<Settlement> {
  const kits = new Set(ledger.lots().map(({ kit }) => kit))
  for (const name of leftBehind(folder, kits)) remove(join(folder, name))
  const text = ledger.meta('settling') ?? ''
  if (text === '') return { faults: [] }
  const settling = JSON.parse(text) as Settling
  if (settling.kind === 'withheld') {
    // The run is not done: whatever else follows from it, its end writes.
    freeDocuments(ledger, { out, at, settling })
    ledger.setMeta({ settling: '' })
    return { faults: [] }
  }
  const modes = modesOfRun(folder)
  const faults = settling.kind === 'released' ? await publishHeld(ledger, { folder, at, settling }) : []
  if ((settling.communications ?? []).length > 0) freeDocuments(ledger, { out, at, settling })
  const kept = new Map<string, Set<string>>()
  for (const { file, sha256 } of readHeld(ledger)) kept.set(file, (kept.get(file) ?? new Set()).add(sha256))
  keepHeld(folder, kept, modes)
  writeFailures({ folder, modes }, ledger)
  // One that was given up before its end has no report to write anew.
  const closing = closingOf(ledger)
  const exit = closing === undefined ? 130 : await closeAgain(ledger, { folder, at, before: closing })
  ledger.setMeta({ settling: '' })
  return { exit: faults.length > 0 ? 4 : exit, faults }
}

/**
 * What finishing comes to, by what stands there, with nothing done: for who only looks. Undefined where nothing is left to be done. Sums are
 * not counted, and claims are not asked for.
 */
export function settlingAhead(ledger: Ledger, folder: string): Required<Settlement> | undefined {
  const text = ledger.meta('settling') ?? ''
  if (text === '') return undefined
  const settling = JSON.parse(text) as Settling
  const known = new Set(ledger.lots().map(({ number }) => number))
  const lots = settling.kind === 'released' ? settling.lots.filter(({ number }) => !known.has(number)) : []
  const altered = lots.flatMap(lot =>
    adopt(folder, lot.number, lot.pieces) === undefined ? alteredIn(lot, folder) : [],
  )
  if (altered.length > 0) return { exit: 4, faults: altered.map(piece => notAsMade(piece, folder)) }
  const leaving = new Set(lots.flatMap(({ pieces }) => pieces.map(({ seq, channel }) => `${seq} ${channel}`)))
  const held = readHeld(ledger).filter(({ seq, channel }) => !leaving.has(`${seq} ${channel}`))
  const failed = Object.values(counts(ledger).pieces).some(piece => piece.failed > 0)
  const exit = held.some(({ flaws }) => flaws.length > 0) ? 4 : failed || held.length > 0 ? 3 : 0
  return { exit, faults: [] }
}

type Releasing = Extract<Settling, { kind: 'released' }>
type Released = Releasing['lots'][number]

/**
 * Held pieces become lots as any others do: written aside, made durable, renamed, and only then on record. A lot with a piece that is
 * not what was made any more is withdrawn: its pieces stay held, and whatever comes next is not kept from it.
 */
async function publishHeld(
  ledger: Ledger,
  { folder, at, settling }: { readonly folder: string; readonly at: string; readonly settling: Releasing },
): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  let left = settling.lots
  for (const { number, kit, pieces } of settling.lots) {
    if (ledger.lots().some(lot => lot.number === number)) continue
    const adopted = adopt(folder, number, pieces)
    const altered = adopted === undefined ? alteredIn({ pieces }, folder) : []
    if (altered.length > 0) {
      faults.push(...altered.map(piece => notAsMade(piece, folder)))
      remove(join(folder, lotName(number)))
      const communications = [...new Set(pieces.map(({ seq }) => seq))]
      left = left.filter(lot => lot.number !== number)
      ledger.together(() => {
        ledger.setMeta({ settling: JSON.stringify({ ...settling, lots: left } satisfies Settling) })
        ledger.record('release-withdrawn', at, { communications, lot: number, reason: 'run.sums' })
      })
      continue
    }
    const receipts = adopted ?? (await publish(ledger, folder, { number, pieces }))
    ledger.together(() => ledger.release({ number, kit }, receipts))
  }
  return faults
}

/** Pieces of a lot to be published that are not what was made any more. */
function alteredIn({ pieces }: Pick<Released, 'pieces'>, folder: string): readonly HeldPiece[] {
  return pieces.filter(piece => !isAsMade(piece, folder))
}

/** Whether a held piece stands there byte by byte. */
export function isAsMade({ file, sha256 }: HeldPiece, folder: string): boolean {
  return readPiece(folder, file, sha256) !== undefined
}

export function notAsMade({ seq, channel }: HeldPiece, folder: string): Fault {
  return {
    code: 'run.sums',
    message: `the held ${channel} piece of communication ${seq} is not what was made`,
    place: { file: folder },
    hint: 'do not send it; discard it, or restore the out folder from a backup',
  }
}

async function publish(
  ledger: Ledger,
  folder: string,
  { number, pieces }: { readonly number: number; readonly pieces: readonly HeldPiece[] },
): Promise<readonly Receipt[]> {
  const lot = new Lot(folder, number, modesOfRun(folder))
  const receipts: Receipt[] = []
  for (const { seq, id, channel, file, sha256 } of pieces) {
    const bytes = readPiece(folder, file, sha256)
    if (bytes === undefined) throw new Error(`lot ${number} cannot be made: a held piece is not there any more`)
    const [, , place = '', name = ''] = file.split('/')
    const known = ledger.piecesOf(seq).find(piece => piece.channel === channel)
    // A file of lines that only one of them is left of is a file like any other.
    const shared = pieces.filter(piece => piece.file.endsWith(`/${place}/${name}`)).length > 1
    const filed = lot.put({ folder: place, name, shared, bytes })
    receipts.push({
      seq,
      id,
      channel,
      outcome: 'rendered',
      ...filed,
      ...(known?.measures && { measures: known.measures }),
      ...(known?.facts && { facts: known.facts }),
    })
    await lot.keepUp()
  }
  await lot.publish(receipts)
  return receipts
}

/** The claims of communications that are given up. Whether a template is issued once or once a period, only one of these is there. */
function freeDocuments(
  ledger: Ledger,
  {
    out,
    at,
    settling: { kind, communications = [] },
  }: {
    readonly out: string
    readonly at: string
    readonly settling: Settling
  },
): void {
  const template = ledger.meta('template') ?? ''
  const period = ledger.meta('period') ?? ''
  const identities = communications.flatMap(({ id }): readonly Identity[] => [
    { template, id },
    { template, id, period },
  ])
  const path = join(out, names.issued)
  // Lost, it is not made anew: a start would take the empty one for what was issued.
  if (!existsSync(path)) return
  const issued = new Issued(path)
  try {
    issued.freeSome(ledger.meta('run') ?? '', identities, { at, why: { because: freedBecause[kind] } })
  } finally {
    issued.close()
  }
}

const freedBecause: Readonly<Record<Settling['kind'], string>> = {
  discarded: 'discarded',
  withheld: 'skipped when they were to be made again',
  released: 'skipped when they were to be released',
}

/** The run's exit as it stands now, and its report with it. */
async function closeAgain(
  ledger: Ledger,
  { folder, at, before }: { readonly folder: string; readonly at: string; readonly before: Closing },
): Promise<Exit> {
  const { exit, faults, read } = await verdictOn(ledger, { facts: before.made?.summed ?? [], folder })
  await writeReport(ledger, {
    folder,
    modes: modesOfRun(folder),
    kind: 'reported',
    at,
    closing: { ...before, exit, faults },
    read,
  })
  ledger.setMeta({ exit: String(exit) })
  return exit
}
