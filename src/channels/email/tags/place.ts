/** Offsets in a source to the line and column a person looks for. */
import type { Place, Source } from '../../../model/index.ts'

/** The place of an offset; lines and columns from 1. */
export function placeAt({ file, text }: Source, offset: number): Place {
  const before = text.slice(0, Math.max(offset, 0))
  return { file, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}
