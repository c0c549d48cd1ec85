/** Elements of partials that rules of `<mj-style inline="inline">` are about: merged after MJML, they stay without. */
import { type Brand, type Fault, partialFor, quote, type Source } from '../../../model/index.ts'
import { elementsOf } from '../html/elements.ts'
import { choosing, selectorsOf } from '../html/joins.ts'
import { placeAt } from '../tags/place.ts'
import { type Shields, shieldPattern, shieldTags } from '../tags/shield.ts'

/** A stretch of the mail with its partials in it, from here to the next one. */
interface Stretch {
  readonly at: number
  /** Whose text it is; absent: the mail's own. */
  readonly partial?: Source
  /** The way back to it from an offset behind `at`. */
  readonly sourceOffset: (behind: number) => number
}

/** A warning for each partial where MJML would put a rule into an element, were it there already. `html`: pressed, behind shields. */
export function unreachedPartials(
  html: string,
  { css, shields, brand }: { readonly css: string; readonly shields: Shields; readonly brand: Brand },
): readonly Fault[] {
  const selectors = selectorsOf(css)
  if (selectors.length === 0) return []
  const { text, stretches } = withPartials(html, shields, brand)
  const told = new Map<Source, Fault>()
  for (const element of elementsOf(text, shields)) {
    const stretch = stretches.findLast(({ at }) => at <= element.at)
    if (stretch?.partial === undefined || told.has(stretch.partial) || element.name === 'style') continue
    const selector = choosing(selectors, element)
    if (selector === undefined) continue
    told.set(stretch.partial, {
      code: 'email.class',
      message: `rules of <mj-style inline="inline"> do not reach partials: <${element.name}> stays without that of ${quote(selector)}`,
      place: placeAt(stretch.partial, stretch.sourceOffset(element.at - stretch.at)),
      hint: 'write style="…" there, or the rule into an mj-style without inline',
    })
  }
  return [...told.values()]
}

/** The mail with its partials where elements may stand; one that calls itself, only once. */
function withPartials(
  html: string,
  shields: Shields,
  brand: Brand,
): { readonly text: string; readonly stretches: readonly Stretch[] } {
  let text = ''
  const stretches: Stretch[] = []
  const put = (own: string, around: readonly Source[], sourceOffset: (at: number) => number): void => {
    let from = 0
    const copy = (to: number): void => {
      const partial = around.at(-1)
      const start = from
      const back = (behind: number): number => sourceOffset(start + behind)
      stretches.push({ at: text.length, sourceOffset: back, ...(partial && { partial }) })
      text += own.slice(from, to)
    }
    for (const { 0: written, 1: position, index } of own.matchAll(pieces)) {
      const tag = position === undefined ? 'whole' : shields.get(Number(position)).tag
      const partial = tag !== 'whole' && tag.kind === 'partial' ? partialFor(brand, tag.name, 'email') : undefined
      if (partial === undefined) continue
      copy(index)
      from = index + written.length
      const shielded = shieldTags(partial.text, shields)
      if (!around.includes(partial)) put(shielded.text, [...around, partial], shielded.sourceOffset)
    }
    copy(own.length)
  }
  put(html, [], at => at)
  return { text, stretches }
}

const pieces = new RegExp(`<!--[\\s\\S]*?-->|<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>|${shieldPattern.source}`, 'gu')
