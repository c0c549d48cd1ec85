/** A rehearsal: plan and intake into a private ledger that is gone afterwards. What `check` and `proof` stand on. */
import { Ledger } from '../../ledger/index.ts'
import type { Exit, Expectation, Fault, InputSummary, Job, RunEvent, RunView, Template } from '../../model/index.ts'
import { lintStyle, lintTemplate, type StyleRequest } from '../../style/index.ts'
import { loadTemplate, partsOf, saidKeys } from '../../template/index.ts'
import type { Found, Stopped } from '../find.ts'
import { chooseExpectation, withoutChannels, withoutTotals } from '../options.ts'
import { type KitAndJob, readKit, readOthers } from '../plan/kit.ts'
import { type Plan, planJob } from '../plan/plan.ts'
import { readSuppressionOf } from '../plan/suppress.ts'
import type { Table } from '../plan/table.ts'
import type { RunRequest } from '../request.ts'
import { stageAll } from '../stage/stage.ts'

export interface Rehearsal extends Found {
  readonly plan: Plan
  readonly run: RunView
  readonly ledger: Ledger
  readonly summary: InputSummary
  readonly expect: Expectation | undefined
  readonly warnings: readonly Fault[]
  /** Warnings about style: of the brand and the job's template, and one of each kind for all others. Told last, since it is not only about what this job sends. */
  readonly style: readonly Fault[]
  readonly close: () => void
}

/**
 * Plans a run that was found, and reads its data as the run would. Closes the inputs when it stops, or with the rehearsal. Stops with
 * exit 2 for a wrong kit or control file, 5 for data that is refused as a whole.
 */
export async function rehearse(
  found: Found,
  {
    request,
    emit,
    clock,
  }: { readonly request: RunRequest; readonly emit: (event: RunEvent) => void; readonly clock: () => Date },
): Promise<Rehearsal | Stopped> {
  const { table, job, period, inputs, name } = found
  const ledger = new Ledger('')
  const close = (): void => {
    ledger.close()
    inputs.close()
  }
  const quit = (exit: Exit, faults: readonly Fault[]): Stopped => {
    close()
    return { exit, faults }
  }
  try {
    const read = readKit(request, table)
    if (!read.ok) return quit(2, read.faults)
    const planned = await planJob(read.value.kit, job, table)
    if (!planned.ok) return quit(2, planned.faults)
    const expectation = chooseExpectation(job, request, inputs)
    if (!expectation.ok) return quit(2, expectation.faults)
    const suppression = readSuppressionOf(job, table, planned.value)
    if (!suppression.ok) return quit(2, suppression.faults)
    const plan = { ...planned.value, suppression: suppression.value }
    const expect = expectation.value
    const date = request.date ?? dayIn(plan.brand.timezone, clock())
    const run: RunView = { name, date, set: job.set, ...(period === undefined ? {} : { period }) }
    const warnings: Fault[] = [...withoutChannels(job), ...withoutTotals(job, inputs, expect)]
    const staged = await stageAll({
      job,
      inputs,
      ledger,
      plan,
      run,
      sums: sumPaths(job, expect),
      emit,
      warn: fault => warnings.push(fault),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    })
    if (!staged.ok) return quit(5, staged.faults)
    const style = lintKit(read.value, plan, { request, table })
    return { ...found, plan, run, ledger, summary: staged.value, expect, warnings, style, close }
  } catch (error) {
    close()
    throw error
  }
}

const nothingElse: ReturnType<typeof readOthers> = { kit: new Map(), names: [], faults: [] }

/** What wording and templates say otherwise than the brand does: those of the job, then, in one warning of each kind, the other ones of the factory. */
function lintKit(
  { kit, job }: KitAndJob,
  { brand, template, channels: planned }: Plan,
  { request, table }: { readonly request: RunRequest; readonly table: Table },
): readonly Fault[] {
  // Without rules of the brand, what is wrong in the other templates is nothing that they share with this one.
  const ruled = brand.style !== undefined || brand.legal !== undefined
  const shelf = ruled ? readOthers(request, job) : nothingElse
  const unread: Fault[] = [...shelf.faults]
  const others = shelf.names.flatMap(name => {
    const loaded = loadTemplate(shelf.kit, name, table.channels)
    if (loaded.ok) return [loaded.value]
    unread.push(...loaded.faults)
    return []
  })
  const files = new Map([...shelf.kit.values(), ...kit.values()].map(({ shown, bytes }) => [shown, bytes]))
  const textOf = (file: string): string | undefined => {
    const bytes = files.get(file)
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
  }
  const locales = new Set([brand, template, ...others].flatMap(({ wording }) => Object.keys(wording)))
  const spoken = { brand, channels: table.channels, textOf, partsOf, locales }
  // Templates of other jobs are not prepared: what their markup says has to do.
  const saidIn =
    ({ wording }: Template, prepared: Plan['channels']): StyleRequest['said'] =>
    (source, { name: channel, escape: escaping }, says) =>
      saidKeys(source, {
        brand,
        channel,
        escape: escaping,
        says,
        texts: [wording, brand.wording].flatMap(own => Object.values(own).map(({ texts }) => texts)),
        seen: prepared.find(({ name }) => name === channel)?.prepared.seen,
      })
  const theirs = others.flatMap(other => lintTemplate({ ...spoken, said: saidIn(other, []), template: other }))
  const demanded = Object.fromEntries(
    planned.flatMap(({ name, settings }) => {
      const channel = table.channels.find(one => one.name === name)
      const words = channel?.demands?.(settings, template.purpose ?? 'service')
      return words === undefined ? [] : [[name, words]]
    }),
  )
  const guessed = Object.fromEntries(
    planned.map(({ name, prepared }) => [name, [...new Set(prepared.guessed?.flat())]]),
  )
  return [
    ...lintStyle({ ...spoken, said: saidIn(template, planned), template, demanded, guessed }),
    ...ofEachKind([...theirs, ...unread]),
  ]
}

/** What is to be said of templates that this job does not use, once for each code: a check of a job that uses them tells it. */
function ofEachKind(faults: readonly Fault[]): readonly Fault[] {
  return [...Map.groupBy(faults, ({ code }) => code).values()].flatMap(counted)
}

function counted([first, ...more]: readonly Fault[]): readonly Fault[] {
  if (first === undefined || more.length === 0) return first === undefined ? [] : [first]
  const name = ({ place }: Fault): string | undefined => /(?:^|\/)templates\/([^/]+)\//.exec(place?.file ?? '')?.[1]
  const names = [...new Set([first, ...more].flatMap(fault => name(fault) ?? []))]
  const shown = [...names.slice(0, mostNames), ...(names.length > mostNames ? ['…'] : [])].join(', ')
  return [
    {
      ...first,
      message: `${first.message}; ${more.length} more like this in templates that this job does not use (${shown})`,
      hint: `${first.hint}; check a job of theirs, which tells all of it`,
    },
  ]
}

/** Names of other templates that a warning has, at most. */
const mostNames = 5

/** Paths that are summed: those of the control totals that count, else the job's own, so that the report has them all the same; and of bounds. */
export function sumPaths(job: Job, expect: Expectation | undefined): readonly string[] {
  return [...new Set([...Object.keys((expect ?? job.expect)?.sum ?? {}), ...Object.keys(job.bounds?.sum ?? {})])]
}

/** The calendar day in a time zone, ISO 8601. */
export function dayIn(timezone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
    .formatToParts(at)
    .map(({ type, value }) => [type, value] as const)
  const { year, month, day } = Object.fromEntries(parts)
  return `${year}-${month}-${day}`
}
