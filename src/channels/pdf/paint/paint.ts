/** Pages -> PDF bytes. Decides nothing, asks no clock: the same layout gives the same bytes. Home of pdfkit. */
import { createHash } from 'node:crypto'
import PDFDocument from 'pdfkit'
import type { Brand } from '../../../model/index.ts'
import type { Face } from '../fonts/face.ts'
import type { Layout, LinkMark, Page } from '../layout/page.ts'
import { textOf } from '../layout/page.ts'
import { ownFile } from '../markup/values.ts'
import type { Attached } from './attachments.ts'
import { writeAttachments } from './attachments.ts'
import type { State } from './content.ts'
import { fresh, rectContent, textContent } from './content.ts'
import type { Catalog } from './outline.ts'
import { writeOutline } from './outline.ts'
import type { Pictures, Placed } from './pictures.ts'
import { placePictures } from './pictures.ts'
import type { Reference, Subset, Writer } from './subset.ts'
import { openSubset } from './subset.ts'

export interface PaintOptions {
  readonly brand: Brand
  /** The brand's, opened once for many documents. */
  readonly pictures: Pictures
  /** ISO 8601; the date that the document says it was made. */
  readonly date: string
  /** The template's own file, merged for this document, where it has one. */
  readonly own?: string
}

/** pdfkit's document with what its types leave out. */
type Document = PDFKit.PDFDocument &
  Writer &
  Catalog & {
    _id: Uint8Array
    page: { readonly fonts: Record<string, Reference>; readonly xobjects: Record<string, Reference> }
  }

export function paint(layout: Layout, { brand, pictures, date, own = '' }: PaintOptions): Uint8Array {
  const document = open(layout, date)
  const subsets = new Map<Face, Subset>()
  const digest = createHash('sha256').update(`${layout.title}\n${date}\n`)
  const subsetOf = (face: Face): Subset => {
    let subset = subsets.get(face)
    if (subset === undefined) {
      subset = openSubset(face, `F${subsets.size + 1}`, document)
      subsets.set(face, subset)
    }
    return subset
  }
  const imageOf = placePictures(pictures, document)
  for (const page of layout.pages) paintPage(page, document, { subsetOf, imageOf, digest })
  for (const subset of subsets.values()) subset.end()
  writeOutline(layout, document)
  const contents = (source: string): Attached =>
    source === ownFile
      ? { bytes: new TextEncoder().encode(own), mediaType: 'application/xml' }
      : brand.files![source.slice('brand:'.length)]!
  writeAttachments(layout.attachments, document, { contents, made: madeOn(date) })
  digest.update(`${own}${layout.attachments.map(({ source, name }) => `\n${source} ${name}`).join('')}`)
  // Named by what it says, not by its title alone, so that two invoices of a day are two files to every archive.
  document._id = digest.digest().subarray(0, 16)
  document.end()
  return document.read() as Uint8Array
}

interface Means {
  readonly subsetOf: (face: Face) => Subset
  readonly imageOf: (name: string) => Placed
  readonly digest: { update(text: string): unknown }
}

function paintPage(page: Page, document: Document, { subsetOf, imageOf, digest }: Means): void {
  document.addPage({ size: [page.widthPt, page.heightPt], margin: 0 })
  const { fonts, xobjects } = document.page
  const state: State = fresh()
  const content: string[] = []
  for (const mark of page.marks) {
    if (mark.kind === 'text') {
      const subset = subsetOf(mark.face)
      fonts[subset.name] ??= subset.reference
      content.push(textContent(mark, subset, state))
      digest.update(textOf(mark))
    } else if (mark.kind === 'rect') content.push(rectContent(mark, state))
    else if (mark.kind === 'link') paintLink(mark, document)
    else {
      const placed = imageOf(mark.name)
      xobjects[placed.name] ??= placed.reference
      content.push(placed.content(mark))
      digest.update(mark.name)
    }
  }
  const text = content.join('\n')
  if (text !== '') document.addContent(text)
  digest.update(text)
}

function paintLink({ x, y, width, height, href }: LinkMark, document: Document): void {
  const options = { F: 4 } as PDFKit.Mixins.AnnotationOption
  if (href.startsWith('#')) {
    document.goTo(x, y, width, height, href.slice(1), options)
    return
  }
  // A URI is ASCII (ISO 32000-1 §12.6.4.7); F 4 lets it be on printed pages, as PDF/A demands.
  const uri = href.toWellFormed().replace(/[^\x21-\x7E]/gu, character => encodeURIComponent(character))
  document.link(x, y, width, height, uri, options)
}

function open({ title, lang, author, subject, keywords }: Layout, date: string): Document {
  const made = madeOn(date)
  const options = {
    // No default font: pdfkit would add Helvetica, which is not embedded.
    font: null,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang,
    displayTitle: true,
    info: {
      Title: asInfo(title),
      Author: asInfo(author),
      ...(subject !== '' && { Subject: asInfo(subject) }),
      ...(keywords !== '' && { Keywords: asInfo(keywords) }),
      Creator: 'Platen',
      Producer: 'Platen',
      CreationDate: made,
      ModDate: made,
    },
  }
  return new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions) as unknown as Document
}

function madeOn(date: string): Date {
  return new Date(`${date.slice(0, 10)}T00:00:00Z`)
}

/**
 * A text for the Info dictionary that is escaped where pdfkit 0.20 puts it into XMP: it interpolates there, without escaping, which
 * asks for `toString`, and writes the dictionary from `valueOf`.
 */
function asInfo(text: string): string {
  const escaped = text.replace(/[&<>]/g, character => `&#${character.charCodeAt(0)};`)
  return Object.assign(new String(text), { toString: () => escaped }) as unknown as string
}
