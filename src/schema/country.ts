/** Countries as data, settings and options name them: ISO 3166-1 alpha-2, as this Node knows it. Of a locale: model/country.ts. */
import { type Fault, quote } from '../model/index.ts'
import { hintNearest } from './nearest.ts'

/** Codes that are used for countries and are others' or nobody's: the United Kingdom, and Greece in the European Union. */
const slips: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' }

/** What Unicode has names for and no letter or call goes to: unions, and codes for tests. */
const noCountries = new Set('EU EZ QO UN XA XB ZZ'.split(' '))

/**
 * The present code of a country, however it is capitalised and with blanks around it; what was its code before, or is a usual slip, is taken
 * for it. In data that is enough; where a setting is looked up by its code, it has to be the present one (`notCountries`).
 */
export function countryOf(text: string): string | undefined {
  const written = text.trim().toUpperCase()
  if (!/^[A-Z]{2}$/.test(written)) return undefined
  const known = remembered.get(written)
  if (known !== undefined) return known === '' ? undefined : known
  const code = slips[written] ?? new Intl.Locale(`und-${written}`).region
  const found = code !== undefined && !noCountries.has(code) && names().of(code) !== undefined ? code : undefined
  remembered.set(written, found ?? '')
  return found
}

/** By two letters; '' where they are no country's. */
const remembered = new Map<string, string>()

/** Faults of names that are to be the codes of countries, or `other`: what stands under another applies to nobody, in silence. */
export function notCountries(
  codes: Iterable<string>,
  { below, at }: { readonly below: string; readonly at: (code: string) => NonNullable<Fault['place']> },
): readonly Fault[] {
  return [...codes]
    .filter(code => code !== 'other' && countryOf(code) !== code)
    .map(code => ({
      code: 'schema.unknown',
      message: `${below} names no country of ISO 3166-1 (found ${quote(code)})`,
      place: at(code),
      hint: hintCountry(code),
    }))
}

/** What a code that is no country's was most likely to be. */
export function hintCountry(code: string): string {
  const meant = countryOf(code)
  if (meant !== undefined) return `did you mean "${meant}"?`
  return hintNearest(code, all()) ?? 'write its two letters, like GB'
}

function all(): readonly string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters.flatMap(one => letters.map(other => one + other)).filter(code => countryOf(code) === code)
}

/** Made when first asked for, since it takes 40 ms. */
function names(): Intl.DisplayNames {
  regions ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  return regions
}
let regions: Intl.DisplayNames | undefined
