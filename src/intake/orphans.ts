/** Rows of 1:n files that belong to no communication: what is wrong with them, unless their parent was filtered. */
import type { Fault, RowStore } from '../model/index.ts'
import type { JoinNode } from './nodes.ts'
import { type OpenRow, placeOf, textOf } from './openrow.ts'

/** Whether a parent that clean.js filtered takes this row with it. */
export function followsFiltered(row: OpenRow, relations: readonly JoinNode[], store: RowStore): boolean {
  return relations.some(node => {
    const value = textOf(row, node.theirs)
    return value !== undefined && store.dropped(node.link, value)
  })
}

export function orphanFaults(row: OpenRow, relations: readonly JoinNode[]): Fault[] {
  const faults = row.stored.faults === undefined ? [] : (JSON.parse(row.stored.faults) as Fault[])
  if (row.cells === undefined) return faults
  for (const { theirs, ours } of relations) {
    const empty = textOf(row, theirs) === undefined
    faults.push({
      code: 'intake.orphan',
      message: empty ? `${theirs} is empty` : `there is no row with the ${ours} that this row names`,
      place: placeOf(row),
      hint: 'add the row that it belongs to, or let clean.js filter it',
    })
  }
  return faults
}
