/** Handlebars text to its syntax tree, without the features that would let data choose what happens. */
import type { Escape, Fault, Source } from '../model/index.ts'
import { hintNearest } from '../schema/index.ts'
import { inspectAttributes } from './attributes.ts'
import { Handlebars } from './handlebars.ts'
import { blockSignatures, signatures } from './signatures.ts'
import { type Path, type Program, placeOf, walk } from './tree.ts'

export interface Parsed {
  readonly program: Program | undefined
  readonly faults: readonly Fault[]
}

/**
 * Parses a source. `name` is what locations in the tree call it. Faults: text that is not Handlebars (then there is no tree), and
 * what Platen refuses: decorators, inline and dynamic partials, partial blocks, unknown helpers, unescaped output where text is
 * parsed again, values where escaping cannot make them safe. `address`: the source is one. A tree with faults is for looking at, not for compiling.
 */
export function parseTemplate(
  source: Source,
  {
    name = source.file,
    escape: escaping,
    address = false,
  }: { readonly name?: string; readonly escape: Escape; readonly address?: boolean },
): Parsed {
  let program: Program
  try {
    program = Handlebars.parse(source.text, { srcName: name } as Parameters<typeof Handlebars.parse>[1])
  } catch (error) {
    return { program: undefined, faults: [syntaxFault(error as SyntaxProblem, source)] }
  }
  const faults: Fault[] = []
  const refuse = (
    node: hbs.AST.Node,
    message: string,
    hint?: string,
    code: Fault['code'] = 'template.refused',
  ): void => {
    faults.push({ code, message, place: placeOf(source.file, node.loc), ...(hint === undefined ? {} : { hint }) })
  }
  walk(program, {
    statement(node) {
      switch (node.type) {
        case 'MustacheStatement':
          if (escaping !== 'none' && !(node as hbs.AST.MustacheStatement).escaped) {
            refuse(node, 'unescaped output is not allowed', 'write {{…}} with two braces')
          }
          break
        case 'Decorator':
        case 'DecoratorBlock':
          refuse(node, 'decorators and inline partials are not allowed', 'put the block into assets/partials')
          break
        case 'PartialBlockStatement':
          refuse(
            node,
            'a partial with a block is not allowed',
            'write {{> name}}, and hand in what differs: {{> name label=number}}',
          )
          break
        case 'PartialStatement':
          if ((node as hbs.AST.PartialStatement).name.type !== 'PathExpression') {
            refuse(node, 'the name of a partial is chosen at run time', 'write its name: {{> legal}}')
          }
          break
      }
    },
    call(call, block) {
      if (call.path.type !== 'PathExpression') {
        refuse(call, 'a literal stands where a field or a helper is called', 'write the text without braces')
        return
      }
      const path = call.path as Path
      if (call.type === 'MustacheStatement' && call.params.length === 0 && call.hash === undefined) return
      const known = block ? blockSignatures : signatures
      if (!path.data && path.depth === 0 && path.parts.length === 1 && Object.hasOwn(known, path.original)) return
      if (path.original === 'lookup' || path.original === 'log') {
        refuse(
          call,
          `the helper "${path.original}" is not allowed`,
          path.original === 'lookup' ? 'write the path: a.b' : 'take it out: templates say nothing on the side',
        )
        return
      }
      const opening = block ? openingOf(source.text, call.loc.start) : ''
      if (opening.startsWith('{{{{')) {
        refuse(call, 'a raw block is not allowed', 'write \\{{name}} for each pair of braces that is to be printed')
        return
      }
      const what = block ? 'block helper' : 'helper'
      const hint = opening.startsWith('^')
        ? `write {{#unless ${path.original}}}`
        : block && call.params.length === 0
          ? `write {{#if ${path.original}}}, {{#each ${path.original}}} or {{#with ${path.original}}}`
          : (hintNearest(path.original, Object.keys(known)) ?? `known: ${Object.keys(known).join(', ')}`)
      refuse(call, `there is no ${what} "${path.original}"`, hint, 'template.helper')
    },
  })
  const { faults: misplaced, parts } = inspectAttributes(program, source, address ? 'address' : escaping)
  for (const { call, helper } of parts) encodePart(call, helper)
  return { program, faults: [...faults, ...misplaced] }
}

/** `{{number}}` inside a link means `{{urlPart number}}`: a slash or a blank in the data must not lead elsewhere. Changes the tree. */
function encodePart(call: hbs.AST.MustacheStatement, helper: string): void {
  const { path, params, hash, loc } = call
  const target = { type: 'PathExpression', data: false, depth: 0, parts: [helper], original: helper, loc } as Path
  // Behind `tel:` its `%` would be dialled.
  if ((path as Path).original === 'urlPart' && params.length > 0) {
    call.path = target
    return
  }
  const bare = params.length === 0 && (hash?.pairs ?? []).length === 0
  const value = bare ? path : ({ type: 'SubExpression', path, params, hash, loc } as hbs.AST.SubExpression)
  call.params = [value]
  call.path = target
  call.hash = { type: 'Hash', pairs: [], loc } as unknown as hbs.AST.Hash
}

/** How a block begins: `{{{{raw`, `#if`, `^name`. */
function openingOf(text: string, { line, column }: hbs.AST.Position): string {
  const written = text.split('\n')[line - 1]?.slice(column) ?? ''
  return written.startsWith('{{{{') ? written : written.replace(/^\{\{~?\s*/, '')
}

interface SyntaxProblem extends Error {
  readonly lineNumber?: number
  readonly column?: number
}

function syntaxFault(error: SyntaxProblem, source: Source): Fault {
  const open = /got 'EOF'/.test(error.message) ? unclosed(source.text) : undefined
  if (open !== undefined) {
    return {
      code: 'template.syntax',
      message: `this is not Handlebars: ${open.tag} is never closed`,
      place: placeAt(source, open.at),
      hint: `write {{/${open.name}}} where it ends`,
    }
  }
  const third = /got 'CLOSE_UNESCAPED'/.test(error.message) ? thirdBrace(source.text) : undefined
  if (third !== undefined) {
    return {
      code: 'template.syntax',
      message: `this is not Handlebars: a third } stands behind ${third.tag}`,
      place: placeAt(source, third.at),
      hint: `write a blank before it: ${third.tag} }`,
    }
  }
  const line =
    error.lineNumber ?? Number(/^(?:Parse|Lexical) error on line (\d+)/.exec(error.message)?.[1] ?? Number.NaN)
  const place = {
    file: source.file,
    ...(Number.isNaN(line) ? {} : { line }),
    ...(error.column === undefined ? {} : { column: error.column + 1 }),
  }
  return {
    code: 'template.syntax',
    message: `this is not Handlebars: ${syntaxWords(error.message)}`,
    place,
    hint: 'every {{#block}} needs its {{/block}}, every {{ its }}',
  }
}

function placeAt({ file, text }: Source, at: number): NonNullable<Fault['place']> {
  const before = text.slice(0, at).split('\n')
  return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

/** As in CSS: `{color:{{brand.colors.ink}}}`. */
function thirdBrace(text: string): { readonly tag: string; readonly at: number } | undefined {
  const found = /(?<!\{)\{\{(?!\{)(?:[^{}"']|"[^"]*"|'[^']*')*\}\}(?=\})/.exec(withoutComments(text))
  return found === null ? undefined : { tag: clipped(found[0]), at: found.index + found[0].length }
}

const clipped = (tag: string): string => tag.replace(/\s+/g, ' ').slice(0, 60)

/** Blanks for comments, so that offsets stay. */
const withoutComments = (text: string): string =>
  text.replace(/\{\{~?!--.*?--~?\}\}|\{\{~?![^}]*\}\}/gs, comment => comment.replace(/[^\n]/g, ' '))

/** The innermost block that is open at the end of a text; what stands there reads as if it were all inside. */
function unclosed(text: string): { readonly name: string; readonly tag: string; readonly at: number } | undefined {
  const written = withoutComments(text)
  const open: { readonly name: string; readonly tag: string; readonly at: number }[] = []
  for (const { index: at, 0: tag, 1: sign, 2: name = '' } of written.matchAll(
    /\{\{~?\s*([#^/])\s*([\w.-]+)(?:[^}"']|"[^"]*"|'[^']*')*\}\}/g,
  )) {
    if (sign === '/') open.pop()
    else open.push({ name, tag: clipped(tag), at })
  }
  return open.at(-1)
}

function syntaxWords(message: string): string {
  if (message.startsWith('Lexical error')) return 'a character stands where it cannot'
  const got = /got '(\w+)'/.exec(message)?.[1]
  if (got === 'EOF') return 'the text ends inside a block or an expression'
  if (got === 'INVALID') return 'a {{ is not closed by }}'
  if (got !== undefined) return `something stands where it cannot (${got.toLowerCase()})`
  const [, opened, closed] = /^(\S+) doesn't match (\S+)/.exec(message) ?? []
  if (opened !== undefined) return `{{/${closed}}} closes {{#${opened}}}`
  return (message.split(' - ')[0] as string).toLowerCase()
}
