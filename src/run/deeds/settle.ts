/** Held pieces settled by a person: released into a lot of their own, or given up. */
import { type HeldPiece, type Overruled, readGivenUp, readHeld, readUnsettled } from '../../ledger/index.ts'
import { type Fault, foldName, quote } from '../../model/index.ts'
import { isPurged, isStopped, isVoid, stopOf, voidedBy } from '../marks.ts'
import { names } from '../place.ts'
import { type Ending, stop } from '../start.ts'
import type { ReleaseRequest, SettleRequest } from './asked.ts'
import { changeRun, type OpenRun } from './deed.ts'
import { finishSettling, isAsMade, notAsMade, type Settling } from './settling.ts'
import { findSuppressed } from './suppressed.ts'
import { withhold } from './withhold.ts'

/**
 * Publishes held pieces after all, with all held siblings, in a new lot; those whose recipients are suppressed by now are skipped, as a
 * retry skips them. Exit: that of the run afterwards.
 */
export function release(request: ReleaseRequest, clock: () => Date = () => new Date()): Promise<Ending> {
  return changeRun(request, clock, async run => {
    const chosen = await choose(run, request.ids, { failedToo: false })
    if ('exit' in chosen) return chosen
    const { ledger, folder, deed } = run
    const meant = new Set(chosen.map(({ seq }) => seq))
    const held = readHeld(ledger).filter(({ seq }) => meant.has(seq))
    const suppressed = await findSuppressed(run, held, request.channelModules)
    if (!suppressed.ok) return stop(2, ...suppressed.faults)
    const { withheld, asked } = suppressed.value
    const pieces = held.filter(({ seq, channel }) => !withheld.some(one => one.seq === seq && one.channel === channel))
    const altered = pieces.filter(piece => !isAsMade(piece, folder))
    if (altered.length > 0) return stop(4, ...altered.map(piece => notAsMade(piece, folder)))
    const unproved = pieces.filter(({ flaws }) => flaws.length > 0)
    if (unproved.length > 0 && request.unproved !== true) return stop(2, ...unproved.map(isUnproved))
    const last = Math.max(0, ...ledger.lots().map(({ number }) => number))
    const kits = [...new Set(pieces.map(({ kit }) => kit))].sort((a, b) => a - b)
    const lots = kits.map((kit, at) => ({
      number: last + 1 + at,
      kit,
      pieces: pieces.filter(piece => piece.kit === kit),
    }))
    // The piece is as good as any from here on: what its proof found is kept with who overruled it.
    const found = unproved.map(({ seq, channel, flaws }): Overruled => ({ communication: seq, channel, codes: flaws }))
    const overruled = found.length > 0 ? { overruled: found } : {}
    const suppression =
      asked.length > 0 ? { suppression: asked.map(({ entries, matched }) => ({ entries, matched })) } : {}
    const seqs = [...new Set(pieces.map(({ seq }) => seq))]
    ledger.together(() => {
      const communications = withhold(ledger, withheld, deed.at)
      ledger.setMeta({ settling: JSON.stringify({ kind: 'released', lots, communications } satisfies Settling) })
      // Also where nothing is left to be published: who asked for it, and what the list said, is part of the trail.
      ledger.record('released', deed.at, {
        communications: seqs,
        lots: lots.map(({ number }) => number),
        ...overruled,
        ...suppression,
        ...deed,
      })
    })
    return {
      ...(await settled(run)),
      released: seqs.length,
      ...(unproved.length === 0 ? {} : { unproved: unproved.length }),
      ...(withheld.length === 0 ? {} : { withheld: withheld.length }),
    }
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
      ledger.discard(seqs)
      // One that has a piece in a lot, released before, was issued: its document is not free, else that piece would go out twice.
      const free = readGivenUp(ledger)
      const communications = chosen.filter(({ seq }) => free.has(seq))
      ledger.setMeta({ settling: JSON.stringify({ kind: 'discarded', communications } satisfies Settling) })
      ledger.record('discarded', deed.at, { communications: seqs, ...deed })
    })
    return settled(run)
  })
}

async function settled({ ledger, folder, out, name, deed }: OpenRun): Promise<Ending> {
  const { exit = 0, faults } = await finishSettling(ledger, { folder, out, at: deed.at })
  return { exit, faults, run: name, folder }
}

/** The communications with these ids. Faults: ids that the run does not have, and those that have nothing to be settled. */
async function choose(
  { ledger, folder, name, out, deed }: OpenRun,
  ids: readonly string[],
  { failedToo }: { readonly failedToo: boolean },
): Promise<readonly { readonly seq: number; readonly id: string }[] | Ending> {
  if (voidedBy(ledger) !== undefined) return stop(2, isVoid(name, folder))
  if (ledger.meta('purged') !== undefined) return stop(2, isPurged(name, folder))
  if (stopOf(ledger) !== undefined) return stop(2, isStopped(name, folder))
  const before = await finishSettling(ledger, { folder, out, at: deed.at })
  if (before.faults.length > 0) return stop(4, ...before.faults)
  if (ledger.meta('state') !== 'done') {
    const hint = 'start it again to go on: pieces are settled when it has ended'
    return stop(2, { code: 'usage.option', message: `the run ${name} has not ended`, place: { file: folder }, hint })
  }
  const open = readUnsettled(ledger, failedToo)
  const faults: Fault[] = []
  const chosen = [...new Set(ids.map(foldName))].flatMap(folded => open.filter(({ id }) => foldName(id) === folded))
  for (const id of ids) {
    if (open.some(one => foldName(one.id) === foldName(id))) continue
    const message = `${quote(id)} has no piece that is ${failedToo ? 'held or failed' : 'held'} in the run ${name}`
    faults.push({ code: 'usage.option', message, hint: `${names.failures} in the run's folder lists those that have` })
  }
  return faults.length > 0 ? stop(2, ...faults) : chosen
}

function isUnproved({ id, channel, flaws }: HeldPiece): Fault {
  return {
    code: 'usage.option',
    message: `the ${channel} piece of ${quote(id)} is held by its own proof (${flaws.join(', ')})`,
    hint: 'mend the template, and start the run again with --retry; --unproved publishes the piece as it is',
  }
}
