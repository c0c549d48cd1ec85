/** What layout hands to paint: pages of marks at their places. Plain data; nothing is left to decide. */
import type { Face, Glyphs } from '../fonts/face.ts'

export interface Layout {
  readonly title: string
  /** BCP 47. */
  readonly lang: string
  readonly pages: Pages
}

/** Made one at a time, and anew by each walk: a long document is never held as a whole. Marks of one walk share their roles. */
export interface Pages extends Iterable<Page> {
  readonly length: number
}

/** Points from the upper left corner, y downwards. */
export interface Page {
  readonly widthPt: number
  readonly heightPt: number
  /** In reading order, which is also the order of drawing. */
  readonly marks: readonly Mark[]
}

/** The element that a mark comes from, and those it stands in; one object for all marks of an element. */
export interface Role {
  readonly name: string
  readonly parent?: Role
  /** Images: what they show, in words. */
  readonly alt?: string
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
  readonly glyphs: readonly Glyphs[]
}

export interface RectMark extends Origin {
  readonly kind: 'rect'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly color: string
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

export type Mark = TextMark | RectMark | ImageMark | LinkMark

/** The text of a text mark. */
export function textOf(mark: TextMark): string {
  return mark.glyphs.map(glyphs => glyphs.texts.join('')).join('')
}
