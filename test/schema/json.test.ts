import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/schema/index.ts'
import { faultsOf, good } from '../outcome.ts'

const parse = (text: string) => good(parseJson({ file: 'a.json', text }))
const faults = (text: string) => faultsOf(parseJson({ file: 'a.json', text }))

describe('parseJson', () => {
  it('takes what JSON.parse takes, and nothing else', () => {
    const mess = fc.string({
      unit: fc.constantFrom(...'{}[],:"\\u0041trfalsen12.eE+- \n\u0001й', 'true', 'null', '"a":'),
    })
    const almost = fc.tuple(fc.json(), fc.nat(), mess).map(([text, at, more]) => {
      const cut = at % (text.length + 1)
      return text.slice(0, cut) + more.slice(0, 2) + text.slice(cut)
    })
    const refuses = (text: string): boolean => {
      try {
        JSON.parse(text)
        return false
      } catch {
        return true
      }
    }
    fc.assert(
      fc.property(fc.oneof(mess, almost), text => {
        const result = parseJson({ file: 'a.json', text })
        const twice = !result.ok && result.faults[0]?.message.includes('twice')
        if (!twice) expect(result.ok).toBe(!refuses(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('gives back any value that has no numbers', () => {
    const value = fc.letrec(tie => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'grapheme' }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(fc.string({ unit: 'grapheme' }), tie('any'), { noNullPrototype: true }),
      ),
    })).any
    fc.assert(
      fc.property(value, some => {
        expect(parse(JSON.stringify(some))).toEqual(some)
      }),
    )
  })

  it('keeps every digit: a number is one that a double holds, or its text', () => {
    const number = fc
      .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.option(fc.stringMatching(/^\d{1,20}$/)))
      .map(([whole, fraction]) => `${whole}${fraction === null ? '' : `.${fraction}`}`)
    fc.assert(
      fc.property(number, text => {
        const value = (parse(`{"a": ${text}}`) as { a: unknown }).a
        expect(String(value)).toBe(text)
        if (text.includes('.')) expect(typeof value).toBe('string')
      }),
    )
  })

  it.each([
    ['12.50', '12.50'],
    ['5', 5],
    ['9007199254740993', '9007199254740993'],
    ['1e2', 100],
    ['1.5e3', 1500],
    ['1.25e1', '12.5'],
    ['-1e-3', '-0.001'],
    ['1E400', '1E400'],
  ])('reads %s as %j', (text, value) => expect(parse(text)).toBe(value))

  it('makes all numbers doubles where a schema wants them', () => {
    expect(good(parseJson({ file: 's.json', text: '{"minimum": 0.5, "n": 1e2}' }, { numbers: 'double' }))).toEqual({
      minimum: 0.5,
      n: 100,
    })
  })

  it('keeps __proto__ as a name like any other', () => {
    const value = parse('{"__proto__": {"a": 1}}')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
  })

  it('reads texts of many megabytes', () => {
    const long = 'x'.repeat(20_000_000)
    expect(parse(`["${long}\\n"]`)).toEqual([`${long}\n`])
  })

  const hint = 'look for a missing comma, quote or bracket at or before this place'
  it.each([
    ['{"a": x}', `schema.json | a.json:1:7: this is not JSON | ${hint}`],
    ['{"a": 1,}', `schema.json | a.json:1:9: this is not JSON | ${hint}`],
    ['{\n  "a": 1\n  "b": 2\n}', `schema.json | a.json:3:3: this is not JSON | ${hint}`],
    ['[1, 2', `schema.json | a.json:1:6: this is not JSON | ${hint}`],
    ['["tab\there"]', `schema.json | a.json:1:6: this is not JSON | ${hint}`],
    ['{"a": "it', `schema.json | a.json:1:10: this is not JSON | ${hint}`],
    ['01', `schema.json | a.json:1:2: this is not JSON | ${hint}`],
    [' \n', `schema.json | a.json:2:1: the file is empty where JSON is expected | ${hint}`],
    [
      '{"a": 1,\n "b": {"a": 2}, "a": 3}',
      'schema.json | a.json:2:17: the key "a" stands twice in one object | remove one of the two',
    ],
    [
      '{"a": 1, "\\u0061": 2}',
      'schema.json | a.json:1:10: the key "a" stands twice in one object | remove one of the two',
    ],
  ])('%j', (text, fault) => expect(faults(text)).toEqual([fault]))

  it('refuses what is nested without end', () => {
    expect(faults('['.repeat(100_000))).toEqual([
      'schema.json | a.json:1:501: lists and groups are nested more than 500 deep | draw the data flatter',
    ])
  })
})
