/** The drawing looked at from its leaves: which paths it has, and which file each is drawn from. */
import type { JoinNode, Node } from './nodes.ts'
import type { Plan } from './plan.ts'
import type { Table } from './tables.ts'

/** A leaf of the drawing by its dotted path; undefined where there is none. `all` columns count by name. */
export function hasLeaf(
  nodes: readonly Node[] | undefined,
  path: readonly string[],
  columns: readonly string[],
): boolean {
  const [step, ...rest] = path
  if (nodes === undefined) return rest.length === 0 && step !== undefined && columns.includes(step)
  const node = nodes.find(inner => inner.name === step)
  if (node === undefined) return false
  if (node.kind === 'column') return rest.length === 0
  return rest.length > 0 && hasLeaf(node.nodes, rest, 'target' in node ? node.target.columns : [])
}

/** All dotted paths of leaves, for hints. */
export function leafPaths(nodes: readonly Node[] | undefined, columns: readonly string[], prefix = ''): string[] {
  if (nodes === undefined) return columns.map(column => `${prefix}${column}`)
  return nodes.flatMap(node =>
    node.kind === 'column'
      ? [node.path]
      : leafPaths(node.nodes, 'target' in node ? node.target.columns : [], `${node.path}.`),
  )
}

/** Dotted paths of the leaves that are drawn from the rows of a 1:n file. */
export function sumPaths(plan: Plan, table: Table): string[] {
  const paths: string[] = []
  const visit = (nodes: readonly Node[], inside: boolean): void => {
    for (const node of nodes) {
      if (node.kind === 'column') {
        if (inside) paths.push(node.path)
      } else if (!('target' in node)) visit(node.nodes, inside)
      else {
        const within = node.kind === 'many' ? node.target === table : inside
        if (node.nodes !== undefined) visit(node.nodes, within)
        else if (within) paths.push(...node.target.columns.map(column => `${node.path}.${column}`))
      }
    }
  }
  visit(plan.nodes ?? [], false)
  return paths
}

/** The 1:n relations that rows of a file can be found by. */
export function ownedBy({ nodes = [] }: Plan, table: Table): JoinNode[] {
  const visit = (inner: readonly Node[]): JoinNode[] =>
    inner.flatMap(node => {
      if (node.kind === 'column') return []
      const below = visit(node.nodes ?? [])
      return node.kind === 'many' && node.target === table ? [node, ...below] : below
    })
  return visit(nodes)
}

/** Leaves drawn from the first file, and whether each of its rows has one of its own. */
export function rootPaths({ nodes, tables }: Plan): (readonly [path: string, perRow: boolean])[] {
  if (nodes === undefined) return (tables[0]?.columns ?? []).map(column => [column, false] as const)
  const visit = (inner: readonly Node[], perRow: boolean): (readonly [string, boolean])[] =>
    inner.flatMap(node => {
      if (node.kind === 'column') return [[node.path, perRow] as const]
      if (node.kind === 'group' || node.kind === 'rows') return visit(node.nodes, perRow || node.kind === 'rows')
      return []
    })
  return visit(nodes, false)
}
