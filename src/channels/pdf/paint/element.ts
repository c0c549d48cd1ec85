/** An element of the structure tree, and how it is written (ISO 32000-1 §14.7.2). */
import type { Role } from '../layout/page.ts'
import { asciiString, textString } from './strings.ts'

/** An element of the tree. */
export interface StructureElement {
  readonly id: number
  tag: string
  readonly parent: StructureElement | undefined
  /** Children in reading order: elements, the object numbers of those that are written, or references as they are written. */
  kids: Kid[]
  readonly role: Role
  /** BCP 47 tag, where it is not that of the element around it. */
  readonly lang: string | undefined
  /** The outermost row of a table that it is, or stands in. */
  readonly row: OpenRow | undefined
  /** Images: where they stand, in PDF's own coordinates. */
  box: string | undefined
}

export type Kid = StructureElement | number | Shown

/** Marked content or an annotation, on the page of this object number; the text is what points to it. */
export interface Shown {
  readonly page: number
  readonly text: string
}

/** A row that may go on: written when a page has passed without it, so that long tables are not kept until the file ends. */
export interface OpenRow {
  readonly elements: StructureElement[]
  readonly roles: Role[]
  /** Its place among the children of its parent. */
  readonly index: number
  /** The last page that showed something of it. */
  page: number
}

export function elementText({ tag, parent, kids, role, lang, box }: StructureElement, root: number): string {
  let own = 0
  let content = ''
  for (let at = 0; at < kids.length; at += 1) {
    const kid = kids[at]!
    if (at > 0) content += ' '
    if (typeof kid === 'number') content += `${kid} 0 R`
    else if ('tag' in kid) content += `${kid.id} 0 R`
    else {
      if (own === 0) own = kid.page
      const plain = kid.page === own || kid.text.startsWith('<<')
      content += plain ? kid.text : `<</Type/MCR/Pg ${kid.page} 0 R/MCID ${kid.text}>>`
    }
  }
  let text = `<</S/${tag}/P ${parent?.id ?? root} 0 R`
  if (own !== 0) text += `/Pg ${own} 0 R`
  if (kids.length > 0) text += kids.length === 1 ? `/K ${content}` : `/K [${content}]`
  text += attributes(tag, role, box)
  if (tag === 'Figure') text += `/Alt ${textString(role.alt ?? '')}`
  if (lang !== undefined) text += `/Lang ${asciiString(lang)}`
  return `${text}>>`
}

/** Standard attributes (§14.8.5): what a cell names and covers, how a list is numbered, where a picture stands. */
function attributes(tag: string, role: Role, box: string | undefined): string {
  switch (tag) {
    case 'TH':
    case 'TD': {
      const { scope, colspan = 1, rowspan = 1 } = role
      let said = tag === 'TH' ? `/Scope/${scope === 'row' ? 'Row' : 'Column'}` : ''
      if (colspan > 1) said += `/ColSpan ${colspan}`
      if (rowspan > 1) said += `/RowSpan ${rowspan}`
      return said === '' ? '' : `/A<</O/Table${said}>>`
    }
    case 'L':
      return `/A<</O/List/ListNumbering/${role.name === 'ol' ? 'Decimal' : 'Disc'}>>`
    case 'Figure':
      return `/A<</O/Layout/Placement/Block${box === undefined ? '' : `/BBox[${box}]`}>>`
    default:
      return ''
  }
}
