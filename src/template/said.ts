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

/**
 * Keys in calls of `t` with a literal key. What is commented out, in Handlebars or in markup, is not said, nor what stands behind a
 * condition that never holds (`{{#if false}}`); what data decides about is. Undefined where the text or a partial cannot be parsed.
 */
export function saidKeys(
  source: Source,
  { brand, channel, escape: escaping }: SaidRequest,
): ReadonlySet<string> | undefined {
  const keys = new Set<string>()
  const read = new Set<Source>()
  const sources = [source]
  for (const one of sources) {
    if (read.has(one)) continue
    read.add(one)
    const text = escaping === 'none' ? one.text : one.text.replace(/<!--.*?-->/gs, blocksOf)
    const { program } = parseTemplate({ ...one, text }, { escape: escaping })
    if (program === undefined) return undefined
    walk(shown(program), {
      statement(node) {
        if (node.type !== 'PartialStatement') return
        const partial = partialFor(brand, partialName(node as hbs.AST.PartialStatement), channel)
        if (partial !== undefined) sources.push(partial)
      },
      call(call) {
        const key = (call.path as Path).original === 't' ? literal(call.params[0]) : undefined
        if (key !== undefined) keys.add(String(key))
      },
    })
  }
  return keys
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
