/** Proof: a few communications of a job, finished as a run would finish them, without a run and without a ledger. */
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { counts } from '../../ledger/index.ts'
import { makeFolder, privateModes, safeName } from '../../lots/index.ts'
import {
  type Communication,
  done,
  type Exit,
  type Fault,
  type Result,
  type RunEvent,
  type Template,
} from '../../model/index.ts'
import { findRun } from '../find.ts'
import { type Foreseen, type Maker, openMaker } from '../press/make.ts'
import type { RunRequest } from '../request.ts'
import { identify } from '../stage/identify.ts'
import { Remarks } from '../stage/remarks.ts'
import { decisionOf, type Routing, routeAll } from '../stage/route.ts'
import { chooseShown } from './choose.ts'
import { type Rehearsal, rehearse } from './rehearse.ts'

export interface ProofReport {
  readonly exit: Exit
  readonly faults: readonly Fault[]
  /** What would read worse than its author thinks, and pictures that could not be taken; absent: nothing. */
  readonly warnings?: readonly Fault[]
  /** Files written, in order. */
  readonly files: readonly string[]
  /** Rejects that were passed over where no ids were given, with the first reasons in input order; absent where there are none. */
  readonly passed?: { readonly count: number; readonly of: number; readonly reasons: readonly Fault[] }
  /** Those chosen that some channel is not made of; absent where there are none. */
  readonly unshown?: readonly Unshown[]
  /** Which were taken of how many, where no ids were given and not all were; and the channels and languages that none of them has. */
  readonly taken?: { readonly ids: readonly string[]; readonly of: number; readonly unseen: readonly string[] }
}

/** A communication that goes without a channel, and why, by channel. */
export interface Unshown {
  readonly id: string
  readonly skipped: Readonly<Record<string, string>>
  /** Whether no piece is made of it at all. */
  readonly all: boolean
}

/** Which communications, by id; without ids `limit` of those that can be made, each channel and language among them. And where to put them. */
export interface ProofChoice {
  readonly ids: readonly string[]
  /** Default: 5 communications of a job, all samples of a template. */
  readonly limit?: number | undefined
  readonly folder: string
  /** Whether pictures are taken of pieces that look different in different places. Default: yes. */
  readonly pictures?: boolean
}

const usualLimit = 5
const reasonsKept = 3

/** A communication, the channels to make it on, and why it is not made on others. */
export interface Proof {
  readonly communication: Communication
  readonly to: readonly string[]
  readonly skipped: Readonly<Record<string, string>>
}

/**
 * Makes the communications with these ids, or the first few, into `folder`. Exit: 2 for a wrong job, brand or template and for ids
 * that the data does not have; 5 where the data is refused, an id is a reject, or nothing but rejects is left; 4 where a piece does not
 * show what the data says; 3 where a piece fails.
 */
export async function proofJob(
  request: RunRequest,
  choice: ProofChoice,
  emit: (event: RunEvent) => void,
  clock: () => Date,
): Promise<ProofReport> {
  const found = await findRun(request, { spools: tmpdir(), modes: privateModes })
  if ('exit' in found) return { ...found, files: [] }
  const rehearsal = await rehearse(found, { request, emit, clock })
  if ('exit' in rehearsal) return { ...rehearsal, files: [] }
  try {
    const { plan, run, ledger } = rehearsal
    const { signal } = request
    const routed = await withMaker(openMaker(plan, run), maker => routeAll(ledger, plan, { maker, run, signal }))
    if (!routed.ok) return { exit: 2, faults: routed.faults, files: [] }
    // What identifies others is known once all are routed.
    const opened = openMaker(plan, run, { identities: await identify(ledger, plan) })
    const proved = await withMaker(opened, maker => proveWith(maker, rehearsal, { routing: routed.value, choice }))
    return proved.ok ? proved.value : { exit: 2, faults: proved.faults, files: [] }
  } finally {
    rehearsal.close()
  }
}

async function withMaker<T>(opening: Promise<Result<Maker>>, work: (maker: Maker) => Promise<T>): Promise<Result<T>> {
  const opened = await opening
  if (!opened.ok) return opened
  try {
    return done(await work(opened.value))
  } finally {
    await opened.value.close()
  }
}

async function proveWith(
  maker: Maker,
  rehearsal: Rehearsal,
  { routing, choice }: { readonly routing: Routing; readonly choice: ProofChoice },
): Promise<ProofReport> {
  const { plan, ledger } = rehearsal
  const { ids, limit = usualLimit } = choice
  const wanted = new Set(ids)
  const chosen = ids.length > 0 ? undefined : chooseShown(ledger, routing, limit)
  const proofs: Proof[] = []
  for (const { seq, id, text } of ledger.staged()) {
    if (chosen === undefined ? !wanted.delete(id) : !chosen.seqs.has(seq)) continue
    const { to, skipped } = decisionOf(routing, seq)
    proofs.push({ communication: JSON.parse(text) as Communication, to, skipped })
  }
  const { rejected, passed } = lookAtRejects(rehearsal, wanted, ids.length === 0)
  const unknown = [...wanted].map(
    (id): Fault => ({
      code: 'usage.option',
      message: `there is no communication ${id} in the data`,
      hint: 'ids are the values of the key column',
    }),
  )
  const made = await makeProofs(maker, proofs, { ...choice, template: plan.template })
  const { made: of } = counts(ledger).communications
  const nothing = passed !== undefined && proofs.length === 0
  return {
    exit: unknown.length > 0 ? 2 : rejected.length > 0 || nothing ? 5 : exitOf(made.faults),
    faults: [...unknown, ...rejected, ...made.faults],
    warnings: [...plan.warnings, ...made.warnings],
    files: made.files,
    ...(passed === undefined ? {} : { passed }),
    ...unshownOf(proofs),
    ...(chosen === undefined || chosen.ids.length === of
      ? {}
      : { taken: { ids: chosen.ids, of, unseen: chosen.unseen } }),
  }
}

/** Which of them go without a channel: what is not there is not seen, and nobody would miss it. */
export function unshownOf(proofs: readonly Proof[]): Pick<ProofReport, 'unshown'> {
  const unshown = proofs
    .filter(({ skipped }) => Object.keys(skipped).length > 0)
    .map(({ communication: { id }, to, skipped }) => ({ id, skipped, all: to.length === 0 }))
  return unshown.length === 0 ? {} : { unshown }
}

/** Rejects that were asked for by id (and are no longer wanted then), or else those that were passed over. */
function lookAtRejects(
  { ledger, inputs }: Rehearsal,
  wanted: Set<string>,
  any: boolean,
): { readonly rejected: readonly Fault[]; readonly passed: ProofReport['passed'] } {
  const rejected: Fault[] = []
  const reasons: Fault[] = []
  for (const { id, faults, rows } of ledger.rejects()) {
    const [first] = rows
    const row = first === undefined ? {} : { place: { file: inputs.shown[first.file] ?? '', line: first.line } }
    const placed = faults.map(fault => ({ ...row, ...fault }))
    if (id !== undefined && wanted.delete(id)) rejected.push(...placed)
    if (any && reasons.length < reasonsKept) reasons.push(...placed)
  }
  const { made, rejected: count } = counts(ledger).communications
  const passed = any && count > 0 ? { count, of: made + count, reasons: reasons.slice(0, reasonsKept) } : undefined
  return { rejected, passed }
}

/** 4: a piece does not show what the data says; 3: a piece fails. */
export function exitOf(faults: readonly Fault[]): 0 | 3 | 4 {
  if (faults.some(({ code }) => /^run\.(fact|identity|unread)$/.test(code))) return 4
  return faults.length > 0 ? 3 : 0
}

/** Writes each piece as a file of its own, proved or not; text messages as they read on a telephone, mails with pictures of them. */
export async function makeProofs(
  maker: Maker,
  proofs: readonly Proof[],
  { folder, pictures = true, template }: Pick<ProofChoice, 'folder' | 'pictures'> & { readonly template: Template },
): Promise<{
  readonly files: readonly string[]
  readonly faults: readonly Fault[]
  readonly warnings: readonly Fault[]
}> {
  const files: string[] = []
  const faults: Fault[] = []
  const blind = new Map<string, Fault>()
  const wide: Fault[] = []
  const remarks = new Remarks()
  for (const [seq, { communication, to }] of proofs.entries()) {
    remarks.add(seq, maker.foresee(communication, to).remarks.filter(isOfMost))
    removeOld(folder, safeName(communication.id))
    for (const made of await maker.make(communication, to)) {
      if (made.outcome === 'failed') {
        faults.push(...made.faults)
        continue
      }
      if (made.outcome === 'held') faults.push(...(made.faults ?? []))
      const output = maker.output(made.channel)
      makeFolder(join(folder, output.folder), privateModes)
      const extension = 'lines' in output ? 'json' : output.extension
      const stem = join(folder, output.folder, safeName(communication.id))
      const write = (name: string, bytes: Uint8Array): void => {
        writeFileSync(name, bytes, { mode: privateModes.file })
        files.push(name)
      }
      write(`${stem}.${extension}`, made.piece.bytes)
      const taken = pictures ? await maker.pictures(made.channel, made.piece) : undefined
      if (taken?.ok === false) for (const fault of taken.faults) blind.set(fault.message, fault)
      for (const { name, bytes, tooWidePx } of taken?.ok === true ? taken.value : []) {
        write(`${stem}.${name}.png`, bytes)
        // In the dark it is as wide.
        if (tooWidePx !== undefined && !name.endsWith('-dark')) wide.push(tooWide(`${stem}.${name}.png`, tooWidePx))
      }
    }
  }
  const ledger = {
    *stagedIds() {
      for (const [seq, { communication }] of proofs.entries()) yield { seq, id: communication.id }
    },
    origins: () => () => undefined,
  }
  const most = remarks.faults({ template, prices: undefined, ledger, shown: [] })
  return { files, faults, warnings: [...most, ...blind.values(), ...wide] }
}

/** What is said of the largest and the longest: of those that are looked at, not of all that the data has. */
function isOfMost({ remark }: Foreseen['remarks'][number]): boolean {
  return remark.most !== undefined
}

/**
 * What an earlier proof made of a communication, on whatever channels: beside what is made now it would be taken for its sibling. Told
 * from somebody's own files by name and by who may read it.
 */
function removeOld(folder: string, stem: string): void {
  const inside = (path: string) => {
    try {
      return readdirSync(path, { withFileTypes: true })
    } catch {
      return []
    }
  }
  for (const channel of inside(folder).filter(entry => entry.isDirectory()))
    for (const { name } of inside(join(folder, channel.name)))
      if (name.startsWith(`${stem}.`) && /^(?:pdf|eml|json|\d+(?:-dark)?\.png)$/.test(name.slice(stem.length + 1)))
        removeOwn(join(folder, channel.name, name))
}

function removeOwn(path: string): void {
  if ((statSync(path).mode & 0o777) === privateModes.file) rmSync(path)
}

/** A mail that its picture does not hold. */
export function tooWide(picture: string, px: number): Fault {
  return {
    code: 'email.wide',
    message: `the mail is ${px} px wider than this picture: its ends are cut off, or all of it is shown small`,
    place: { file: picture },
    hint: 'look for what cannot be broken in a narrow column: a long word (class="words"), an amount or IBAN held together, an image',
  }
}
