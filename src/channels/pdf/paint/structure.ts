/** The structure tree (ISO 32000-1 §14.7 and §14.8): what each mark on the pages is, in reading order, for screen readers and archives. */
import type { Mark, Role } from '../layout/page.ts'
import type { Kid, OpenRow, StructureElement } from './element.ts'
import { elementText } from './element.ts'
import type { Pen } from './pen.ts'
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

export class Structure {
  readonly #pack: Pick<Writer, 'reserve' | 'put'>
  readonly #root: number
  /** By key: what a page's marked content, or an annotation, belongs to. */
  readonly #parents: (PageTags | StructureElement)[] = []
  /** What is not yet written and stands in no row: rows are kept, and written, as rows. */
  readonly #open: StructureElement[] = []
  #rows: OpenRow[] = []
  #pages = 0
  readonly #byRole = new Map<Role, StructureElement>()
  /** A cell is asked for when it begins, and again by its text. */
  #lastRole: Role | undefined
  #last: StructureElement | undefined
  readonly #bodies = new WeakMap<StructureElement, StructureElement>()
  /** Paragraphs of loose text, by the role that it stands in: open until something else begins there. */
  readonly #loose = new Map<Role, StructureElement>()
  /** Links in running feet and heads, which are no part of the text. */
  #feet: StructureElement | undefined

  constructor(pack: Pick<Writer, 'reserve' | 'put'>) {
    this.#pack = pack
    this.#root = pack.reserve()
  }

  /** Begins a page. */
  page(id: number): PageTags {
    const page: PageTags = { id, key: this.#parents.length, elements: [] }
    this.#parents.push(page)
    this.#pages += 1
    const going = this.#pages - 1
    const left: OpenRow[] = []
    for (const row of this.#rows) {
      if (row.page < going) this.#writeRow(row)
      else left.push(row)
    }
    this.#rows = left
    return page
  }

  /** Where a mark belongs: its element, or none for what is no part of the text. Cells without contents become elements too. */
  of(mark: Mark): StructureElement | undefined {
    if (mark.artifact || mark.kind === 'rect') return undefined
    if (mark.kind === 'image' && mark.role.alt === '') return undefined
    const own = mark.kind === 'image' || mark.kind === 'cell'
    const element = own ? this.#elementOf(mark.role) : this.#textElement(mark.role)
    this.#touch(element.row)
    return element
  }

  /** Numbers a stretch of marked content of an element, and writes the operator that begins it. */
  begin(element: StructureElement, page: PageTags, pen: Pen): void {
    const text = String(page.elements.push(element.id) - 1)
    addKid(element, { page: page.id, text })
    pen.text('/')
    pen.text(element.tag)
    pen.text('<</MCID ')
    pen.text(text)
    pen.text('>>BDC')
  }

  /** Puts an annotation into the tree: its key for StructParent, and what to call with its object number. */
  annotate(mark: Mark, page: PageTags): { readonly key: number; readonly point: (annotation: number) => void } {
    // A link in a running foot is no part of the text, and yet every link has to be in the tree.
    const { role } = mark
    const element = mark.artifact ? this.#make('Link', role, this.#footOf(role)) : this.#textElement(role)
    const point = (annotation: number): void => {
      addKid(element, { page: page.id, text: `<</Type/OBJR/Obj ${annotation} 0 R/Pg ${page.id} 0 R>>` })
    }
    return { key: this.#parents.push(element) - 1, point }
  }

  /** Where an image stands on its page. */
  place(element: StructureElement, box: readonly number[]): void {
    element.box = box.map(number).join(' ')
  }

  /** Writes the tree; gives the object number of its root. */
  write(): number {
    const [pack, root] = [this.#pack, this.#root]
    const inRows = this.#rows.flatMap(({ elements }) => elements)
    const left = [...this.#open, ...inRows].sort((one, other) => one.id - other.id)
    // At the end: between paragraphs they would interrupt who listens.
    const feet = this.#feet
    if (feet !== undefined) {
      if (feet.parent !== undefined) addKid(feet.parent, feet)
      left.push(feet)
    }
    const nums = this.#parents.map((entry, key) =>
      'elements' in entry ? `${key} [${entry.elements.map(id => `${id} 0 R`).join(' ')}]` : `${key} ${entry.id} 0 R`,
    )
    for (const element of left) if (isAlone(element)) element.tag = 'TBody'
    const tree = pack.reserve()
    pack.put(tree, `<</Nums [${nums.join(' ')}]>>`)
    const top = left.filter(({ parent }) => parent === undefined).map(({ id }) => `${id} 0 R`)
    for (const element of left) this.#put(element)
    pack.put(
      root,
      `<</Type/StructTreeRoot/K [${top.join(' ')}]/ParentTree ${tree} 0 R/ParentTreeNextKey ${nums.length}>>`,
    )
    return root
  }

  #put(element: StructureElement): void {
    this.#pack.put(element.id, elementText(element, this.#root))
  }

  /** Should a role come back after all, it makes another element. */
  #writeRow({ elements, roles, index }: OpenRow): void {
    const [row] = elements
    for (const element of elements) this.#put(element)
    for (const role of roles) this.#byRole.delete(role)
    this.#lastRole = undefined
    row!.parent!.kids[index] = row!.id
  }

  /** The element that a role is, or the nearest one around it. */
  #elementOf(role: Role): StructureElement {
    if (role === this.#lastRole) return this.#last!
    let element = this.#byRole.get(role)
    if (element === undefined) {
      element = this.#makeOf(role)
      this.#byRole.set(role, element)
      element.row?.roles.push(role)
    }
    this.#lastRole = role
    this.#last = element
    return element
  }

  #makeOf(role: Role): StructureElement {
    const tag = tagOf(role)
    if (role.parent === undefined) return this.#make(tag ?? 'Document', role, undefined)
    if (tag === undefined) return this.#elementOf(role.parent)
    if (inline.has(tag)) return this.#make(tag, role, this.#textElement(role.parent))
    const around = this.#elementOf(role.parent)
    return this.#make(tag, role, tag === 'Lbl' ? around : this.#bodyOf(around))
  }

  #make(tag: string, role: Role, parent: StructureElement | undefined): StructureElement {
    const row = parent?.row ?? (tag === 'TR' && parent !== undefined ? this.#openRow(parent) : undefined)
    const lang = langOf(role, parent)
    const id = this.#pack.reserve()
    const element: StructureElement = { id, tag, parent, kids: none, role, lang, row, box: undefined }
    if (parent !== undefined) addKid(parent, element)
    if (this.#loose.size > 0 && !inline.has(tag)) this.#interrupt(role)
    row?.elements.push(element)
    this.#touch(row)
    if (row === undefined) this.#open.push(element)
    return element
  }

  /** Loose text around a new element ends, but not for what stands on the page beside the text. */
  #interrupt(role: Role): void {
    for (let around = role.parent; around !== undefined && !beside.has(role.name); around = around.parent) {
      this.#loose.delete(around)
      if (tagOf(around) !== undefined || beside.has(around.name)) return
    }
  }

  #touch(row: OpenRow | undefined): void {
    if (row !== undefined) row.page = this.#pages
  }

  #openRow({ kids }: StructureElement): OpenRow {
    const row: OpenRow = { elements: [], roles: [], index: kids.length, page: this.#pages }
    this.#rows.push(row)
    return row
  }

  /** What an entry of a list says stands in a body of its own, beside its label. */
  #bodyOf(element: StructureElement): StructureElement {
    if (element.tag !== 'LI') return element
    const known = this.#bodies.get(element) ?? this.#make('LBody', element.role, element)
    this.#bodies.set(element, known)
    return known
  }

  /** Loose text makes a paragraph, which ends where anything else begins; what stands beside the text on its pages does not end it. */
  #textElement(role: Role): StructureElement {
    const element = this.#bodyOf(this.#elementOf(role))
    if (holdsText.has(element.tag)) return element
    const known = this.#loose.get(role)
    if (known !== undefined) return known
    const made = this.#make('P', role, element)
    this.#loose.set(role, made)
    return made
  }

  #footOf(role: Role): StructureElement {
    const parent = this.#elementOf(rootOf(role))
    this.#feet ??= {
      id: this.#pack.reserve(),
      tag: 'Sect',
      parent,
      kids: none,
      role: parent.role,
      lang: undefined,
      row: undefined,
      box: undefined,
    }
    return this.#feet
  }
}

const none: Kid[] = []

/** Most have one: an array that grows keeps room for sixteen. */
function addKid(element: StructureElement, kid: Kid): void {
  if (element.kids.length === 0) element.kids = [kid]
  else element.kids.push(kid)
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
