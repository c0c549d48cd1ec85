/** The structure tree (ISO 32000-1 §14.7 and §14.8): what each mark on the pages is, in reading order, for screen readers and archives. */
import type { Mark, Role } from '../layout/page.ts'
import type { OpenRow, StructureElement } from './element.ts'
import { elementText } from './element.ts'
import { number } from './strings.ts'
import { beside, holdsText, inline, tagOf } from './tags.ts'
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

export function openStructure(pack: Pick<Writer, 'reserve' | 'put'>): Structure {
  const root = pack.reserve()
  /** By key: what a page's marked content, or an annotation, belongs to. */
  const parents: (PageTags | StructureElement)[] = []
  /** What is not yet written and stands in no row: rows are kept, and written, as rows. */
  const open: StructureElement[] = []
  let rows: OpenRow[] = []
  let pages = 0
  const byRole = new Map<Role, StructureElement>()
  /** A cell is asked for when it begins, and again by its text. */
  let lastRole: Role | undefined
  let last: StructureElement | undefined
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
    if (row === undefined) open.push(element)
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
  const put = (element: StructureElement): void => pack.put(element.id, elementText(element, root))
  /** Should a role come back after all, it makes another element. */
  const writeRow = ({ elements, roles, index }: OpenRow): void => {
    const [row] = elements
    for (const element of elements) put(element)
    for (const role of roles) byRole.delete(role)
    lastRole = undefined
    row!.parent!.kids[index] = row!.id
  }
  /** The element that a role is, or the nearest one around it. */
  const elementOf = (role: Role): StructureElement => {
    if (role === lastRole) return last!
    let element = byRole.get(role)
    if (element === undefined) {
      element = makeOf(role)
      byRole.set(role, element)
      element.row?.roles.push(role)
    }
    lastRole = role
    last = element
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
      const left = [...open, ...rows.flatMap(({ elements }) => elements)].sort((one, other) => one.id - other.id)
      // At the end: between paragraphs they would interrupt who listens.
      if (feet !== undefined) {
        feet.parent?.kids.push(feet)
        left.push(feet)
      }
      const nums = parents.map((entry, key) =>
        'elements' in entry ? `${key} [${entry.elements.map(id => `${id} 0 R`).join(' ')}]` : `${key} ${entry.id} 0 R`,
      )
      for (const element of left) if (isAlone(element)) element.tag = 'TBody'
      const tree = pack.reserve()
      pack.put(tree, `<</Nums [${nums.join(' ')}]>>`)
      const top = left.filter(({ parent }) => parent === undefined).map(({ id }) => `${id} 0 R`)
      for (const element of left) put(element)
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

/** Of the role, or of those that were looked through between it and the element around it. */
function langOf(role: Role, around: StructureElement | undefined): string | undefined {
  if (role === around?.role) return undefined
  return role.lang ?? (role.parent === undefined ? undefined : langOf(role.parent, around))
}
