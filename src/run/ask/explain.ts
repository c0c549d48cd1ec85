/** Explain: one communication's whole story, for whoever owns the ledger. Reads only. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { counts, Issued, Ledger, releasesOf } from '../../ledger/index.ts'
import { lotName } from '../../lots/index.ts'
import {
  done,
  type Fault,
  failed,
  foldName,
  type InputSummary,
  quote,
  type Result,
  type ShownFact,
  type Story,
} from '../../model/index.ts'
import { openFacts } from '../../template/index.ts'
import { noSuchRun } from '../deeds/deed.ts'
import { purgedBy, stopOf, voidedBy } from '../marks.ts'
import { kitFolder, names } from '../place.ts'
import { frozenFiles, kitDigest, kitMeta } from '../plan/kit.ts'

export interface ExplainRequest {
  /** The out folder. */
  readonly out: string
  readonly run: string
  /** As it stands in the data; case, blanks around it and Unicode form do not matter, as in intake. */
  readonly id: string
}

/** Tells all that the ledger has of one communication or reject. Faults: no such run, no such id. */
export async function explain({ out, run, id }: ExplainRequest): Promise<Result<Story>> {
  const missing = noSuchRun(out, run)
  if (missing !== undefined) return failed(missing)
  const folder = join(out, run)
  const ledger = new Ledger(join(folder, names.ledger), { readOnly: true })
  const issuedPath = join(out, names.issued)
  const issued = existsSync(issuedPath) ? new Issued(issuedPath, { readOnly: true }) : undefined
  try {
    const purged = purgedBy(ledger)
    const wanted = purged === undefined ? foldName(id) : (issued?.hashId(id) ?? '')
    const found = ledger.find(known => (purged === undefined ? foldName(known) : known) === wanted)
    if (found === undefined) return failed(unknownId(ledger, { run, folder, id }))
    const summary = JSON.parse(ledger.meta('summary') ?? '{"files":[]}') as Pick<InputSummary, 'files'>
    const shown = summary.files.map(({ file }) => file)
    const template = ledger.meta('template') ?? ''
    const period = ledger.meta('period') ?? ''
    const holder = issued?.holder({ template, id }) ?? issued?.holder({ template, id, period })
    const voided = voidedBy(ledger)
    const stopped = stopOf(ledger)
    const { seq, rows, count, faults, route } = found
    const events = eventsOf(ledger, seq)
    const toTell = factsToTell(ledger, folder)
    const kitOf = new Map(ledger.lots().map(({ number, kit }) => [number, kit]))
    const pieces = ledger.piecesOf(seq)
    const { overruled } = releasesOf(ledger.events())
    const unproved = (channel: string): readonly string[] =>
      overruled.flatMap(one => (one.communication === seq && one.channel === channel ? one.codes : []))
    const changedKits = [...new Set(pieces.map(({ lot }) => kitOf.get(lot) ?? 1))].filter(
      kit => toTell(kit) === undefined,
    )
    return done({
      run,
      id: purged === undefined ? found.id : id,
      kind: faults === undefined ? 'communication' : 'reject',
      rows: {
        count,
        places: rows.map(({ file, line }) => ({ file: fileNamed(shown, file), line })),
      },
      reasons: faults ?? [],
      ...(route === undefined ? {} : { route }),
      pieces: pieces.map(({ seq: _, id: __, outcome, file, facts, detail, ...piece }) => ({
        ...piece,
        ...(unproved(piece.channel).length === 0 ? {} : { unproved: unproved(piece.channel) }),
        outcome: outcome ?? 'planned',
        kit: kitOf.get(piece.lot) ?? 1,
        ...(detail === undefined || toTell(kitOf.get(piece.lot) ?? 1) === undefined ? {} : { detail }),
        ...(file === undefined ? {} : { file: outcome === 'held' ? file : `${lotName(piece.lot)}/${file}` }),
        ...(facts === undefined ? {} : { facts: told(facts, toTell(kitOf.get(piece.lot) ?? 1)) }),
      })),
      ...(holder === undefined ? {} : { issuedBy: holder }),
      events: events.map(({ body: { together: _, ...body }, ...event }) => ({ ...event, body })),
      sharedWith: sharedWith(ledger, seq, { events, shown }),
      ...(changedKits.length === 0 ? {} : { changedKits }),
      ...(stopped === undefined ? {} : { stopped }),
      ...(voided === undefined ? {} : { voided }),
      ...(purged === undefined ? {} : { purged }),
    })
  } finally {
    ledger.close()
    issued?.close()
  }
}

type EventOf = Story['events'][number]

/** What happened to one communication in particular. */
function eventsOf(ledger: Ledger, seq: number): readonly EventOf[] {
  return ledger
    .events()
    .map(({ number, at, kind, body }) => ({ number, at, kind, body: JSON.parse(body) as EventOf['body'] }))
    .filter(({ body }) => (body['communications'] as readonly number[] | undefined)?.includes?.(seq) === true)
}

/** How many others at one address are named. */
const mostOthers = 5

function sharedWith(
  ledger: Ledger,
  seq: number,
  { events, shown }: { readonly events: readonly EventOf[]; readonly shown: readonly string[] },
): Story['sharedWith'] {
  const originOf = ledger.origins()
  return events.flatMap(({ kind, body }) => {
    if (kind !== 'address-shared') return []
    const { channel, together = [] } = body as { readonly channel: string; readonly together?: readonly number[][] }
    const others = (together.find(seqs => seqs.includes(seq)) ?? []).filter(other => other !== seq)
    if (others.length === 0) return []
    const named = others.slice(0, mostOthers).flatMap(other => {
      const { id, rows } = originOf(other) ?? {}
      if (id === undefined) return []
      const row = rows?.[0]
      return [row === undefined ? { id } : { id, place: { file: fileNamed(shown, row.file), line: row.line } }]
    })
    return [{ channel, others: named, more: others.length - named.length }]
  })
}

function fileNamed(shown: readonly string[], at: number): string {
  return shown[at] ?? `file ${at + 1}`
}

/**
 * Names of the facts that may be told, by the number of a kit: those that its schema does not mark private. Of a kit that is not as it was
 * frozen nobody knows: undefined.
 */
function factsToTell(ledger: Ledger, folder: string): (kit: number) => ReadonlySet<string> | undefined {
  const known = new Map<number, ReadonlySet<string> | undefined>()
  return kit => {
    if (!known.has(kit)) {
      const files = frozenFiles(kitFolder(folder, kit))
      const whole = kitDigest(files) === ledger.meta(kitMeta(kit))
      known.set(kit, whole ? openFacts(files, ledger.meta('template') ?? '') : undefined)
    }
    return known.get(kit)
  }
}

function told(
  facts: Readonly<Record<string, ShownFact>>,
  open: ReadonlySet<string> | undefined,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, { shown }]) => [name, open?.has(name) === true ? shown : null]),
  )
}

function unknownId(
  ledger: Ledger,
  { run, folder, id }: { readonly run: string; readonly folder: string; readonly id: string },
): Fault {
  const { communications } = counts(ledger)
  const { filtered = 0 } = JSON.parse(ledger.meta('summary') ?? '{}') as Partial<InputSummary>
  return {
    code: 'usage.option',
    message: `the run ${run} has no communication ${quote(id)} among ${communications.made} made and ${communications.rejected} rejected, and filtered ${filtered} rows`,
    place: { file: folder },
    hint: `${names.rejectList} lists rejects with their lines; manifest.jsonl in each lot lists pieces`,
  }
}
