/** Declarations of a template's CSS, held against the brand: its colours and pictures. */
import { checkPictures } from './backgrounds.ts'
import { checkColors } from './colornames.ts'
import type { Declaration } from './declarations.ts'
import type { Reader } from './reader.ts'

/** What declarations, the offset of whose text is known, show wrong or not at all. */
export function checkDeclarations(declarations: readonly Declaration[], offset: number, reader: Reader): void {
  checkColors(declarations, offset, reader)
  checkPictures(declarations, offset, reader)
}
