/** Partials that a mail includes: they are merged after MJML, so what would be wrong with them is found here. */
import { type Brand, type Fault, partialFor, type Source } from '../../../model/index.ts'
import { checkContent } from '../html/content.ts'
import { placeAt } from '../tags/place.ts'
import { newShields, shieldTags } from '../tags/shield.ts'
import { findTags } from '../tags/tags.ts'
import { firstTag, noComponent } from './ends.ts'

/** All partials that the source reaches, with their faults and warnings, each partial once, in the order they are met. */
export function inspectPartials(
  source: Source,
  brand: Brand,
): { readonly reached: readonly Source[]; readonly faults: readonly Fault[]; readonly remarks: readonly Fault[] } {
  const faults: Fault[] = []
  const remarks: Fault[] = []
  const reached = new Set<Source>()
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
      visit(partial)
    }
  }
  visit(source)
  return { reached: [...reached], faults, remarks }
}
