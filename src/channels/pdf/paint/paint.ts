/** Pages -> PDF bytes. Decides nothing, asks no clock: the same layout gives the same bytes, unless they are encrypted. Home of pdfkit. */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import PDFDocument from 'pdfkit'
import type { Brand } from '../../../model/index.ts'
import type { Face } from '../fonts/face.ts'
import type { ImageMark, Layout, LinkMark, Page } from '../layout/page.ts'
import { textOf } from '../layout/page.ts'
import { ownFile } from '../markup/values.ts'
import { isArchived, type Standard } from '../standards.ts'
import type { Attached } from './attachments.ts'
import { writeAttachments } from './attachments.ts'
import type { State } from './content.ts'
import { fresh, rectContent, textContent } from './content.ts'
import { metadata, type Properties, writeOutputIntent } from './metadata.ts'
import type { Catalog, Painted } from './outline.ts'
import { writeOutline } from './outline.ts'
import { packObjects, type Reference, type Writer } from './pack.ts'
import type { Pictures, Placed } from './pictures.ts'
import { placePictures } from './pictures.ts'
import { pointer } from './strings.ts'
import { openStructure, type PageTags, type Structure } from './structure.ts'
import type { Subset } from './subset.ts'
import { openSubset } from './subset.ts'

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

/** pdfkit's reference to a page's content, before it is written. */
interface ContentReference {
  compress: boolean
  buffer: Uint8Array[]
  write(chunk: string): void
}

/** pdfkit's document with what its types leave out. */
type Document = PDFKit.PDFDocument &
  Writer &
  Catalog & {
    page: {
      readonly dictionary: Reference
      readonly fonts: Record<string, unknown>
      readonly xobjects: Record<string, Reference>
      readonly annotations: readonly Reference[]
      readonly content: ContentReference
    }
    endMarkings: () => void
    endMetadata: () => void
  }

export function paint(
  layout: Layout,
  { brand, pictures, date, own = '', tagged = true, conformance = [], password }: PaintOptions,
): Uint8Array {
  const properties: Properties = {
    title: layout.title,
    author: layout.author,
    subject: layout.subject,
    keywords: layout.keywords,
    made: `${date.slice(0, 10)}T00:00:00Z`,
  }
  const document = open(layout, properties, password)
  const written = collect(document)
  const pack = packObjects(document)
  const structure = tagged ? openStructure(pack) : undefined
  const subsets = new Map<Face, Subset>()
  const digest = createHash('sha256').update(`${layout.title}\n${date}\n`)
  const subsetOf = (face: Face): Subset => {
    let subset = subsets.get(face)
    if (subset === undefined) {
      subset = openSubset(face, `F${subsets.size + 1}`, document, pack)
      subsets.set(face, subset)
    }
    return subset
  }
  const imageOf = placePictures(pictures, document)
  const painted: Painted[] = []
  for (const page of layout.pages) {
    paintPage(page, document, { subsetOf, imageOf, structure, digest })
    painted.push({ heightPt: page.heightPt, anchors: page.anchors })
    // Short documents are joined once, at their end.
    if (painted.length > 20) written.settle()
  }
  for (const subset of subsets.values()) subset.end()
  writeOutline(painted, document)
  const contents = (source: string): Attached =>
    source === ownFile
      ? { bytes: new TextEncoder().encode(own), mediaType: 'application/xml' }
      : brand.files![source.slice('brand:'.length)]!
  writeAttachments(layout.attachments, document, { contents, made: new Date(properties.made) })
  digest.update(`${own}${layout.attachments.map(({ source, name }) => `\n${source} ${name}`).join('')}`)
  if (structure !== undefined) writeTags(structure, document)
  writeMetadata(document, properties, conformance)
  if (isArchived(conformance)) writeOutputIntent(document)
  // Named by what it says, not by its title alone, so that two invoices of a day are two files to every archive.
  if (password === undefined) document._id = digest.digest().subarray(0, 16)
  document.end()
  return written.all()
}

interface Written {
  /** Everything up to here in one piece, as long as it is: small buffers are cut from pools and hold on to 64 KB each. */
  readonly settle: () => void
  readonly all: () => Uint8Array
}

/** What is written is kept here and not handed through pdfkit's stream, whose turns and events take longer than the writing. */
function collect(document: Document): Written {
  const settled: Uint8Array[] = []
  let chunks: Uint8Array[] = [document.read() as Uint8Array]
  let text = ''
  const flush = (): void => {
    if (text !== '') chunks.push(Buffer.from(text, 'latin1'))
    text = ''
  }
  const settle = (): void => {
    flush()
    if (chunks.length > 0) settled.push(new Uint8Array(Buffer.concat(chunks)))
    chunks = []
  }
  document._write = chunk => {
    if (typeof chunk === 'string') {
      text += `${chunk}\n`
      document._offset += chunk.length + 1
      return
    }
    flush()
    chunks.push(chunk)
    document._offset += chunk.length
  }
  return {
    settle,
    all() {
      settle()
      return settled.length === 1 ? settled[0]! : Buffer.concat(settled)
    },
  }
}

interface Means {
  readonly subsetOf: (face: Face) => Subset
  readonly imageOf: (name: string) => Placed
  readonly structure: Structure | undefined
  readonly digest: { update(text: string): unknown }
}

function paintPage(page: Page, document: Document, { subsetOf, imageOf, structure, digest }: Means): void {
  document.addPage({ size: [page.widthPt, page.heightPt], margin: 0 })
  const { fonts, xobjects, dictionary } = document.page
  const tags = structure?.page(dictionary.id)
  if (tags !== undefined) Object.assign(dictionary.data, { StructParents: tags.key, Tabs: 'S' })
  const state: State = fresh()
  const content: string[] = []
  /** What the page says, apart from codes that mean something else in every document. */
  let said = ''
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
  for (const one of page.marks) {
    if (one.kind === 'cell') structure?.of(one)
    else if (one.kind === 'link') paintLink(one, document, structure, tags)
    else {
      mark(one)
      if (one.kind === 'text') {
        const subset = subsetOf(one.face)
        fonts[subset.name] ??= subset.reference
        content.push(textContent(one, subset, state))
        said += textOf(one)
      } else if (one.kind === 'rect') content.push(rectContent(one, state))
      else {
        const placed = imageOf(one.name)
        xobjects[placed.name] ??= placed.reference
        content.push(placed.content(one))
        said += one.name
      }
    }
  }
  if (marked !== unmarked) content.push('EMC')
  const text = content.join('\n')
  if (text !== '') writeContent(text, document.page.content)
  digest.update(said + text)
}

/**
 * pdfkit would deflate at level 6: twice the time of level 4 for 7 % less (a page of 9 KB: 257 and 125 µs, 2,174 and 2,325 bytes).
 * What it has put there itself, the turning of the y axis, stays in front.
 */
function writeContent(text: string, content: ContentReference): void {
  content.write(text)
  const bytes = deflateSync(Buffer.concat(content.buffer), { level: 4, chunkSize: 4096 })
  content.compress = false
  content.buffer = [bytes]
}

/** Nothing is marked yet: neither an element's nor an artifact. */
const unmarked = Symbol('unmarked')

function boxOf({ x, y, width, height }: ImageMark, { heightPt }: Page): readonly number[] {
  return [x, heightPt - y - height, x + width, heightPt - y]
}

function paintLink(
  mark: LinkMark,
  document: Document,
  structure: Structure | undefined,
  tags: PageTags | undefined,
): void {
  const { x, y, width, height, href, text } = mark
  const tag = tags === undefined ? undefined : structure?.annotate(mark, tags)
  const options = {
    F: 4,
    ...(tag !== undefined && { StructParent: tag.key, Contents: new String(text) }),
  } as unknown as PDFKit.Mixins.AnnotationOption
  if (href.startsWith('#')) document.goTo(x, y, width, height, href.slice(1), options)
  else {
    // A URI is ASCII (ISO 32000-1 §12.6.4.7); F 4 lets it be on printed pages, as PDF/A demands.
    const uri = href.toWellFormed().replace(/[^\x21-\x7E]/gu, character => encodeURIComponent(character))
    document.link(x, y, width, height, uri, options)
  }
  tag?.point(document.page.annotations.at(-1)!.id)
}

function writeTags(structure: Structure, document: Document): void {
  document.endMarkings = () => {}
  Object.assign(document._root.data, {
    MarkInfo: { Marked: true },
    StructTreeRoot: pointer(structure.write()),
  })
}

function writeMetadata(document: Document, properties: Properties, conformance: readonly Standard[]): void {
  const stream = document.ref({ Type: 'Metadata', Subtype: 'XML' }) as Reference & { compress: boolean }
  // Archives want to read it without a PDF reader.
  stream.compress = false
  stream.end(new TextEncoder().encode(metadata(properties, conformance)))
  document._root.data['Metadata'] = stream
  document.endMetadata = () => {}
}

/** Whether a file can be encrypted with it: SASLprep (RFC 4013) has no form for controls, unassigned characters and mixed directions. */
export function isPassword(text: string): boolean {
  try {
    new PDFDocument({ autoFirstPage: false, pdfVersion: '1.7ext3', userPassword: text } as PDFKit.PDFDocumentOptions)
    return true
  } catch {
    return false
  }
}

function open(
  { lang }: Layout,
  { title, author, subject, keywords, made }: Properties,
  password: string | undefined,
): Document {
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
      // Not what the recipient types: with one password for both, every reader would lift the permissions.
      ownerPassword: createHash('sha256').update(`owner\n${password}`).digest('hex'),
      // Screen readers are never shut out (ISO 14289-1 §7.16).
      permissions: { printing: 'highResolution', copying: true, contentAccessibility: true },
    }),
    info: {
      Title: title,
      Author: author,
      ...(subject !== '' && { Subject: subject }),
      ...(keywords !== '' && { Keywords: keywords }),
      Creator: 'Platen',
      Producer: 'Platen',
      CreationDate: date,
      ModDate: date,
    },
  }
  return new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions) as unknown as Document
}
