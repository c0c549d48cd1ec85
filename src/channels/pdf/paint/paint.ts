/** Pages -> PDF bytes. Decides nothing, asks no clock: the same layout gives the same bytes. Home of pdfkit. */
import { createHash } from 'node:crypto'
import PDFDocument from 'pdfkit'
import type { Brand } from '../../../model/index.ts'
import type { Face } from '../fonts/face.ts'
import type { ImageMark, Layout, LinkMark, Page } from '../layout/page.ts'
import { textOf } from '../layout/page.ts'
import { metadata, type Properties, type Standard, writeOutputIntent } from './conformance.ts'
import type { State } from './content.ts'
import { fresh, rectContent, textContent } from './content.ts'
import { packObjects, type Reference, type Writer } from './pack.ts'
import { openStructure, type PageTags, type Structure } from './structure.ts'
import type { Subset } from './subset.ts'
import { openSubset } from './subset.ts'

export interface PaintOptions {
  readonly brand: Brand
  /** ISO 8601; the date that the document says it was made. */
  readonly date: string
  /** Whether it is tagged: what each mark is, for screen readers. */
  readonly tagged?: boolean
  /** Standards that it says it keeps; the layout was held against them. */
  readonly conformance?: readonly Standard[]
  /** What opens it. Encrypted bytes never repeat. */
  readonly password?: string
}

/** pdfkit's document with what its types leave out. */
type Document = PDFKit.PDFDocument &
  Writer & {
    page: {
      readonly dictionary: Reference
      readonly fonts: Record<string, Reference>
      readonly annotations: readonly Reference[]
    }
    openImage: (bytes: Uint8Array) => { readonly width: number; readonly height: number }
    endMarkings: () => void
    endMetadata: () => void
  }

export function paint(
  layout: Layout,
  { brand, date, tagged = true, conformance = [], password }: PaintOptions,
): Uint8Array {
  const properties: Properties = {
    title: layout.title,
    author: brand.name,
    subject: '',
    keywords: '',
    made: `${date.slice(0, 10)}T00:00:00Z`,
  }
  const document = open(layout, properties, password)
  const pack = packObjects(document)
  const structure = tagged ? openStructure(pack) : undefined
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
  for (const page of layout.pages) paintPage(page, document, { subsetOf, imageOf, structure, digest })
  for (const subset of subsets.values()) subset.end()
  if (structure !== undefined) writeTags(structure, document)
  writeMetadata(document, properties, conformance)
  if (conformance.some(standard => standard.startsWith('pdf/a'))) writeOutputIntent(document)
  // Named by what it says, not by its title alone, so that two invoices of a day are two files to every archive.
  if (password === undefined) document._id = digest.digest().subarray(0, 16)
  document.end()
  return document.read() as Uint8Array
}

interface Means {
  readonly subsetOf: (face: Face) => Subset
  readonly imageOf: (name: string) => unknown
  readonly structure: Structure | undefined
  readonly digest: { update(text: string): unknown }
}

function paintPage(page: Page, document: Document, { subsetOf, imageOf, structure, digest }: Means): void {
  document.addPage({ size: [page.widthPt, page.heightPt], margin: 0 })
  const { fonts, dictionary } = document.page
  const tags = structure?.page(dictionary.id)
  if (tags !== undefined) Object.assign(dictionary.data, { StructParents: tags.key, Tabs: 'S' })
  let state: State = fresh()
  let content: string[] = []
  let marked: unknown = unmarked
  /** Everything drawn is an element's, or said to be none. */
  const mark = (one: Page['marks'][number]): void => {
    if (structure === undefined || tags === undefined) return
    const element = structure.of(one)
    if (element === marked) return
    if (marked !== unmarked) content.push('EMC')
    marked = element
    content.push(element === undefined ? '/Artifact BMC' : structure.begin(element, tags))
    if (element !== undefined && one.kind === 'image') structure.place(element, boxOf(one, page))
  }
  const flush = (): void => {
    const text = content.join('\n')
    if (text !== '') document.addContent(text)
    digest.update(text)
    content = []
  }
  for (const one of page.marks) {
    if (one.kind === 'cell') structure?.of(one)
    else if (one.kind === 'link') paintLink(one, document, structure, tags)
    else {
      mark(one)
      if (one.kind === 'text') {
        const subset = subsetOf(one.face)
        fonts[subset.name] ??= subset.reference
        content.push(textContent(one, subset, state))
        digest.update(textOf(one))
      } else if (one.kind === 'rect') content.push(rectContent(one, state))
      else {
        flush()
        paintImage(one, imageOf(one.name), document)
        state = fresh()
      }
    }
  }
  if (marked !== unmarked) content.push('EMC')
  flush()
}

/** Nothing is marked yet: neither an element's nor an artifact. */
const unmarked = Symbol('unmarked')

function boxOf({ x, y, width, height }: ImageMark, { heightPt }: Page): readonly number[] {
  return [x, heightPt - y - height, x + width, heightPt - y]
}

function paintImage({ x, y, width, height }: ImageMark, image: unknown, document: Document): void {
  document.image(image as PDFKit.Mixins.ImageSrc, x, y, { width, height })
}

function paintLink(
  mark: LinkMark,
  document: Document,
  structure: Structure | undefined,
  tags: PageTags | undefined,
): void {
  const { x, y, width, height, href, text } = mark
  // A URI is ASCII (ISO 32000-1 §12.6.4.7); F 4 lets it be on printed pages, as PDF/A demands.
  const uri = href.toWellFormed().replace(/[^\x21-\x7E]/gu, character => encodeURIComponent(character))
  const tag = tags === undefined ? undefined : structure?.annotate(mark, tags)
  const options = { F: 4, ...(tag !== undefined && { StructParent: tag.key, Contents: new String(text) }) }
  document.link(x, y, width, height, uri, options as unknown as PDFKit.Mixins.AnnotationOption)
  tag?.point(document.page.annotations.at(-1)!.id)
}

function writeTags(structure: Structure, document: Document): void {
  document.endMarkings = () => {}
  Object.assign(document._root.data, {
    MarkInfo: { Marked: true },
    StructTreeRoot: pointer(structure.write()),
  })
}

/** A reference to an object that pdfkit knows nothing of; the tag keeps it from being written as a dictionary. */
function pointer(id: number): unknown {
  return { toString: () => `${id} 0 R`, [Symbol.toStringTag]: 'Pointer' }
}

function writeMetadata(document: Document, properties: Properties, conformance: readonly Standard[]): void {
  const stream = document.ref({ Type: 'Metadata', Subtype: 'XML' }) as Reference & { compress: boolean }
  // Archives want to read it without a PDF reader.
  stream.compress = false
  stream.end(new TextEncoder().encode(metadata(properties, conformance)))
  document._root.data['Metadata'] = stream
  document.endMetadata = () => {}
}

function open({ lang }: Layout, { title, author, made }: Properties, password: string | undefined): Document {
  const date = new Date(made)
  const options = {
    // No default font: pdfkit would add Helvetica, which is not embedded.
    font: null,
    autoFirstPage: false,
    pdfVersion: password === undefined ? '1.7' : '1.7ext3',
    lang,
    displayTitle: true,
    ...(password !== undefined && {
      userPassword: password,
      permissions: { printing: 'highResolution', copying: true },
    }),
    info: { Title: title, Author: author, Creator: 'Platen', Producer: 'Platen', CreationDate: date, ModDate: date },
  }
  return new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions) as unknown as Document
}
