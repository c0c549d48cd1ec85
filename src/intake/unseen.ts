/** Text of which nothing is seen: blanks and invisible signs alone, which exports leave where a name should be. */
import type { DataFile } from '../model/index.ts'
import { type Cell, isTuple } from './cell.ts'
import type { Shape } from './shape.ts'

/**
 * Whether text is as empty as an empty cell, in a file where that means absent. Only text is: blanks in place of a number or a date
 * are told as what they are, since an amount that is there in part is not known to be none.
 */
export function isUnseen(cell: Exclude<Cell, null>, shape: Shape | undefined, { null: absent }: DataFile): boolean {
  const text = typeof cell === 'string' ? cell : isTuple(cell) ? cell[0] : undefined
  return (
    text !== undefined && (shape === undefined || shape.kind === 'text') && nothing.test(text) && absent.includes('')
  )
}

/** U+2800 is the blank of Braille, which Unicode has as a symbol. */
const nothing = /^[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u
