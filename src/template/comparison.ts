/** The audit of a comparison: a field with an `enum`, held against a text that is none of it, so that the branch behind is never taken. */
import { quote } from '../model/index.ts'
import { hintKnown } from '../schema/index.ts'
import { typeOf } from './expressions.ts'
import type { Reading } from './reading.ts'
import type { Scope } from './scope.ts'
import { type Call, type Expression, literal, type Path, placeOf } from './tree.ts'

export function checkComparison(reading: Reading, call: Call, scope: Scope): void {
  const [one, other] = call.params as [Expression, Expression]
  for (const [value, written] of [
    [one, literal(other)],
    [other, literal(one)],
  ] as const) {
    if (value.type !== 'PathExpression' || typeof written !== 'string') continue
    const typed = typeOf(reading, value, scope, { quiet: true })
    // What a call of a partial hands in (no path) is another at the next call.
    if (typed?.spot?.path === undefined || typed.shape.kind !== 'text') continue
    const { values } = typed.shape
    if (values === undefined || values.includes(written)) continue
    // Other templates call the same partial.
    const tell = reading.trail.length === 0 ? reading.report : reading.warn
    tell({
      code: 'template.choice',
      message: `${(value as Path).original} is never ${quote(written)}`,
      place: placeOf(reading.file, (value === one ? other : one).loc),
      hint: hintKnown(written, values),
    })
  }
}
