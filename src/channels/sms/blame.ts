/** What stands in the way of a cheaper message, and the field that brings it. */
import { type Data, quote } from '../../model/index.ts'
import { isObject } from '../../schema/index.ts'
import { isTypographic } from './mend.ts'

export interface Unlike {
  readonly words: string
  readonly make: 'make' | 'makes'
  /** The sign that is to be taken out; absent where a whole script stands in the way. */
  readonly sign?: string
  /** The field that brings it; absent: none does. */
  readonly where?: string
}

/** What stands in the way: a script where it is one, else the first sign and the field that brings it into the message. */
export function nameUnlike(
  unlike: readonly string[],
  { text, data }: { readonly text: string; readonly data: Data },
): Unlike {
  const letters = unlike.filter(character => !isTypographic(character))
  for (const script of scripts)
    if (letters.length > 0 && letters.every(letter => script.test(letter)))
      return { words: `letters of ${script.source.slice(script.source.indexOf('=') + 1, -1)}`, make: 'make' }
  const first = letters[0] ?? unlike[0] ?? ''
  const code = `U+${(first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  const others = new Set(unlike).size - 1
  const path = pathOf(bringing(first, text), data)
  const where = path === undefined ? 'the wording' : path
  const more = others === 0 ? '' : ` and ${others} other sign${others === 1 ? '' : 's'}`
  return {
    words: `${quote(first)} (${code})${more} in ${where}`,
    make: others === 0 ? 'makes' : 'make',
    sign: code,
    ...(path === undefined ? {} : { where: path }),
  }
}

const scripts = [/\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Arabic}/u, /\p{Script=Georgian}/u]

/** Whether a value has a sign in a word that stands in the message as it is: a field that is not printed is not to blame. */
function bringing(sign: string, text: string): (value: string) => boolean {
  return value => value.split(/\s+/u).some(word => word.includes(sign) && text.includes(word))
}

/** The field that brings something into a message; positions in lists are left out, so that all lines have one name. */
export function pathOf(
  brings: (value: string) => boolean,
  value: unknown,
  path: readonly string[] = [],
): string | undefined {
  if (typeof value === 'string') return brings(value) ? path.join('.') : undefined
  if (Array.isArray(value)) {
    for (const element of value) {
      const found = pathOf(brings, element, path)
      if (found !== undefined) return found
    }
  } else if (isObject(value)) {
    for (const [step, inner] of Object.entries(value)) {
      const found = pathOf(brings, inner, [...path, step])
      if (found !== undefined) return found
    }
  }
  return undefined
}
