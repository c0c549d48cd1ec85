/** Rows of 1:n files that belong to no communication: what is wrong with them, unless their parent was filtered. */
import type { Fault, Place, RowStore, StoredRow } from '../model/index.ts'
import type { JoinNode } from './nodes.ts'
import { type OpenRow, placeOf, textOf } from './openrow.ts'
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
  { relations, beside }: { readonly relations: readonly JoinNode[]; readonly beside: readonly Table[] },
): Fault[] {
  const faults = row.stored.faults === undefined ? [] : (JSON.parse(row.stored.faults) as Fault[])
  if (row.cells === undefined) return faults
  for (const { theirs, ours } of relations) {
    const empty = textOf(row, theirs) === undefined
    faults.push({
      code: 'intake.orphan',
      message: empty ? `${theirs} is empty` : `there is no row with the ${ours} that this row names`,
      place: placeOf(row),
      hint: `add the row that it belongs to, ${nameToo(beside)}or let clean.js filter it`,
    })
  }
  return faults
}

/** A row that belongs to nobody and may be meant for this communication, which would be billed without it. */
export function lookalikeFault({ place: { file, line } }: StoredRow, tables: readonly Table[], place: Place): Fault {
  return {
    code: 'intake.lookalike',
    message: `line ${line} of ${tables[file]?.shown ?? ''} names it by a key that differs only in case, blanks, hyphens or Unicode form`,
    place,
    hint: "write both keys alike, or let clean.js do it; if the line is somebody else's, give it the key of that one",
  }
}

/** Mended rejects, or another month, beside a file of the whole batch: its rows find no parents there. */
function nameToo(beside: readonly Table[]): string {
  if (beside.length === 0) return ''
  const options = beside.map(({ index, file }) => (index === 0 ? '--data FILE' : `--data ${file.name}=FILE`))
  return `name the rows that go with the data of --data too (${options.join(' ')}), `
}
