/** The country of a locale. As data and settings write one: schema/country.ts. */

/** The country of a locale, also as data has it (`uk_UA`); undefined where it names none. */
export function countryOfLocale(locale: string): string | undefined {
  try {
    return new Intl.Locale(locale.replace(/[.@].*$/, '').replaceAll('_', '-')).region
  } catch {
    return undefined
  }
}
