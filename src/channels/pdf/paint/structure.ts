/** The structure tree (ISO 32000-1 §14.7 and §14.8): what each mark on the pages is, in reading order, for screen readers and archives. */
import type { Mark, Role } from '../layout/page.ts'
import { asciiString, number, textString } from './strings.ts'
import type { Writer } from './writer.ts'

/** Where a page's marked content is numbered. */
export interface PageTags {
  /** Object number of the page. */
  readonly id: number
  /** Its key in the parent tree: StructParents. */
  readonly key: number
  /** Object numbers of elements by the number of their marked content (MCID). */
  readonly elements: number[]
}

/** An element of the tree. */
interface StructureElement {
  readonly id: number
  tag: string
  readonly parent: StructureElement | undefined
  /** Children in reading order: elements, the object numbers of those that are written, or references as they are written. */
  readonly kids: (StructureElement | number | Shown)[]
  readonly role: Role
  /** BCP 47 tag, where it is not that of the element around it. */
  readonly lang: string | undefined
  /** The outermost row of a table that it is, or stands in. */
  readonly row: OpenRow | undefined
  /** Images: where they stand, in PDF's own coordinates. */
  box: string | undefined
}

/** Marked content or an annotation, on the page of this object number; the text is what points to it. */
interface Shown {
  readonly page: number
  readonly text: string
}

/** A row that may go on: written when a page has passed without it, so that long tables are not kept until the file ends. */
interface OpenRow {
  readonly elements: StructureElement[]
  readonly roles: Role[]
  /** Its place among the children of its parent. */
  readonly index: number
  /** The last page that showed something of it. */
  page: number
}

export interface Structure {
  /** Begins a page. */
  readonly page: (id: number) => PageTags
  /** Where a mark belongs: its element, or none for what is no part of the text. Cells without contents become elements too. */
  readonly of: (mark: Mark) => StructureElement | undefined
  /** Numbers a stretch of marked content of an element, and gives the operator that begins it. */
  readonly begin: (element: StructureElement, page: PageTags) => string
  /** Puts an annotation into the tree: its key for StructParent, and what to call with its object number. */
  readonly annotate: (
    mark: Mark,
    page: PageTags,
  ) => { readonly key: number; readonly point: (annotation: number) => void }
  /** Where an image stands on its page. */
  readonly place: (element: StructureElement, box: readonly number[]) => void
  /** Writes the tree; gives the object number of its root. */
  readonly write: () => number
}

/** Elements that are grouped by what they are, not by what they look like; everything else is looked through. */
const tags: Readonly<Record<string, string>> = {
  document: 'Document',
  p: 'P',
  h1: 'H1',
  h2: 'H2',
  h3: 'H3',
  h4: 'H4',
  h5: 'H5',
  h6: 'H6',
  ul: 'L',
  ol: 'L',
  li: 'LI',
  label: 'Lbl',
  table: 'Table',
  thead: 'THead',
  tbody: 'TBody',
  tfoot: 'TFoot',
  tr: 'TR',
  th: 'TH',
  td: 'TD',
  a: 'Link',
  image: 'Figure',
  // Read one after the other, also where they go on over pages side by side.
  column: 'Div',
}

/** Elements of the markup that only change how their text looks. */
const spans = new Set(['span', 'b', 'i', 'sup', 'sub', 'page-number', 'page-count', 'carry'])

/** What stands on pages beside their text. */
const beside = new Set(['header', 'footer', 'fixed box'])

/** Elements that stand in text: in a paragraph where nothing else around them holds text. */
const inline = new Set(['Link', 'Span'])

/** Elements whose text may stand in them directly; text in others makes a paragraph. */
const holdsText = new Set([
  'P',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'TH',
  'TD',
  'Lbl',
  'LBody',
  'Link',
  'Span',
  'Figure',
])

export function openStructure(pack: Pick<Writer, 'reserve' | 'put'>): Structure {
  const root = pack.reserve()
  /** By key: what a page's marked content, or an annotation, belongs to. */
  const parents: (PageTags | StructureElement)[] = []
  /** What is not yet written. */
  const open = new Set<StructureElement>()
  let rows: OpenRow[] = []
  let pages = 0
  const byRole = new Map<Role, StructureElement>()
  const bodies = new WeakMap<StructureElement, StructureElement>()
  /** Paragraphs of loose text, by the role that it stands in: open until something else begins there. */
  const loose = new Map<Role, StructureElement>()
  /** Links in running feet and heads, which are no part of the text. */
  let feet: StructureElement | undefined

  const make = (tag: string, role: Role, parent: StructureElement | undefined): StructureElement => {
    const row = parent?.row ?? (tag === 'TR' && parent !== undefined ? openRow(parent) : undefined)
    const lang = langOf(role, parent)
    const element: StructureElement = { id: pack.reserve(), tag, parent, kids: [], role, lang, row, box: undefined }
    parent?.kids.push(element)
    if (loose.size > 0 && !inline.has(tag)) interrupt(role)
    row?.elements.push(element)
    touch(row)
    open.add(element)
    return element
  }
  /** Loose text around a new element ends, but not for what stands on the page beside the text. */
  const interrupt = (role: Role): void => {
    for (let around = role.parent; around !== undefined && !beside.has(role.name); around = around.parent) {
      loose.delete(around)
      if (tagOf(around) !== undefined || beside.has(around.name)) return
    }
  }
  const touch = (row: OpenRow | undefined): void => {
    if (row !== undefined) row.page = pages
  }
  const openRow = ({ kids }: StructureElement): OpenRow => {
    const row: OpenRow = { elements: [], roles: [], index: kids.length, page: pages }
    rows.push(row)
    return row
  }
  const put = (element: StructureElement): void => {
    pack.put(element.id, elementText(element, root))
    open.delete(element)
  }
  /** Should a role come back after all, it makes another element. */
  const writeRow = ({ elements, roles, index }: OpenRow): void => {
    const [row] = elements
    for (const element of elements) put(element)
    for (const role of roles) byRole.delete(role)
    row!.parent!.kids[index] = row!.id
  }
  /** The element that a role is, or the nearest one around it. */
  const elementOf = (role: Role): StructureElement => {
    const known = byRole.get(role)
    if (known !== undefined) return known
    const element = makeOf(role)
    byRole.set(role, element)
    element.row?.roles.push(role)
    return element
  }
  const makeOf = (role: Role): StructureElement => {
    const tag = tagOf(role)
    if (role.parent === undefined) return make(tag ?? 'Document', role, undefined)
    if (tag === undefined) return elementOf(role.parent)
    if (inline.has(tag)) return make(tag, role, textElement(role.parent))
    const around = elementOf(role.parent)
    return make(tag, role, tag === 'Lbl' ? around : bodyOf(around))
  }
  /** What an entry of a list says stands in a body of its own, beside its label. */
  const bodyOf = (element: StructureElement): StructureElement => {
    if (element.tag !== 'LI') return element
    const known = bodies.get(element) ?? make('LBody', element.role, element)
    bodies.set(element, known)
    return known
  }
  /** Loose text makes a paragraph, which ends where anything else begins; what stands beside the text on its pages does not end it. */
  const textElement = (role: Role): StructureElement => {
    const element = bodyOf(elementOf(role))
    if (holdsText.has(element.tag)) return element
    const known = loose.get(role)
    if (known !== undefined) return known
    const made = make('P', role, element)
    loose.set(role, made)
    return made
  }
  const footOf = (role: Role): StructureElement => {
    const document = elementOf(rootOf(role))
    const { role: whole } = document
    feet ??= {
      id: pack.reserve(),
      tag: 'Sect',
      parent: document,
      kids: [],
      role: whole,
      lang: undefined,
      row: undefined,
      box: undefined,
    }
    return feet
  }

  return {
    page(id) {
      const page: PageTags = { id, key: parents.length, elements: [] }
      parents.push(page)
      pages += 1
      for (const row of rows) if (row.page < pages - 1) writeRow(row)
      rows = rows.filter(row => row.page >= pages - 1)
      return page
    },
    of(mark) {
      if (mark.artifact || mark.kind === 'rect') return undefined
      if (mark.kind === 'image' && mark.role.alt === '') return undefined
      const element = mark.kind === 'image' || mark.kind === 'cell' ? elementOf(mark.role) : textElement(mark.role)
      touch(element.row)
      return element
    },
    begin(element, page) {
      const text = String(page.elements.push(element.id) - 1)
      element.kids.push({ page: page.id, text })
      return `/${element.tag}<</MCID ${text}>>BDC`
    },
    annotate(mark, page) {
      // A link in a running foot is no part of the text, and yet every link has to be in the tree.
      const element = mark.artifact ? make('Link', mark.role, footOf(mark.role)) : textElement(mark.role)
      const point = (annotation: number): void => {
        element.kids.push({ page: page.id, text: `<</Type/OBJR/Obj ${annotation} 0 R/Pg ${page.id} 0 R>>` })
      }
      return { key: parents.push(element) - 1, point }
    },
    place(element, box) {
      element.box = box.map(number).join(' ')
    },
    write() {
      // At the end: between paragraphs they would interrupt who listens.
      if (feet !== undefined) {
        feet.parent?.kids.push(feet)
        open.add(feet)
      }
      const nums = parents.map((entry, key) =>
        'elements' in entry ? `${key} [${entry.elements.map(id => `${id} 0 R`).join(' ')}]` : `${key} ${entry.id} 0 R`,
      )
      for (const element of open) if (isAlone(element)) element.tag = 'TBody'
      const tree = pack.reserve()
      pack.put(tree, `<</Nums [${nums.join(' ')}]>>`)
      const top = [...open].filter(({ parent }) => parent === undefined).map(({ id }) => `${id} 0 R`)
      for (const element of open) put(element)
      pack.put(
        root,
        `<</Type/StructTreeRoot/K [${top.join(' ')}]/ParentTree ${tree} 0 R/ParentTreeNextKey ${nums.length}>>`,
      )
      return root
    },
  }
}

/** A head or foot without rows of a body beside it, which no table may have: its rows are the body. */
function isAlone({ tag, parent }: StructureElement): boolean {
  if (tag !== 'THead' && tag !== 'TFoot') return false
  return !parent!.kids.some(
    kid => typeof kid === 'object' && 'tag' in kid && kid.tag === 'TBody' && kid.role.name === 'tbody',
  )
}

function rootOf(role: Role): Role {
  return role.parent === undefined ? role : rootOf(role.parent)
}

/** An inline element that changes the language is there for that; everything else without a tag is looked through. */
function tagOf({ name, lang }: Role): string | undefined {
  return tags[name] ?? (lang !== undefined && spans.has(name) ? 'Span' : undefined)
}

/** Of the role, or of those that were looked through between it and the element around it. */
function langOf(role: Role, around: StructureElement | undefined): string | undefined {
  if (role === around?.role) return undefined
  return role.lang ?? (role.parent === undefined ? undefined : langOf(role.parent, around))
}

function elementText({ tag, parent, kids, role, lang, box }: StructureElement, root: number): string {
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
