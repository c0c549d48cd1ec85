/** Blocks inside of a style attribute: they choose between whole declarations of fixed text, in which no data can be. */
import { type Shields, shieldPattern } from '../tags/shield.ts'
import { type Part, partsOf, told, waysThrough } from '../tags/ways.ts'

/** More ways than this in one style are not followed. */
const mostWays = 16

/** What is wrong with the blocks of a style, and what to write; undefined where there are none, or nothing is wrong. `value`: in place of a colour of the brand. */
export function wrongChoice(
  style: string,
  { shields, value }: { readonly shields: Shields; readonly value: (tag: string) => string },
): { readonly message: string; readonly hint: string } | undefined {
  const parts = ended(partsOf(style, { shields, value: ({ tag }) => value(tag.text) }))
  if (parts.every(part => typeof part === 'string')) return undefined
  if (loops(parts))
    return {
      message: 'a block in style is none of {{#if}} and {{#unless}}',
      hint: 'choose between fixed declarations with {{#if}}',
    }
  const ways = waysThrough(parts, { most: mostWays })
  if (ways === undefined)
    return {
      message: `a style that its blocks make in more than ${mostWays} ways`,
      hint: 'choose between fewer styles',
    }
  const whole = ways.every(way =>
    told(parts, way)
      .split(end)
      .filter(stretch => /[^\s;]/.test(stretch))
      .every(
        (stretch, at, all) => /^[\s;]*[a-z-]+\s*:/i.test(stretch) && (at === all.length - 1 || /;\s*$/.test(stretch)),
      ),
  )
  return whole
    ? undefined
    : {
        message: 'a block in style cuts a declaration in two',
        hint: 'write whole declarations, each with its end: style="margin:0; {{#if late}}color:#b00020;{{/if}}"',
      }
}

/** A style with all branches of its blocks behind one another, as long as it was: for what looks at each declaration. */
export function allDeclarations(style: string, shields: Shields): string {
  return style.replace(shieldPattern, (shield, position: string) => {
    const { tag } = shields.get(Number(position))
    return tag !== 'whole' && /^(block|else|close)$/.test(tag.kind) ? ';'.padEnd(shield.length) : shield
  })
}

/** Ends each stretch between blocks. */
const end = '\u{E00A}'

function ended(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((part, at): readonly Part[] => {
    if (typeof part === 'string') {
      // A colour of the brand is a part of its own, and no stretch.
      return typeof parts[at + 1] === 'string' ? [part] : [part + end]
    }
    return [{ ...part, holds: ended(part.holds), fails: ended(part.fails) }]
  })
}

function loops(parts: readonly Part[]): boolean {
  return parts.some(
    part => typeof part !== 'string' && (part.condition === undefined || loops([...part.holds, ...part.fails])),
  )
}
