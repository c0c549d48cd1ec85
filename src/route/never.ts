/** Comparisons in a rule that no data makes true: a field with an `enum`, and a text that is none of it. */
import type { ASTNode } from '@marcbachmann/cel-js'
import { quote } from '../model/index.ts'
import { hintKnown, type SchemaNode } from '../schema/index.ts'

/** What a name in a rule stands for. */
type Names = ReadonlyMap<string, SchemaNode>

/** The first of them, as a clause behind the rule, with what was probably meant. `data`: what `data` stands for. */
export function findNever(
  rule: ASTNode,
  data: SchemaNode,
): { readonly wrong: string; readonly hint: string } | undefined {
  return search(rule, new Map([['data', data]]))
}

function search(node: ASTNode, names: Names): ReturnType<typeof findNever> {
  const found = inNode(node, names)
  if (found !== undefined) return found
  const inside = node.op === 'rcall' ? withElement(node, names) : names
  for (const child of childrenOf(node.args)) {
    const below = search(child, inside)
    if (below !== undefined) return below
  }
  return undefined
}

/** `data.lines.exists(line, …)`: what `line` is inside of it. */
function withElement({ args }: Extract<ASTNode, { op: 'rcall' }>, names: Names): Names {
  const [, list, [first]] = args
  const element = placeOf(list, names)?.node.element()
  return first?.op === 'id' && element !== undefined ? new Map([...names, [first.args, element]]) : names
}

function inNode(node: ASTNode, names: Names): ReturnType<typeof findNever> {
  if (node.op === 'in') {
    const [value, list] = node.args
    return list.op === 'list' ? first(list.args.map(one => compare(value, one, names))) : undefined
  }
  if (node.op !== '==' && node.op !== '!=') return undefined
  const [one, other] = node.args
  return compare(one, other, names) ?? compare(other, one, names)
}

function compare(field: ASTNode, text: ASTNode, names: Names): ReturnType<typeof findNever> {
  const place = text.op === 'value' && typeof text.args === 'string' ? placeOf(field, names) : undefined
  const values = place?.node.values?.map(String)
  const written = String(text.args)
  // Where numbers or groups may stand, too, the language compares otherwise.
  if (place?.node.kind !== 'text' || values === undefined || values.includes(written)) return undefined
  return { wrong: `${place.path} is never ${quote(written)}`, hint: hintKnown(written, values) }
}

/** Where a path leads, and how it is written; undefined for what is no path, or leads out of the schema. */
function placeOf(node: ASTNode, names: Names): { readonly node: SchemaNode; readonly path: string } | undefined {
  if (node.op === 'id') {
    const known = names.get(node.args)
    return known === undefined ? undefined : { node: known, path: node.args }
  }
  if (node.op !== '.' && node.op !== '[]') return undefined
  const [from, step] = node.args
  const before = placeOf(from, names)
  if (before === undefined) return undefined
  const name = typeof step === 'string' ? step : step.op === 'value' ? step.args : undefined
  const next = typeof name === 'string' ? before.node.child(name) : before.node.element()
  if (name === undefined || next === undefined) return undefined
  return { node: next, path: typeof name === 'string' ? `${before.path}.${name}` : `${before.path}[${name}]` }
}

function childrenOf(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf)
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : []
}

function first<T>(found: readonly (T | undefined)[]): T | undefined {
  return found.find(one => one !== undefined)
}
