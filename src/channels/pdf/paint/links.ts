/** Links as annotations (ISO 32000-1 §12.5.6.5): to addresses, and to places in the document. */
import type { LinkMark, Page } from '../layout/page.ts'
import { asciiString, dictionary, literal, number } from './strings.ts'
import type { PageTags, Structure } from './structure.ts'
import type { Writer } from './writer.ts'

export interface LinkOptions {
  readonly page: Page
  readonly structure: Structure | undefined
  readonly tags: PageTags | undefined
}

/** Gives the number of the annotation. */
export function writeLink(mark: LinkMark, { page, structure, tags }: LinkOptions, writer: Writer): number {
  const { x, y, width, height, href } = mark
  const tag = tags === undefined ? undefined : structure?.annotate(mark, tags)
  const id = writer.reserve()
  const sides = [x, page.heightPt - y - height, x + width, page.heightPt - y].map(number).join(' ')
  writer.put(
    id,
    dictionary({
      Type: '/Annot',
      Subtype: '/Link',
      // It may be on printed pages, as PDF/A demands.
      F: 4,
      Rect: `[${sides}]`,
      Border: '[0 0 0]',
      A: href.startsWith('#')
        ? { S: '/GoTo', D: literal(href.slice(1)) }
        : { S: '/URI', URI: asciiString(addressOf(href)) },
      StructParent: tag?.key,
      Contents: tag === undefined ? undefined : literal(mark.text),
    }),
  )
  tag?.point(id)
  return id
}

/** A URI is ASCII (ISO 32000-1 §12.6.4.7). */
function addressOf(href: string): string {
  return href.toWellFormed().replace(/[^\x21-\x7E]/gu, character => encodeURIComponent(character))
}
