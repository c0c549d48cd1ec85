/** Pages -> PDF bytes. Decides nothing, asks no clock: the same layout gives the same bytes, unless they are encrypted. */
import type { Brand } from '../../../model/index.ts'
import type { Layout } from '../layout/page.ts'
import { ownFile } from '../markup/values.ts'
import { isArchived, type Standard } from '../standards.ts'
import { type Attached, writeAttachments } from './attachments.ts'
import { openCipher } from './encrypt.ts'
import { metadata, type Properties, writeOutputIntent } from './metadata.ts'
import { type Painted, writeOutline } from './outline.ts'
import { type Means, paintPage } from './page.ts'
import { type Pictures, Placements } from './pictures.ts'
import { asciiString, dateString, dictionary, literal, reference } from './strings.ts'
import { Structure } from './structure.ts'
import { Subsets } from './subset.ts'
import { Writer } from './writer.ts'

export interface PaintOptions {
  readonly brand: Brand
  /** The brand's, opened once for many documents. */
  readonly pictures: Pictures
  /** ISO 8601; the date that the document says it was made. */
  readonly date: string
  /** The template's own file, merged for this document, where it has one. */
  readonly own?: string
  /** Whether it is tagged: what each mark is, for screen readers. */
  readonly tagged?: boolean
  /** Standards that it says it keeps; the layout was held against them. */
  readonly conformance?: readonly Standard[]
  /** What opens it. Encrypted bytes never repeat. */
  readonly password?: string
}

export function paint(
  layout: Layout,
  { brand, pictures, date, own = '', tagged = true, conformance = [], password }: PaintOptions,
): Uint8Array {
  const { title, author, subject, keywords } = layout
  const properties: Properties = { title, author, subject, keywords, made: `${date.slice(0, 10)}T00:00:00Z` }
  const writer = new Writer(password === undefined ? undefined : openCipher(password))
  const structure = tagged ? new Structure(writer) : undefined
  const subsets = new Subsets(writer)
  const placements = new Placements(pictures, writer)
  const [root, tree, resources] = [writer.reserve(), writer.reserve(), writer.reserve()]
  const means: Means = { writer, subsets, placements, structure, tree, resources }

  const pages: Painted[] = []
  for (const page of layout.pages) {
    pages.push({ id: paintPage(page, means), heightPt: page.heightPt, anchors: page.anchors })
  }
  writer.put(tree, `<</Type /Pages /Count ${pages.length} /Kids [${pages.map(({ id }) => reference(id)).join(' ')}]>>`)
  for (const subset of subsets.all) subset.end()
  writer.put(resources, `<</Font <<${named(subsets.all)}>> /XObject <<${named(placements.all)}>>>>`)

  const { places, bookmarks } = writeOutline(pages, writer)
  const contents = (source: string): Attached =>
    source === ownFile
      ? { bytes: new TextEncoder().encode(own), mediaType: 'application/xml' }
      : brand.files![source.slice('brand:'.length)]!
  const attached = writeAttachments(layout.attachments, writer, { contents, made: properties.made })
  // Archives want to read it without a PDF reader.
  const about = writer.stream('/Type /Metadata /Subtype /XML', Buffer.from(metadata(properties, conformance)))
  writer.put(
    root,
    dictionary({
      Type: '/Catalog',
      Pages: reference(tree),
      Lang: asciiString(layout.lang),
      ViewerPreferences: '<</DisplayDocTitle true>>',
      Names:
        places === undefined && attached === undefined ? undefined : { Dests: places, EmbeddedFiles: attached?.files },
      AF: attached?.associated,
      Outlines: bookmarks === undefined ? undefined : reference(bookmarks),
      PageMode: bookmarks === undefined ? undefined : '/UseOutlines',
      MarkInfo: structure === undefined ? undefined : '<</Marked true>>',
      StructTreeRoot: structure === undefined ? undefined : reference(structure.write()),
      Metadata: reference(about),
      // Files of version 1.7 say so where they are locked as version 2.0 does it.
      Extensions: password === undefined ? undefined : '<</ADBE <</BaseVersion /1.7 /ExtensionLevel 8>>>>',
      OutputIntents: isArchived(conformance) ? [reference(writeOutputIntent(writer))] : undefined,
    }),
  )
  return writer.end(root, writeInfo(properties, writer))
}

function writeInfo({ title, author, subject, keywords, made }: Properties, writer: Writer): number {
  const id = writer.reserve()
  writer.put(
    id,
    dictionary({
      Title: literal(title),
      Author: literal(author),
      Subject: subject === '' ? undefined : literal(subject),
      Keywords: keywords === '' ? undefined : literal(keywords),
      Creator: '(Platen)',
      Producer: '(Platen)',
      CreationDate: dateString(made),
      ModDate: dateString(made),
    }),
  )
  return id
}

function named(resources: readonly { readonly name: string; readonly id: number }[]): string {
  return resources.map(({ name, id }) => `/${name} ${reference(id)}`).join(' ')
}
