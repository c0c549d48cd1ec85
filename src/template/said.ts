/** Which wording a text says: the keys of `t` that a reader can get to see, those of its partials included. */
import type { Brand, Escape, Source } from '../model/index.ts'
import { parseTemplate } from './parse.ts'
import { partialFor } from './partials.ts'
import { type Call, type Expression, literal, type Path, type Program, partialName, walk } from './tree.ts'

export interface SaidRequest {
  readonly brand: Pick<Brand, 'partials'>
  readonly channel: string
  readonly escape: Escape
}

/** Whether a key is said whatever the data is, or only in some branches that data decides about. */
export type Saying = 'always' | 'sometimes'

/**
 * Keys in calls of `t` with a literal key. What is commented out, in Handlebars or in markup, is not said, nor what stands behind a
 * condition that never holds (`{{#if false}}`); what data decides about is said sometimes, unless every branch says it. Undefined where the
 * text or a partial cannot be parsed.
 */
export function saidKeys(
  source: Source,
  { brand, channel, escape: escaping }: SaidRequest,
): ReadonlyMap<string, Saying> | undefined {
  const keys = new Set<string>()
  const read = new Map<Source, Program>()
  const partialOf = (node: hbs.AST.Statement): Source | undefined =>
    node.type === 'PartialStatement'
      ? partialFor(brand, partialName(node as hbs.AST.PartialStatement), channel)
      : undefined
  const sources = [source]
  for (const one of sources) {
    if (read.has(one)) continue
    const text = escaping === 'none' ? one.text : one.text.replace(/<!--.*?-->/gs, blocksOf)
    const { program } = parseTemplate({ ...one, text }, { escape: escaping })
    if (program === undefined) return undefined
    read.set(one, program)
    walk(shown(program), {
      statement(node) {
        const partial = partialOf(node)
        if (partial !== undefined) sources.push(partial)
      },
      call: call => add(keys, keyOf(call)),
    })
  }
  const open = new Set<Source>()
  const partialKeys = (node: hbs.AST.Statement): ReadonlySet<string> => {
    const partial = partialOf(node)
    const program = partial === undefined ? undefined : read.get(partial)
    // A partial that includes itself does so under a condition, or never ends.
    if (partial === undefined || program === undefined || open.has(partial)) return new Set()
    open.add(partial)
    const found = always(program, partialKeys)
    open.delete(partial)
    return found
  }
  const sure = always(read.get(source) as Program, partialKeys)
  return new Map([...keys].map(key => [key, sure.has(key) ? 'always' : 'sometimes']))
}

function keyOf({ path, params }: Call): string | undefined {
  const key = (path as Path).original === 't' ? literal(params[0]) : undefined
  return key === undefined ? undefined : String(key)
}

function add(keys: Set<string>, key: string | undefined): void {
  if (key !== undefined) keys.add(key)
}

type Sides = readonly [Set<string>, Set<string>]

/** What a tree says on every way through it. Two blocks of one condition, such as `if` and `unless`, are two sides of one. */
function always(
  program: Program | undefined,
  partialKeys: (node: hbs.AST.Statement) => ReadonlySet<string>,
): ReadonlySet<string> {
  const keys = new Set<string>()
  const conditions = new Map<string, Sides>()
  for (const [at, node] of (program?.body ?? []).entries()) {
    if (node.type !== 'BlockStatement') {
      walk({ ...(program as Program), body: [node] }, { call: call => add(keys, keyOf(call)) })
      for (const key of partialKeys(node)) keys.add(key)
      continue
    }
    const block = node as hbs.AST.BlockStatement
    const [holds, name] = [fixed(block), (block.path as Path).original]
    const branches = [block.program, block.inverse].map(branch => always(branch, partialKeys))
    if (holds !== undefined) {
      for (const key of branches[holds ? 0 : 1] ?? []) keys.add(key)
      continue
    }
    if (name === 'unless') branches.reverse()
    const asked = name === 'if' || name === 'unless' ? wordsOf(block) : `block ${at}`
    const sides = conditions.get(asked) ?? [new Set<string>(), new Set<string>()]
    conditions.set(asked, sides)
    for (const [side, found] of branches.entries()) for (const key of found) sides[side]?.add(key)
  }
  for (const [one, other] of conditions.values()) for (const key of one.intersection(other)) keys.add(key)
  return keys
}

/** A condition as it is written, wherever it stands. */
function wordsOf({ params, hash }: hbs.AST.BlockStatement): string {
  return JSON.stringify([params, hash], (name, value: unknown) => (name === 'loc' ? undefined : value))
}

/** A comment of markup shows nothing, but blocks that open or close in it decide about what is outside. */
function blocksOf(comment: string): string {
  return comment.match(/\{\{~?\s*(?:[#/^]|else\b)(?:[^}"']|"[^"]*"|'[^']*')*\}\}/g)?.join('') ?? ''
}

/** A tree without the branches that never show. */
function shown(program: Program): Program {
  const body = program.body.flatMap((node): readonly hbs.AST.Statement[] => {
    if (node.type !== 'BlockStatement') return [node]
    const block = node as hbs.AST.BlockStatement
    const holds = fixed(block)
    const branches = [holds === false ? undefined : block.program, holds === true ? undefined : block.inverse]
    return branches.flatMap(branch => (branch ? shown(branch).body : []))
  })
  return { ...program, body }
}

/** What a condition comes to that no data decides about. */
function fixed({ path, params }: Call): boolean | undefined {
  const name = (path as Path).original
  const [condition] = params
  if ((name !== 'if' && name !== 'unless') || condition === undefined || !isLiteral(condition)) return undefined
  return Boolean(literal(condition)) === (name === 'if')
}

function isLiteral({ type }: Expression): boolean {
  return type.endsWith('Literal')
}
