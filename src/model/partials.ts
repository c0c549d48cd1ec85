/** Partials of the brand: which file a name stands for on a channel. */
import type { Brand } from './brand.ts'
import type { Source } from './kit.ts'

/** `legal.pdf.hbs` on the channel pdf, else `legal.hbs`. */
export function partialFor(brand: Pick<Brand, 'partials'>, name: string, channel: string): Source | undefined {
  for (const key of [`${name}.${channel}`, name]) {
    if (Object.hasOwn(brand.partials, key)) return brand.partials[key]
  }
  return undefined
}

/** Names that templates may call on a channel. */
export function partialNames(brand: Pick<Brand, 'partials'>, channel: string): readonly string[] {
  const suffix = `.${channel}`
  return [
    ...new Set(Object.keys(brand.partials).map(key => (key.endsWith(suffix) ? key.slice(0, -suffix.length) : key))),
  ]
}
