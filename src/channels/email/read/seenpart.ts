/** What of a pressed template its readers see whatever the data is: for what is demanded of texts, such as facts and legal lines. */

import { literal } from '../../../model/index.ts'
import { cascade } from '../sheet/sheet.ts'
import { isBlock } from '../tags/blocks.ts'
import { newShields, type Shields, shieldPattern, shieldTags } from '../tags/shield.ts'
import { partsOf, told, waysThrough } from '../tags/ways.ts'
import { bareOf } from './bare.ts'
import { elementOf, isShut } from './elements.ts'
import { type Look, looksOf, type SightRule } from './looks.ts'
import { eachText } from './seen.ts'
import { hides, showingOf } from './showing.ts'

/**
 * What of a template's HTML its readers get to see in each look, absent: of its own, the widest first; tags of Handlebars in place; of what is hidden,
 * the tags of blocks.
 */
export function seenParts(html: string, looks: readonly Look[] = looksOf(html)): readonly string[] {
  const shields = newShields()
  const blocksOf = (text: string): string =>
    [...text.matchAll(shieldPattern)]
      .flatMap(([shield, position]) => (isBlock(shields.get(Number(position))) ? [shield] : []))
      .join('')
  // A quote or > in a tag of Handlebars ends nothing of HTML.
  const whole = shieldTags(html, shields).text
  return looks.map(look => {
    let seen = ''
    eachText(bareOf(leastSeen(whole, shields, look), blocksOf), {
      text: (written, isSeen) => {
        seen += isSeen ? written : blocksOf(written)
      },
      apart: sign => {
        seen += sign
      },
      look,
    })
    return shields.lift(seen)
  })
}

/** Each element as it is in a way in which nobody sees it, where blocks or values of its tag choose one: not every reader does. */
function leastSeen(html: string, shields: Shields, look: Look): string {
  const hiding = look.rules.filter(rule => rule.hides)
  // Who stands around an element is not asked.
  const alone = hiding.map(rule => ({ ...rule, selector: { ...rule.selector, path: rule.selector.path.slice(-1) } }))
  return html.replace(openingTag, tag => {
    if (!tag.includes('\u{E000}')) return tag
    const parts = partsOf(tag, { shields, value: ({ shield }) => `\u{E000}${shield}\u{E001}` })
    const ways = (waysThrough(parts, { most: 64 }) ?? []).map(way => told(parts, way))
    let least = { tag, hidden: 0 }
    for (const way of ways.flatMap(way => [way, ...namedBy(way, hiding)])) {
      const hidden = hiddenBy(way, alone)
      if (hidden > least.hidden) least = { tag: way, hidden }
    }
    return least.tag
  })
}

const openingTag = /<[A-Za-z][\w:-]*(?:[^<>"']|"[^"]*"|'[^']*')*>/g

/** A tag whose class or id has a value in it, as it is where that makes one that a rule hides. */
function namedBy(tag: string, hiding: readonly SightRule[]): readonly string[] {
  return hiding.flatMap(({ selector }) => {
    const { classes = [], id = '' } = selector.path.at(-1) ?? {}
    return [...classes.map(one => ['class', one] as const), ...(id === '' ? [] : [['id', id] as const])].flatMap(
      ([attribute, wanted]) => {
        const made = tag.replace(
          new RegExp(`\\s${attribute}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i'),
          (whole, one?: string, other?: string) => {
            const names = (one ?? other ?? '').split(/\s+/)
            return names.some(name => canBe(name, wanted)) ? ` ${attribute}="${wanted}"` : whole
          },
        )
        return made === tag ? [] : [made]
      },
    )
  })
}

/** Whether a name with values in it may be another: `row-{{b}}` is `row-x` where the data says x. */
function canBe(name: string, wanted: string): boolean {
  if (!name.includes('\u{E000}')) return false
  const literals = name.split(shieldPattern).filter((_part, at) => at % 2 === 0)
  return new RegExp(`^${literals.map(literal).join('.*')}$`).test(wanted)
}

/**
 * How surely nobody sees an element: with all that is in it; by a rule that hides such, if what it says of those around it is true, or that is about it
 * and may hide; by letters of no size or colour, which some inside may have again. Of a colour, the ground is not asked.
 */
function hiddenBy(tag: string, alone: readonly SightRule[]): number {
  const [name, attributes] = readTag(tag)
  const own = showingOf(tag)
  const ruled = cascade(alone, [elementOf(name, attributes)], { dark: false })
  return (
    (own.gone ? 8 : 0) +
    (ruled.size > 0 && showingOf(tag, ruled).gone ? 4 : 0) +
    (ruled.size > 0 ? 2 : 0) +
    (hides(own) || isShut(name, attributes) ? 1 : 0)
  )
}

function readTag(tag: string): readonly [name: string, attributes: string] {
  const [, name = '', attributes = ''] = /^<([^\s/>]+)(.*)>$/s.exec(tag) ?? []
  return [name.toLowerCase(), attributes]
}
