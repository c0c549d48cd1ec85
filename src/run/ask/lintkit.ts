/** How a kit speaks, held against the brand's rules: all of it for check; for a run, which sends it, its legal lines. */
import type { Fault, Template } from '../../model/index.ts'
import { lintLegal, lintStyle, lintTemplate, type StyleRequest } from '../../style/index.ts'
import { loadTemplate, partsOf, saidKeys } from '../../template/index.ts'
import { type KitAndJob, readOthers } from '../plan/kit.ts'
import type { Plan } from '../plan/plan.ts'
import type { Table } from '../plan/table.ts'
import type { RunRequest } from '../request.ts'

/** What wording and templates say otherwise than the brand does: those of the job, then, in one warning of each kind, the other ones of the factory. */
export function lintKit(
  read: KitAndJob,
  plan: Plan,
  { request, table }: { readonly request: RunRequest; readonly table: Table },
): readonly Fault[] {
  const { brand } = plan
  // Without rules of the brand, what is wrong in the other templates is nothing that they share with this one.
  const ruled = brand.style !== undefined || brand.legal !== undefined
  const shelf = ruled ? readOthers(request, read.job) : nothingElse
  const unread: Fault[] = [...shelf.faults]
  const others = shelf.names.flatMap(name => {
    const loaded = loadTemplate(shelf.kit, name, table.channels)
    if (loaded.ok) return [loaded.value]
    unread.push(...loaded.faults)
    return []
  })
  const asked = askedOf(plan, { table, kits: [shelf.kit, read.kit], others })
  const theirs = others.flatMap(other => lintTemplate({ ...asked, template: other, said: saidIn(other, plan, []) }))
  return [...lintStyle(asked), ...ofEachKind([...theirs, ...unread])]
}

/** The same of the legal lines alone, on the channels that a run makes. */
export function lintKitLegal({ kit }: KitAndJob, plan: Plan, table: Table): readonly Fault[] {
  if (plan.brand.legal === undefined) return []
  const made = plan.channels.map(({ name }) => name)
  return lintLegal(askedOf(plan, { table, kits: [kit], others: [] }), made)
}

const nothingElse: ReturnType<typeof readOthers> = { kit: new Map(), names: [], faults: [] }

/** What is asked of the job's template. */
function askedOf(
  plan: Plan,
  {
    table,
    kits,
    others,
  }: { readonly table: Table; readonly kits: readonly KitAndJob['kit'][]; readonly others: readonly Template[] },
): StyleRequest {
  const { brand, template, channels: planned } = plan
  const files = new Map(kits.flatMap(kit => [...kit.values()]).map(({ shown, bytes }) => [shown, bytes]))
  const textOf = (file: string): string | undefined => {
    const bytes = files.get(file)
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
  }
  const locales = new Set([brand, template, ...others].flatMap(({ wording }) => Object.keys(wording)))
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
  const said = saidIn(template, plan, planned)
  return { brand, template, channels: table.channels, said, textOf, partsOf, locales, demanded, guessed }
}

/** Templates of other jobs are not prepared: what their markup says has to do. */
function saidIn({ wording }: Template, { brand }: Plan, prepared: Plan['channels']): StyleRequest['said'] {
  return (source, { name: channel, escape: escaping }, says) =>
    saidKeys(source, {
      brand,
      channel,
      escape: escaping,
      says,
      texts: [wording, brand.wording].flatMap(own => Object.values(own).map(({ texts }) => texts)),
      seen: prepared.find(({ name }) => name === channel)?.prepared.seen,
    })
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
