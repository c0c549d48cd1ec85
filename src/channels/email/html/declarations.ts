/** Declarations of CSS as an author writes it, behind shields, each with the place of its value. */
import type { Attribute } from './attributes.ts'

export interface Declaration {
  /** In small letters. */
  readonly property: string
  readonly value: string
  /** Offset of the value in the text. */
  readonly at: number
}

const pattern =
  /(?:^|[;{}])\s*([a-z-]+)\s*:\s*((?:[^;{}"'()]|"[^"]*"|'[^']*'|\((?:[^()"']|"[^"]*"|'[^']*'|\([^()]*\))*\)|["'()])*)/giy

/** Those of a style attribute. */
export function declarationsOf(css: string): readonly Declaration[] {
  const bare = withoutCssComments(css)
  const found: Declaration[] = []
  for (let from = 0; from >= 0 && from < bare.length; ) {
    pattern.lastIndex = from
    const match = pattern.exec(bare)
    const [whole, property = '', value = ''] = match ?? []
    if (match !== null && whole !== undefined && whole !== '') {
      found.push({ property: property.toLowerCase(), value, at: from + whole.length - value.length })
      from += whole.length
    } else {
      const next = bare.slice(from + 1).search(/[;{}]/)
      from = next < 0 ? -1 : from + 1 + next
    }
  }
  return found
}

/** Those of all rules of a style sheet, the ones inside of `@media` too. */
export function sheetDeclarations(css: string): readonly Declaration[] {
  return [...withoutCssComments(css).matchAll(/\{([^{}]*)\}/g)].flatMap(({ 1: inner = '', index }) =>
    declarationsOf(inner).map(one => ({ ...one, at: index + 1 + one.at })),
  )
}

/** Comments of CSS blanked, so that all offsets stay. */
export function withoutCssComments(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/\S/g, ' '))
}

/** Where the value of an attribute begins, in the text of the attributes. */
export function valueStart({ value = '', quoted, start, end, name }: Attribute): number {
  return Math.max(start + name.length, end - value.length - (quoted ? 1 : 0))
}
