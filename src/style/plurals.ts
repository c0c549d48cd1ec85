/** Plural forms that a language has for whole numbers, and a wording leaves out: `3 рахунку` is read by everybody who gets it. */
import type { Plural } from './readings.ts'

/** A form that is missing, and the first number that needs it. */
export interface MissingForm {
  readonly form: string
  readonly example: number
}

/** Every form of every language of the CLDR that whole numbers below a million have shows below this. */
const enough = 200

/**
 * Forms of whole numbers that a choice would make with `other`, which in many languages is the form of fractions. A choice with no
 * word behind its number may be between one and several, and is left alone.
 */
export function missingForms({ ordinal, forms, counts }: Plural, locale: string): readonly MissingForm[] {
  if (!counts) return []
  const rules = new Intl.PluralRules(locale, { type: ordinal ? 'ordinal' : 'cardinal' })
  const missing = new Map<string, number>()
  for (let number = 0; number < enough; number += 1) {
    const form = rules.select(number)
    if (forms.includes(form) || forms.includes(`=${number}`) || missing.has(form)) continue
    missing.set(form, number)
  }
  return [...missing].map(([form, example]) => ({ form, example }))
}
