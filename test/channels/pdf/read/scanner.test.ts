/** What the scanner gives for a content stream is what the lexer does, value by value. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Lexer, Name, Operator, type PdfValue } from '../../../../src/channels/pdf/read/lexer.ts'
import { Scanner, wordCode } from '../../../../src/channels/pdf/read/scanner.ts'

interface Told {
  readonly operator: number
  readonly numbers: readonly number[]
  readonly name: string
  readonly parts: readonly (string | number)[]
}

function scanned(text: string): Told[] {
  const scanner = new Scanner(text)
  const told: Told[] = []
  while (scanner.next()) {
    const { operator, given, name, parts, parted } = scanner
    const numbers = Array.from({ length: given }, (_, index) => scanner.number(index))
    expect([scanner.number(given), scanner.number(given + 7)]).toEqual([0, 0])
    const shown = parts.slice(0, parted)
    told.push({
      operator,
      numbers,
      name,
      parts: shown.map(one => Buffer.from(one.bytes.subarray(one.from, one.to)).toString('latin1') || one.back || 0),
    })
  }
  return told
}

/** The same by the lexer, as the standard has it. */
function lexed(text: string): Told[] {
  const lexer = new Lexer(text)
  const told: Told[] = []
  let operands: PdfValue[] = []
  for (;;) {
    if (lexer.passDict()) continue
    const value = lexer.next(false)
    if (value === undefined) return told
    if (!(value instanceof Operator)) {
      operands.push(value)
      continue
    }
    const sign = /^[()<>[\]{}/%]$/.test(value.text)
    if (!sign) {
      const names = operands.filter(one => one instanceof Name)
      const parts = operands.flatMap(one => (typeof one === 'string' || Array.isArray(one) ? [one].flat() : []))
      told.push({
        operator: value.text.length > 4 ? 0 : wordCode(value.text),
        numbers: operands.map(one => (typeof one === 'number' ? one : 0)),
        name: names.at(-1)?.text ?? '',
        // An empty string shows nothing, as a number does that moves nothing.
        parts: parts.filter(one => typeof one === 'string' || typeof one === 'number').map(one => one || 0),
      })
    }
    operands = []
  }
}

const numbers = fc.constantFrom('0', '12', '-3.5', '+.25', '4.', '123456789012345678.5', '-0', '00012', '.5', '1e3')
const strings = fc.constantFrom('(ab)', '()', '(a\\)b)', '(a(b)c)', '(\\101\\\n\\\\)', '<0041 42>', '(\0A\0B)')
const operators = fc.constantFrom('TJ', 'Tj', "'", 'BT', 'T*', 'Td', 'q', 'BDC', 'EMC', 'endbfchar', 'true', 'nullo')
const array = fc.array(fc.oneof(numbers, strings, fc.constantFrom('/N', 'true', '[1]', 'x', '% ] (\n')), {
  maxLength: 6,
})
const token = fc.oneof(
  numbers,
  strings,
  operators,
  array.map(inside => `[${inside.join(' ')}]`),
  fc.constantFrom(
    '/F1',
    '/a#20b',
    '/',
    '<</MCID 0>>',
    '<</A [1 (x)] /B <</C 2>>>>',
    'null',
    'false',
    '% (not) a 1 Tj\n',
  ),
)
const blank = fc.constantFrom(' ', '\n', '\r\n', '  ')

it('tells operators and operands as the lexer reads them', () => {
  const streams = fc.array(fc.tuple(token, blank), { maxLength: 30 }).map(all => all.flat().join(''))
  fc.assert(
    fc.property(streams, text => {
      expect(scanned(text)).toEqual(lexed(text))
    }),
    { numRuns: 2_000, seed: 5 },
  )
})

it('comes to an end of any text', () => {
  const signs = fc.string({ unit: fc.constantFrom(...'()<>[]{}/%\\ab1.-TJ \n'), maxLength: 40 })
  fc.assert(
    fc.property(signs, text => {
      scanned(text)
    }),
    { numRuns: 3_000 },
  )
})
