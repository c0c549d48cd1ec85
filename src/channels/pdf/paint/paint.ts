/** Pages -> PDF bytes. Decides nothing, asks no clock: the same layout gives the same bytes. Home of pdfkit. */
import { createHash } from 'node:crypto'
import PDFDocument from 'pdfkit'
import type { Brand } from '../../../model/index.ts'
import type { Face } from '../fonts/face.ts'
import type { ImageMark, Layout, LinkMark, Page } from '../layout/page.ts'
import { textOf } from '../layout/page.ts'
import type { State } from './content.ts'
import { fresh, rectContent, textContent } from './content.ts'
import type { Reference, Subset, Writer } from './subset.ts'
import { openSubset } from './subset.ts'

export interface PaintOptions {
  readonly brand: Brand
  /** ISO 8601; the date that the document says it was made. */
  readonly date: string
}

/** pdfkit's document with what its types leave out. */
type Document = PDFKit.PDFDocument &
  Writer & {
    _id: Uint8Array
    page: { readonly fonts: Record<string, Reference> }
    openImage: (bytes: Uint8Array) => { readonly width: number; readonly height: number }
  }

export function paint(layout: Layout, { brand, date }: PaintOptions): Uint8Array {
  const document = open(layout, brand, date)
  const subsets = new Map<Face, Subset>()
  const images = new Map<string, unknown>()
  const digest = createHash('sha256').update(`${layout.title}\n${date}\n`)
  const subsetOf = (face: Face): Subset => {
    let subset = subsets.get(face)
    if (subset === undefined) {
      subset = openSubset(face, `F${subsets.size + 1}`, document)
      subsets.set(face, subset)
    }
    return subset
  }
  const imageOf = (name: string): unknown => {
    if (!images.has(name)) images.set(name, document.openImage(brand.images[name]!.print.bytes))
    return images.get(name)
  }
  const written: Uint8Array[] = []
  // Taken out as they are written, in copies of their size: the few kilobytes of a page come in buffers of up to 64.
  const collect = () => {
    const bytes = document.read() as Buffer | null
    if (bytes !== null) written.push(new Uint8Array(bytes))
  }
  for (const page of layout.pages) {
    paintPage(page, document, { subsetOf, imageOf, digest })
    collect()
  }
  for (const subset of subsets.values()) subset.end()
  // Named by what it says, not by its title alone, so that two invoices of a day are two files to every archive.
  document._id = digest.digest().subarray(0, 16)
  document.end()
  collect()
  return Buffer.concat(written)
}

interface Means {
  readonly subsetOf: (face: Face) => Subset
  readonly imageOf: (name: string) => unknown
  readonly digest: { update(text: string): unknown }
}

function paintPage(page: Page, document: Document, { subsetOf, imageOf, digest }: Means): void {
  document.addPage({ size: [page.widthPt, page.heightPt], margin: 0 })
  const { fonts } = document.page
  let state: State = fresh()
  let content: string[] = []
  const flush = () => {
    const text = content.join('\n')
    if (text !== '') document.addContent(text)
    digest.update(text)
    content = []
  }
  for (const mark of page.marks) {
    if (mark.kind === 'text') {
      const subset = subsetOf(mark.face)
      fonts[subset.name] ??= subset.reference
      content.push(textContent(mark, subset, state))
      digest.update(textOf(mark))
    } else if (mark.kind === 'rect') content.push(rectContent(mark, state))
    else if (mark.kind === 'link') paintLink(mark, document)
    else {
      flush()
      paintImage(mark, imageOf(mark.name), document)
      state = fresh()
    }
  }
  flush()
}

function paintImage({ x, y, width, height }: ImageMark, image: unknown, document: Document): void {
  document.image(image as PDFKit.Mixins.ImageSrc, x, y, { width, height })
}

function paintLink({ x, y, width, height, href }: LinkMark, document: Document): void {
  // A URI is ASCII (ISO 32000-1 §12.6.4.7); F 4 lets it be on printed pages, as PDF/A demands.
  const uri = href.toWellFormed().replace(/[^\x21-\x7E]/gu, character => encodeURIComponent(character))
  document.link(x, y, width, height, uri, { F: 4 } as PDFKit.Mixins.AnnotationOption)
}

function open({ title, lang }: Layout, brand: Brand, date: string): Document {
  const made = new Date(`${date.slice(0, 10)}T00:00:00Z`)
  const options = {
    // No default font: pdfkit would add Helvetica, which is not embedded.
    font: null,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang,
    displayTitle: true,
    info: {
      Title: asInfo(title),
      Author: asInfo(brand.name),
      Creator: 'Platen',
      Producer: 'Platen',
      CreationDate: made,
      ModDate: made,
    },
  }
  return new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions) as unknown as Document
}

/**
 * A text for the Info dictionary that is escaped where pdfkit 0.20 puts it into XMP: it interpolates there, without escaping, which
 * asks for `toString`, and writes the dictionary from `valueOf`.
 */
function asInfo(text: string): string {
  const escaped = text.replace(/[&<>]/g, character => `&#${character.charCodeAt(0)};`)
  return Object.assign(new String(text), { toString: () => escaped }) as unknown as string
}
