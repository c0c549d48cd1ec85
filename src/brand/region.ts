/** Where the brand is at home: locale, currency and time zone that this Node knows. */
import { type Fault, quote } from '../model/index.ts'
import { hintCurrency, hintNearest, isCurrency } from '../schema/index.ts'
import type { CheckedSettings } from './settings.ts'

/** Checks `locale` (BCP 47), `currency` (ISO 4217) and `timezone` (IANA) of brand.yaml. */
export function checkRegion({ value, at }: CheckedSettings): Fault[] {
  const faults: Fault[] = []
  const canonical = canonicalLocale(value.locale)
  if (canonical !== value.locale) {
    faults.push({
      code: 'brand.locale',
      message: `locale is not a language tag (found ${quote(value.locale)})`,
      place: at('locale'),
      hint: canonical === undefined ? 'write it like uk-UA or en-GB' : `did you mean "${canonical}"?`,
    })
  }
  if (!isCurrency(value.currency)) {
    faults.push({
      code: 'brand.currency',
      message: `currency is not a code of ISO 4217 (found ${quote(value.currency)})`,
      place: at('currency'),
      hint: hintCurrency(value.currency),
    })
  }
  if (!isTimezone(value.timezone)) {
    faults.push({
      code: 'brand.timezone',
      message: `timezone is not known (found ${quote(value.timezone)})`,
      place: at('timezone'),
      hint:
        hintNearest(value.timezone, Intl.supportedValuesOf('timeZone')) ??
        'write it like Europe/Kyiv, as in the IANA time zone database',
    })
  }
  return faults
}

/** The tag as it should be written, or undefined where it is none that this Node has data for. */
export function canonicalLocale(tag: string): string | undefined {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag)
    if (canonical !== undefined && Intl.NumberFormat.supportedLocalesOf(canonical).length > 0) return canonical
  } catch {
    // Not a well-formed tag: `uk_UA` is often meant as one.
    if (tag.includes('_')) return canonicalLocale(tag.replaceAll('_', '-'))
  }
  return undefined
}

/** Names of places only: abbreviations such as EST do not say when summer time is. */
function isTimezone(name: string): boolean {
  if (!/^(UTC|[A-Z][A-Za-z_-]+(\/[A-Z][\w+-]+)+)$/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
