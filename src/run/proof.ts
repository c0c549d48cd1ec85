/** Proof: finished samples to look at, without a run and without a ledger. */
import { existsSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { readPeriod } from '../job/index.ts'
import { makeFolder, privateModes, safeName } from '../lots/index.ts'
import type { Communication, Data, Exit, Fault, KitFile, RunEvent, RunView } from '../model/index.ts'
import { hintKnown, parseJson } from '../schema/index.ts'
import { decisionOf, routeAll } from './allocate.ts'
import { readFolder } from './kit.ts'
import { type Maker, openMaker } from './make.ts'
import { planTemplate } from './plan.ts'
import { dayIn, rehearse } from './rehearse.ts'
import type { RunRequest } from './request.ts'
import { openCompose } from './sample.ts'
import { loadTable } from './table.ts'

export interface ProofReport {
  readonly exit: Exit
  readonly faults: readonly Fault[]
  /** Files written, in order. */
  readonly files: readonly string[]
}

/** Makes the communications with these ids, or the first few, into `folder`. */
export async function proofJob(
  request: RunRequest,
  { ids, limit, folder }: { readonly ids: readonly string[]; readonly limit: number; readonly folder: string },
  emit: (event: RunEvent) => void,
  clock: () => Date,
): Promise<ProofReport> {
  const rehearsal = await rehearse(request, emit, clock)
  if ('exit' in rehearsal) return { ...rehearsal, files: [] }
  const { plan, run, ledger } = rehearsal
  try {
    const opened = await openMaker(plan, run)
    if (!opened.ok) return { exit: 2, faults: opened.faults, files: [] }
    const routing = await routeAll(ledger, plan, { maker: opened.value, run, signal: request.signal })
    const wanted = new Set(ids)
    const proofs: { communication: Communication; to: readonly string[] }[] = []
    for (const { seq, id, text } of ledger.staged()) {
      if (ids.length > 0 ? !wanted.delete(id) : proofs.length >= limit) continue
      const { to } = decisionOf(routing, seq)
      proofs.push({ communication: JSON.parse(text) as Communication, to })
    }
    const faults: Fault[] = []
    for (const reject of ledger.rejects()) {
      if (reject.id !== undefined && wanted.delete(reject.id)) faults.push(...reject.faults)
    }
    for (const id of wanted) {
      faults.push({
        code: 'usage.option',
        message: `there is no communication ${id} in the data`,
        hint: 'ids are the values of the key column',
      })
    }
    const made = await makeProofs(opened.value, proofs, folder)
    return {
      exit: faults.length > 0 ? 2 : made.faults.length > 0 ? 3 : 0,
      faults: [...faults, ...made.faults],
      files: made.files,
    }
  } finally {
    rehearsal.close()
  }
}

/** Makes a template's samples; its brand is the `assets` beside its `templates` folder. */
export async function proofTemplate(
  folder: string,
  {
    ids,
    target,
    date,
  }: { readonly ids: readonly string[]; readonly target: string; readonly date?: string | undefined },
  clock: () => Date,
): Promise<ProofReport> {
  const name = basename(folder)
  const kit = new Map<string, KitFile>()
  const faults: Fault[] = []
  readFolder(folder, `templates/${name}`, kit, faults)
  const assets = join(dirname(dirname(folder)), 'assets')
  if (existsSync(assets)) readFolder(assets, 'assets', kit, faults)
  if (faults.length > 0) return { exit: 2, faults, files: [] }
  const table = await loadTable()
  if (!table.ok) return { exit: 2, faults: table.faults, files: [] }
  const planned = await planTemplate(kit, name, table.value)
  if (!planned.ok) return { exit: 2, faults: planned.faults, files: [] }
  const { template, brand } = planned.value
  const day = date ?? dayIn(brand.timezone, clock())
  const period = template.once === 'period' ? readPeriod(day.slice(0, 7)) : undefined
  const run: RunView = { name: 'proof', date: day, set: {}, ...(period === undefined ? {} : { period }) }
  const compose = await openCompose(planned.value, run)
  const opened = await openMaker(planned.value, run)
  if (!compose.ok || !opened.ok) {
    const broken = [compose, opened].flatMap(result => (result.ok ? [] : result.faults))
    return { exit: 2, faults: broken, files: [] }
  }
  const proofs: { communication: Communication; to: readonly string[] }[] = []
  for (const [sample, source] of Object.entries(template.samples)) {
    const id = sample.replace(/\.json$/, '')
    if (ids.length > 0 && !ids.includes(id)) continue
    const parsed = parseJson(source)
    const composed = parsed.ok ? compose.value(parsed.value as Data, id) : parsed
    const routed = composed.ok ? planned.value.route(composed.value, run) : composed
    if (composed.ok && routed.ok) proofs.push({ communication: composed.value, to: routed.value.to })
    else if (!routed.ok) faults.push(...routed.faults.map(fault => inSample(fault, source.file)))
  }
  for (const id of ids) {
    const known = Object.keys(template.samples).map(sample => sample.replace(/\.json$/, ''))
    if (!known.includes(id))
      faults.push({ code: 'usage.option', message: `the template has no sample ${id}`, hint: hintKnown(id, known) })
  }
  const made = await makeProofs(opened.value, proofs, target)
  const all = [...faults, ...made.faults]
  const asked = faults.some(({ code }) => code === 'usage.option')
  return { exit: asked ? 2 : all.length > 0 ? 3 : 0, faults: all, files: made.files }
}

/** A fault of a sample, at its file. */
function inSample(fault: Fault, file: string): Fault {
  return { ...fault, place: { ...fault.place, file } }
}

/** Writes each piece as a file of its own; text messages as they read on a telephone. */
async function makeProofs(
  maker: Maker,
  proofs: readonly { readonly communication: Communication; readonly to: readonly string[] }[],
  folder: string,
): Promise<{ readonly files: readonly string[]; readonly faults: readonly Fault[] }> {
  const files: string[] = []
  const faults: Fault[] = []
  for (const { communication, to } of proofs) {
    for (const made of await maker.make(communication, to)) {
      if (made.outcome === 'failed') {
        faults.push(...made.faults)
        continue
      }
      const output = maker.output(made.channel)
      makeFolder(join(folder, output.folder), privateModes)
      const extension = 'lines' in output ? 'json' : output.extension
      const path = join(folder, output.folder, `${safeName(communication.id)}.${extension}`)
      writeFileSync(path, made.piece.bytes, { mode: privateModes.file })
      files.push(path)
    }
  }
  await maker.close()
  return { files, faults }
}
