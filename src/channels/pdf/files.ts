/** The files of a template that make a PDF, and what is kept of them for workers. */
import type { Fault } from '../../model/index.ts'
import type { Drawing } from './drawing/drawing.ts'
import { ownFile } from './markup/values.ts'

export const page = 'pdf.hbs'
/** A file of the template's own that pages may attach. */
export const attached = 'attachment.xml.hbs'

/** What workers are handed besides the template. */
export interface Kept {
  /** The template's file, for faults. */
  readonly file: string
  /** The file that pages may attach; absent: the template has none. */
  readonly attached: string | undefined
  /** The brand's images that are drawn as vectors, by name; the others are shown as dots. */
  readonly drawings: Readonly<Record<string, Drawing>>
}

export function missingOwn(shown: string): Fault {
  const message = `${ownFile} is attached, and the template has no ${attached}`
  return { code: 'pdf.value', message, place: { file: shown }, hint: `write ${attached} beside ${page}` }
}
