/** Addresses: the order of each country against real ones, the country's name, and parts that are hostile, empty or overlong. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { countryOf } from '../../src/schema/index.ts'
import { addressLines, addressParts } from '../../src/template/address.ts'
import { orderOf, placedParts } from '../../src/template/addressorder.ts'
import { auditTemplate } from '../../src/template/index.ts'
import { channels, communication, head, brand as house, merged, merging, schema, template } from './kit.ts'

const from = (locale: string) => ({ ...house, locale })
const lines = (value: unknown, locale = 'uk-UA', country?: unknown) =>
  addressLines(value, { brand: from(locale), country })
const parts = {
  name: 'Olena Kovalenko',
  organization: 'Nord',
  building: 'House A',
  street: 'High Street',
  houseNumber: 5,
  unit: 'Apt 7',
  district: 'Old Town',
  postcode: '01001',
  city: 'Kyiv',
  region: 'KY',
}

describe('the order of a country', () => {
  it.each([
    ['UA', 'High Street, 5, Apt 7 / Old Town / Kyiv / KY / 01001'],
    ['DE', 'High Street 5, Apt 7 / Old Town / 01001 Kyiv'],
    ['PL', 'High Street 5, Apt 7 / Old Town / 01001 Kyiv'],
    ['GB', '5 High Street, Apt 7 / Old Town / Kyiv / 01001'],
    ['US', '5 High Street, Apt 7 / Old Town / Kyiv, KY 01001'],
    ['IT', 'High Street 5, Apt 7 / Old Town / 01001 Kyiv KY'],
    ['HU', '01001 Kyiv / High Street 5., Apt 7 / Old Town'],
    ['RU', 'High Street, 5, Apt 7 / Old Town / Kyiv / KY / 01001'],
    ['SG', '5 High Street, Apt 7 / Old Town / Kyiv 01001'],
    ['HK', '5 High Street, Apt 7 / Old Town / Kyiv 01001 / KY'],
  ])('%s', (country, block) => {
    expect(lines({ ...parts, country }, `en-${country}`).join(' / ')).toBe(
      `Olena Kovalenko / Nord / House A / ${block}`,
    )
  })

  it('is from the large to the small in China, and turned round for a letter from abroad', () => {
    const chinese = { ...parts, country: 'CN' }
    const home = ['01001', 'KY', 'Kyiv', 'Old Town', 'High Street 5, Apt 7', 'House A', 'Nord', 'Olena Kovalenko']
    expect(lines(chinese, 'zh-CN')).toEqual(home)
    expect(lines(chinese, 'en-GB')).toEqual([...home.toReversed(), 'CHINA'])
    expect(lines({ ...chinese, country: 'KR' }, 'en-GB').slice(-2)).toEqual(['01001', 'SOUTH KOREA'])
  })

  it('makes one line of a street with its number, and no stray signs of what is absent', () => {
    expect(lines({ street: 'Fő utca 5.', postcode: '1011', city: 'Budapest' }, 'hu-HU')).toEqual([
      '1011 Budapest',
      'Fő utca 5.',
    ])
    expect(lines({ street: 'вул. Січова', city: 'Львів' })).toEqual(['вул. Січова', 'Львів'])
    expect(lines({ city: 'Austin', region: 'TX' }, 'en-US')).toEqual(['Austin, TX'])
    expect(lines({ unit: 'Flat 2', city: 'Leeds' }, 'en-GB')).toEqual(['Flat 2', 'Leeds'])
  })
})

/** The names that geocoders use, and ours. Whatever else a case has is the name of a place: it stands on top. */
const ours: Readonly<Record<string, string>> = {
  ...{ road: 'street', pedestrian: 'street', street: 'street', footway: 'street', path: 'street' },
  ...{ house_number: 'houseNumber', housenumber: 'houseNumber', street_number: 'houseNumber', postcode: 'postcode' },
  ...{ suburb: 'district', city_district: 'district', neighbourhood: 'district', quarter: 'district' },
  ...{ city: 'city', town: 'city', village: 'city', municipality: 'city' },
  ...{ state: 'region', state_code: 'region', county: 'region', county_code: 'region' },
  ...{ house: 'building', building: 'building' },
}

interface Case {
  readonly description: string
  readonly components: Readonly<Record<string, string | number>>
  readonly expected: string
}

/** A case as a letter's address: the parts that its block shows, and the block without the country. Undefined where it shows more. */
function letter({ components, expected }: Case): { address: Record<string, string>; block: string[] } | undefined {
  const block = expected
    .trim()
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== components['country'])
  const address: Record<string, string> = {}
  let rest = block.join('\n')
  const longestFirst = Object.entries(components).sort(([, a], [, b]) => String(b).length - String(a).length)
  for (const [name, value] of longestFirst) {
    const part = ours[name] ?? 'name'
    const text = String(value)
    if (['country', 'country_code', 'continent'].includes(name) || address[part] !== undefined || !rest.includes(text))
      continue
    address[part] = text
    rest = rest.replace(text, ' ')
  }
  address['country'] = String(components['country_code'])
  return /[\p{L}\p{N}]/u.test(rest) || !address['street'] || !address['city'] ? undefined : { address, block }
}

describe('real addresses (OpenCageData/address-formatting)', () => {
  const text = readFileSync(new URL('addresses.yaml', import.meta.url), 'utf8')
  const cases = [...parseAllDocuments(text)].map(document => document.toJS() as Case | null).filter(one => one !== null)
  const letters = cases.flatMap(one => {
    const made = letter(one)
    return made === undefined ? [] : [{ ...made, title: `${one.components['country_code']}: ${one.description}` }]
  })

  /** What does not agree, and why. */
  const others: Readonly<Record<string, string>> = {
    'br: BR housenumber -22.92540,-43.17540': 'the library’s templates are older: no comma before the number',
    'de: no middle comma': 'a state that is a railway station',
    'gb: London Borough of Waltham Forest - partial_postcode': 'half a postcode, in a field that we do not have',
    'mt: pharmacy in Malta - 35.95777,14.36190': 'the country under another name',
    'nl: Address in Willemstad, Curaçao 12.11148,-68.94561': 'a country of its own since 2010, under its former one',
    'nl: Parliament in Oranjestad, Aruba, 12.51781,-70.03646': 'likewise',
  }

  it('are many, of many countries', () => {
    const countries = new Set(letters.map(({ address }) => address['country']!.toUpperCase()))
    expect([cases.length, letters.length, countries.size]).toEqual([204, 75, 53])
  })

  it.each(letters)('$title', ({ title, address, block }) => {
    const country = address['country']!.toUpperCase()
    const agrees = lines(address, `en-${country === 'UK' ? 'GB' : country}`).join('\n') === block.join('\n')
    expect([title, agrees]).toEqual([title, !Object.hasOwn(others, title)])
  })
})

describe('the name of the country', () => {
  const berlin = { street: 'Weg', houseNumber: '1', postcode: '10115', city: 'Berlin' }

  it('stands last, in the sender’s language, in capitals, if it is not the sender’s own', () => {
    const last = (country: string, locale: string) => lines({ ...berlin, country }, locale).at(-1)
    expect(last('DE', 'uk-UA')).toBe('НІМЕЧЧИНА')
    expect(last('de', 'pl-PL')).toBe('NIEMCY')
    expect(last('UK', 'de-DE')).toBe('VEREINIGTES KÖNIGREICH')
    // The code of the European Union for Greece, and one that was: whoever writes them means a country that letters go to.
    expect(last('EL', 'de-DE')).toBe('GRIECHENLAND')
    expect(last('YU', 'de-DE')).toBe('SERBIEN')
    expect(last('DD', 'de-DE')).toBe('10115 Berlin')
    expect(last('DE', 'de-AT')).toBe('DEUTSCHLAND')
    expect(last('DE', 'de-DE')).toBe('10115 Berlin')
    expect(lines(berlin, 'de-DE').at(-1)).toBe('10115 Berlin')
  })

  it('always stands where the brand’s locale names no country', () => {
    expect(lines({ ...berlin, country: 'DE' }, 'de').at(-1)).toBe('DEUTSCHLAND')
  })

  it('is in another language where that is asked for, and not said twice', () => {
    const options = { brand: from('uk-UA'), locale: 'pl-PL', country: 'DE' }
    expect(addressLines(berlin, options).at(-1)).toBe('NIEMCY')
    for (const named of ['Niemcy', 'Німеччина'])
      expect(addressLines(['Weg 1', named], options)).toEqual(['Weg 1', named])
  })

  it('comes from country=, where the parts do not name it', () => {
    expect(lines(berlin, 'en-GB', 'DE')).toEqual(['Weg 1', '10115 Berlin', 'GERMANY'])
    expect(lines({ ...berlin, country: 'AT' }, 'en-GB', 'DE').at(-1)).toBe('AUSTRIA')
    expect(lines({ country: 'DE' }, 'en-GB')).toEqual([])
  })

  it('has to be a code', () => {
    for (const country of ['Germany', 'QQ', 'EU', 'D', '__proto__', 'constructor'])
      expect(() => lines({ ...berlin, country })).toThrow('has a country that is not an ISO 3166-1 code')
  })
})

describe('lines', () => {
  it('stay as they are, without empty ones', () => {
    expect(lines(['1 High Street', ' ', null, 'London '])).toEqual(['1 High Street', 'London '])
    expect(lines('1 High Street\r\n\nLondon')).toEqual(['1 High Street', 'London'])
    expect([lines(undefined), lines(null), lines([]), lines({})]).toEqual([[], [], [], []])
  })

  it('get the country’s name if country= is abroad and they do not end with it', () => {
    expect(lines(['Weg 1', 'Berlin'], 'en-GB', 'DE')).toEqual(['Weg 1', 'Berlin', 'GERMANY'])
    expect(lines(['Weg 1', 'Berlin', 'Germany'], 'en-GB', 'DE')).toEqual(['Weg 1', 'Berlin', 'Germany'])
    expect(lines(['Weg 1', 'Berlin'], 'de-DE', 'DE')).toEqual(['Weg 1', 'Berlin'])
    expect(lines([], 'en-GB', 'DE')).toEqual([])
  })
})

describe('parts that are data', () => {
  it.each([
    ['a name of the language', 'constructor'],
    ['a link', 'https://nord.example'],
    ['what the library would shorten', 'Town of Salem'],
    ['signs of its templates', '{{city}} || {{{postcode}}}'],
    ['signs of patterns', '$1 $& \\1 ^.*'],
    ['markup', '<b>&amp;</b>'],
    ['our own signs', '\uE000\uE001\uE002'],
  ])('keep %s', (_, text) => {
    expect(lines({ name: text, street: text, city: 'Salem', region: 'MA', postcode: '01970' }, 'en-US')).toEqual([
      text,
      text,
      'Salem, MA 01970',
    ])
  })

  it('lose nothing but a region that a country does not write, and make no empty line, for every country', () => {
    const codes = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap(a => [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map(b => a + b))
    const country = fc.constantFrom(...codes.filter(code => countryOf(code) !== undefined))
    const subset = fc.subarray([...placedParts], { minLength: 1 })
    fc.assert(
      fc.property(country, subset, fc.constantFrom('uk-UA', 'en', 'zh-CN'), (code, given, locale) => {
        const address = Object.fromEntries(given.map(part => [part, `[${part}]`]))
        const made = lines({ ...address, country: code }, locale)
        for (const part of given) {
          const times = made.join('\n').split(`[${part}]`).length - 1
          if (part !== 'region') expect([code, given, part, times]).toEqual([code, given, part, 1])
          else expect(times).toBeLessThanOrEqual(1)
        }
        for (const line of made) expect(line).toMatch(/^[^\s,-](.*[^\s,-])?$/)
      }),
      { numRuns: 1500 },
    )
  })

  it('are one line each, however long, and cost no more for it', () => {
    expect(lines({ street: 'High\nStreet\t 1', city: ' \r\n ' })).toEqual(['High Street 1'])
    const long = `${','.repeat(100_000)}x`
    const started = performance.now()
    expect(lines({ street: long, city: 'Kyiv' })).toEqual([long, 'Kyiv'])
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  it('are refused where they are no text, without a word of them', () => {
    expect(() => lines({ street: ['a'] })).toThrow(/^has a part of an address that is not text$/)
    expect(() => lines({ zip: '1' })).toThrow(/^has a field that is no part of an address$/)
    expect(() => lines([['a']])).toThrow(/^has a line that is not text$/)
    expect(() => lines(true)).toThrow(/^is not an address$/)
  })

  it('are put in order once for all that have the same ones', () => {
    expect(orderOf('DE', new Set(['city']))).toBe(orderOf('DE', new Set(['city'])))
  })
})

describe('addressLines in a template', () => {
  const each = "{{#each (addressLines customer.address country='DE')}}<p>{{this}}</p>{{/each}}"
  const withAddress = (address: object) => ({
    'template.yaml': head.replace('address: customer.address, ', ''),
    'schema.json': JSON.stringify({
      ...schema,
      properties: {
        ...schema.properties,
        customer: { ...schema.properties.customer, properties: { ...schema.properties.customer.properties, address } },
      },
    }),
  })
  const text = { type: 'string' }
  const group = { type: 'object', properties: Object.fromEntries(addressParts.map(part => [part, text])) }
  const audit = (source: string, address: object) => {
    const files = { 'pdf.hbs': source, ...withAddress(address) }
    const made = template(files)
    const { faults, uses } = auditTemplate(made, house, { channels })
    return { said: faults.map(({ message, hint }) => `${message}: ${hint}`), uses: uses['pdf.hbs'] }
  }

  it('gives lines, each escaped for its channel', () => {
    const data = {
      ...communication().data,
      customer: { id: '1', name: 'x', address: { street: '<Weg> & 1', city: 'Bonn' } },
    }
    const files = withAddress(group)
    expect(merged(each, 'markup', { data, files })).toBe('<p>&lt;Weg&gt; &amp; 1</p><p>Bonn</p><p>НІМЕЧЧИНА</p>')
    expect(merged(each.replaceAll(/<\/?p>/g, ' '), 'none', { data, files })).toBe(' <Weg> & 1  Bonn  GERMANY ')
    // The post reads the sender's language, a mail its recipient.
    const english = { data, files, locale: 'en-GB' }
    expect(merged(each, 'markup', english)).toContain('<p>НІМЕЧЧИНА</p>')
    expect(merged(each, 'html', english)).toContain('<p>GERMANY</p>')
    expect(merged(each, 'html', { files: withAddress({ type: 'array', items: text }) })).toContain('<p>London</p>')
  })

  it('needs no guard, and nothing comes of what is absent', () => {
    expect(audit(each, group).said).toEqual([])
    const data = { ...communication().data, customer: { id: '1', name: 'x' } }
    expect(merged(`[${each}]`, 'markup', { data, files: withAddress(group) })).toBe('[]')
  })

  it('tells which fields are printed, so that each letter of them is known to have a glyph', () => {
    expect(audit(each, { type: 'array', items: text }).uses).toEqual(['customer.address'])
    expect(audit(each, group).uses).toContain('customer.address.street')
    expect(audit(each, { anyOf: [{ type: 'array', items: text }, group] }).uses).toEqual(
      expect.arrayContaining(['customer.address', 'customer.address.city']),
    )
  })

  it.each([
    [
      'a field that is no part',
      { type: 'object', properties: { zip: text } },
      'addressLines takes the parts of an address, and zip is none: known: name',
    ],
    [
      'a part that is no text',
      { type: 'object', properties: { city: { type: 'array' } } },
      'addressLines takes parts of an address that are text, and city is a list',
    ],
    [
      'a list of groups',
      { type: 'array', items: { type: 'object' } },
      'addressLines takes an address as a list of lines or a group of parts, and customer.address is a list',
    ],
    ['true or false', { type: 'boolean' }, 'and customer.address is true or false'],
  ])('is not for %s', (_, address, message) => {
    expect(audit(each, address).said.join()).toContain(message)
  })

  it('is a list, and takes countries that are', () => {
    expect(audit('{{addressLines customer.address}}', group).said).toEqual([
      'addressLines is a list, not text: use it in {{#each (addressLines …)}}',
    ])
    expect(audit(each.replace("'DE'", "'Germany'"), group).said).toEqual([
      'country= is not an ISO 3166-1 code (found "Germany"): write DE, not Germany',
    ])
    expect(audit(each.replace('country=', 'land='), group).said[0]).toContain('addressLines has no argument land=')
  })

  it('says where a country is none, and does not quote it', () => {
    const merge = merging(each.replace("'DE'", 'customer.locale'), 'markup')
    const made = merge.merge(
      communication({
        data: { ...communication().data, customer: { id: '1', name: 'x', locale: 'CANARY', address: ['a'] } },
      }),
    )
    expect(made.ok ? [] : made.faults).toMatchObject([
      { code: 'template.value', place: { line: 1 }, hint: 'write DE, not Germany; clean.js can translate' },
    ])
    expect(JSON.stringify(made)).not.toContain('CANARY')
  })
})
