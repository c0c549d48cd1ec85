/** An attribute that a tag has twice: mail programs keep the first, and which was meant is known to nobody. */
import type { Attribute } from './attributes.ts'
import { type Reader, report } from './reader.ts'

/** Reports it at its second place. What is under a block is told with the ways it can turn out. */
export function checkTwice(
  {
    name: element,
    attributes,
    at,
  }: { readonly name: string; readonly attributes: readonly Attribute[]; readonly at: number },
  reader: Reader,
): void {
  const names = attributes.map(({ name }) => name.toLowerCase())
  if (names.some(name => name.includes('\u{E000}'))) return
  const second = attributes.find((_, index) => names.indexOf(names[index] ?? '') < index)
  if (second === undefined) return
  const message = `${second.name.toLowerCase()} stands twice in <${element}>`
  report({ code: 'email.markup', message, hint: 'take one of the two out' }, at + second.start, reader)
}
