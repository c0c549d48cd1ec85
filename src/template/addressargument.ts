/** The audit of what `addressLines` is given: lines, text, or a group of which every field is a part of an address. */
import { hintKnown } from '../schema/index.ts'
import { addressParts } from './address.ts'
import type { Typed } from './expressions.ts'
import { nameOf, type Shape } from './shape.ts'

export interface Flaw {
  /** Ends the sentence "addressLines takes …". */
  readonly message: string
  readonly hint?: string
}

/**
 * Notes every field that is printed. A field that is no part would silently not be printed, so it is a flaw. `shown`: what the value
 * is called in the template.
 */
export function inspectAddress({ shape, spot }: Typed, shown: string, use: (path: string) => void): Flaw | undefined {
  const note = (name?: string): void => {
    const path = [spot?.path, name].filter(Boolean).join('.')
    if (spot?.path !== undefined && path !== '') use(path)
  }
  if (shape.kind === 'any' || shape.kind === 'text') note()
  else if (shape.kind === 'list' && isText(shape.element())) note()
  else if (shape.kind === 'group' && shape.names.length === 0 && shape.values !== undefined && isText(shape.values())) {
    for (const part of addressParts) note(part)
  } else if (shape.kind === 'group' && shape.names.length > 0) {
    // Lines or parts, where the schema allows either.
    note()
    for (const name of shape.names) {
      if (!addressParts.some(part => part === name))
        return { message: `the parts of an address, and ${name} is none`, hint: hintKnown(name, addressParts) }
      const field = shape.field(name)?.shape
      if (field !== undefined && !isText(field))
        return { message: `parts of an address that are text, and ${name} is ${nameOf(field)}` }
      // The code of the country is not printed itself.
      if (name !== 'country') note(name)
    }
  } else return { message: `an address as a list of lines or a group of parts, and ${shown} is ${nameOf(shape)}` }
  return undefined
}

function isText({ kind }: Shape): boolean {
  return kind === 'text' || kind === 'number' || kind === 'any'
}
