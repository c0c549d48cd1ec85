import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal, isDecimal, readDecimal } from '../../src/schema/index.ts'

/** A decimal as text, and the same as an integer of so many places. */
const exact = fc
  .record({ digits: fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), places: fc.integer({ min: 0, max: 12 }) })
  .map(({ digits, places }) => ({ digits, places, text: textOf(digits, places) }))

function textOf(digits: bigint, places: number): string {
  const absolute = String(digits < 0n ? -digits : digits).padStart(places + 1, '0')
  const whole = absolute.slice(0, absolute.length - places)
  const fraction = places === 0 ? '' : `.${absolute.slice(-places)}`
  return `${digits < 0n ? '-' : ''}${whole}${fraction}`
}

/** Both as integers of the larger number of places. */
function align(a: { digits: bigint; places: number }, b: { digits: bigint; places: number }): [bigint, bigint, number] {
  const places = Math.max(a.places, b.places)
  return [a.digits * 10n ** BigInt(places - a.places), b.digits * 10n ** BigInt(places - b.places), places]
}

describe('decimal', () => {
  it('adds, subtracts and compares as whole numbers do', () => {
    fc.assert(
      fc.property(exact, exact, (a, b) => {
        const [x, y, places] = align(a, b)
        expect(decimal(a.text).plus(b.text).toString()).toBe(textOf(x + y, places))
        expect(decimal(a.text).minus(b.text).toString()).toBe(textOf(x - y, places))
        expect(decimal(a.text).cmp(b.text)).toBe(x < y ? -1 : x > y ? 1 : 0)
      }),
    )
  })

  it('multiplies without loss', () => {
    fc.assert(
      fc.property(exact, exact, (a, b) => {
        expect(decimal(a.text).times(b.text).toString()).toBe(textOf(a.digits * b.digits, a.places + b.places))
      }),
    )
  })

  it('rounds half away from zero', () => {
    fc.assert(
      fc.property(exact, fc.integer({ min: 0, max: 12 }), (a, places) => {
        const drop = a.places - places
        const unit = 10n ** BigInt(Math.max(drop, 0))
        const absolute = a.digits < 0n ? -a.digits : a.digits
        const rounded = drop <= 0 ? absolute * 10n ** BigInt(-drop) : (absolute + unit / 2n) / unit
        expect(decimal(a.text).round(places).toString()).toBe(textOf(a.digits < 0n ? -rounded : rounded, places))
      }),
    )
  })

  it.each([
    ['0.125', 2, '0.13'],
    ['-0.125', 2, '-0.13'],
    ['2.5', 0, '3'],
    ['-2.5', 0, '-3'],
    ['0.5', 0, '1'],
    ['1.005', 2, '1.01'],
    ['1.00499999999999999999', 2, '1.00'],
    ['99.995', 2, '100.00'],
  ])('rounds %s to %i places as %s', (text, places, rounded) =>
    expect(decimal(text).round(places).toString()).toBe(rounded))

  it('divides to 30 places, and multiplication takes it back as far as they go', () => {
    fc.assert(
      fc.property(exact, exact, (a, b) => {
        fc.pre(b.digits !== 0n)
        const quotient = decimal(a.text).div(b.text)
        const error = quotient.times(b.text).minus(a.text)
        const bound = decimal(b.text).times('0.0000000000000000000000000000005')
        const size = (value: typeof error) => (value.cmp(0) < 0 ? decimal(0).minus(value) : value)
        expect(size(error).cmp(size(bound))).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('keeps the places that were written', () => {
    expect(decimal('2.50').plus('2.50').toString()).toBe('5.00')
    expect(decimal('0.05').minus('0.05').toString()).toBe('0.00')
    expect(decimal('-0.004').round(2).toString()).toBe('0.00')
    expect(decimal('1.5').round(2).toString()).toBe('1.50')
    expect(decimal('10').div('4').toString()).toBe('2.5')
    expect(decimal('1').div('3').round(4).toString()).toBe('0.3333')
    expect(JSON.stringify({ total: decimal('7.10') })).toBe('{"total":"7.10"}')
  })

  it('takes integers and short fractions as numbers', () => {
    expect(decimal(5).plus(0.1).toString()).toBe('5.1')
    expect(decimal(-0).toString()).toBe('0')
  })

  it.each([
    ['', /not a decimal: ""/],
    ['1e3', /not a decimal/],
    [' 1', /not a decimal/],
    ['1,5', /not a decimal/],
    [Number.NaN, /not a decimal/],
    [1e21, /not a decimal/],
    [2 ** 53, /not a decimal/],
    [1e-7, /not a decimal/],
  ])('throws for %j', (value, words) => {
    expect(() => decimal(value)).toThrow(words)
    expect(() => decimal(value)).toThrow(RangeError)
  })

  it('throws for a zero divisor and for places that are none', () => {
    expect(() => decimal(1).div('0.00')).toThrow(new RangeError('division by zero'))
    for (const places of [-1, 1.5, Number.NaN, 1001]) expect(() => decimal(1).round(places)).toThrow(RangeError)
  })
})

describe('isDecimal', () => {
  it.each(['0', '-12.50', '007', '1000000000000000000000.1'])('takes %s', text => expect(isDecimal(text)).toBe(true))
  it.each(['', '-', '.5', '5.', '+5', '1e3', '1,5', '1 000', '١', '5\n'])('refuses %j', text =>
    expect(isDecimal(text)).toBe(false))
})

describe('readDecimal', () => {
  const conventions = fc.constantFrom(
    { decimal: '.' as const, thousands: ',' },
    { decimal: ',' as const, thousands: '.' },
    { decimal: ',' as const, thousands: ' ' },
    { decimal: '.' as const, thousands: '’' },
    { decimal: ',' as const },
  )

  it('reads back what was written in the same conventions, grouped or not', () => {
    fc.assert(
      fc.property(exact, conventions, fc.boolean(), (a, convention, grouped) => {
        const [whole = '', fraction] = a.text.replace('-', '').split('.')
        const marks = grouped && 'thousands' in convention ? (convention.thousands ?? '') : ''
        const written = whole.replace(/\B(?=(\d{3})+$)/g, marks)
        const text = `${a.digits < 0n ? '-' : ''}${written}${fraction === undefined ? '' : convention.decimal + fraction}`
        expect(readDecimal(text, convention)).toBe(a.text)
      }),
    )
  })

  it.each([
    ['0.500', { decimal: ',', thousands: '.' }],
    ['00.001', { decimal: ',', thousands: '.' }],
    ['-0.001', { decimal: ',', thousands: '.' }],
    ['0.012.000', { decimal: ',', thousands: '.' }],
    ['0,500', { decimal: '.', thousands: ',' }],
    ['0 500', { decimal: ',', thousands: ' ' }],
  ] as const)('takes %s for no number: nobody groups behind a zero', (text, conventions) => {
    expect(readDecimal(text, conventions)).toBeUndefined()
    expect(readDecimal(text.replaceAll(conventions.thousands, ''), conventions)).toBeDefined()
  })

  it.each([' ', '\u00a0', '\u202f', '\u2009'])('takes any blank where the blank %j is declared', thousands => {
    for (const blank of [' ', '\u00a0', '\u202f', '\u2009'])
      expect(readDecimal(`-1${blank}234${blank}567,50`, { decimal: ',', thousands })).toBe('-1234567.50')
    for (const other of ['1\t234', '1\n234', '1  234', '1.234'])
      expect(readDecimal(other, { decimal: ',', thousands })).toBeUndefined()
  })

  it('takes a blank for no mark that is declared otherwise', () => {
    expect(readDecimal('1\u00a0234', { decimal: ',', thousands: '.' })).toBeUndefined()
    expect(readDecimal('1.234', { decimal: ',', thousands: "'" })).toBeUndefined()
  })

  it('gives canonical text or nothing, whatever comes', () => {
    const mess = fc.string({ unit: fc.constantFrom(...'0123456789.,-+ e’\n') })
    fc.assert(
      fc.property(mess, conventions, (text, convention) => {
        const read = readDecimal(text, convention)
        if (read !== undefined) expect(read).toMatch(/^(-(?!0(\.0*)?$))?(0|[1-9]\d*)(\.\d+)?$/)
      }),
    )
  })

  it.each([
    ['+5', '.', '5'],
    ['007.50', '.', '7.50'],
    ['-0,00', ',', '0.00'],
    [',5', ',', '0.5'],
    ['1234,5', ',', '1234.5'],
  ] as const)('reads %s', (text, mark, canonical) => expect(readDecimal(text, { decimal: mark })).toBe(canonical))

  it.each([
    ['', ',', '.'],
    ['-', ',', '.'],
    ['5,', ',', '.'],
    ['12.50', ',', undefined],
    ['1,234', '.', undefined],
    ['1.23,4', ',', '.'],
    ['1.234.56,7', ',', '.'],
    ['1234.567,0', ',', '.'],
    ['1,234.5,678', '.', ','],
    ['12 .5', '.', ' '],
    ['£5', '.', ','],
    ['1e3', '.', ','],
  ] as const)('refuses %j', (text, mark, thousands) => {
    expect(readDecimal(text, { decimal: mark, ...(thousands === undefined ? {} : { thousands }) })).toBeUndefined()
  })
})
