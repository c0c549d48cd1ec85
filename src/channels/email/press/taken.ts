/** Inline rules that MJML cannot put in itself, since blocks choose what they ask for; and tags in which nothing can. */
import type { Fault, Source } from '../../../model/index.ts'
import { readAttributes } from '../html/attributes.ts'
import { openingTag } from '../html/elements.ts'
import { asksForIds } from '../html/joins.ts'
import { placeAt } from '../tags/place.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'

/** MJML whose inliner would take blocks for names of classes, without its inline rules. */
export interface Unlined {
  readonly mjml: string
  readonly css: string
}

/** Inline rules taken out of MJML, its lines kept; undefined where MJML can put them in itself. */
export function takeInlineRules(mjml: string): Unlined | undefined {
  const css = inlineRules(mjml)
  const blocks = /\s(class|style|css-class|id)\s*=\s*(?:"[^"]*\u{E000}|'[^']*\u{E000})/giu
  const byId = asksForIds(css)
  if (![...mjml.matchAll(blocks)].some(([, name = '']) => byId || name.toLowerCase() !== 'id')) return undefined
  return css === '' ? undefined : { mjml: mjml.replace(inlineSheet, whole => whole.replace(/[^\n]/g, '')), css }
}

/** All of them. */
export function inlineRules(mjml: string): string {
  return [...mjml.matchAll(inlineSheet)].map(([, rules = '']) => rules).join('')
}

/**
 * Attributes that what puts rules into elements reads wrong, since blocks are nothing to it: those that a tag has twice, each under
 * another branch, of which it keeps the first, and a class or style, or an id that rules ask for, that a tag has in some ways only.
 */
export function chosenWhole(mjml: string, shields: Shields, source: Source): readonly Fault[] {
  if (mjml.search(inlineSheet) < 0) return []
  const kept = asksForIds(inlineRules(mjml)) ? 'class|style|id' : 'class|style'
  return [...mjml.matchAll(new RegExp(openingTag.source, 'g'))].flatMap(([tag, , attributes = '']) => {
    const [shield] = [...tag.matchAll(shieldPattern)].map(([, position]) => position)
    if (shield === undefined) return []
    const names = readAttributes(attributes).map(({ name }) => name)
    const twice = names.find((name, at) => !name.includes('\u{E000}') && names.indexOf(name) < at)
    const inBlock = twice === undefined ? underBlock(attributes, { shields, kept }) : undefined
    if (twice === undefined && inBlock === undefined) return []
    return [
      {
        code: 'email.tag' as const,
        message:
          twice === undefined
            ? `${inBlock} stands inside of a block, and in a mail with <mj-style inline="inline"> the element has it always`
            : `${twice} stands twice in a tag, and a mail with <mj-style inline="inline"> keeps the first alone`,
        place: placeAt(source, shields.get(Number(shield)).start),
        hint: `write the block inside of the quotes: ${twice ?? inBlock}="{{#if a}}…${twice === undefined ? '' : '{{else}}…'}{{/if}}"`,
      },
    ]
  })
}

/** A class, style or id between tags of a block. */
function underBlock(
  attributes: string,
  { shields, kept }: { readonly shields: Shields; readonly kept: string },
): string | undefined {
  let depth = 0
  const bare = attributes.replace(/"[^"]*"|'[^']*'/g, '')
  for (const [, position, name] of bare.matchAll(
    new RegExp(`${shieldPattern.source}|(?<![\\w-])(${kept})\\s*=`, 'giu'),
  )) {
    const tag = position === undefined ? undefined : shields.get(Number(position)).tag
    if (tag !== undefined && tag !== 'whole') depth += tag.kind === 'block' ? 1 : tag.kind === 'close' ? -1 : 0
    else if (name !== undefined && depth > 0) return name.toLowerCase()
  }
  return undefined
}

const inlineSheet = /<mj-style\b[^>]*\sinline\s*=\s*["']?inline\b[^>]*>([\s\S]*?)<\/mj-style\s*>/g
