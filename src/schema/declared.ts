/** The names of TypeScript declarations: each an identifier, each once, one or two for every schema that is referred to. */
import type { SchemaNode } from './reading.ts'
import { pointerSteps } from './steps.ts'

/** What a program hands in, or what templates see. */
export type Side = 'given' | 'seen'

export interface Declared {
  readonly name: string
  readonly side: Side
  readonly node: SchemaNode
  /** The declaration that this one equals. */
  readonly same?: string
}

export interface Names {
  /** In the order they were asked for; the root's two come first. */
  readonly all: readonly Declared[]
  /** The name of what a node refers to; of the node itself, after `word`, if it refers to nothing. Both sides share it where nothing is derived. */
  readonly nameOf: (node: SchemaNode, side: Side, word: string) => string
}

export function namesFor(root: SchemaNode, name: string): Names {
  const taken = new Set<string>()
  const known = { given: new Map<SchemaNode | string, string>(), seen: new Map<SchemaNode | string, string>() }
  const all: Declared[] = []
  const take = (wanted: string): string => {
    let free = wanted
    for (let at = 2; taken.has(free); at += 1) free = `${wanted}${at}`
    taken.add(free)
    return free
  }
  const seen = take(identifier(name))
  const given = take(`${seen}Input`)
  known.seen.set('#', seen)
  known.given.set('#', given)
  all.push({ name: given, side: 'given', node: root, ...(holdsDerived(root) ? {} : { same: seen }) })
  all.push({ name: seen, side: 'seen', node: root })
  return {
    all,
    nameOf(asking, asked, word) {
      const { pointer, node } = asking.reference ?? { pointer: undefined, node: asking }
      const side = pointer === '#' || holdsDerived(node) ? asked : 'seen'
      const before = known[side].get(pointer ?? node)
      if (before !== undefined) return before
      const wanted = identifier(pointer === undefined ? word : lastStep(pointer))
      const free = take(`${wanted}${side === 'given' ? 'Input' : ''}`)
      known[side].set(pointer ?? node, free)
      all.push({ name: free, side, node })
      return free
    },
  }
}

/** `2010-bill` -> `_2010Bill`. */
function identifier(text: string): string {
  const name = text.replace(/(?:^|[^\p{L}\p{N}]+)([\p{L}\p{N}]|$)/gu, (_, letter: string) => letter.toUpperCase())
  return /^\p{L}/u.test(name) ? name : `_${name}`
}

/** Of a pointer its last step, or an anchor's name. */
function lastStep(reference: string): string {
  const fragment = decodeURIComponent(reference.slice(1))
  return fragment.startsWith('/') ? String(pointerSteps(fragment, {}).at(-1)) : fragment
}

/** Whether anything in it is worked out by prepare.js. */
export function holdsDerived(node: SchemaNode, met = new Set<SchemaNode>()): boolean {
  if (met.has(node)) return false
  met.add(node)
  const elements = Array.from({ length: node.positions.own + 1 }, (_, at) => node.element(at))
  const below = [...node.names.map(name => node.child(name)), node.rest(), ...elements, ...node.alternatives()]
  return below.some(inner => inner !== undefined && (inner.derived !== false || holdsDerived(inner, met)))
}
