/** What prepare.js brought into the data: texts that the rows did not have. What they say of whom is not taken on trust. */
import type { Data, Value } from '../model/index.ts'
import { isObject } from '../schema/index.ts'
import type { Shape } from './shape.ts'

/** Texts of `made` that `given` does not have, each once. Figures, dates and lone signs are left out: they name nobody. */
export function broughtIn(given: Data, made: Data, shape: Shape): readonly string[] {
  const had = new Set<string>()
  collect(given, had)
  const brought = new Set<string>()
  const visit = (value: Value, at: Shape | undefined): void => {
    if (Array.isArray(value)) value.forEach((inner, position) => void visit(inner, at?.element(position)))
    else if (isObject(value)) for (const [name, inner] of Object.entries(value)) visit(inner as Value, at?.child(name))
    else if (
      typeof value === 'string' &&
      value.length >= 3 &&
      !had.has(value) &&
      (at === undefined || at.kind === 'text')
    )
      brought.add(value)
  }
  visit(made, shape)
  return [...brought]
}

function collect(value: Value, into: Set<string>): void {
  if (Array.isArray(value)) for (const inner of value) collect(inner as Value, into)
  else if (isObject(value)) for (const inner of Object.values(value)) collect(inner as Value, into)
  else if (value !== null) into.add(String(value))
}
