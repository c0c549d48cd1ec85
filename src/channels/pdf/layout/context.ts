/** What every part of building a flow is handed: brand, looks, the way back to the whole, and where faults go. */
import type { Brand, Fault } from '../../../model/index.ts'
import { missingGlyph } from '../markup/markup.ts'
import type { Element, Node } from '../markup/tree.ts'
import type { LineOptions } from './chunks.ts'
import type { Atom } from './inline.ts'
import type { Looks, TypeStyle } from './looks.ts'
import type { Role } from './page.ts'
import type { Flow } from './strip.ts'

/** What building a document's flows needs and tells. */
export interface Build {
  readonly brand: Brand
  readonly looks: Looks
  /** Contents as a flow of this width. */
  readonly flow: (nodes: readonly Node[], inside: Inside, widthPt: number, build: Build) => Flow
  /** Whether headings become bookmarks. */
  readonly bookmarks: boolean
  /** The longest text that an atom is expected to become. */
  readonly reserve: (atom: Atom) => string
  readonly report: (fault: Fault) => void
  readonly fault: (code: Fault['code'], message: string, element: Element, hint?: string) => void
}

/** How contents are met: the type that they inherit and the element that they stand in. */
export interface Inside {
  readonly type: TypeStyle
  readonly role: Role
}

export function lineOptions(type: TypeStyle, roomPt: number, build: Build): LineOptions {
  const missing = (characters: readonly string[]) => {
    for (const character of characters) build.report(missingGlyph(character))
  }
  return { type, roomPt, reserve: build.reserve, missing }
}

/** How far something narrower is moved to the right within its room. */
export function shift(align: TypeStyle['align'], rest: number): number {
  return align === 'left' ? 0 : align === 'right' ? rest : rest / 2
}
