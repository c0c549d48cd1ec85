/** Held pieces settled by a person: released into a lot of their own, or given up. */
import { join } from 'node:path'
import { counts, foldId, type HeldPiece, type Identity, Issued, type Ledger } from '../ledger/index.ts'
import { adopt, keepHeld, Lot, readPiece } from '../lots/index.ts'
import { type Exit, type Fault, quote, type Receipt } from '../model/index.ts'
import { changeRun, type DeedRequest, type OpenRun } from './deed.ts'
import { names } from './place.ts'
import { isPurged } from './purge.ts'
import { reconcile } from './reconcile.ts'
import { writeFailures } from './rejects.ts'
import { closingOf, modesOfRun, writeReport } from './report.ts'
import { type Ending, stop } from './start.ts'
import { isVoid, voidedBy } from './void.ts'

export interface SettleRequest extends DeedRequest {
  readonly ids: readonly string[]
}

/** What was decided and is not yet done on disk: kept in the ledger, so that a crash loses nothing of it. */
type Settling =
  | {
      readonly kind: 'released'
      readonly lots: readonly { readonly number: number; readonly kit: number; readonly pieces: readonly HeldPiece[] }[]
    }
  | { readonly kind: 'discarded'; readonly communications: readonly { readonly seq: number; readonly id: string }[] }

/** Publishes held pieces after all, with all held siblings, in a new lot. Exit: that of the run afterwards. */
export function release(request: SettleRequest, clock: () => Date = () => new Date()): Promise<Ending> {
  return changeRun(request, clock, async run => {
    const chosen = await choose(run, request.ids, { failedToo: false })
    if ('exit' in chosen) return chosen
    const { ledger, folder, deed } = run
    const seqs = new Set(chosen.map(({ seq }) => seq))
    const pieces = ledger.held().filter(({ seq }) => seqs.has(seq))
    const altered = pieces.filter(({ file, sha256 }) => readPiece(folder, file, sha256) === undefined)
    if (altered.length > 0) return stop(4, ...altered.map(piece => notAsMade(piece, folder)))
    const last = Math.max(0, ...ledger.lots().map(({ number }) => number))
    const kits = [...new Set(pieces.map(({ kit }) => kit))].sort((a, b) => a - b)
    const lots = kits.map((kit, at) => ({
      number: last + 1 + at,
      kit,
      pieces: pieces.filter(piece => piece.kit === kit),
    }))
    ledger.together(() => {
      ledger.setMeta({ settling: JSON.stringify({ kind: 'released', lots } satisfies Settling) })
      ledger.record('released', deed.at, { communications: [...seqs], lots: lots.map(({ number }) => number), ...deed })
    })
    return settled(run)
  })
}

/** Gives communications up: their pieces are skipped, their documents free for another run. Exit: that of the run afterwards. */
export function discard(request: SettleRequest, clock: () => Date = () => new Date()): Promise<Ending> {
  return changeRun(request, clock, async run => {
    const chosen = await choose(run, request.ids, { failedToo: true })
    if ('exit' in chosen) return chosen
    const { ledger, deed } = run
    const seqs = chosen.map(({ seq }) => seq)
    // First they are given up here, then they are free: were it the other way about, two runs could issue them.
    ledger.together(() => {
      ledger.discard(seqs, 'discarded')
      ledger.setMeta({ settling: JSON.stringify({ kind: 'discarded', communications: chosen } satisfies Settling) })
      ledger.record('discarded', deed.at, { communications: seqs, ...deed })
    })
    return settled(run)
  })
}

async function settled({ ledger, folder, out, name, deed }: OpenRun): Promise<Ending> {
  const exit = await finishSettling(ledger, { folder, out, at: deed.at })
  return { exit: exit ?? 0, faults: [], run: name, folder }
}

/** Does on disk what was decided, or what a crash left of it; nothing where nothing is left. Gives back the run's exit. */
export async function finishSettling(
  ledger: Ledger,
  { folder, out, at }: { readonly folder: string; readonly out: string; readonly at: string },
): Promise<Exit | undefined> {
  const text = ledger.meta('settling') ?? ''
  if (text === '') return undefined
  const settling = JSON.parse(text) as Settling
  const modes = modesOfRun(folder)
  if (settling.kind === 'released') await publishHeld(ledger, folder, settling.lots)
  else freeDocuments(ledger, { out, at, ids: settling.communications.map(({ id }) => id) })
  const kept = new Map<string, Set<string>>()
  for (const { file, sha256 } of ledger.held()) kept.set(file, (kept.get(file) ?? new Set()).add(sha256))
  keepHeld(folder, kept, modes)
  writeFailures({ folder, modes }, ledger)
  const exit = await closeAgain(ledger, { folder, at })
  ledger.setMeta({ settling: '' })
  return exit
}

/** Held pieces become lots as any others do: written aside, made durable, renamed, and only then on record. */
async function publishHeld(
  ledger: Ledger,
  folder: string,
  lots: Extract<Settling, { kind: 'released' }>['lots'],
): Promise<void> {
  for (const { number, kit, pieces } of lots) {
    if (ledger.lots().some(lot => lot.number === number)) continue
    const receipts = adopt(folder, number, pieces) ?? (await publish(ledger, folder, { number, pieces }))
    ledger.together(() => ledger.release({ number, kit }, receipts))
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
  }
  await lot.publish(receipts)
  return receipts
}

/** The claims of communications that are given up. Whether a template is issued once or once a period, only one of these is there. */
function freeDocuments(
  ledger: Ledger,
  { out, at, ids }: { readonly out: string; readonly at: string; readonly ids: readonly string[] },
): void {
  const template = ledger.meta('template') ?? ''
  const period = ledger.meta('period') ?? ''
  const identities = ids.flatMap((id): readonly Identity[] => [
    { template, id },
    { template, id, period },
  ])
  const issued = new Issued(join(out, names.issued))
  try {
    issued.freeSome(ledger.meta('run') ?? '', identities, { at, why: { because: 'discarded' } })
  } finally {
    issued.close()
  }
}

/** The run's exit as it stands now, and its report with it. */
async function closeAgain(
  ledger: Ledger,
  { folder, at }: { readonly folder: string; readonly at: string },
): Promise<Exit> {
  const before = closingOf(ledger)
  if (before === undefined) throw new Error('a run that has not ended has nothing to settle')
  const channels = Object.fromEntries((JSON.parse(ledger.meta('channels') ?? '[]') as string[]).map(name => [name, {}]))
  const found = await reconcile(ledger, {
    job: { channels },
    folder,
    summary: JSON.parse(ledger.meta('summary') ?? ''),
  })
  const incomplete = Object.values(counts(ledger).pieces).some(({ held, failed }) => held + failed > 0)
  const exit = found.length > 0 || (incomplete && before.exit === 4) ? 4 : incomplete ? 3 : 0
  const faults = found.length > 0 ? found : exit === 4 ? before.faults : []
  writeReport(ledger, { folder, modes: modesOfRun(folder), kind: 'reported', at, closing: { ...before, exit, faults } })
  ledger.setMeta({ exit: String(exit) })
  return exit
}

/** The communications with these ids. Faults: ids that the run does not have, and those that have nothing to be settled. */
async function choose(
  { ledger, folder, name, out, deed }: OpenRun,
  ids: readonly string[],
  { failedToo }: { readonly failedToo: boolean },
): Promise<readonly { readonly seq: number; readonly id: string }[] | Ending> {
  if (voidedBy(ledger) !== undefined) return stop(2, isVoid(name, folder))
  if (ledger.meta('purged') !== undefined) return stop(2, isPurged(name, folder))
  await finishSettling(ledger, { folder, out, at: deed.at })
  if (ledger.meta('state') !== 'done') {
    const hint = 'start it again to go on: pieces are settled when it has ended'
    return stop(2, { code: 'usage.option', message: `the run ${name} has not ended`, place: { file: folder }, hint })
  }
  const open = ledger.unsettled(failedToo)
  const faults: Fault[] = []
  const chosen = [...new Set(ids.map(foldId))].flatMap(folded => open.filter(({ id }) => foldId(id) === folded))
  for (const id of ids) {
    if (open.some(one => foldId(one.id) === foldId(id))) continue
    const message = `${quote(id)} has no piece that is ${failedToo ? 'held or failed' : 'held'} in the run ${name}`
    faults.push({ code: 'usage.option', message, hint: `${names.failures} in the run's folder lists those that have` })
  }
  return faults.length > 0 ? stop(2, ...faults) : chosen
}

function notAsMade({ file }: HeldPiece, folder: string): Fault {
  return {
    code: 'run.sums',
    message: `the held file ${file} is not what was made`,
    place: { file: folder },
    hint: 'do not send it; discard it, or restore the out folder from a backup',
  }
}
