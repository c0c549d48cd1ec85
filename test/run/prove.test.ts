/** The proof of facts: which texts show a fact, and which only seem to. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Communication, ReadApart } from '../../src/model/index.ts'
import { isCurrencySign } from '../../src/run/prove/currencysigns.ts'
import { type Demand, prove } from '../../src/run/prove/prove.ts'
import { provePiece } from '../../src/run/prove/provepiece.ts'
import { fold, isWordSign, readTokens } from '../../src/run/prove/tokens.ts'
import { formatsOf } from '../../src/template/index.ts'

const seed = 20_101_201

function money(value: string, locale: string, { currency = 'UAH', plain = false } = {}): Demand {
  return { as: 'money', value, currency, shown: [formatsOf(locale, { plain }).money(value, { currency })] }
}

function read(text: string, demand: Demand, locale = 'uk-UA'): string | undefined {
  const proof = prove([{ name: '', text, facts: ['it'] }], { it: demand }, locale)
  expect(proof.missing).toHaveLength(proof.read['it'] === undefined && demand.as === 'money' ? 1 : proof.missing.length)
  return proof.missing.length > 0 ? undefined : (proof.read['it'] ?? demand.value)
}

describe('signs', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 12 })
  test('texts that need no folding are those that folding leaves as they are', () => {
    // A soft hyphen folds away, and takes every text the long way.
    const everySign = Array.from({ length: 0xd800 }, (_, code) => String.fromCharCode(code))
    for (const sign of everySign) expect(fold(`x${sign}y`)).toBe(fold(`\u00adx${sign}y`))
    fc.assert(
      fc.property(anyText, text => {
        expect(fold(text)).toBe(fold(`\u00ad${text}`))
      }),
      { seed },
    )
  })

  test('are of words where the character database says so', () => {
    fc.assert(
      fc.property(anyText, text => {
        let at = 0
        for (const sign of text) {
          expect(isWordSign(text, at)).toBe(/^[\p{L}\p{N}\p{M}]/u.test(sign))
          at += sign.length
        }
      }),
      { seed },
    )
  })
})

describe('money', () => {
  const bill = money('17.85', 'en-GB', { currency: 'GBP' })
  test.each([
    ['To pay: £17.85.', true],
    ['17.85', true],
    ['Amount £\n17.85\nDue', true],
    ['To pay (17.85) now', true],
    ['To pay (£17.85)', true],
    ['(17.85), as agreed', true],
    ['(17.85)', false],
    ['Balance\n(£17.85)\nDue', false],
    ['(17.85 GBP)', false],
    ['3 17.85 9', true],
    ['GBP 17.85', true],
    ['£117.85', false],
    ['£17.850', false],
    ['£17.8', false],
    ['£17,85', false],
    ['1,117.85', false],
    ['17.85.20', false],
    ['-£17.85', false],
    ['£-17.85', false],
    ['A17.85', false],
    ['17.85kg', false],
    ['17.85%', false],
    ['17.85 %', false],
    ['€17.85', false],
    ['17.85 EUR', false],
    ['EUR 17.85', false],
    ['B-17.85', false],
    ['17.85/2', false],
    ['£17.35', false],
    ['', false],
  ])('£17.85 in "%s": %s', (text, shown) => {
    expect(read(text, bill, 'en-GB')).toBe(shown ? '17.85' : undefined)
  })

  const large = money('1482.50', 'uk-UA')
  test.each([
    ['До сплати 1\u00a0482,50\u00a0грн', true],
    ['До сплати 1 482,50 грн', true],
    ['1\u202f482,50', true],
    ['1482,50 грн', true],
    ['3 1\u00a0482,50', true],
    ['1482.50 грн', false],
    ['1,482.50 грн', false],
    ['31\u00a0482,50 грн', false],
    ['2\u00a0482,50 грн', false],
    ['1\u00a0482,500', false],
    ['1\n482,50', false],
    ['1\u00a0482,50 €', false],
  ])('1 482,50 грн in "%s": %s', (text, shown) => {
    expect(read(text, large)).toBe(shown ? '1482.50' : undefined)
  })

  test.each([
    ['UAH', '100,00 zł', false],
    ['UAH', '100,00\u00a0руб.', false],
    ['UAH', '100,00 Руб', false],
    ['UAH', 'До сплати 100,00 р.', false],
    ['UAH', '100,00\tрублей', false],
    ['UAH', '100,00 євро', false],
    ['UAH', 'zł 100,00', false],
    ['UAH', 'до 5 р. 100,00', true],
    ['UAH', '100,00 гривень', true],
    ['UAH', '100,00 ₴', true],
    ['UAH', '100,00 ГРН.', true],
    ['UAH', '100,00 р.н.', true],
    ['UAH', '100,00 рядок', true],
    ['UAH', '100,00 zł 5', true],
    ['UAH', '5,00 zł 100,00 грн', true],
    ['RUB', '100,00 руб.', true],
    ['RUB', '100,00 грн', false],
    ['PLN', '100,00 zł', true],
    ['PLN', '100,00 złotych', true],
    ['PLN', '100,00 Kč', false],
  ])('%s 100 in "%s": %s', (currency, text, shown) => {
    expect(read(text, money('100.00', 'uk-UA', { currency }))).toBe(shown ? '100.00' : undefined)
  })

  test.each([
    ['17.85 Kč', false],
    ['17.85 zł', false],
    ['17.85 kr', false],
    ['17.85 kr.', false],
    ['Rs 17.85', false],
    ['Rs. 17.85', false],
    ['17.85 lei', false],
    ['Total\u00a0kr\u00a017.85', false],
    ['17.85 krill', true],
    ['17.85 are due', true],
    ['17.85 to K', true],
    ['Cars 17.85', true],
    ['17.85\tDb', true],
    ['17.85 KM', true],
  ])('£17.85 in "%s": %s', (text, shown) => {
    expect(read(text, bill, 'en-GB')).toBe(shown ? '17.85' : undefined)
  })

  test('of every currency that a locale of ours writes in letters is known', () => {
    const elseToo = /^(?:[A-Z]|KM|CF|Db|Ar|F[CG]|RF|F\.G\.|F\.Rw|Cg\.?|F\u202fCFA|F\u00a0CFA|ლ)$/
    const signs = ['en-GB', 'uk-UA', 'ru-RU', 'pl-PL', 'de-DE'].flatMap(locale =>
      Intl.supportedValuesOf('currency').map(
        currency =>
          new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
            .formatToParts(0)
            .find(({ type }) => type === 'currency')?.value ?? '',
      ),
    )
    const unknown = signs.filter(sign => /\p{L}/u.test(sign) && !elseToo.test(sign))
    expect([...new Set(unknown.filter(sign => !isCurrencySign(sign.replace(/\.$/, ''))))]).toEqual([])
  })

  test('a no-break blank binds, a plain one may part columns', () => {
    expect(read('3\u00a0482,50', money('482.50', 'uk-UA'))).toBeUndefined()
    expect(read('3 482,50', money('482.50', 'uk-UA'))).toBe('482.50')
  })

  test('below zero, with every minus', () => {
    const credit = money('-12.50', 'en-GB', { currency: 'GBP' })
    for (const text of ['\u2212£12.50', '-£12.50', '£-12.50', 'GBP -12.50'])
      expect(read(text, credit, 'en-GB'), text).toBe('-12.50')
    for (const text of ['(12.50)', 'Balance\n(£12.50)\n', '(-12.50)'])
      expect(read(text, credit, 'en-GB'), text).toBe('-12.50')
    for (const text of ['£12.50', 'Balance (12.50)', 'a-12.50', '8\u201312.50'])
      expect(read(text, credit, 'en-GB'), text).toBeUndefined()
  })

  test('below zero, with a blank behind the minus; a dash in a sentence and the mark of a list are none', () => {
    const credit = money('-12.50', 'en-GB', { currency: 'GBP' })
    const debit = money('12.50', 'en-GB', { currency: 'GBP' })
    const below = [
      '\u2212 £12.50',
      'Balance \u2212\u00a0£12.50 to you',
      'Balance \u2212 12.50',
      '31.12.2026 \u2212 £12.50',
      'Invoice 5 \u2212 £12.50',
      '- £12.50',
      'Balance\t– £12.50\t9.00',
      'Balance: - £12.50 to you',
      '- 12.50 GBP\n',
      '\u2212 GBP 12.50',
    ]
    for (const text of below) {
      expect(read(text, credit, 'en-GB'), text).toBe('-12.50')
      expect(read(text, debit, 'en-GB'), text).toBeUndefined()
    }
    for (const text of [
      'Due - £12.50',
      'Due – £12.50',
      '- £12.50 for water',
      '£100.00 \u2212 £12.50 = £87.50',
      '£100 \u2212 £12.50',
    ]) {
      expect(read(text, debit, 'en-GB'), text).toBe('12.50')
      expect(read(text, credit, 'en-GB'), text).toBeUndefined()
    }
  })

  test('in parentheses: below zero as a cell of its own, and only set apart in a sentence', () => {
    const credit = money('-12.50', 'en-GB', { currency: 'GBP' })
    const debit = money('12.50', 'en-GB', { currency: 'GBP' })
    for (const text of ['Balance\t(12.50)', 'Balance\t(£12.50)\t3.00', '9.00\t(12.50)\nTotal', '1\t\u2212(12.50) ']) {
      expect(read(text, credit, 'en-GB'), text).toBe('-12.50')
      expect(read(text, debit, 'en-GB'), text).toBeUndefined()
    }
    for (const text of ['Balance (12.50)', 'Balance\tto pay (12.50)', '(12.50) to pay\tnow', 'to pay\n(12.50) now']) {
      expect(read(text, debit, 'en-GB'), text).toBe('12.50')
      expect(read(text, credit, 'en-GB'), text).toBeUndefined()
    }
  })

  test('cells are no part of each other', () => {
    expect(read('3\t482,50', money('3482.50', 'uk-UA'))).toBeUndefined()
    expect(read('3\t482,50', money('482.50', 'uk-UA'))).toBe('482.50')
    expect(read('482,50\t€', money('482.50', 'uk-UA'))).toBeUndefined()
    expect(read('Account\tB-1 of\tOlena', { as: 'text', value: 'B-1 of Olena', shown: ['B-1 of Olena'] })).toBeDefined()
  })

  test('what every locale shows is read back to the cent, and no altered digit is', () => {
    const locales = [
      'uk-UA',
      'ru-RU',
      'pl-PL',
      'de-DE',
      'en-GB',
      'de-CH',
      'fr-FR',
      'en-IN',
      'ar-EG',
      'hi-IN-u-nu-deva',
      'es-ES',
      'sv-SE',
    ]
    fc.assert(
      fc.property(
        fc.bigInt({ min: -10_000_000_00n, max: 10_000_000_00n }),
        fc.constantFrom(...locales),
        fc.constantFrom('UAH', 'EUR', 'GBP', 'CHF', 'PLN', 'USD'),
        fc.boolean(),
        fc.nat(),
        (cents, locale, currency, plain, pick) => {
          const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
          const value = `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
          const demand = money(value, locale, { currency, plain })
          const shown = demand.shown[0] as string
          for (const text of [shown, `7 x ${shown}, 8`, `a\n${shown}\nb`, `so (${shown})`])
            expect(read(text, demand, locale), text).toBe(value)
          // Nothing may be said in words, so that no figure has to stand there.
          if (cents === 0n) return
          const places = [...shown.matchAll(/\p{Nd}/gu)]
          const { index, 0: digit } = places[pick % places.length] as RegExpExecArray
          const other = digit >= '0' && digit <= '8' ? String(Number(digit) + 1) : digit === '9' ? '8' : undefined
          if (other === undefined) return
          const altered = shown.slice(0, index) + other + shown.slice(index + digit.length)
          expect(read(`Total ${altered}.`, demand, locale), altered).toBeUndefined()
        },
      ),
      { seed, numRuns: 400 },
    )
  })
})

describe('texts and dates', () => {
  test.each([
    ['1004-2288', 'Account 1004-2288, page 1', true],
    ['1004-2288', 'Account 1004-\n2288 page', true],
    ['1004-2288', 'Account 1004\u20112288', true],
    ['1004', 'Account 1004-2288', false],
    ['B-1', 'B-12', false],
    ['B-1', 'AB-1', false],
    ['B-1', 'B-1-2', false],
    ['B-1', 'B-1/2', false],
    ['B-1', 'nord.example/B-1', true],
    ['B-1', 'B-1.', true],
    ['B-1', 'B-1\u00a0· x', true],
    ['7', '2.7', false],
    ['7', 'No.\u00a07', true],
    ['Müllermann', 'Herr Müller-\nmann', true],
    ['Müllermann', 'Herr Müller\u00admann', true],
    ['ABCDEFGH', 'ABCD\nEFGH x', true],
    ["O'Brien & Sons", 'O\u2019Brien &\nSons', true],
    ['Олена', 'Олена\u0301', false],
  ])('"%s" in "%s": %s', (token, text, shown) => {
    expect(readTokens(fold(text)).hold(fold(token))).toBe(shown)
  })

  test('a token is found among any others, and not inside a longer one', () => {
    const token = fc.stringMatching(/^[A-Z0-9]{1,4}(-[A-Z0-9]{1,4}){0,2}$/)
    const gap = fc.constantFrom(' ', '\n', '\u00a0', ' (', ', ', ' – ', ': ')
    fc.assert(
      fc.property(token, gap, gap, fc.constantFrom('0', 'A', '-1', '.5', '_x'), (wanted, before, after, more) => {
        expect(readTokens(fold(`of${before}${wanted}${after.trimStart() || ' '}end`)).hold(fold(wanted))).toBe(true)
        expect(readTokens(fold(`of ${wanted}${more} end`)).hold(fold(wanted))).toBe(false)
      }),
      { seed, numRuns: 300 },
    )
  })
})

test.each([
  ['no text', []],
  ['no text that says all', [{ name: 'subject', text: 'Bill', whole: false }]],
])('a channel from outside that reads %s proves nothing', async (_, texts) => {
  const fact = { name: 'total', value: 'total', as: 'text', on: ['fax'] }
  const proof = {
    name: 'fax',
    open: { read: async () => '', readApart: async () => ({ texts, enclosed: [] }) },
    merge: { plain: true },
    template: { file: 'template.yaml', facts: [fact] },
    brand: { locale: 'en-GB', currency: 'GBP' },
    communication: { id: 'B-1', locale: 'en-GB', recipient: {}, data: { total: 'twelve' } },
  } as unknown as Parameters<typeof provePiece>[1]
  const { flaws } = await provePiece(new Uint8Array(), proof)
  expect(flaws.map(({ code }) => code)).toEqual(['run.unread'])
})

describe('whom a piece goes to', () => {
  const flawsOf = async (read: Partial<ReadApart>, known = 'C-9') => {
    const texts = [{ name: '', text: 'twelve', whole: true }]
    const proof = {
      name: 'fax',
      open: {
        read: async () => '',
        readApart: async () => ({ texts, enclosed: [], ...read }),
        addressOf: ({ recipient }: Communication) => recipient.phone,
      },
      merge: { plain: true },
      template: { file: 'template.yaml', facts: [] },
      brand: { locale: 'en-GB', currency: 'GBP' },
      communication: { id: 'B-1', locale: 'en-GB', recipient: { phone: '+380441234567' }, data: {} },
      watch: {
        foreign: (shown: readonly string[]) =>
          shown.flatMap((text, position) => (text.includes(known) ? [{ position, fact: 'who', line: 7 }] : [])),
      },
    } as unknown as Parameters<typeof provePiece>[1]
    const { flaws } = await provePiece(new Uint8Array(), proof)
    return flaws.map(({ code, message }) => `${code}: ${message}`)
  }

  test('is who its communication is for', async () => {
    expect(await flawsOf({ to: '+380441234567' })).toEqual([])
    expect(await flawsOf({})).toEqual([])
    const elsewhere = ['run.identity: fax goes to another address than its communication has']
    expect(await flawsOf({ to: '+380441234568' })).toEqual(elsewhere)
    expect(await flawsOf({ to: '' })).toEqual(elsewhere)
  })

  test('is nobody else by its links, whatever their escapes', async () => {
    expect(await flawsOf({ links: ['https://pay.example/?bill=B-1'] })).toEqual([])
    const foreign = [
      'run.identity: fax shows what identifies another communication of the run: the fact who of line 7 of the data',
    ]
    expect(await flawsOf({ links: ['https://pay.example/?bill=C-9'] })).toEqual(foreign)
    expect(await flawsOf({ links: ['https://pay.example/?bill=C%2D9'] })).toEqual(foreign)
    expect(await flawsOf({ links: ['https://pay.example/%E0%A4%A'] })).toEqual([])
  })

  test('is nobody else by what no reader sees', async () => {
    const unseen = { name: 'unseen', text: 'C-9', whole: false }
    const texts = [{ name: 'html', text: 'twelve', whole: true }, unseen]
    expect(await flawsOf({ texts })).toEqual([
      'run.identity: fax shows what identifies another communication of the run: the fact who of line 7 of the data',
    ])
  })
})
