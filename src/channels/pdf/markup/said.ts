/** What an element of a template says, itself or through its classes: the element last, and of its classes the later. */
import type { Brand } from '../../../model/index.ts'
import type { Element } from './tree.ts'

/** Attributes by name; undefined where neither says anything. Classes that are merged later are not known. */
export function saidOf({ attributes }: Element, { classes }: Brand): (name: string) => string | undefined {
  const bundles = (attributes['class'] ?? '').split(/\s+/).map(one => classes[one])
  return name => attributes[name] ?? bundles.findLast(bundle => bundle?.[name] !== undefined)?.[name]
}
