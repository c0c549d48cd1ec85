import { describe, expect, it } from 'vitest'
import type { Data } from '../../src/model/index.ts'
import { canonicalLocale, mapRecipient } from '../../src/template/index.ts'
import { brand, data, template } from './kit.ts'

const invoice = template()
const of = (customer: Data, made = invoice): ReturnType<typeof mapRecipient> =>
  mapRecipient(made, { ...data, customer }, brand)

describe('mapRecipient', () => {
  it('reads what template.yaml maps', () => {
    expect(
      of({
        id: '1',
        name: 'Olena',
        email: 'o@x.example',
        phone: '+380441234567',
        locale: 'en-GB',
        address: ['1 High Street', ' ', 'London'],
      }),
    ).toEqual({
      recipient: {
        name: 'Olena',
        email: 'o@x.example',
        phone: '+380441234567',
        locale: 'en-GB',
        address: ['1 High Street', 'London'],
      },
      locale: 'en-GB',
    })
  })
  it('leaves out what is absent, null or blank', () => {
    expect(of({ id: '1', name: ' ', email: null, address: [] })).toEqual({ recipient: {}, locale: 'uk-UA' })
  })
  it('puts the parts of an address in order, and loses none where they cannot be', () => {
    const made = template({ 'template.yaml': 'recipient: { address: labels }' })
    const lines = (labels: Data) => mapRecipient(made, { ...data, labels }, brand).recipient.address
    expect(lines({ street: 'Weg', houseNumber: '1', city: 'Berlin', country: 'DE' })).toEqual([
      'Weg 1',
      'Berlin',
      'НІМЕЧЧИНА',
    ])
    expect(lines({ street: 'Weg', houseNumber: '1', city: 'Berlin', country: 'Germany' })).toEqual([
      'Weg',
      '1',
      'Berlin',
      'Germany',
    ])
  })
  it('cuts an address of text into lines', () => {
    const made = template({ 'template.yaml': 'recipient: { address: note }' })
    expect(mapRecipient(made, { ...data, note: 'One\r\nTwo\n\nThree' }, brand).recipient.address).toEqual([
      'One',
      'Two',
      'Three',
    ])
  })
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['en', 'en', undefined],
    ['en-US', 'en-US', undefined],
    ['uk_UA', 'uk-UA', undefined],
    ['UK-ua', 'uk-UA', undefined],
    ['en-u-nu-thai', 'en', undefined],
    ['de-DE', 'uk-UA', 'de-DE'],
    ['nonsense!', 'uk-UA', 'nonsense!'],
  ]
  for (const [asked, locale, fallback] of cases) {
    it(`writes to ${asked} in ${locale}`, () => {
      const mapped = of({ id: '1', name: 'x', locale: asked })
      expect(mapped.locale).toBe(locale)
      expect(mapped.fallback).toBe(fallback)
      expect(mapped.recipient.locale).toBe(asked)
    })
  }
  it('takes another region of the language before another language', () => {
    const made = template({ 'text/en.json': undefined, 'text/en-GB.json': '{}' })
    expect(of({ id: '1', name: 'x', locale: 'en-US' }, made)).toMatchObject({ locale: 'en-US' })
    expect(of({ id: '1', name: 'x', locale: 'en' }, made)).toMatchObject({ locale: 'en' })
  })
  it('serves every locale where there is no wording at all', () => {
    const made = template({ 'text/en.json': undefined, 'text/uk.json': undefined })
    expect(of({ id: '1', name: 'x', locale: 'pl' }, made)).toMatchObject({ locale: 'pl' })
  })
})

describe('canonicalLocale', () => {
  it('is BCP 47, without extensions', () => {
    expect(canonicalLocale('zh_hant_tw')).toBe('zh-Hant-TW')
    expect(canonicalLocale('de-DE-u-co-phonebk')).toBe('de-DE')
    expect(canonicalLocale('')).toBeUndefined()
    expect(canonicalLocale('english')).toBeUndefined()
    expect(canonicalLocale('deutsch land')).toBeUndefined()
  })

  it('knows the languages that have a name, and no others', () => {
    const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
    const letters = [...'abcdefghijklmnopqrstuvwxyz']
    for (const code of letters.flatMap(one => letters.map(other => one + other))) {
      const { baseName, language } = new Intl.Locale(code)
      expect([code, canonicalLocale(code)]).toEqual([code, names.of(language) === undefined ? undefined : baseName])
    }
  })

  it('answers the same however often and among however many it is asked', () => {
    const asked = ['uk_UA', 'english', ...Array.from({ length: 600 }, (_, at) => `de-x${at}`), 'de_de']
    const first = asked.map(canonicalLocale)
    expect(asked.map(canonicalLocale)).toEqual(first)
    expect([first[0], first[1], first.at(-1)]).toEqual(['uk-UA', undefined, 'de-DE'])
  })
})
