/** Partials that a mail includes: they are merged after MJML, so what would be wrong with them is found here. */
import type { Brand, Fault, Source } from '../../../model/index.ts'
import { checkContent } from '../html/content.ts'
import { placeAt } from '../text/place.ts'
import { newShields, shieldTags } from '../text/shield.ts'
import { findTags } from '../text/tags.ts'
import { firstTag, noComponent } from './ends.ts'

/** Faults and warnings of all partials that the source reaches, each partial once, in the order they are met. */
export function inspectPartials(
  source: Source,
  brand: Brand,
): { readonly faults: readonly Fault[]; readonly remarks: readonly Fault[] } {
  const faults: Fault[] = []
  const remarks: Fault[] = []
  const met = new Set<string>()
  const visit = ({ text }: Source): void => {
    for (const { kind, name } of findTags(text).tags) {
      const partial = kind === 'partial' ? (brand.partials[`${name}.email`] ?? brand.partials[name]) : undefined
      if (partial === undefined || met.has(name)) continue
      met.add(name)
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
      visit(partial)
    }
  }
  visit(source)
  return { faults, remarks }
}
