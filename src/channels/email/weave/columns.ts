/** Columns that a block may leave out or repeat: MJML shares the width of a section among all that are written, once for all mails. */
import { quote } from '../../../model/index.ts'
import type { Remark } from '../html/inbox.ts'

export interface Column {
  readonly offset: number
  /** Whether it has a width of its own. */
  readonly wide: boolean
  /** The innermost block around it inside its section, as written. */
  readonly block: string | undefined
  /** The innermost `{{#each}}` around it there. */
  readonly loop: string | undefined
}

/** Remarks about the columns of one section or group. */
export function columnRemarks(columns: readonly Column[]): readonly Remark[] {
  const [only] = columns
  if (columns.length === 1 && only?.loop !== undefined && !only.wide)
    return [
      {
        offset: only.offset,
        fault: {
          code: 'email.tag',
          message: `${quote(only.loop)} repeats the only column of a section, and each takes the whole of its width`,
          hint: 'give the column a width, or put the whole section into the loop',
        },
      },
    ]
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
