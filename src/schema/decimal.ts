/** Exact decimals: text to value, and the arithmetic that scripts, sums and rules use. Never a binary float. */
import Big from 'big.js'

/** An exact decimal number. Arguments may be decimals, decimal text or integers; results are exact, but for `div`. */
export interface Decimal {
  plus(other: DecimalLike): Decimal
  minus(other: DecimalLike): Decimal
  times(other: DecimalLike): Decimal
  /** Quotient with 30 decimals, rounded half away from zero. Throws RangeError for a zero divisor. */
  div(other: DecimalLike): Decimal
  /** Rounds half away from zero to so many decimals (0 to 1000), and keeps that many: `round(2)` of 1.5 reads 1.50. */
  round(places: number): Decimal
  cmp(other: DecimalLike): -1 | 0 | 1
  /** Canonical text: `-12.50`; never an exponent. */
  toString(): string
}

export type DecimalLike = Decimal | string | number

const canonical = /^-?\d+(\.\d+)?$/
const quotientPlaces = 30
const mostPlaces = 1000

const Exact = Big()
Exact.DP = quotientPlaces
Exact.RM = Big.roundHalfUp
Exact.PE = 1e6
Exact.NE = -1e6

/** Whether text is a decimal in canonical form: digits, at most one point, at most one leading minus. */
export function isDecimal(text: string): boolean {
  return canonical.test(text)
}

/** Makes a decimal. Throws RangeError for anything that is not one. */
export function decimal(value: DecimalLike): Decimal {
  if (value instanceof ExactDecimal) return value
  const text = typeof value === 'number' ? numberText(value) : String(value)
  if (!isDecimal(text)) throw new RangeError(`not a decimal: ${JSON.stringify(value)?.slice(0, 60)}`)
  return new ExactDecimal(new Exact(text), decimals(text))
}

/**
 * Reads text in a file's conventions: `1.234,50` -> `1234.50`. A blank as `thousands` stands for any of the blanks that look alike.
 * Undefined for what is not a number.
 */
export function readDecimal(
  text: string,
  { decimal: mark, thousands }: { readonly decimal: '.' | ','; readonly thousands?: string },
): string | undefined {
  if (mark === '.' && plain.test(text)) return text
  const parts = (mark === ',' ? /^([+-]?)([^,]*)(?:,(\d+))?$/ : /^([+-]?)([^.]*)(?:\.(\d+))?$/).exec(text)
  if (parts === null) return undefined
  const [, sign, written = '', fraction] = parts
  const whole = ungroup(written, thousands)
  if (whole === undefined || (whole === '' && fraction === undefined)) return undefined
  const integer = whole.replace(/^0+(?=\d)/, '') || '0'
  const zero = integer === '0' && (fraction === undefined || /^0*$/.test(fraction))
  return `${sign === '-' && !zero ? '-' : ''}${integer}${fraction === undefined ? '' : `.${fraction}`}`
}

/** As most exports write most numbers: what is read is the text itself. */
const plain = /^(?:0|[1-9]\d*)(?:\.\d+)?$/

/** U+0020, U+00A0, U+202F, U+2009: which of them a program exports nobody sees, and a job is written by what is seen. */
const blanks = /[ \u00a0\u202f\u2009]/

/** `1.234.567` -> `1234567`: groups are of three digits, all of them or none are marked, and behind a zero nobody groups: `0.500` is a half. */
function ungroup(whole: string, thousands: string | undefined): string | undefined {
  if (/^\d*$/.test(whole)) return whole
  if (thousands === undefined || thousands === '') return undefined
  const [first = '', ...groups] = whole.split(blanks.test(thousands) ? blanks : thousands)
  if (!/^[1-9]\d{0,2}$/.test(first) || !groups.every(group => /^\d{3}$/.test(group))) return undefined
  return first + groups.join('')
}

/** Carries how many decimals the text had, so that 2.50 + 2.50 reads 5.00. */
class ExactDecimal implements Decimal {
  readonly #value: Big
  readonly #places: number

  constructor(value: Big, places: number) {
    this.#value = value
    this.#places = places
  }

  plus(other: DecimalLike): Decimal {
    const { value, places } = open(other)
    return new ExactDecimal(this.#value.plus(value), Math.max(this.#places, places))
  }

  minus(other: DecimalLike): Decimal {
    const { value, places } = open(other)
    return new ExactDecimal(this.#value.minus(value), Math.max(this.#places, places))
  }

  times(other: DecimalLike): Decimal {
    const { value, places } = open(other)
    return new ExactDecimal(this.#value.times(value), this.#places + places)
  }

  div(other: DecimalLike): Decimal {
    const { value } = open(other)
    if (value.eq(0)) throw new RangeError('division by zero')
    const quotient = this.#value.div(value)
    return new ExactDecimal(quotient, decimals(quotient.toFixed()))
  }

  round(places: number): Decimal {
    if (!Number.isInteger(places) || places < 0 || places > mostPlaces)
      throw new RangeError(`not a number of decimals: ${String(places).slice(0, 60)}`)
    return new ExactDecimal(this.#value.round(places, Big.roundHalfUp), places)
  }

  cmp(other: DecimalLike): -1 | 0 | 1 {
    return this.#value.cmp(open(other).value)
  }

  toString(): string {
    return this.#value.eq(0) ? this.#value.abs().toFixed(this.#places) : this.#value.toFixed(this.#places)
  }

  toJSON(): string {
    return this.toString()
  }

  static open(decimal: ExactDecimal): { value: Big; places: number } {
    return { value: decimal.#value, places: decimal.#places }
  }
}

function open(value: DecimalLike): { value: Big; places: number } {
  return ExactDecimal.open(decimal(value) as ExactDecimal)
}

function decimals(text: string): number {
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.length - point - 1
}

/** Only numbers that read the same as decimal text are let in: an integer that a double holds exactly, or a short fraction. */
function numberText(value: number): string {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return 'unsafe'
  return Object.is(value, -0) ? '0' : String(value)
}
