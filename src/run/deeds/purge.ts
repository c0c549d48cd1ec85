/** Purge: personal data and pieces of runs that ended long ago are removed; counts, digests, events and report stay. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { factSums, Issued, isLocked, Ledger, readBack, totals } from '../../ledger/index.ts'
import { manifestsDigest, remove } from '../../lots/index.ts'
import type { Exit, Fault } from '../../model/index.ts'
import { meaning } from '../../report/index.ts'
import { isDate } from '../../schema/index.ts'
import { addable, type Closing, closingOf, currenciesOf, modesOfRun, warnings, writeReport } from '../account/report.ts'
import { stopOf, voidedBy } from '../marks.ts'
import { breathe } from '../pace.ts'
import { listRuns, names } from '../place.ts'
import { sweepSpools } from '../plan/spool.ts'
import { unclaimed } from '../stage/unclaimed.ts'
import type { Ending } from '../start.ts'
import { unreadableRun } from '../trouble.ts'
import { changeRun, type OpenRun } from './deed.ts'
import { finishSettling } from './settling.ts'
import { giveUpUnsettled, unsettled } from './unsettled.ts'

export interface PurgeRequest {
  /** The out folder. */
  readonly out: string
  /** `90d`, or a day as `2026-03-31`: runs that ended before. */
  readonly olderThan: string
  /** Only tells which runs would be purged. */
  readonly dryRun?: boolean
  /** Also runs with pieces that are held, failed or not made: these are given up. */
  readonly unsettled?: boolean
  /** Who decided, where that is not the user of the system. */
  readonly by?: string
}

export interface Purged {
  readonly exit: Exit
  readonly faults: readonly Fault[]
  readonly runs: readonly string[]
}

/**
 * Purges every run that ended before, or that nothing has happened to since; cut off anywhere, doing it again completes it. Exit: the
 * gravest of all. 6: a process has one of them; 2: one cannot be read; 3: one has pieces that are not settled; the others are done.
 */
export async function purge(request: PurgeRequest, clock: () => Date = () => new Date()): Promise<Purged> {
  const { out, olderThan, by } = request
  const before = dayOf(olderThan, clock())
  if (before === undefined) {
    const hint = 'write a number of days as 90d, or a day as 2026-03-31'
    return {
      exit: 2,
      faults: [{ code: 'usage.option', message: '--older-than is neither an age nor a day', hint }],
      runs: [],
    }
  }
  const faults: Fault[] = []
  if (request.dryRun !== true) sweepSpools(out)
  // A run that cannot be read is told, and keeps nobody's data in the others.
  const runs = listRuns(out).filter(run => {
    try {
      return isDue(join(out, run), before)
    } catch (error) {
      faults.push(unreadableRun(join(out, run), error))
      return false
    }
  })
  const purged: string[] = []
  let exit: Exit = faults.length > 0 ? 2 : 0
  if (request.dryRun === true) return foretell(request, runs, faults)
  for (const run of runs) {
    const ended = await changeRun(
      { out, run, why: `older than ${olderThan}`, ...(by === undefined ? {} : { by }) },
      clock,
      open => purgeOne(open, { insist: request.unsettled === true }),
      { refusedToo: true },
    )
    faults.push(...ended.faults)
    if (ended.exit === 0) purged.push(run)
    else exit = graver(exit, ended.exit)
  }
  return { exit, faults, runs: purged }
}

/** Which runs would be purged, and why others would not. */
function foretell({ out, unsettled: insist }: PurgeRequest, due: readonly string[], before: readonly Fault[]): Purged {
  const faults = [...before]
  const runs = due.filter(run => {
    const ledger = new Ledger(join(out, run, names.ledger), { readOnly: true })
    try {
      const fault = unsettled(ledger, run, join(out, run))
      if (fault === undefined || (insist === true && stopOf(ledger) === undefined)) return true
      faults.push(fault)
      return false
    } finally {
      ledger.close()
    }
  })
  return { exit: before.length > 0 ? 2 : faults.length > 0 ? 3 : 0, faults, runs }
}

async function purgeOne(
  { ledger, out, name, folder, deed }: OpenRun,
  { insist }: { readonly insist: boolean },
): Promise<Ending> {
  await finishSettling(ledger, { folder, out, at: deed.at })
  const open = ledger.meta('purged') === undefined ? unsettled(ledger, name, folder) : undefined
  if (open !== undefined) {
    // One that was stopped can only be void: its documents are not to be told apart by what is on record.
    if (!insist || stopOf(ledger) !== undefined) return { exit: 3, faults: [open], run: name, folder }
    await giveUpUnsettled(ledger, { folder, out, deed })
  }
  if (ledger.meta('purged') === undefined) {
    // With another key nobody would find a communication again.
    if (!existsSync(join(out, names.issued))) return { exit: 5, faults: [unclaimed(out, [name])], run: name, folder }
    await wipe(ledger, { out, folder, deed })
  }
  if (!ledger.scrub()) {
    const hint = 'wait until nobody reads it, and purge again'
    return {
      exit: 6,
      faults: [{ code: 'run.busy', message: `the ledger of ${name} is being read`, place: { file: folder }, hint }],
    }
  }
  for (const entry of readdirSync(folder)) if (isPersonal(entry)) remove(join(folder, entry))
  const closing = closingOf(ledger)
  if (closing !== undefined)
    await writeReport(ledger, { folder, modes: modesOfRun(folder), kind: 'reported', at: deed.at, closing })
  ledger.setMeta({ purging: '' })
  return { exit: 0, faults: [], run: name, folder }
}

/** One transaction: what is known without personal data is kept, the rest goes, and that it went is written down. */
async function wipe(ledger: Ledger, { out, folder, deed }: Pick<OpenRun, 'out' | 'folder' | 'deed'>): Promise<void> {
  const issued = new Issued(join(out, names.issued))
  try {
    const closing = closingOf(ledger)
    const kept = {
      totals: totals(ledger),
      facts: closing?.made === undefined ? {} : factSums(ledger, closing.made.money),
      ...currenciesOf(ledger, closing?.made),
      readBack: closing?.made === undefined ? [] : await readBack(ledger, addable(closing.made), breathe),
    }
    const words = {
      ...(closing === undefined
        ? {}
        : { closing: JSON.stringify({ ...closing, faults: withoutWords(closing.faults) } satisfies Closing) }),
      warnings: JSON.stringify(withoutWords(warnings(ledger))),
    }
    const manifests = manifestsDigest(folder, ledger.lots())
    ledger.together(() => {
      ledger.wipe(id => issued.hashId(id))
      ledger.setMeta({ kept: JSON.stringify(kept), manifests, purged: JSON.stringify(deed), purging: 'yes', ...words })
      ledger.record('purged', deed.at, { ...deed })
    })
  } finally {
    issued.close()
  }
}

/** Messages may quote values, and name files after ids; codes and places in the kit do not. */
function withoutWords(faults: readonly Fault[]): readonly Fault[] {
  return faults.map(({ code, place }): Fault => {
    const file = place === undefined ? {} : { place: { file: place.file } }
    return { code, message: meaning(code), ...file }
  })
}

function graver(one: Exit, other: Exit): Exit {
  return gravity.indexOf(other) > gravity.indexOf(one) ? other : one
}

/** From the lightest on, as the table of exit codes has it. */
const gravity: readonly Exit[] = [0, 130, 3, 4, 5, 6, 2, 1]

/** Pieces, held ones, and lines of the data. Kits stay: they are the factory's, not its customers'. */
function isPersonal(entry: string): boolean {
  return (
    /^lot-\d{4,}$|\.partial$/.test(entry) || ['held', names.rejects, names.rejectList, names.failures].includes(entry)
  )
}

/** Whether a run ended before that moment, or its purge was cut off, and it has something left to remove. */
function isDue(folder: string, before: string): boolean {
  if (isLocked(join(folder, names.lock))) return false
  const ledger = new Ledger(join(folder, names.ledger), { readOnly: true })
  try {
    if (ledger.meta('purged') !== undefined) return ledger.meta('purging') === 'yes'
    // One that never came to its end has as much of its customers in it: it counts from the last that happened to it.
    const closed = ledger.meta('state') === 'allocated' ? voidedBy(ledger)?.at : closingOf(ledger)?.finishedAt
    const ended = closed ?? ledger.events().at(-1)?.at
    return ended !== undefined && ended < before
  } finally {
    ledger.close()
  }
}

function dayOf(text: string, now: Date): string | undefined {
  const days = /^(\d{1,5})d$/.exec(text)?.[1]
  if (days !== undefined) return new Date(now.getTime() - Number(days) * 86_400_000).toISOString()
  return isDate(text) ? text : undefined
}
