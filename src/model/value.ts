/** Values as they stand in data: JSON, with decimals as text, so that money is never a binary float. */

export type Value = string | number | boolean | null | readonly Value[] | Data

/** One object of data. Decimals are text in canonical form (`-12.50`), dates ISO 8601 text. */
export interface Data {
  readonly [name: string]: Value
}

/** A JSON Schema (2020-12) as parsed; `private: true` marks what no message or log may quote, `derived` what prepare.js works out. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** Looks a dotted path up in data; undefined where any step is absent. Own properties only. */
export function lookup(data: Value | undefined, path: string): Value | undefined {
  let value: Value | undefined = data
  for (const step of stepsOf(path)) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined
    value = (value as Data)[step]
  }
  return value
}

/** Templates and jobs name a few dozen paths, and each is asked of every communication. */
const known = new Map<string, readonly string[]>()
const mostKnown = 1_000

/** The steps of a dotted path. */
export function stepsOf(path: string): readonly string[] {
  let steps = known.get(path)
  if (steps === undefined) {
    steps = path.split('.')
    if (known.size >= mostKnown) known.clear()
    known.set(path, steps)
  }
  return steps
}
