/** Phone numbers to the form that a gateway takes, with the country that it charges by. */
import { parsePhoneNumberFromString as parseKind } from 'libphonenumber-js/max'
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import examples from 'libphonenumber-js/mobile/examples'
import { expect, test } from 'vitest'
import { kindOf } from '../../../src/channels/sms/kind.ts'
import { dialAlike, isFlaw, type Phone, phone as read } from '../../../src/channels/sms/phone.ts'

const phone = (text: string, country?: string): Phone | undefined => {
  const found = read(text, country)
  return isFlaw(found) ? undefined : found
}
const flawOf = (text: string, country?: string): string | undefined => {
  const found = read(text, country)
  return isFlaw(found) ? found.what : undefined
}

test.each([
  ['+380441234567', undefined, '+380441234567', 'UA'],
  [' +380 (44) 123-45-67 ', undefined, '+380441234567', 'UA'],
  ['00380441234567', undefined, '+380441234567', 'UA'],
  ['+44\u00A020 7946 0958', undefined, '+442079460958', 'GB'],
  ['tel:+380441234567', undefined, '+380441234567', 'UA'],
  ['(044) 123.45.67', 'UA', '+380441234567', 'UA'],
  ['0 44/1234567', 'UA', '+380441234567', 'UA'],
  ['8 916 123-45-67', 'RU', '+79161234567', 'RU'],
  ['07700 900123', 'GB', '+447700900123', 'GB'],
  ['044-123-45-67', 'UA', '+380441234567', 'UA'],
  ['01.23.45.67.00', 'FR', '+33123456700', 'FR'],
  ['01-23-45-67-89', 'FR', '+33123456789', 'FR'],
  ['02/123.45.67', 'BE', '+3221234567', 'BE'],
  ['0475/12/34/56', 'BE', '+32475123456', 'BE'],
  ['12-34-56-78', 'DK', '+4512345678', 'DK'],
  ['(0441) 1234-567', 'DE', '+494411234567', 'DE'],
  ['0171/1234567', 'DE', '+491711234567', 'DE'],
  ['0171.0000000', 'DE', '+491710000000', 'DE'],
  // Without the last digit it is none.
  ['0151 1234567 8', 'DE', '+4915112345678', 'DE'],
  ['050 123 45 6 7', 'UA', '+380501234567', 'UA'],
  ['0171 123 45 67', 'DE', '+491711234567', 'DE'],
  ['030 12345 6', 'DE', '+4930123456', 'DE'],
  // An extension is dialled as a part of the number of a line.
  ['030 12345-67', 'DE', '+49301234567', 'DE'],
  ['+43 1 58858-0', undefined, '+431588580', 'AT'],
  ['+493012345678', 'UA', '+493012345678', 'DE'],
  // France dials its overseas as itself; from elsewhere they have codes of their own.
  ['0690 12 34 56', 'FR', '+590690123456', 'GP'],
  ['0692 12 34 56', 'FR', '+262692123456', 'RE'],
  ['0639 12 34 56', 'FR', '+262639123456', 'YT'],
  ['06 94 20 12 34', 'FR', '+594694201234', 'GF'],
  ['0696 12 34 56', 'FR', '+596696123456', 'MQ'],
  ['0262 20 12 34', 'FR', '+262262201234', 'RE'],
  ['06 95 12 34 56', 'FR', '+33695123456', 'FR'],
  ['0692 12 34 56', 'GP', '+262692123456', 'RE'],
  ['06 12 34 56 78', 'RE', '+33612345678', 'FR'],
  ['+77011234567', undefined, '+77011234567', 'KZ'],
  ['+447797123456', undefined, '+447797123456', 'JE'],
  ['+12025550123', undefined, '+12025550123', 'US'],
  ['+447700900123', undefined, '+447700900123', 'GB'],
  ['+88312345678', undefined, '+88312345678', undefined],
  // As contacts, tables and letters write them.
  ['(+49) 171 1234567', undefined, '+491711234567', 'DE'],
  ['(+44) 7700 900123', 'UA', '+447700900123', 'GB'],
  ['(0044) 7700 900123', 'UA', '+447700900123', 'GB'],
  ['( +49 171) 1234567', undefined, '+491711234567', 'DE'],
  ['\u202A+49 171 1234567\u202C', undefined, '+491711234567', 'DE'],
  ['\u200E+491711234567', undefined, '+491711234567', 'DE'],
  ['\u200F 0171 1234567', 'DE', '+491711234567', 'DE'],
  ['\u200Etel:+491711234567', undefined, '+491711234567', 'DE'],
  ['0171\u00AD1234567', 'DE', '+491711234567', 'DE'],
  ['0171\u20601234567', 'DE', '+491711234567', 'DE'],
  ['0171\t1234567', 'DE', '+491711234567', 'DE'],
  ['044\u2212123\u221245\u221267', 'UA', '+380441234567', 'UA'],
])('%j in %s is %s', (text, country, number, of) => {
  expect(phone(text, country)).toEqual({ number, ...(of === undefined ? {} : { country: of }) })
})

const twice = 'has a digit behind a blank, and is a number with it and without it'
const behind = 'has a digit or two behind a sign, which may be of an extension or another number'

test.each([
  ['', 'UA', 'has no digits'],
  ['none', 'UA', 'has no digits'],
  ['+', 'UA', 'has no digits'],
  ['0441234567', undefined, 'has no + and says no country'],
  ['112', 'UA', 'has fewer digits than numbers of UA have'],
  ['+123456', undefined, 'has fewer digits than numbers of its country have'],
  ['+1234567890123456', undefined, 'has more digits than numbers of its country have'],
  ['+44 7700 9001', 'UA', 'has a length that no number of its country has'],
  ['+999123456789', undefined, 'begins with + and the code of no country'],
  ['044 1234567, 044 7654321', 'UA', 'has signs that are not of one number'],
  ['044-CALL', 'UA', 'has letters'],
  ['٠٤٤١٢٣٤٥٦٧', 'UA', 'has digits other than 0 to 9'],
  ['०४४१२३४५६७', 'UA', 'has digits other than 0 to 9'],
  ['＋３８０４４１２３４５６７', 'UA', 'has digits other than 0 to 9'],
  ['044 123 45 6７', 'UA', 'has digits other than 0 to 9'],
  // A sign of a note, and no digit of the number.
  ['044 123 45 67²', 'UA', 'has signs that are not of one number'],
  ['+380441234567;ext=1', 'UA', 'has letters'],
  ['+3804412345\n67', 'UA', 'has signs that are not of one number'],
  ['0151 12', 'DE', 'has fewer digits than numbers of DE have that begin alike'],
  ['0171 123456', 'DE', 'has fewer digits than numbers of DE have that begin alike'],
  ['0151 1234567', 'DE', 'has fewer digits than numbers of DE have that begin alike'],
  ['0171 123456789', 'DE', 'has more digits than numbers of DE have that begin alike'],
  ['+49 151 12', undefined, 'has fewer digits than numbers of its country have that begin alike'],
  ['0664 12', 'AT', 'has fewer digits than numbers of AT have that begin alike'],
  ['+39 333 12345', undefined, 'has fewer digits than numbers of its country have that begin alike'],
  ['050 123 45 6', 'UA', 'has fewer digits than numbers of UA have that begin alike'],
  ['06 12 34 56 7', 'FR', 'has fewer digits than numbers of FR have that begin alike'],
  ['8 912 345 67 8', 'RU', 'has fewer digits than numbers of RU have that begin alike'],
  // With the 0 that is dialled no more.
  ['0 601 234 567', 'PL', 'has more digits than numbers of PL have that begin alike'],
  ['0171 1234567\t8', 'DE', twice],
  ['0171 1234567\u22128', 'DE', behind],
  ['0171 1234567/\u200E8', 'DE', behind],
  ['()', 'UA', 'has no digits'],
  ['+380 050 123456', undefined, 'has a 0 behind the code of its country'],
  ['4.4771E+11', 'GB', 'was rounded by a spreadsheet'],
  ['1711234567.0', 'DE', 'was exported as a decimal'],
  ['1711234567.00', 'DE', 'was exported as a decimal'],
  ['1711234567,0', 'DE', 'was exported as a decimal'],
  ['+491711234567.0', 'UA', 'was exported as a decimal'],
  ['501234567.0', 'UA', 'was exported as a decimal'],
  ['6641234567.0', 'AT', 'was exported as a decimal'],
  ['0171 1234567/8', 'DE', behind],
  ['0171 1234567 / 89', 'DE', behind],
  ['0171 123 45 67/68', 'DE', behind],
  ['0171 1234567 (2)', 'DE', behind],
  ['0171 1234567-1', 'DE', behind],
  ['0171 1234567-12', 'DE', behind],
  ['0171 1234567 – 8', 'DE', behind],
  ['0664 1234567.1', 'AT', behind],
  ['171 123 4567.0', 'DE', behind],
  ['0171 1234567 8', 'DE', twice],
  ['+49 171 1234567 8', undefined, twice],
  ['0171 1234567\u00A08', 'DE', twice],
  ['0664 1234567 8', 'AT', twice],
  ['0664 1234567 8 9', 'AT', twice],
  ['0171 123 45 67 (8', 'DE', behind],
])('%j in %s is no number: it %s', (text, country, flaw) => {
  expect(flawOf(text, country)).toBe(flaw)
})

test.each([
  ['DE', '0151 12345678', '0160 1234567', '0170 1234567', '0176 12345678', '01590 1234567'],
  ['AT', '0664 1234567', '0650 1234567', '0699 12345678', '0664 123456', '0676 123456789'],
  ['CH', '079 123 45 67'],
  ['FI', '050 12345', '040 123 4567', '0457 123 4567', '044 1234567'],
  ['SE', '070-123 45 67', '072 123 45 67'],
  ['NO', '412 34 567', '900 12 345'],
  ['DK', '20 12 34 56'],
  ['IT', '335 123456', '333 1234567', '320 123 4567'],
  ['HR', '091 123 4567', '098 123 456', '095 123 4567', '099 123 4567'],
  ['RS', '064 123456', '064 1234567', '060 1234567'],
  ['NZ', '021 123 456', '021 123 4567', '021 1234 5678', '027 123 4567'],
  ['ID', '0812-345-678', '0812-3456-7890', '0811-234-567', '0896 1234 5678'],
  ['MY', '012-345 6789', '011-1234 5678'],
  ['UA', '050 123 45 67', '067 123 4567', '050 123 4 567'],
  ['PL', '+48 601 234 567', '501 234 567'],
  ['FR', '+33 6 12 34 56 78', '07 12 34 56 78'],
  ['GB', '07700 900123', '07912 345678'],
  ['EE', '5123 4567', '512 3456'],
  ['BG', '087 123 4567', '0888 123 456', '048 123 456'],
  ['SI', '041 123 456'],
  ['LU', '621 123 456'],
  ['IL', '050-123-4567'],
  ['BR', '(11) 91234-5678'],
  ['AR', '011 15-1234-5678'],
  ['CI', '07 12 34 56 78'],
  ['IN', '98765 43210'],
  ['CN', '138 0013 8000'],
  ['JP', '090-1234-5678'],
  ['KR', '010-1234-5678', '011-123-4567'],
])('numbers of %s as long as operators give them are read', (country, ...numbers) => {
  expect(numbers.filter(number => phone(number, country) === undefined)).toEqual([])
})

test('as every country writes its mobile numbers, with blanks, hyphens, dots or slashes, they are read', () => {
  const unread: string[] = []
  for (const country of getCountries()) {
    const example = getExampleNumber(country, examples)
    if (example === undefined) continue
    const [own, abroad] = [example.formatNational(), example.formatInternational()]
    for (const sign of [' ', '-', '.', '/'])
      for (const written of [own, abroad].map(one => one.replaceAll(' ', sign)))
        if (phone(written, country)?.number !== example.number) unread.push(`${country} ${written}`)
  }
  expect(unread).toEqual([])
})

test('and without their last digit they are none, unless numbers have as many', () => {
  const read = getCountries().filter(country => {
    const own = getExampleNumber(country, examples)?.formatNational().slice(0, -1) ?? ''
    const number = phone(own, country)?.number
    return number !== undefined && parseKind(number)?.isValid() === false
  })
  expect(read).toEqual([])
})

test.each([
  ['digits', '1'.repeat(60_000)],
  ['digits and one behind a sign', `${'1'.repeat(60_000)}.1`],
  ['digits and one behind a blank', `${'1'.repeat(60_000)} 1`],
  ['blanks', `0171 1234567${' '.repeat(60_000)}8`],
])('thousands of %s are told at once', (_what, text) => {
  const before = process.cpuUsage()
  expect(flawOf(text, 'DE')).toBe('is longer than numbers are')
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
})

test('kinds are those that the library tells, in ranges of every kind', () => {
  const starts = [
    '20',
    '113',
    '3',
    '50',
    '55',
    '56',
    '70',
    '79',
    '80',
    '84',
    '87',
    '90',
    '91',
    '98',
    '0',
    '15',
    '180',
    '82',
  ]
  const seen = new Set<string | undefined>()
  // What numbers that are nobody's are held for, by the first three digits behind the code.
  const ranges = new Map<string, string>()
  for (const [code, country] of [
    ['44', 'GB'],
    ['380', 'UA'],
    ['49', 'DE'],
    ['48', 'PL'],
    ['33', 'FR'],
    ['1', 'US'],
    ['7', 'RU'],
    ['39', 'IT'],
  ] as const)
    for (const start of starts)
      for (let at = 0; at < 40; at += 1) {
        const number = `+${code}${start}${String((at * 7_919_713 + 12_345) % 1e9).padStart(9, '0')}`.slice(
          0,
          (country === 'DE' ? 11 : 9) + code.length + 1 + (at % 2),
        )
        const asked = parseKind(number, { extract: false })
        if (asked?.number !== number || asked.country !== country) continue
        const kind = asked.getType()
        const pocket = kind === undefined || /^(MOBILE|FIXED_LINE_OR_MOBILE|VOIP|PERSONAL_NUMBER|PAGER)$/.test(kind)
        const told = kindOf(number, country)
        if (kind === undefined) {
          const range = `+${code} ${number.slice(code.length + 1, code.length + 4)}`
          expect(told ?? '', range).toBe(ranges.get(range) ?? told ?? '')
          ranges.set(range, told ?? '')
        } else expect(told, number).toBe(pocket ? undefined : kind)
        seen.add(kind)
      }
  expect(ranges.size).toBeGreaterThan(300)
  // All others may be anybody's.
  expect([...ranges].flatMap(([range, kind]) => (kind === '' ? [] : [`${range} ${kind}`])).sort()).toEqual([
    '+33 820 SHARED_COST',
    '+33 821 SHARED_COST',
    '+33 822 PREMIUM_RATE',
    '+33 823 PREMIUM_RATE',
    '+33 840 SHARED_COST',
    '+33 842 SHARED_COST',
    '+380 900 PREMIUM_RATE',
    '+48 700 PREMIUM_RATE',
    '+48 701 PREMIUM_RATE',
    '+48 703 PREMIUM_RATE',
    '+48 801 SHARED_COST',
    '+49 900 PREMIUM_RATE',
    '+7 803 PREMIUM_RATE',
  ])
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'MOBILE',
      'FIXED_LINE',
      'FIXED_LINE_OR_MOBILE',
      'PREMIUM_RATE',
      'SHARED_COST',
      'TOLL_FREE',
      'UAN',
    ]),
  )
})

test('what is remembered of a range is what the library says of each number in it', () => {
  const ranges = [
    '+4477971',
    '+4479111',
    '+7701',
    '+7912',
    '+1242',
    '+1202',
    '+6189162',
    '+6185102',
    '+35850',
    '+262692',
    '+6185101',
    '+4476245',
    '+59059027',
    '+4779',
    '+1670',
  ]
  for (const range of ranges)
    for (let at = 0; at < 200; at += 1) {
      const number =
        range +
        String((at * 7919 + 13) % 100_000_000)
          .padStart(8, '0')
          // Of Australia one less: what is longer than all numbers there is none, and the library does not say so.
          .slice(0, (range.startsWith('+61') ? 12 : 13) - range.length)
      const asked = parsePhoneNumberFromString(number, { extract: false })
      expect(phone(number)?.country, number).toBe(
        asked?.isPossible() === true ? (asked.country ?? asked.getPossibleCountries()[0]) : undefined,
      )
    }
})

test.each([
  ['4915123456789', 'DE', 'begins with the code of its country and has no +'],
  ['49 151 23456789', 'DE', 'begins with the code of its country and has no +'],
  ['+49 (0) 0151 23456789', 'DE', 'has a 0 behind the code of its country'],
  ['+44 (0) 07911 123456', 'GB', 'has more digits than numbers of its country have'],
  ['+39 (0) 06 6982 1234', 'IT', undefined],
  ['0151 23456789', 'DE', undefined],
  ['+49 (0) 151 23456789', 'DE', undefined],
  ['+39 06 6982 1234', 'IT', undefined],
  ['501234567', 'UA', undefined],
  ['380501234567', 'UA', undefined],
  ['48 602 111 222', 'PL', undefined],
  ['0347 1234567', 'IT', 'has a 0 in front that no mobile number of IT has'],
  ['+39 (0) 347 1234567', 'UA', 'has a 0 in front that no mobile number of IT has'],
  ['0335 123456', 'IT', 'has a 0 in front that no mobile number of IT has'],
  ['0332 123456', 'IT', undefined],
  ['0341 123456', 'IT', undefined],
  ['+225 07 12 34 56 78', 'FR', undefined],
  ['04921 123456', 'DE', undefined],
  ['0171 2345683', 'UA', 'has more digits than numbers of UA have that begin alike'],
  ['8 601 234 569', 'PL', 'has more digits than numbers of PL have that begin alike'],
  ['601 234 569', 'PL', undefined],
])('the slip in %s of %s: %s', (text, country, what) => {
  expect(flawOf(text, country)).toBe(what)
})

test('a range is held for one that earns only where all of its kinds do: others may be anybody’s', () => {
  for (const [number, country] of [
    ['+39087000013', 'IT'],
    ['+3278715851', 'BE'],
    ['+5543715851', 'BR'],
  ] as const)
    expect(kindOf(number, country), number).toBeUndefined()
})

test('countries that share a code dial alike', () => {
  for (const [one, other] of [
    ['US', 'CA'],
    ['RU', 'KZ'],
    ['GB', 'JE'],
    ['FR', 'RE'],
    ['UA', 'UA'],
  ] as const)
    expect(dialAlike(one, other), `${one} ${other}`).toBe(true)
  expect(dialAlike('UA', 'RU')).toBe(false)
})
