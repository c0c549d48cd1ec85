/** Partials that are called inside of a line of bare text: the line end that every file ends with is not part of what they say. */
import type { Path, Program, Statement } from './tree.ts'

const mark = ' in a line'

/** Gives partials that have no line to themselves, as Handlebars tells it, a name of their own. Changes the tree. */
export function nameInline(program: Program, isRoot = true): void {
  for (const [at, node] of program.body.entries()) {
    if (node.type === 'PartialStatement' && !standsAlone(program.body, at, isRoot)) {
      const path = (node as hbs.AST.PartialStatement).name as Path
      path.original = `${path.original}${mark}`
    }
    if (node.type === 'BlockStatement') {
      const { program: inner, inverse } = node as hbs.AST.BlockStatement
      for (const one of [inner, inverse]) if (one) nameInline(one, false)
    }
  }
}

/** The partial that a name stands for, and whether it is called inside of a line. */
export function inlineName(name: string): { readonly partial: string; readonly inLine: boolean } {
  return name.endsWith(mark) ? { partial: name.slice(0, -mark.length), inLine: true } : { partial: name, inLine: false }
}

/** What a partial says inside of a line. */
export function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '')
}

/** Whether blanks alone stand around a partial in its line: then Handlebars leaves that line's own end out. */
function standsAlone(body: readonly Statement[], at: number, isRoot: boolean): boolean {
  const before = contentOf(body[at - 1])
  const after = contentOf(body[at + 1])
  const first = isRoot && at <= 1
  const last = isRoot && at >= body.length - 2
  return (
    (before === undefined ? at === 0 && isRoot : (first ? /(?:^|\n)\s*$/ : /\n\s*$/).test(before)) &&
    (after === undefined ? at === body.length - 1 && isRoot : (last ? /^\s*?(?:\n|$)/ : /^\s*?\n/).test(after))
  )
}

/** As it was written, before Handlebars took blanks out. */
function contentOf(node: Statement | undefined): string | undefined {
  return node?.type === 'ContentStatement' ? String((node as hbs.AST.ContentStatement).original) : undefined
}
