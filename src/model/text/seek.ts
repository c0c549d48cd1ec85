/** Looks through all that a value holds: texts, figures, and the keys of its maps, which a template can print as well (`{{@key}}`). */

/** Where something stands in a value. */
export interface Sought {
  /** Steps to it, or to the map of which it is a key. */
  readonly path: readonly string[]
  readonly isKey: boolean
}

export type Leaf = string | number | boolean

/** The first leaf or key that is one, in the order of the data. */
export function seek(value: unknown, isOne: (leaf: Leaf, isKey: boolean) => boolean): Sought | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return isOne(value, false) ? { path: [], isKey: false } : undefined
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const found = seek(value[at], isOne)
      if (found !== undefined) return { ...found, path: [String(at), ...found.path] }
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const name in value) {
      if (isOne(name, true)) return { path: [], isKey: true }
      const found = seek((value as Readonly<Record<string, unknown>>)[name], isOne)
      if (found !== undefined) return { ...found, path: [name, ...found.path] }
    }
  }
  return undefined
}

/** All leaves and keys of a value, in the order of the data. */
export function leavesOf(value: unknown): readonly Leaf[] {
  const leaves: Leaf[] = []
  seek(value, leaf => {
    leaves.push(leaf)
    return false
  })
  return leaves
}
