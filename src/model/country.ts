/** Countries: of a locale, and as data names one (ISO 3166-1 alpha-2). */

/** The country of a locale, also as data has it (`uk_UA`); undefined where it names none. */
export function countryOfLocale(locale: string): string | undefined {
  try {
    return new Intl.Locale(locale.replace(/[.@].*$/, '').replaceAll('_', '-')).region
  } catch {
    return undefined
  }
}

/** Two letters of a country, in capitals and without blanks around; `UK` is used for `GB`. Whether there is such a country is not asked. */
export function countryCode(text: string): string | undefined {
  const code = text.trim().toUpperCase()
  if (!/^[A-Z]{2}$/.test(code)) return undefined
  return code === 'UK' ? 'GB' : code
}
