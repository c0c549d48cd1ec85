/** Rows that no key finds: what is wrong with 1:n rows without a communication, and with keys that only look like those of a row. */
import { differenceOf, type Fault, type Lookalike, type Place, quote, type RowStore } from '../model/index.ts'
import { found } from './coerce.ts'
import type { JoinNode } from './nodes.ts'
import { type OpenRow, placeOf, textOf } from './openrow.ts'
import { ownedBy } from './paths.ts'
import type { Plan } from './plan.ts'
import type { Table } from './tables.ts'

/** Whether a parent that clean.js filtered takes this row with it. */
export function followsFiltered(row: OpenRow, relations: readonly JoinNode[], store: RowStore): boolean {
  return relations.some(node => {
    const value = textOf(row, node.theirs)
    return value !== undefined && store.dropped(node.link, value)
  })
}

/** `beside`: the job's own files that are read beside others which were named in place of the job's own. */
export function orphanFaults(
  row: OpenRow,
  {
    relations,
    beside,
    plan,
  }: { readonly relations: readonly JoinNode[]; readonly beside: readonly Table[]; readonly plan: Plan },
): Fault[] {
  const faults = row.stored.faults === undefined ? [] : (JSON.parse(row.stored.faults) as Fault[])
  if (row.cells === undefined) return faults
  for (const node of relations) {
    const { theirs, ours } = node
    const key = textOf(row, theirs)
    faults.push({
      code: 'intake.orphan',
      message:
        key === undefined
          ? `${theirs} is empty`
          : `there is no row with the ${ours} that this row names${found(key, isSecret(node, plan))}`,
      place: placeOf(row),
      hint: `add the row that it belongs to, ${nameToo(beside)}or let clean.js filter it`,
    })
  }
  return faults
}

/** A row that belongs to nobody and may be meant for this communication, which would be billed without it. */
export function lookalikeFault(other: Lookalike, plan: Plan, place: Place): Fault {
  const { file, line } = other
  const table = plan.tables[file] as Table
  const node = ownedBy(plan, table).find(({ link }) => link === other.link)
  return {
    code: 'intake.lookalike',
    message: `line ${line} of ${table.shown} names it by a key that differs only by ${apart(other, isSecret(node, plan))}`,
    place,
    hint: "write both keys alike, or let clean.js do it; if the line is somebody else's, give it the key of that one",
  }
}

/** A key that no row of an n:1 file has, where that may be meant; one that looks like it may be meant as well. */
export function nearFault(other: Lookalike, { path, node, secret, place }: Near): Fault {
  return {
    code: 'intake.lookalike',
    message: `${path}: ${node.ours} differs from the ${node.theirs} of line ${other.line} of ${node.target.shown} only by ${apart(other, secret)}`,
    place,
    hint: 'write both keys alike, or let clean.js do it: missing: absent is for keys that nothing looks like',
  }
}

interface Near {
  /** Of the field that would be absent. */
  readonly path: string
  readonly node: JoinNode
  readonly secret: boolean
  readonly place: Place
}

/** How the keys differ, and both of them, since they look the same. */
function apart({ theirs, ours }: Lookalike, secret: boolean): string {
  const differ = differenceOf(theirs, ours, { secret })
  return secret ? differ : `${differ} (found ${quote(theirs)}, and here ${quote(ours)})`
}

/** Whether a key of either side is private. The parents may be rows of any file. */
function isSecret(node: JoinNode | undefined, { tables }: Plan): boolean {
  return node === undefined || node.target.secret.has(node.theirs) || tables.some(({ secret }) => secret.has(node.ours))
}

/** Mended rejects, or another month, beside a file of the whole batch: its rows find no parents there. */
function nameToo(beside: readonly Table[]): string {
  if (beside.length === 0) return ''
  const options = beside.map(({ index, file }) => (index === 0 ? '--data FILE' : `--data ${file.name}=FILE`))
  return `name the rows that go with the data of --data too (${options.join(' ')}), `
}
