/** What of a pressed template its readers see whatever the data is: for what is demanded of texts, such as facts and legal lines. */

import { literal } from '../../../model/index.ts'
import { cascade } from '../sheet/sheet.ts'
import { isBlock } from '../tags/blocks.ts'
import { newShields, type Shields, shieldPattern, shieldTags } from '../tags/shield.ts'
import { partsOf, told, waysThrough } from '../tags/ways.ts'
import { type Look, looksOf, type SightRule } from './looks.ts'
import { eachText, elementOf, isShut } from './seen.ts'
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
    eachText(leastSeen(whole, shields, look), {
      text: (written, isSeen) => {
        seen += isSeen ? written : blocksOf(written)
      },
      apart: sign => {
        seen += sign
      },
      comment: blocksOf,
      look,
    })
    return shields.lift(seen)
  })
}

/** Each element as it is in a way in which nobody sees it, where blocks or values of its tag choose one: not every reader does. */
function leastSeen(html: string, shields: Shields, look: Look): string {
  const hiding = look.rules.filter(rule => rule.hides)
  return html.replace(openingTag, tag => {
    if (!tag.includes('\u{E000}')) return tag
    const parts = partsOf(tag, { shields, value: ({ shield }) => `\u{E000}${shield}\u{E001}` })
    const ways = (waysThrough(parts, { most: 64 }) ?? []).map(way => told(parts, way))
    // What a rule hides first: letters of no size may have some inside.
    const ruled = ways.flatMap(way => [way, ...namedBy(way, hiding)]).find(way => isRuled(way, hiding))
    return ruled ?? ways.find(isHiding) ?? tag
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

/** Whether a rule that may hide is about an element: who stands around it is not asked, nor, of a colour, the ground. */
function isRuled(tag: string, hiding: readonly SightRule[]): boolean {
  if (hiding.length === 0) return false
  const [name, attributes] = readTag(tag)
  const alone = hiding.map(rule => ({ ...rule, selector: { ...rule.selector, path: rule.selector.path.slice(-1) } }))
  return cascade(alone, [elementOf(name, attributes)], { dark: false }).size > 0
}

function isHiding(tag: string): boolean {
  return hides(showingOf(tag)) || isShut(...readTag(tag))
}

function readTag(tag: string): readonly [name: string, attributes: string] {
  const [, name = '', attributes = ''] = /^<([^\s/>]+)(.*)>$/s.exec(tag) ?? []
  return [name.toLowerCase(), attributes]
}
