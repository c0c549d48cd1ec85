/** The audit of what a template says itself: braces, and marks of other systems, that were meant to be filled in, and are read as they stand. */
import { foreignMarks } from './foreignmarks.ts'
import type { Reading } from './reading.ts'
import { resolvePath, type Scope } from './scope.ts'
import { signatures } from './signatures.ts'
import { placeOf } from './tree.ts'
import { argumentNames } from './wording.ts'

/** `{{…}}` is left in a text only behind a backslash; `{…}` is told where a field, an argument or a helper stands in it. */
const braces = /\{\{([^{}]*)\}\}|\{\s*(@?[\p{L}_][\p{L}\d_.@/]*)(\s[^{}]*)?\}/gu

export function auditBraces(reading: Reading, node: hbs.AST.ContentStatement, scope: Scope): void {
  const text = node.original as unknown as string
  const warn = (
    found: string,
    at: number,
    { why = '', hint }: { readonly why?: string; readonly hint: string },
  ): void =>
    reading.warn({
      code: 'template.braces',
      message: `${found} is read as it stands${why}`,
      place: placeInside(placeOf(reading.file, node.loc), text.slice(0, at)),
      hint,
    })
  for (const { found, inner, at, certain } of foreignMarks(text)) {
    const meant = isMeant(reading, { path: inner, call: false }, scope)
    if (certain || meant)
      warn(found, at, { hint: meant ? `write {{${inner}}}` : 'write a field of schema.json in its place: {{…}}' })
  }
  if (!text.includes('{')) return
  for (const { index, 0: found, 1: escaped, 2: path = '', 3: rest = '' } of text.matchAll(braces)) {
    if (escaped === undefined && !isMeant(reading, { path, call: rest.trim() !== '' }, scope)) continue
    const inner = (escaped ?? path + rest).trim()
    warn(found, index, {
      why: escaped === undefined ? '' : ': the backslash keeps it from being filled in',
      hint: `write {{${inner}}}${escaped === undefined ? '' : ' without the backslash'}`,
    })
  }
}

/** Whether someone meant it: it would be a value, or a call of a helper, with one brace more. */
function isMeant(
  reading: Reading,
  { path, call }: { readonly path: string; readonly call: boolean },
  scope: Scope,
): boolean {
  if (call) return Object.hasOwn(signatures, path)
  const way = { data: path.startsWith('@'), depth: 0, parts: path.replace(/^@/, '').split('.'), original: path }
  const leads = [scope, { ...scope, contexts: [scope.root] }].some(from => {
    const found = resolvePath(from, way)
    return found.ok && found.spot.lost !== true
  })
  return leads || reading.template.facts.some(({ name }) => name === path) || argumentNames(reading.wording).has(path)
}

function placeInside({ file, line, column }: ReturnType<typeof placeOf>, before: string): ReturnType<typeof placeOf> {
  const lines = before.split('\n')
  const last = lines.at(-1) as string
  return lines.length === 1
    ? { file, line, column: column + last.length }
    : { file, line: line + lines.length - 1, column: last.length + 1 }
}
