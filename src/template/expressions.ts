/** The audit of expressions: what each is, and whether it may be absent. */
import type { Fault } from '../model/index.ts'
import { hintKnown, isDate, isDecimal } from '../schema/index.ts'
import type { Reading } from './reading.ts'
import { type Lost, type PathParts, resolvePath, type Scope, type Spot, writtenFromOutside } from './scope.ts'
import type { Shape } from './shape.ts'
import { type Signature, signatures } from './signatures.ts'
import { type Expression, literal, type Path, placeOf } from './tree.ts'

/** What an expression is. */
export interface Typed {
  readonly shape: Shape
  readonly optional: boolean
  /** Where it stands, if it is a path. */
  readonly spot?: Spot
}

export function faultAt(
  reading: Reading,
  node: hbs.AST.Node,
  code: Fault['code'],
  message: string,
  hint?: string,
): void {
  reading.report({ code, message, place: placeOf(reading.file, node.loc), ...(hint === undefined ? {} : { hint }) })
}

/** Types an expression and reports what is wrong in it; `quiet`: it has been reported. `printed`: its value reaches the reader. */
export function typeOf(
  reading: Reading,
  expression: Expression,
  scope: Scope,
  { printed = false, quiet = false }: { readonly printed?: boolean; readonly quiet?: boolean } = {},
): Typed | undefined {
  const value = literal(expression)
  if (value !== undefined) return { shape: shapeOfLiteral(value), optional: false }
  if (expression.type === 'SubExpression') {
    const call = expression as hbs.AST.SubExpression
    const name = (call.path as Path).original
    const signature = Object.hasOwn(signatures, name) ? signatures[name] : undefined
    if (signature === undefined) return undefined
    return { shape: shapeOfResult(signature), optional: false }
  }
  if (expression.type !== 'PathExpression') return undefined
  const path = expression as Path
  const { data, depth, original } = path
  const way: PathParts = { data, depth, parts: path.parts as string[], original }
  const found = resolvePath(scope, way)
  if (!found.ok) {
    if (!quiet) {
      const outside = writtenFromOutside(scope, way)
      const hint =
        outside !== undefined
          ? `write ${outside}: it is a field outside of the block`
          : Object.hasOwn(signatures, original)
            ? `the helper ${original} needs its values: {{${original} …}}`
            : hintFor(found)
      faultAt(reading, path, 'template.field', found.message, hint)
    }
    return undefined
  }
  const { spot } = found
  if (spot.lost) return undefined
  if (printed && spot.path !== undefined && spot.path !== '') reading.use(spot.path)
  return { shape: spot.shape, optional: spot.optional, spot }
}

/** What to do about a path that leads nowhere. */
export function hintFor({ wrong, known, hint }: Lost): string {
  if (wrong === undefined) return hint ?? 'see docs/template.md for what paths may say'
  return hintKnown(wrong, known, hint ?? 'take it out')
}

function shapeOfResult({ gives }: Signature): Shape {
  if (gives === 'decimal') return { kind: 'text', format: 'decimal' }
  return gives === 'list' ? { kind: 'list', element: () => ({ kind: 'text' }) } : { kind: gives }
}

function shapeOfLiteral(value: string | number | boolean): Shape {
  if (typeof value === 'number') return { kind: 'number' }
  if (typeof value === 'boolean') return { kind: 'boolean' }
  if (isDate(value)) return { kind: 'text', format: 'date' }
  return isDecimal(value) ? { kind: 'text', format: 'decimal' } : { kind: 'text', values: [value] }
}

/** Reports what may be absent where it is needed. */
export function present(reading: Reading, node: Expression, typed: Typed): boolean {
  if (!typed.optional) return true
  const name = node.type === 'PathExpression' ? (node as Path).original : 'this'
  faultAt(
    reading,
    node,
    'template.guard',
    `${name} may be absent`,
    `put it inside {{#if ${name}}} … {{/if}}, or make it required in schema.json`,
  )
  return false
}
