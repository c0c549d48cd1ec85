/** What layout hands to paint: pages of marks at their places. Plain data; nothing is left to decide. */
import type { Face, Glyphs } from '../fonts/face.ts'
import type { Element } from '../markup/tree.ts'
import type { Sides } from '../markup/values.ts'

export interface Layout {
  readonly title: string
  /** BCP 47. */
  readonly lang: string
  /** Who wrote it, what it is about, and words to find it by; empty where nothing is said. */
  readonly author: string
  readonly subject: string
  readonly keywords: string
  readonly attachments: readonly Attachment[]
  readonly pages: Pages
}

/** Made one at a time, and anew by each walk: a long document is never held as a whole. Marks of one walk share their roles. */
export interface Pages extends Iterable<Page> {
  readonly length: number
}

/** Where links inside the document lead, by name, and its bookmarks as a tree; known when all pages are made. */
export interface Places {
  readonly places: ReadonlyMap<string, Spot>
  readonly outline: readonly Bookmark[]
}

/** A file that travels inside the document. */
export interface Attachment {
  /** As in markup: `brand:terms`. */
  readonly source: string
  readonly name: string
  /** Empty where nothing is said. */
  readonly description: string
  readonly relationship: string
}

/** A height on a page. */
export interface Spot {
  /** Index of the page, from 0. */
  readonly page: number
  readonly y: number
}

export interface Bookmark extends Spot {
  readonly title: string
  readonly inner: readonly Bookmark[]
}

/** Points from the upper left corner, y downwards. */
export interface Page {
  readonly widthPt: number
  readonly heightPt: number
  /** In reading order, which is also the order of drawing. */
  readonly marks: readonly Mark[]
  /** Places that links and bookmarks lead to, in reading order. */
  readonly anchors: readonly Anchor[]
}

/** A block that is led to: by its name, as a heading of a level, or both. */
export interface Anchor {
  readonly id?: string
  readonly heading?: { readonly title: string; readonly level: number }
  readonly y: number
}

/** The element that a mark comes from, and those it stands in; one object for all marks of an element. */
export interface Role {
  readonly name: string
  readonly parent?: Role | undefined
  /** Images: what they show, in words. */
  readonly alt?: string | undefined
  /** Cells: what they name, and how many columns and rows they cover where that is more than one. */
  readonly scope?: 'col' | 'row' | undefined
  readonly colspan?: number | undefined
  readonly rowspan?: number | undefined
  /** BCP 47, where it is said; else that of the elements it stands in. */
  readonly lang?: string | undefined
}

export function roleOf({ name, attributes: { lang } }: Element, parent?: Role): Role {
  return { name, parent, alt: undefined, scope: undefined, colspan: undefined, rowspan: undefined, lang }
}

interface Origin {
  readonly role: Role
  /** Drawn again on each page or mere furniture; no part of the text that is read aloud. */
  readonly artifact: boolean
}

export interface TextMark extends Origin {
  readonly kind: 'text'
  /** Left end of the baseline. */
  readonly x: number
  readonly y: number
  readonly face: Face
  readonly sizePt: number
  /** `#RRGGBB` */
  readonly color: string
  /** How far above the baseline it stands, in points; absent where it stands on it. */
  readonly rise?: number | undefined
  /** Space after each letter, in points; the glyphs' advances include it. Absent where there is none. */
  readonly spacing?: number | undefined
  readonly glyphs: readonly Glyphs[]
  /** A blank is read after it, and takes no room: the text goes on in the next line. */
  readonly parted?: boolean | undefined
}

export interface RectMark extends Origin {
  readonly kind: 'rect'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly color: string
  /** Absent: its corners are square. */
  readonly round?: Round
}

/** Radii of the corners above and below. With `line` only the edge is drawn, so thick on each side. */
export interface Round {
  readonly upper: number
  readonly lower: number
  readonly line?: Sides
}

export interface ImageMark extends Origin {
  readonly kind: 'image'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Name among the brand's images. */
  readonly name: string
}

export interface LinkMark extends Origin {
  readonly kind: 'link'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly href: string
  /** The words of the link. */
  readonly text: string
}

/** A cell of a table begins, or a row that cells above cover; drawn as nothing, so that empty ones are told too. */
export interface CellMark extends Origin {
  readonly kind: 'cell'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export type Mark = TextMark | RectMark | ImageMark | LinkMark | CellMark

/** The text of a text mark. */
export function textOf(mark: TextMark): string {
  let text = ''
  for (const glyphs of mark.glyphs) text += glyphs.text
  return text
}

/** Where marks of a page go while it is made; inside an artifact, all are artifacts. */
export interface Emission {
  readonly marks: Mark[]
  readonly anchors: Anchor[]
  readonly page: number
  readonly count: number
  readonly artifact: boolean
  /** Whether cells are marked, too. */
  readonly cells: boolean
}
