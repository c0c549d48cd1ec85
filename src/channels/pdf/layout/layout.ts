/** Tree -> pages. Pure: the same tree, brand and fonts give the same pages. */
import type { Brand, Fault, Result } from '../../../model/index.ts'
import { settle } from '../../../model/index.ts'
import type { Fonts } from '../fonts/fonts.ts'
import { placeOf } from '../markup/markup.ts'
import type { Element } from '../markup/tree.ts'
import { childrenNamed } from '../markup/tree.ts'
import { plain } from './anchors.ts'
import { buildFlow } from './build.ts'
import type { Build } from './context.ts'
import { decimalMark } from './decimal.ts'
import type { Wide } from './furniture.ts'
import { manyPages } from './furniture.ts'
import type { Looks } from './looks.ts'
import { openLooks } from './looks.ts'
import type { Layout } from './page.ts'
import { roleOf } from './page.ts'
import type { Sheet } from './pages.ts'
import { composePages, emitPages } from './pages.ts'
import { keptRows, Shelf } from './rows.ts'

export interface LayoutOptions {
  readonly brand: Brand
  readonly fonts: Fonts
  /** Opened once for the brand and fonts; looks are remembered over documents. */
  readonly looks?: Looks
  /** BCP 47, for a document that does not say its language. */
  readonly locale: string
  /** For faults: the template's file. */
  readonly file: string
  /** False: without marks of cells, which show nothing. Who tags a document or holds it against a standard goes by them. */
  readonly cells?: boolean
}

/** Lays out a checked tree. Faults: what has no glyph, what has no room. */
export function layOut(document: Element, options: LayoutOptions): Result<Layout> {
  const looks = options.looks ?? openLooks(options.brand, options.fonts)
  const { sheets, faults } = compose(document, looks, options)
  const said = (name: string) => plain(document.attributes[name] ?? '')
  const about = { author: said('author') || options.brand.name, subject: said('subject'), keywords: said('keywords') }
  const lang = document.attributes['lang'] ?? options.locale
  if (faults.length > 0) return { ok: false, faults }
  const attachments = childrenNamed(document, 'attachment').map(({ attributes }) => ({
    source: attributes['src']!,
    name: attributes['name']!,
    description: plain(attributes['description'] ?? ''),
    relationship: attributes['relationship'] ?? 'Unspecified',
  }))
  const pages = {
    length: sheets.length,
    [Symbol.iterator]: () => emitPages(sheets, { cells: options.cells !== false }),
  }
  return settle({ title: said('title'), lang, ...about, attachments, pages }, faults)
}

/**
 * Room for two digits is reserved where page numbers stand, or for five. What turns out to have a hundred pages is composed again with
 * five; but the rows of a long table are set once more to be drawn, and nothing is set three times: there both are composed at once.
 */
function compose(document: Element, looks: Looks, options: LayoutOptions): Composed {
  const open = (digits: number) => openBuild(document, { ...options, looks }, digits)
  const attempt = (opened: Opened, most: number, wide?: Wide): Composed => {
    const { type } = looks.of(document, looks.initial(options.locale))
    const role = roleOf(document)
    const sheets: Sheet[] = []
    const composing = { outer: { type, role }, sheets, most, build: opened.build, wide }
    for (const page of childrenNamed(document, 'page')) composePages(page, composing)
    return { sheets, faults: opened.faults() }
  }
  if (rowsIn(document, keptRows + 1) <= keptRows) {
    const short = attempt(open(2), manyPages)
    return short.faults.length > 0 || short.sheets.length < manyPages ? short : attempt(open(5), endless)
  }
  const [text, many] = [open(5), open(5)]
  const squeeze = (offset = 0, otherwise: Fault) => {
    many.build.report(otherwise)
    return widest(2, offset)
  }
  const wide = { furniture: many.build, text: { ...text.build, squeeze } }
  const { sheets, faults } = attempt(open(2), endless, wide)
  if (faults.length > 0) return { sheets, faults }
  return { sheets, faults: [...text.faults(), ...(sheets.length < manyPages ? [] : many.faults())] }
}

/** As wide as any number of so many digits becomes with an offset. */
function widest(digits: number, offset: number): string {
  const longest = Math.max(String(10 ** digits - 1 + offset).length, String(1 + offset).length)
  return `${offset < -1 ? '-' : ''}${'0'.repeat(Math.max(digits, longest))}`
}

const endless = Number.POSITIVE_INFINITY

/** Counts no further than is asked for. */
function rowsIn({ children }: Element, most: number): number {
  let count = 0
  for (const child of children) {
    if (count >= most) break
    if (typeof child !== 'string')
      count += child.name === 'tr' ? 1 + rowsIn(child, most - count) : rowsIn(child, most - count)
  }
  return count
}

/** More say nothing new. */
const mostFaults = 100

interface Composed {
  readonly sheets: Sheet[]
  readonly faults: Fault[]
}

interface Opened {
  readonly build: Build
  readonly faults: () => Fault[]
}

/** What building needs, with the faults that it has met so far. */
export function openBuild(
  document: Element,
  { brand, file, locale, looks }: LayoutOptions & { readonly looks: Looks },
  digits: number,
): Opened {
  const faults = new Map<string, Fault>()
  // A character that is missing a thousand times is one fault.
  const report = (fault: Fault) => {
    const key = `${fault.code} ${fault.message} ${fault.place?.path}`
    if (faults.size < mostFaults && !faults.has(key))
      faults.set(key, fault.place === undefined ? { ...fault, place: { file } } : fault)
  }
  const build: Build = {
    brand,
    looks,
    flow: buildFlow,
    bookmarks: document.attributes['bookmarks'] === 'headings',
    reserve: (atom, offset = 0) => (atom === 'carry' ? '' : widest(digits, offset)),
    mark: decimalMark(document.attributes['lang'] ?? locale),
    decimal: undefined,
    extents: new WeakMap(),
    shelf: new Shelf(),
    paper: { widthPt: 0, heightPt: 0, roomPt: 0 },
    file,
    report,
    fault: (code, message, element, hint) => {
      // Telling where an element stands takes time in proportion to its siblings.
      if (faults.size >= mostFaults) return
      report({ code, message, place: placeOf(element, file), ...(hint !== undefined && { hint }) })
    },
  }
  return { build, faults: () => [...faults.values()] }
}
