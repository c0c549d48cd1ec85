/** The text inside a paragraph as a flat list: pieces in one style, atoms whose text comes later, and ends of lines. */
import type { Element, Node } from '../markup/tree.ts'
import { plain, textOf } from './anchors.ts'
import type { Looks, TypeStyle } from './looks.ts'
import type { Role } from './page.ts'
import { roleOf } from './page.ts'

/** Text that is known only when pages are: its room is reserved, its words are set last. */
export type Atom = 'page-number' | 'page-count' | 'carry'

export interface Inline {
  readonly text: string
  readonly type: TypeStyle
  readonly role: Role
  readonly atom?: Atom
  /** Of an atom: pages counted on from it. */
  readonly offset?: number
  readonly link?: Link
}

/** One object for each link, so that its parts are known to be one. */
export interface Link {
  readonly href: string
  /** Its words, all of them, however it is parted. */
  readonly text: string
  readonly role: Role
}

export const inlineNames = new Set(['span', 'b', 'i', 'sup', 'sub', 'a', 'br', 'page-number', 'page-count', 'carry'])

/** How inline contents are met: the type, role and link they stand in. */
export interface Around {
  readonly type: TypeStyle
  readonly role: Role
  readonly link?: Link
}

export function collectInline(nodes: readonly Node[], around: Around, looks: Looks): Inline[] {
  const found: Inline[] = []
  for (const node of nodes) collect(node, around, found, looks)
  return found
}

function collect(node: Node, around: Around, found: Inline[], looks: Looks): void {
  if (typeof node === 'string') found.push({ text: node, ...around, type: looks.scripted(around.type, node) })
  else if (node.name === 'br') found.push({ text: '\n', ...around, type: { ...around.type, whiteSpace: 'pre-line' } })
  else if (isAtom(node.name)) {
    const offset = Number(node.attributes['offset'] ?? 0)
    const type = looks.scripted(looks.of(node, around.type).type)
    found.push({ text: '0', ...around, type, atom: node.name, ...(offset !== 0 && { offset }) })
  } else {
    const inner = within(node, around, looks)
    for (const child of node.children) collect(child, inner, found, looks)
  }
}

function within(element: Element, outer: Around, looks: Looks): Around {
  const { type } = looks.of(element, outer.type)
  // Elements that mean something have a role; others only where they are in another language.
  const role =
    element.name === 'a' || element.attributes['lang'] !== undefined ? roleOf(element, outer.role) : outer.role
  if (element.name !== 'a') return { ...outer, type, role }
  return { ...outer, type, role, link: { href: element.attributes['href']!, text: plain(textOf(element)), role } }
}

function isAtom(name: string): name is Atom {
  return name === 'page-number' || name === 'page-count' || name === 'carry'
}
