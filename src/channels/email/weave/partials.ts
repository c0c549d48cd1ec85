/** Partials that a mail includes: they are merged after MJML, so what would be wrong with them is found here. */
import { type Brand, type Fault, partialFor, quote, type Source } from '../../../model/index.ts'
import { checkContent } from '../html/content.ts'
import { elementsOf } from '../html/elements.ts'
import { choosing, selectorsOf } from '../html/joins.ts'
import { placeAt } from '../tags/place.ts'
import { newShields, type ShieldedText, type Shields, shieldTags } from '../tags/shield.ts'
import { findTags } from '../tags/tags.ts'
import { firstTag, noComponent } from './ends.ts'

/** All partials that the source reaches, with their faults and warnings, each partial once, in the order they are met. `inline`: rules that MJML puts into elements. */
export function inspectPartials(
  source: Source,
  { brand, inline = '' }: { readonly brand: Brand; readonly inline?: string },
): { readonly reached: readonly Source[]; readonly faults: readonly Fault[]; readonly remarks: readonly Fault[] } {
  const faults: Fault[] = []
  const remarks: Fault[] = []
  const reached = new Set<Source>()
  const selectors = selectorsOf(inline)
  const visit = ({ text }: Source): void => {
    for (const { kind, name } of findTags(text).tags) {
      const partial = kind === 'partial' ? partialFor(brand, name, 'email') : undefined
      if (partial === undefined || reached.has(partial)) continue
      reached.add(partial)
      const shields = newShields()
      const shielded = shieldTags(partial.text, shields)
      const { sourceOffset } = shielded
      const component = firstTag(shielded.text)
      if (component !== undefined)
        faults.push({
          code: 'email.markup',
          message: noComponent(component.name, 'a partial'),
          place: placeAt(partial, sourceOffset(component.at)),
          hint: 'write HTML: partials are merged when MJML is done',
        })
      checkContent(shielded.text, { at: 0 }, { source: partial, shields, brand, sourceOffset, faults, remarks })
      remarks.push(...unreached(shielded, { selectors, shields, partial }))
      visit(partial)
    }
  }
  visit(source)
  return { reached: [...reached], faults, remarks }
}

/** A warning where MJML would put a rule into an element, were it there already. */
function unreached(
  { text, sourceOffset }: ShieldedText,
  {
    selectors,
    shields,
    partial,
  }: { readonly selectors: readonly string[]; readonly shields: Shields; readonly partial: Source },
): readonly Fault[] {
  if (selectors.length === 0) return []
  for (const element of elementsOf(text, shields)) {
    const selector = choosing(selectors, element)
    if (selector === undefined || element.name === 'style') continue
    return [
      {
        code: 'email.class',
        message: `rules of <mj-style inline="inline"> do not reach partials: <${element.name}> stays without that of ${quote(selector)}`,
        place: placeAt(partial, sourceOffset(element.at)),
        hint: 'write style="…" there, or the rule into an mj-style without inline',
      },
    ]
  }
  return []
}
