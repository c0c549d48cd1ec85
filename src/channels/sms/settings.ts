/** Settings of text messages in template and job: their schema, and what they come to for a brand. */
import {
  type Brand,
  type Communication,
  countryOfLocale,
  type Data,
  type Fault,
  type JsonSchema,
  lookup,
  type Place,
  quote,
  type RecipientPaths,
} from '../../model/index.ts'
import { countryOf, hintCountry, isObject, notCountries } from '../../schema/index.ts'
import { type Shift, shifts } from './alphabet.ts'
import { type Mend, mends } from './mend.ts'
import { dialAlike, isPhoneCountry } from './phone.ts'

const text = { type: 'string', minLength: 1, maxLength: 100 } as const

/** Codes of E.164 for services of the whole world that a gateway may reach: not +808 and +979, whose owners earn by what is sent there. */
const globalCodes = ['+800', '+870', '+878', '+881', '+882', '+883', '+888']

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    parts: { type: 'integer', minimum: 1, maximum: 255 },
    mend: { type: 'array', items: { enum: mends }, uniqueItems: true },
    shift: { enum: shifts },
    country: { ...text, description: 'a country such as UA, or a dotted path into the data where one stands' },
    links: {
      type: 'array',
      items: { ...text, pattern: '^[A-Za-z0-9.-]+$', description: 'a host such as nord.example' },
    },
    global: {
      type: 'array',
      items: { enum: globalCodes },
      uniqueItems: true,
      description: 'codes of no country that messages may go to: satellites and international networks, such as "+881"',
    },
    optOut: {
      type: ['string', 'object'],
      minLength: 1,
      maxLength: 100,
      minProperties: 1,
      propertyNames: { pattern: '^([A-Z]{2}|other)$', maxLength: 5 },
      additionalProperties: text,
      description:
        'what a recipient answers to stop, such as STOP, or one for each country: { US: STOP, other: STOPP }',
    },
  },
}

export interface Terms {
  /** Parts that a message may take. */
  readonly budget: number
  /** Whether template or job say the budget. */
  readonly budgeted: boolean
  readonly mends: readonly Mend[]
  readonly shift: Shift | undefined
  /** The country where numbers are dialled that name none. */
  readonly countryOf: (communication: Communication) => string | undefined
  /** Where the data has something for that country which is none: its path. */
  readonly misnamed: (communication: Communication) => string | undefined
  /** Another country, which its address or locale names, where a number that names none is dialled in the brand's because nobody says where. */
  readonly elsewhere: (communication: Communication) => Elsewhere | undefined
  /** Hosts that data may name. */
  readonly links: ReadonlySet<string>
  /** Codes of no country that messages may go to. */
  readonly global: readonly string[]
  /** What a marketing message has to say, by country of the number; undefined where nothing is named for it. */
  readonly optOutFor: (country: string | undefined) => string | undefined
}

export interface Elsewhere {
  readonly home: string
  readonly country: string
  /** Where the data says so, as `country` can name it; absent: the recipient's locale does. */
  readonly path?: string
}

/** Without a budget of its own a template may use ten parts: more is a mistake in the data, and paid for by the part. */
const usualBudget = 10

export function termsOf(settings: Data, brand: Brand, recipient: RecipientPaths = {}): Terms {
  const { parts, mend = [], shift, country, links = [], global = [], optOut } = settings
  const home = regionOf(brand.locale)
  const told = countryFrom(country as string | undefined)
  return {
    budget: typeof parts === 'number' ? parts : usualBudget,
    budgeted: typeof parts === 'number',
    mends: mend as readonly Mend[],
    shift: shift as Shift | undefined,
    countryOf: communication => told(communication) ?? home,
    misnamed: ({ data }) => {
      const path = pathOf(settings)
      const found = path === undefined ? undefined : lookup(data, path)
      if (path === undefined || found === undefined || found === null) return undefined
      return (typeof found === 'string' && found.trim() === '') || countryAt(data, path) !== undefined
        ? undefined
        : path
    },
    elsewhere: communication => {
      if (home === undefined || told(communication) !== undefined) return undefined
      const path = recipient.address === undefined ? undefined : `${recipient.address}.country`
      const lives = path === undefined ? undefined : countryAt(communication.data, path)
      const found = lives ?? regionOf(communication.recipient.locale ?? brand.locale)
      if (found === undefined || dialAlike(found, home)) return undefined
      return { home, country: found, ...(lives === undefined || path === undefined ? {} : { path }) }
    },
    links: new Set((links as readonly string[]).map(link => link.toLowerCase())),
    global: global as readonly string[],
    optOutFor: to => {
      if (!isObject(optOut)) return optOut as string | undefined
      const by = optOut as Readonly<Record<string, string>>
      return (to === undefined ? undefined : by[to]) ?? by['other']
    },
  }
}

/** What names no country where one is to be named: it would apply to nobody, in silence. `file`: where the text stands. */
export function misnamedCountries({ country, optOut }: Data, file: string): readonly Fault[] {
  const place = (path: string): Place => ({ file, path: `channels.sms.${path}` })
  const byCountry = isObject(optOut) ? Object.keys(optOut) : []
  const faults = notCountries(byCountry, { below: 'channels.sms.optOut', at: code => place(`optOut.${code}`) })
  // Anything but two capital letters is a path into the data.
  if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country) || countryOf(country) === country) return faults
  return [
    ...faults,
    {
      code: 'schema.value',
      message: `channels.sms.country is no country of ISO 3166-1 (found ${quote(country)})`,
      place: place('country'),
      hint: hintCountry(country),
    },
  ]
}

function countryFrom(country: string | undefined): Terms['countryOf'] {
  if (country === undefined) return () => undefined
  return isPhoneCountry(country) ? () => country : ({ data }) => countryAt(data, country)
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
