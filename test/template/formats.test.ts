import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateStyles, Unshowable } from '../../src/template/formats.ts'
import { formatsOf } from '../../src/template/index.ts'

/** Spaces that do not break are shown as `~`, the minus sign as it is. */
const seen = (text: string): string => text.replaceAll('\u00a0', '~')

const table = [
  {
    locale: 'uk-UA',
    currency: 'UAH',
    amount: '1~234,50~грн',
    below: '−1~234,50~грн',
    rate: ['20', '20%'],
    long: '23~березня 2026~р.',
    short: '23.03.2026',
    sms: '23.03',
    day: '23~березня',
    month: 'березень 2026~року',
    alone: 'березень',
    plain: '1234,50 грн',
    plainBelow: '-1234567,50 грн',
  },
  {
    locale: 'ru-RU',
    currency: 'RUB',
    amount: '1~234,50~₽',
    below: '−1~234,50~₽',
    rate: ['20', '20~%'],
    long: '23~марта 2026~г.',
    short: '23.03.2026',
    sms: '23.03',
    day: '23~марта',
    month: 'март 2026~года',
    alone: 'март',
    plain: '1234,50 ₽',
    plainBelow: '-1234567,50 ₽',
  },
  {
    locale: 'pl-PL',
    currency: 'PLN',
    amount: '1~234,50~zł',
    below: '−1~234,50~zł',
    rate: ['23', '23%'],
    long: '23~marca 2026~r.',
    short: '23.03.2026',
    sms: '23.03',
    day: '23~marca',
    month: 'marzec 2026~r.',
    alone: 'marzec',
    plain: '1234,50 zł',
    plainBelow: '-1234567,50 zł',
  },
  {
    locale: 'de-DE',
    currency: 'EUR',
    amount: '1.234,50~€',
    below: '−1.234,50~€',
    rate: ['19', '19~%'],
    long: '23.~März 2026',
    short: '23.03.2026',
    sms: '23.03.',
    day: '23.~März',
    month: 'März 2026',
    alone: 'März',
    plain: '1.234,50 €',
    plainBelow: '-1.234.567,50 €',
  },
  {
    locale: 'en-GB',
    currency: 'GBP',
    amount: '£1,234.50',
    below: '−£1,234.50',
    rate: ['20', '20%'],
    long: '23~March 2026',
    short: '23~Mar~2026',
    sms: '23~March',
    day: '23~March',
    month: 'March 2026',
    alone: 'March',
    plain: '£1,234.50',
    plainBelow: '-£1,234,567.50',
  },
] as const

describe('the five languages, cell by cell', () => {
  for (const row of table) {
    describe(row.locale, () => {
      const formats = formatsOf(row.locale)
      const plain = formatsOf(row.locale, { plain: true })
      const { currency } = row
      it('amounts', () => {
        expect(seen(formats.money('1234.50', { currency }))).toBe(row.amount)
        expect(seen(formats.money('1234.5', { currency }))).toBe(row.amount)
        expect(seen(formats.money('-1234.50', { currency }))).toBe(row.below)
      })
      it('percentages', () => expect(seen(formats.percent(row.rate[0]))).toBe(row.rate[1]))
      it('dates', () => {
        expect(seen(formats.date('2026-03-23', 'long'))).toBe(row.long)
        expect(seen(formats.date('2026-03-23', 'short'))).toBe(row.short)
        expect(seen(formats.date('2026-03-23', 'sms'))).toBe(row.sms)
        expect(seen(formats.date('2026-03-23', 'day'))).toBe(row.day)
        expect(seen(formats.date('2026-03-23', 'month'))).toBe(row.month)
        expect(seen(formats.date('2026-03', 'month'))).toBe(row.month)
        expect(seen(formats.date('2026-03-23T08:30:00', 'month-name'))).toBe(row.alone)
      })
      it('bare text has plain spaces and hyphens, and no spaces for grouping', () => {
        expect(plain.money('1234.50', { currency })).toBe(row.plain)
        expect(plain.money('-1234567.50', { currency })).toBe(row.plainBelow)
        expect(plain.date('2026-03-23', 'sms')).toBe(row.sms.replaceAll('~', ' '))
      })
    })
  }

  it('holds for the language alone, and for Slavic languages in other countries', () => {
    expect(seen(formatsOf('pl').money('1234', { currency: 'PLN' }))).toBe('1~234,00~zł')
    expect(seen(formatsOf('en').date('2026-03-23', 'long'))).toBe('23~March 2026')
    expect(seen(formatsOf('ru-UA').money('1234.50', { currency: 'UAH' }))).toBe('1~234,50~грн')
  })

  it('groups every three digits', () => {
    expect(seen(formatsOf('uk-UA').number('-1234567.891'))).toBe('−1~234~567,891')
    expect(formatsOf('en-GB').number('999')).toBe('999')
    expect(formatsOf('en-GB').number('1000')).toBe('1,000')
  })
})

describe('other locales', () => {
  it('are as CLDR has them, with U+2212 and years of four digits', () => {
    expect(formatsOf('en-US').money('-1234.5', { currency: 'USD' })).toBe('−$1,234.50')
    expect(formatsOf('en-US').date('2026-03-23', 'long')).toBe('March 23, 2026')
    expect(formatsOf('fr-FR').money('1234.5', { currency: 'EUR' })).toBe('1\u202f234,50\u00a0€')
    expect(formatsOf('fr-FR', { plain: true }).money('-1234.5', { currency: 'EUR' })).toBe('-1234,50 €')
    expect(formatsOf('de-CH').money('1234.5', { currency: 'CHF' })).toBe("CHF\u00a01'234.50")
    expect(formatsOf('de-CH', { plain: true }).money('1234.5', { currency: 'CHF' })).toBe("CHF 1'234.50")
    expect(formatsOf('sv-SE').date('2026-03-23', 'short')).toBe('2026-03-23')
    expect(formatsOf('fr-FR').percent('5.50')).toBe('5,5\u00a0%')
  })
})

describe('amounts', () => {
  const { money, number, percent, date } = formatsOf('en-GB')
  it('have the decimals of their currency, or as many as the template says', () => {
    expect(money('1234', { currency: 'JPY' })).toBe('JP¥1,234')
    expect(money('1.5', { currency: 'KWD' })).toBe('KWD\u00a01.500')
    expect(money('0.0825', { currency: 'GBP', decimals: 4 })).toBe('£0.0825')
    expect(money('350', { currency: 'GBP', symbol: false })).toBe('350.00')
    expect(number('3', { decimals: 2 })).toBe('3.00')
    expect(number(3)).toBe('3')
    expect(percent('7.50')).toBe('7.5%')
    expect(percent('7.50', { decimals: 2 })).toBe('7.50%')
  })
  it('are never rounded: what does not fit is refused, zeros at the end are not missed', () => {
    expect(money('12.5000', { currency: 'GBP' })).toBe('£12.50')
    expect(() => money('12.505', { currency: 'GBP' })).toThrow(
      new Unshowable('has more decimals than GBP has', 'round it in prepare.js, or show more with decimals='),
    )
    expect(() => number('0.05', { decimals: 1 })).toThrow('has more decimals than are to be shown (1)')
  })
  it('have no minus before zero', () => expect(money('-0.00', { currency: 'GBP' })).toBe('£0.00'))
  it('refuse what is not a decimal, a date, a currency', () => {
    expect(() => money('12,50', { currency: 'GBP' })).toThrow('is not a decimal number')
    expect(() => money(undefined, { currency: 'GBP' })).toThrow('is missing')
    expect(() => money('1', { currency: 'XXQ' })).toThrow('has a currency that is not an ISO 4217 code')
    expect(() => date('2026-02-30', 'long')).toThrow('is not a date')
    expect(() => date('2026-03-23x', 'long')).toThrow('is not a date')
    expect(() => date('2026-03', 'long')).toThrow('is a month, not a date')
    expect(() => date(null, 'long')).toThrow('is missing')
  })
  it('are exact beyond what a double holds', () => {
    expect(money('12345678901234567890.12', { currency: 'GBP' })).toBe('£12,345,678,901,234,567,890.12')
    expect(formatsOf('en-US').money('12345678901234567890.12', { currency: 'USD' })).toBe(
      '$12,345,678,901,234,567,890.12',
    )
  })
})

describe('laws', () => {
  const locales = [...table.map(row => row.locale), 'en-US', 'fr-FR', 'de-AT', 'hi-IN', 'sv-SE']
  const cents = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
  const decimalOf = (amount: bigint): string => {
    const digits = String(amount < 0n ? -amount : amount).padStart(3, '0')
    return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
  }

  it('every digit of an amount is shown, in order, in every locale and flavour', () => {
    fc.assert(
      fc.property(cents, fc.constantFrom(...locales), fc.boolean(), (amount, locale, plain) => {
        const text = decimalOf(amount)
        const shown = formatsOf(locale, { plain }).money(text, { currency: 'EUR' })
        expect(shown.replace(/\D/g, '')).toBe(text.replace(/\D/g, ''))
        expect(/[-−]/.test(shown)).toBe(amount < 0n)
      }),
    )
  })

  it('the plain flavour differs in spaces, hyphens and space-like grouping only', () => {
    const bare = (text: string): string => text.replace(/[\s’]/gu, '').replaceAll('−', '-')
    fc.assert(
      fc.property(cents, fc.constantFrom(...locales), (amount, locale) => {
        const text = decimalOf(amount)
        const plain = formatsOf(locale, { plain: true }).money(text, { currency: 'EUR' })
        expect(bare(plain)).toBe(bare(formatsOf(locale).money(text, { currency: 'EUR' })))
        expect(plain).not.toMatch(/[\u00a0\u202f\u2212]/)
      }),
    )
    for (const locale of locales) {
      for (const style of dateStyles) {
        const plain = formatsOf(locale, { plain: true }).date('2026-03-23', style)
        expect(bare(plain)).toBe(bare(formatsOf(locale).date('2026-03-23', style)))
      }
    }
  })

  it('groups digits by threes from the point, without zeros before them', () => {
    const long = fc.tuple(fc.stringMatching(/^0{0,3}\d{1,14}$/), fc.stringMatching(/^(\.\d{1,4})?$/))
    fc.assert(
      fc.property(long, ([whole, fraction]) => {
        const grouped = whole.replace(/^0+(?=\d)/, '').replace(/\d(?=(?:\d{3})+$)/g, '$&,')
        expect(formatsOf('en-GB').number(`${whole}${fraction}`)).toBe(grouped + fraction)
      }),
    )
  })

  it('remembers a bounded number of locales', () => {
    for (let at = 0; at < 300; at++) formatsOf(`en-x-a${at}`)
    expect(formatsOf('en-x-a299')).toBe(formatsOf('en-x-a299'))
    const first = formatsOf('en-x-a0')
    expect(first.number('1')).toBe('1')
  })
})
