/** Partials that a mail includes: they are merged after MJML, so what would be wrong with them is found here. */
import type { Brand, Fault, Source } from '../../model/index.ts'
import { checkContent } from './content.ts'
import { newShields, shieldTags } from './shield.ts'
import { findTags } from './tags.ts'

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
      checkContent(shielded.text, { at: 0 }, { source: partial, shields, brand, sourceOffset, faults, remarks })
      visit(partial)
    }
  }
  visit(source)
  return { faults, remarks }
}
