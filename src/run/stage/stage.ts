/** Intake into the ledger: every row read once, every communication staged as text, every reject with its reasons. */
import { type Doubled, type DroppedNames, mostOthers, openIntake } from '../../intake/index.ts'
import { type Ledger, openScratch } from '../../ledger/index.ts'
import {
  type Communication,
  done,
  type Expectation,
  type Fault,
  FaultError,
  failed,
  type InputSummary,
  type Job,
  type Result,
  type RunEvent,
  type RunView,
} from '../../model/index.ts'
import { canonicalLocale, mapRecipient, openPrepare } from '../../template/index.ts'
import { mayRunOn, openGuard } from '../guard.ts'
import { breathe } from '../pace.ts'
import type { Inputs } from '../plan/inputs.ts'
import type { Plan } from '../plan/plan.ts'
import { firstLines, type Lines } from './firstlines.ts'
import { openUnmapped } from './unmapped.ts'
import { Unread } from './unread.ts'

export const emptySummary: InputSummary = { rows: 0, filtered: 0, files: [], unreadable: {} }

export interface StageRequest {
  readonly job: Job
  readonly inputs: Inputs
  readonly ledger: Ledger
  readonly plan: Plan
  readonly run: RunView
  /** Control totals that count; absent: the job's own. */
  readonly expect: Expectation | undefined
  readonly signal?: AbortSignal | undefined
  readonly emit: (event: RunEvent) => void
  readonly warn: (fault: Fault) => void
  /** Who looks at each communication, in order, and with its text as it is staged. */
  readonly looking?: {
    /** The next waits for its promise. */
    readonly see: (seq: number, communication: Communication, text: string) => Promise<void> | undefined
    /** Called once all are seen. */
    readonly drain: () => Promise<void>
  }
}

/** Reads all data. Faults: files that are refused as a whole. */
export async function stageAll(request: StageRequest): Promise<Result<InputSummary>> {
  const { job, inputs, ledger, plan, run, expect, signal, emit, warn, looking } = request
  const prepare = await openPrepare(plan.template)
  if (!prepare.ok) return prepare
  const store = openScratch()
  const guard = openGuard()
  try {
    const opened = await openIntake({
      job,
      paths: inputs.paths,
      shown: inputs.shown,
      replaced: inputs.replaced,
      store,
      coerceTo: plan.template.schema,
      schemaFile: plan.template.schemaFile,
      prepare: data => prepare.value(data, run),
      prepareText: plan.template.prepare?.text,
      sums: pathsToSum(job, expect),
      guard,
      // It takes a tenth of the time that a communication does: where nothing can run for ever it is left out.
      ...(mayRunOn(plan.template) ? { preparing: guard } : {}),
      ...(signal === undefined ? {} : { signal }),
      progress: rows => emit({ kind: 'reading', rows }),
    })
    if (!opened.ok) {
      await breathe(signal)
      return opened
    }
    const unmapped = openUnmapped(plan, opened.value.lacking)
    const fallbacks = new Map<string, number[]>()
    const unread = new Unread(plan.template.schema)
    let seq = 0
    for await (const assembled of opened.value.assembled()) {
      seq += 1
      if (assembled.kind === 'reject') {
        const counted = assembled.rows.filter(({ file }) => opened.value.files[file]?.owned === true).length
        ledger.reject({ ...assembled, seq, issued: false, counted })
        continue
      }
      const { id, data, brought, rows, sums: sumsOfRows } = assembled
      unmapped.see(data)
      const { recipient, locale, fallback } = mapRecipient(plan.template, data, plan.brand)
      if (fallback !== undefined) {
        const asked = canonicalLocale(fallback) ?? ''
        const seqs = fallbacks.get(asked)
        if (seqs === undefined) fallbacks.set(asked, [seq])
        else seqs.push(seq)
      }
      const communication: Communication = { id, locale, recipient, data, ...(brought.length > 0 ? { brought } : {}) }
      const text = JSON.stringify(communication)
      unread.add(seq, data, text)
      ledger.stage({ seq, id, text, rows, sums: sumsOfRows })
      const waiting = looking?.see(seq, communication, text)
      if (waiting !== undefined) await waiting
    }
    await looking?.drain()
    ledger.flush()
    const figures = opened.value.summary()
    emit({ kind: 'read', rows: figures.rows.read, communications: figures.communications, rejects: figures.rejects })
    const lost = unmapped.tell({ missing: figures.missing, made: figures.communications })
    if (lost.faults.length > 0) return failed(...lost.faults)
    lost.warnings.forEach(warn)
    doubledRows(figures.doubled, job).forEach(warn)
    warnAbout(fallbacks, figures.dropped, { plan, warn, ledger, shown: inputs.shown })
    unread.warnings(job.file, { ledger, shown: inputs.shown }).forEach(warn)
    return done(summarize(opened.value.files, figures))
  } catch (error) {
    if (!(error instanceof FaultError)) throw error
    // A signal that had to wait for a script counts more than what the script did.
    await breathe(signal)
    return failed(...error.faults)
  } finally {
    store.close()
  }
}

/** Those of the control totals that count, else the job's own, so that the report has them all the same; and of bounds. */
function pathsToSum(job: Job, expect: Expectation | undefined): readonly string[] {
  return [...new Set([...Object.keys((expect ?? job.expect)?.sum ?? {}), ...Object.keys(job.bounds?.sum ?? {})])]
}

type Intake = Extract<Awaited<ReturnType<typeof openIntake>>, { ok: true }>['value']

function summarize(files: Intake['files'], figures: ReturnType<Intake['summary']>): InputSummary {
  const owned = files.filter(file => file.owned)
  const add = (of: (file: Intake['files'][number]) => number): number => owned.reduce((sum, file) => sum + of(file), 0)
  return {
    rows: add(file => file.rows),
    filtered: add(file => file.filtered) + figures.followed,
    files: files.map(({ shown, rows, filtered, sha256, headerEnd }) => ({
      file: shown,
      rows,
      filtered,
      sha256,
      headerEnd,
    })),
    unreadable: Object.fromEntries(Object.entries(figures.sums).map(([path, { unreadable }]) => [path, unreadable])),
  }
}

/** What is alike may well be two purchases: nobody but its owner can say. */
function doubledRows({ count, places }: Doubled, { file }: Job): readonly Fault[] {
  if (count === 0) return []
  const more = count - places.length
  const where = `${places.join('; ')}${more > 0 ? `; ${more.toLocaleString('en-US')} more` : ''}`
  return [
    {
      code: 'intake.double',
      message: `${count.toLocaleString('en-US')} row${count === 1 ? ' says' : 's say'} the same as another of the same list (${where})`,
      place: { file },
      hint: 'look whether they were exported twice: both are in the document, and in its sums',
    },
  ]
}

function droppedWords({ named, others }: DroppedNames): string {
  const shown = [...named.slice(0, 12), ...(named.length > 12 ? ['…'] : [])].join(', ')
  if (others === 0) return shown
  const many = `${others}${others === mostOthers ? ' or more' : ''}`
  return `${shown}${shown === '' ? '' : ', and '}${many} whose name${others === 1 ? ' is' : 's are'} only in the data`
}

/** Languages named in warnings, at most. */
const mostLocales = 20

function warnAbout(
  fallbacks: ReadonlyMap<string, readonly number[]>,
  dropped: DroppedNames,
  { plan, warn, ...lines }: Lines & Pick<StageRequest, 'plan' | 'warn'>,
): void {
  if (dropped.named.length + dropped.others > 0) {
    warn({
      code: 'run.dropped',
      message: `fields that the template does not know were left out: ${droppedWords(dropped)}`,
      place: { file: plan.template.schemaFile },
      hint: 'add them to schema.json, or take them out of the job',
    })
  }
  for (const [asked, seqs] of [...fallbacks].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, mostLocales)) {
    const count = seqs.length
    const where = firstLines(seqs, lines)
    // What is no language tag is data that slipped into this column, perhaps a name: it is counted and found by its lines, and not quoted.
    const locale = asked === '' ? 'what is no language' : asked
    warn({
      code: 'run.locale',
      message: `${count} recipient${count === 1 ? ' asks' : 's ask'} for ${locale} and read${count === 1 ? 's' : ''} ${plan.brand.locale}: there is no wording${where === '' ? '' : ` (${where})`}`,
      place: { file: plan.template.file },
      hint: 'add wording for it to the template and the brand (text/<locale>.json), or mend the data',
    })
  }
}
