/** Names in a tree, made to mean the same for all data: fields before helpers, and `../` by where it stands. */
import type { Call, Expression, Path, Program, Statement } from './tree.ts'

/** The block helper that gives a context a name. Templates cannot write it. */
export const namingHelper = '$name'

/** A context that something inside refers to as `../`. */
interface Context {
  name?: string
}

/**
 * Changes a tree before it is compiled. `{{number}}` is the field, also where a helper has that name. Every `../` becomes a block
 * parameter of the block that opened the context: Handlebars tells contexts apart by comparing values, so that with two equal texts,
 * or a list inside itself, its `../` would lead elsewhere for some data.
 */
export function settleNames(program: Program): void {
  let named = 0
  const settleCall = (call: Pick<Call, 'params'> & { hash?: hbs.AST.Hash }, contexts: readonly Context[]): void => {
    for (const value of call.params) settleValue(value, contexts)
    for (const pair of call.hash?.pairs ?? []) settleValue(pair.value, contexts)
  }
  const settleValue = (value: Expression, contexts: readonly Context[]): void => {
    if (value.type === 'SubExpression') settleCall(value as hbs.AST.SubExpression, contexts)
    if (value.type === 'PathExpression') settlePath(value as Path, contexts)
  }
  const settlePath = (path: Path, contexts: readonly Context[]): void => {
    const context = path.data || path.depth === 0 ? undefined : contexts.at(-1 - path.depth)
    if (context === undefined) return
    if (context.name === undefined) {
      named += 1
      // The blank keeps it apart from all that a template can write.
      context.name = `up ${named}`
    }
    path.parts = [context.name, ...path.parts]
    path.original = path.parts.join('.')
    path.depth = 0
  }
  const settleBody = (
    tree: Program | undefined | null,
    contexts: readonly Context[],
    taken: readonly string[],
  ): void => {
    if (tree === undefined || tree === null) return
    const names = [...taken, ...(tree.blockParams ?? [])]
    for (const node of tree.body) settleStatement(node, contexts, names)
  }
  const settleStatement = (node: Statement, contexts: readonly Context[], names: readonly string[]): void => {
    if (node.type === 'PartialStatement') settleCall(node as hbs.AST.PartialStatement, contexts)
    if (node.type === 'MustacheStatement') {
      const mustache = node as hbs.AST.MustacheStatement
      mustache.escaped = true
      settleCall(mustache, contexts)
      const path = mustache.path as Path
      if (mustache.params.length > 0 || (mustache.hash?.pairs.length ?? 0) > 0) return
      const simple = !path.data && path.depth === 0 && path.parts.length === 1
      // A path that begins with `this.` is never taken for a helper.
      if (simple && !names.includes(path.parts[0] as string)) path.original = `this.${path.original}`
      settlePath(path, contexts)
    }
    if (node.type === 'BlockStatement') {
      const block = node as hbs.AST.BlockStatement
      settleCall(block, contexts)
      const name = (block.path as Path).original
      if (name === 'each' || name === 'with') {
        const context: Context = {}
        settleBody(block.program, [...contexts, context], names)
        giveName(block.program, context)
      } else settleBody(block.program, contexts, names)
      settleBody(block.inverse, contexts, names)
    }
  }
  const root: Context = {}
  settleBody(program, [root], [])
  if (root.name !== undefined) wrap(program, root.name)
}

function giveName(program: Program, { name }: Context): void {
  if (name === undefined) return
  if ((program.blockParams ?? []).length === 0) program.blockParams = [name]
  else wrap(program, name)
}

function wrap(program: Program, name: string): void {
  const { loc } = program
  const path = { type: 'PathExpression', data: false, depth: 0, parts: [namingHelper], original: namingHelper, loc }
  const strip = { open: false, close: false }
  const body = { type: 'Program', body: program.body, blockParams: [name], loc }
  const hash = { type: 'Hash', pairs: [], loc }
  program.body = [
    {
      type: 'BlockStatement',
      path,
      params: [],
      hash,
      program: body,
      openStrip: strip,
      inverseStrip: strip,
      closeStrip: strip,
      loc,
    } as unknown as Statement,
  ]
}
