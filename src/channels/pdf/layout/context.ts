/** What every part of building a flow is handed: brand, looks, the way back to the whole, and where faults go. */
import type { Brand, Fault } from '../../../model/index.ts'
import { missingGlyph } from '../markup/markup.ts'
import type { Element, Node } from '../markup/tree.ts'
import { inMillimetres } from '../measure.ts'
import type { LineOptions } from './chunks.ts'
import type { Decimal } from './decimal.ts'
import type { Atom } from './inline.ts'
import type { Looks, TypeStyle } from './looks.ts'
import type { Role } from './page.ts'
import type { Shelf } from './rows.ts'
import type { Flow } from './strip.ts'
import type { Extent } from './widths.ts'

/** What building a document's flows needs and tells. */
export interface Build {
  readonly brand: Brand
  readonly looks: Looks
  /** Contents as a flow of this width. */
  readonly flow: (nodes: readonly Node[], inside: Inside, widthPt: number, build: Build) => Flow
  /** Whether headings become bookmarks. */
  readonly bookmarks: boolean
  /** The longest text that an atom is expected to become. */
  readonly reserve: (atom: Atom, offset?: number) => string
  /** A shorter one for a page number that has no room for it, and what is a fault if the number turns out to need it. */
  readonly squeeze?: (offset: number | undefined, otherwise: Fault) => string
  /** The decimal mark of the document's language. */
  readonly mark: string
  /** How the column that is built is aligned on it. */
  readonly decimal: Decimal | undefined
  /** What tables and columns inside others were found to need. */
  readonly extents: WeakMap<Element, Extent>
  /** The rows of all tables that are set. */
  readonly shelf: Shelf
  /** Of the pages that are built for. */
  readonly paper: Paper
  /** Where faults are found. */
  readonly file: string
  readonly report: (fault: Fault) => void
  readonly fault: (code: Fault['code'], message: string, element: Element, hint?: string) => void
}

export interface Paper {
  readonly widthPt: number
  readonly heightPt: number
  /** The most that a page has between its header and footer. */
  readonly roomPt: number
}

/** How contents are met: the type that they inherit and the element that they stand in. */
export interface Inside {
  readonly type: TypeStyle
  readonly role: Role
}

export function lineOptions(type: TypeStyle, roomPt: number, build: Build): LineOptions {
  const missing = (characters: readonly string[], role: Role) => {
    const place = { file: build.file, path: pathOfRole(role) }
    for (const character of characters) build.report({ ...missingGlyph(character), place })
  }
  const decimal = type.align === 'decimal' ? build.decimal : undefined
  const tooWide = (widthPt: number, role: Role): Fault => {
    const message = `${role.name} has ${inMillimetres(roomPt)}, and a number in it needs ${inMillimetres(widthPt)}`
    const place = { file: build.file, path: pathOfRole(role) }
    return { code: 'pdf.fit', message, place, hint: 'give it more room, or make its type smaller' }
  }
  const { reserve, squeeze } = build
  return {
    type,
    roomPt,
    reserve,
    missing,
    decimal,
    ...(squeeze && { squeeze: ({ offset, role }, widthPt) => squeeze(offset, tooWide(widthPt, role)) }),
    ...(type.align === 'decimal' && { torn: (widthPt, role) => build.report(tooWide(widthPt, role)) }),
  }
}

/** Where text of a role stands, by the names of its elements. */
export function pathOfRole({ name, parent }: Role): string {
  return parent === undefined ? name : `${pathOfRole(parent)}/${name}`
}

/** How far something narrower is moved to the right within its room. */
export function shift(align: TypeStyle['align'], rest: number): number {
  return align === 'left' ? 0 : align === 'center' ? rest / 2 : rest
}
