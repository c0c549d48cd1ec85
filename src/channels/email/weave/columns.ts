/** Columns that a block may leave out: MJML shares the width of a section among all that are written, once for all mails. */
import { quote } from '../../../model/index.ts'
import type { Remark } from '../html/inbox.ts'

export interface Column {
  readonly offset: number
  /** Whether it has a width of its own. */
  readonly wide: boolean
  /** The innermost block around it inside its section, as written. */
  readonly block: string | undefined
}

/** Remarks about the columns of one section or group. */
export function columnRemarks(columns: readonly Column[]): readonly Remark[] {
  const chosen = columns.find(({ block }) => block !== undefined)
  if (columns.length < 2 || chosen?.block === undefined || columns.every(({ wide }) => wide)) return []
  return [
    {
      offset: chosen.offset,
      fault: {
        code: 'email.tag',
        message: `${quote(chosen.block)} decides about one of ${columns.length} columns, and the others keep their share of the width`,
        hint: 'put the whole section into the block, or give every column a width',
      },
    },
  ]
}
