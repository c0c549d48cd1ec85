/** Settings of text messages in template and job: their schema, and what they come to for a brand. */
import {
  type Brand,
  type Data,
  type Fault,
  hostsAllowed,
  type JsonSchema,
  linksSetting,
  type Place,
  quote,
  type RecipientPaths,
} from '../../model/index.ts'
import { countryOf, hintCountry, isObject, notCountries } from '../../schema/index.ts'
import { type Shift, shifts } from './alphabet.ts'
import { type Dialled, dialled } from './dialled.ts'
import { type Mend, mends } from './mend.ts'

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
    links: linksSetting,
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
      propertyNames: {
        pattern: '^([A-Z]{2}|other)$',
        maxLength: 5,
        description: 'a country in two capital letters, such as GB, or other',
      },
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
  /** Where numbers are dialled that name no country. */
  readonly dialled: Dialled
  /** Hosts that data may name. */
  readonly links: ReadonlySet<string>
  /** Codes of no country that messages may go to. */
  readonly global: readonly string[]
  /** What a marketing message has to say, by country of the number; undefined where nothing is named for it. */
  readonly optOutFor: (country: string | undefined) => string | undefined
}

/** Without a budget of its own a template may use ten parts: more is a mistake in the data, and paid for by the part. */
const usualBudget = 10

export function termsOf(settings: Data, brand: Brand, recipient: RecipientPaths = {}): Terms {
  const { parts, mend = [], shift, global = [], optOut } = settings
  return {
    budget: typeof parts === 'number' ? parts : usualBudget,
    budgeted: typeof parts === 'number',
    mends: mend as readonly Mend[],
    shift: shift as Shift | undefined,
    dialled: dialled(settings, brand, recipient),
    links: hostsAllowed(settings),
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
