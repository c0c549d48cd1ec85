/** What a template sees: the data at the root, and the four reserved names over it. */
import type { Brand, Communication, RunView } from '../model/index.ts'

/** Names that stand for something of ours, whatever the data calls by them. */
export const reserved = ['brand', 'run', 'locale', 'recipient'] as const

/** Values of the brand by the paths that templates write: `brand.company.bank.iban`. */
export type BrandView = Readonly<Record<string, unknown>>

export function viewBrand(brand: Brand): BrandView {
  const { name, locale, currency, timezone, colors, senders } = brand
  return { name, locale, currency, timezone, colors, senders, company: unfold(brand.company) }
}

/** `{ 'bank.iban': … }` to `{ bank: { iban: … } }`. */
function unfold(flat: Brand['company']): Readonly<Record<string, unknown>> {
  const tree: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(flat)) {
    const steps = path.split('.')
    let group = tree
    for (const step of steps.slice(0, -1)) {
      const inner = Object.hasOwn(group, step) ? group[step] : undefined
      const next = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {}
      group[step] = next
      group = next as Record<string, unknown>
    }
    group[steps.at(-1) as string] = value
  }
  return tree
}

export function viewCommunication({ data, locale, recipient }: Communication, brand: BrandView, run: RunView): object {
  return { ...data, brand, run, locale, recipient }
}
