/** The brand: what a whole one becomes, and that every mistake in one has a place and a hint. */
import { describe, expect, test } from 'vitest'
import { loadBrand } from '../../src/brand/index.ts'
import type { Fault } from '../../src/model/index.ts'
import { brandKit, brandYaml, changedYaml, type Files, fixtureBrand, font } from './fixture.ts'

const file = 'factory/assets/brand.yaml'

async function faultsOf(changed: Files): Promise<readonly Fault[]> {
  const brand = await loadBrand(brandKit(changed))
  return brand.ok ? [] : brand.faults
}

/** Line and column of a text in brand.yaml, after the change. */
function placeOf(text: string, changed: Files = {}): { line: number; column: number } {
  const yaml = String(changed['brand.yaml'] ?? brandYaml)
  const before = yaml.slice(0, yaml.indexOf(text))
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}

describe('a whole brand', () => {
  test('is plain data', async () => {
    const brand = await fixtureBrand()
    expect(structuredClone(brand)).toEqual(brand)
    expect(brand).toMatchObject({
      name: 'Nord & Sohn',
      locale: 'uk-UA',
      currency: 'UAH',
      timezone: 'Europe/Kyiv',
      dark: { ink: '#ECEFF2' },
      senders: { email: { address: 'billing@nord.example' }, sms: 'NORDSOHN' },
      company: { iban: 'UA213223130000026007233566001', address: ['Khreshchatyk 1', '01001 Kyiv'] },
      style: { de: { address: 'Sie', maxWordsPerSentence: 25 } },
      wording: { uk: { file: 'factory/assets/text/uk.json', texts: { regards: 'З повагою' } } },
    })
    expect(brand.classes).toEqual({
      muted: { color: 'muted', 'font-size': '8.5pt' },
      'muted.email': { 'font-size': '14px', 'line-height': '20px' },
      total: { 'font-weight': '600', 'font-size': '13pt', 'text-align': 'right' },
      'total.email': { 'font-size': '18px', 'line-height': '26px' },
    })
    expect(brand.partials['legal.email']).toEqual({
      file: 'factory/assets/partials/legal.email.hbs',
      text: '<span>{{brand.name}}, Kyiv</span>',
    })
    expect(brand.fonts['text']?.regular.bytes.length).toBe(font.regular.length)
  })

  test('is the same each time', async () => {
    expect(await fixtureBrand()).toEqual(await fixtureBrand())
  })

  test('needs no more than its name, region, colours and one font', async () => {
    const least = brandYaml.slice(0, brandYaml.indexOf('classes:')).replace(/^dark:.*\n/m, '')
    const brand = await fixtureBrand({ 'brand.yaml': least })
    expect(brand).toMatchObject({ classes: {}, images: {}, senders: {}, company: {} })
    expect(brand.dark).toBeUndefined()
  })
})

describe('every mistake has a place and a hint', () => {
  test.each([
    [
      'a colour name in a class',
      changedYaml('muted: { color: muted', 'muted: { color: mutted'),
      'brand.color',
      'color: mutted',
      'muted.color names a colour that colors does not have: "mutted"',
      'did you mean "muted"?',
    ],
    [
      'a colour name in a border',
      changedYaml('text-align: right', 'border-top: 1pt solid akcent'),
      'brand.color',
      'border-top',
      'total.border-top names a colour that colors does not have: "akcent"',
      'did you mean "accent"?',
    ],
    [
      'a colour name for mail only',
      changedYaml('line-height: 26px', 'color: nope'),
      'brand.color',
      'color: nope',
      'total.email.color names a colour that colors does not have: "nope"',
      'add nope to colors, or write "#RRGGBB"',
    ],
    [
      'a dark colour of nothing',
      changedYaml('dark: { ink', 'dark: { inc'),
      'brand.color',
      'inc:',
      'dark names a colour that colors does not have: "inc"',
      'did you mean "ink"?',
    ],
    [
      'a class name',
      changedYaml('  total:', '  to.tal:'),
      'brand.class',
      'to.tal',
      'a class cannot be called "to.tal"',
      'use letters, digits and hyphens, a letter first',
    ],
    [
      'a locale',
      changedYaml('locale: uk-UA', 'locale: uk_UA'),
      'brand.locale',
      'locale',
      'locale is not a language tag (found "uk_UA")',
      'did you mean "uk-UA"?',
    ],
    [
      'a locale of no language',
      changedYaml('locale: uk-UA', 'locale: qqq'),
      'brand.locale',
      'locale',
      'locale is not a language tag (found "qqq")',
      'write it like uk-UA or en-GB',
    ],
    [
      'a currency',
      changedYaml('currency: UAH', 'currency: uah'),
      'brand.currency',
      'currency',
      'currency is not a code of ISO 4217 (found "uah")',
      'did you mean "UAH"?',
    ],
    [
      'a time zone',
      changedYaml('timezone: Europe/Kyiv', 'timezone: Europe/Kyvi'),
      'brand.timezone',
      'timezone',
      'timezone is not known (found "Europe/Kyvi")',
      expect.any(String),
    ],
    [
      'a time zone without summer',
      changedYaml('timezone: Europe/Kyiv', 'timezone: EET'),
      'brand.timezone',
      'timezone',
      'timezone is not known (found "EET")',
      expect.any(String),
    ],
    [
      'a font that is not there',
      changedYaml('fonts/regular.ttf', 'fonts/reglar.ttf'),
      'brand.file',
      'regular:',
      'the font "fonts/reglar.ttf" is not in the brand\'s folder',
      'did you mean "fonts/regular.ttf"?',
    ],
    [
      'a font of the web',
      { 'fonts/regular.ttf': 'wOF2 and so on' },
      'brand.font',
      'regular:',
      '"fonts/regular.ttf" is a WOFF2 web font, not a TrueType or OpenType font',
      'use the .ttf or .otf file of one weight',
    ],
    [
      'an image that is not there',
      changedYaml('logo: logo.svg', 'logo: logo.png'),
      'brand.file',
      'logo: logo',
      'the image "logo.png" is not in the brand\'s folder',
      'did you mean "logo.svg"?',
    ],
    [
      'an SMS sender',
      changedYaml('sms: NORDSOHN', 'sms: NORD & SOHN'),
      'brand.sender',
      'sms:',
      'senders.sms is no sender of text messages (found "NORD & SOHN")',
      expect.stringContaining('11 Latin letters'),
    ],
    [
      'a long SMS sender',
      changedYaml('sms: NORDSOHN', 'sms: NORDUNDSOHNE'),
      'brand.sender',
      'sms:',
      'senders.sms is no sender of text messages (found "NORDUNDSOHNE")',
      expect.any(String),
    ],
    [
      'a mail address in other letters',
      changedYaml('billing@nord.example', 'billing@норд.example'),
      'brand.sender',
      'address: billing',
      'senders.email.address has letters outside ASCII (found "billing@норд.example")',
      'write the domain in its xn-- form: billing@xn--d1ardi.example',
    ],
    [
      'a mail address in other letters before the @',
      changedYaml('billing@nord.example', 'рахунки@nord.example'),
      'brand.sender',
      'address: рахунки',
      'senders.email.address has letters outside ASCII (found "рахунки@nord.example")',
      'take an address in A to Z before the @: not every mail server takes other letters',
    ],
    [
      'a mail address with a letter of another alphabet',
      changedYaml('billing@nord.example', 'billing@nоrd.example'),
      'brand.sender',
      'address: billing',
      'senders.email.address has Latin and Cyrillic letters in one part, which look alike (found "billing@nоrd.example")',
      'write it again by hand, in letters of one alphabet',
    ],
  ] as const)('%s', async (_name, changed, code, at, message, hint) => {
    expect(await faultsOf(changed as Files)).toEqual([
      { code, message, place: { file, ...placeOf(at, changed as Files) }, hint },
    ])
  })

  test.each([
    ['an unknown setting', changedYaml('locale:', 'lokale:'), 'schema.missing', 'schema.unknown'],
    ['a colour without quotes', changedYaml('ink: "#1B1F24", accent', 'ink: , accent'), 'schema.value'],
    ['a colour of three digits', changedYaml('"#1B1F24"', '"#1BF"'), 'schema.value'],
    ['no text font', changedYaml('  text:\n', '  body:\n'), 'schema.missing'],
    ['a mail address', changedYaml('billing@nord.example', 'billing'), 'schema.value'],
    ['YAML', { 'brand.yaml': 'name: [' }, 'schema.yaml'],
  ] as const)('%s', async (_name, changed, ...codes) => {
    const faults = await faultsOf(changed as Files)
    expect(faults.map(fault => fault.code)).toEqual(expect.arrayContaining([...codes]))
    for (const fault of faults) expect(fault.place).toMatchObject({ file, line: expect.any(Number) })
  })

  test('a colour without quotes is told why it is empty', async () => {
    const changed = { 'brand.yaml': brandYaml.replace(/^colors:.*$/m, 'colors:\n  ink: #1B1F24\n  accent: "#0B6E4F"') }
    const [fault] = await faultsOf(changed)
    expect(fault).toMatchObject({ code: 'schema.value', hint: expect.stringContaining('in quotes') })
  })

  test('no brand at all', async () => {
    expect(await faultsOf({ 'brand.yaml': undefined })).toEqual([
      {
        code: 'brand.missing',
        message: 'the brand has no brand.yaml',
        place: { file: 'assets/brand.yaml' },
        hint: 'write assets/brand.yaml, or point assets: of the job at the right folder',
      },
    ])
    expect(await faultsOf({ 'brand.yaml': undefined, 'brand.yml': brandYaml })).toMatchObject([
      { code: 'brand.missing', message: "the brand's file is called assets/brand.yml" },
    ])
  })

  test('bytes that are not UTF-8', async () => {
    const latin = Buffer.from('{\n "a": "Gr\u00FC\u00DFe" }', 'latin1')
    expect(await faultsOf({ 'text/de.json': latin })).toEqual([
      {
        code: 'brand.encoding',
        message: 'this file is not UTF-8 text',
        place: { file: 'factory/assets/text/de.json', line: 2, column: 10 },
        hint: 'save it as UTF-8',
      },
    ])
  })

  test.each([
    ['text/german.json', '{}', 'the name of this file is not a language tag with .json (found "german.json")', {}],
    ['text/de_DE.json', '{}', 'the name of this file is not a language tag with .json (found "de_DE.json")', {}],
    ['text/de.json', '{\n  "a": "x",\n  "b": { "c": "y" }\n}', 'the wording "b" is not a text', { line: 3, column: 3 }],
    ['text/de.json', '[]', 'wording is not a group of texts', { line: 1, column: 1 }],
  ])('wording %s %j', async (name, text, message, at) => {
    expect(await faultsOf({ [name]: text })).toMatchObject([
      { code: 'brand.wording', message, place: { file: `factory/assets/${name}`, ...at }, hint: expect.any(String) },
    ])
  })

  test('a partial with a name that nothing can include', async () => {
    expect(await faultsOf({ 'partials/le gal.hbs': 'x' })).toEqual([
      {
        code: 'brand.partial',
        message: 'a partial cannot be called "le gal.hbs"',
        place: { file: 'factory/assets/partials/le gal.hbs' },
        hint: 'call it <name>.hbs, or <name>.<channel>.hbs for one channel',
      },
    ])
  })

  test('a file that is not there', async () => {
    const yaml = brandYaml.replace('senders:', 'files: { terms: docs/trems.pdf }\nsenders:')
    expect(await faultsOf({ 'brand.yaml': yaml, 'docs/terms.pdf': '%PDF' })).toEqual([
      {
        code: 'brand.file',
        message: 'the file "docs/trems.pdf" is not in the brand\'s folder',
        place: { file: 'factory/assets/brand.yaml', line: 16, column: 10 },
        hint: 'did you mean "docs/terms.pdf"?',
      },
    ])
  })

  test('all of them at once, from top to bottom', async () => {
    const yaml = brandYaml
      .replace('uk-UA', 'uk_UA')
      .replace('fonts/semibold.ttf', 'fonts/black.ttf')
      .replace('logo: logo.svg', 'logo: none.svg')
      .replace('sms: NORDSOHN', 'sms: "?"')
    const faults = await faultsOf({ 'brand.yaml': yaml, 'text/x.json': '{}', 'partials/a b.hbs': '' })
    expect(faults.map(({ code }) => code)).toEqual([
      'brand.locale',
      'brand.file',
      'brand.file',
      'brand.sender',
      'brand.partial',
      'brand.wording',
    ])
  })
})

test('files come with their bytes and media type', async () => {
  const yaml = brandYaml.replace('senders:', 'files: { terms: docs/Terms.PDF, odd: odd }\nsenders:')
  const { files } = await fixtureBrand({ 'brand.yaml': yaml, 'docs/Terms.PDF': '%PDF', odd: 'x' })
  expect(files).toEqual({
    terms: { file: 'docs/Terms.PDF', bytes: new TextEncoder().encode('%PDF'), mediaType: 'application/pdf' },
    odd: { file: 'odd', bytes: new TextEncoder().encode('x'), mediaType: 'application/octet-stream' },
  })
})

test('what is written by country is written under the code of one', async () => {
  const yaml = `${brandYaml}prices: { sms: { part: { UK: 0.03, GR: 0.04, other: 0.1 }, piece: 0.01 } }\nsms: { countries: { EL: { sender: ACME } } }\n`
  const changed = { 'brand.yaml': yaml }
  const wrong = (below: string, found: string, meant: string) => ({
    code: 'schema.unknown',
    message: `${below} names no country of ISO 3166-1 (found "${found}")`,
    place: { file, ...placeOf(`${found}: `, changed) },
    hint: `did you mean "${meant}"?`,
  })
  expect(await faultsOf(changed)).toEqual([wrong('prices.sms.part', 'UK', 'GB'), wrong('sms.countries', 'EL', 'GR')])
})

test('a price below zero, or under a name that is no country, says what to write', async () => {
  const told = async (part: string) =>
    (await faultsOf({ 'brand.yaml': `${brandYaml}prices: { sms: { part: ${part} } }\n` })).map(
      ({ message, hint }) => `${message} | ${hint}`,
    )
  expect(await told('{ GB: -0.1 }')).toEqual([
    'prices.sms.part.GB is not an amount of zero or more, such as 0.034 (found "-0.1") | write an amount of zero or more, such as 0.034',
  ])
  expect(await told('{ gb: 0.1 }')).toEqual([
    'prices.sms.part has a name that is not allowed: "gb" | write a country in two capital letters, such as GB, or other',
  ])
})
