/** Where numbers are dialled that name no country: by the settings, else at the brand's home, and whether the recipient lives elsewhere. */
import {
  type Brand,
  type Communication,
  countryOfLocale,
  type Data,
  lookup,
  type RecipientPaths,
} from '../../model/index.ts'
import { countryOf } from '../../schema/index.ts'
import { dialAlike, isPhoneCountry } from './phone.ts'

export interface Dialled {
  /** The country; undefined where nobody says one. */
  readonly in: (communication: Communication) => string | undefined
  /** Where the data has something for that country which is none: its path. */
  readonly misnamed: (communication: Communication) => string | undefined
  /** Another country, which its address or locale names, where a number is dialled in the brand's because nobody says where. */
  readonly elsewhere: (communication: Communication) => Elsewhere | undefined
}

export interface Elsewhere {
  readonly home: string
  readonly country: string
  /** Where the data says so, as `country` can name it; absent: the recipient's locale does. */
  readonly path?: string
  /** Where `country` looks for it in the data, and nothing stands; absent: no setting says where. */
  readonly empty?: string
}

export function dialled(settings: Data, brand: Brand, recipient: RecipientPaths = {}): Dialled {
  const home = regionOf(brand.locale)
  const path = pathOf(settings)
  const told = ({ data }: Communication): string | undefined =>
    path === undefined ? (settings['country'] as string | undefined) : countryAt(data, path)
  return {
    in: communication => told(communication) ?? home,
    misnamed: ({ data }) => {
      const found = path === undefined ? undefined : lookup(data, path)
      if (path === undefined || found === undefined || found === null) return undefined
      return (typeof found === 'string' && found.trim() === '') || countryAt(data, path) !== undefined
        ? undefined
        : path
    },
    elsewhere: communication => {
      if (home === undefined || told(communication) !== undefined) return undefined
      const address = recipient.address === undefined ? undefined : `${recipient.address}.country`
      const lives = address === undefined ? undefined : countryAt(communication.data, address)
      const found = lives ?? regionOf(communication.recipient.locale ?? brand.locale)
      if (found === undefined || dialAlike(found, home)) return undefined
      return {
        home,
        country: found,
        ...(lives === undefined || address === undefined ? {} : { path: address }),
        ...(path === undefined ? {} : { empty: path }),
      }
    },
  }
}

/** Where the settings say that the data has the country; undefined where they name one, or nothing. */
export function pathOf({ country }: Data): string | undefined {
  return typeof country !== 'string' || isPhoneCountry(country) ? undefined : country
}

function countryAt(data: Data, path: string): string | undefined {
  const found = lookup(data, path)
  const code = typeof found === 'string' ? countryOf(found) : undefined
  return code !== undefined && isPhoneCountry(code) ? code : undefined
}

/** The country of a locale; undefined where it names none that has telephones. */
function regionOf(locale: string): string | undefined {
  const region = countryOfLocale(locale)
  return region !== undefined && isPhoneCountry(region) ? region : undefined
}
