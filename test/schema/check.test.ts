import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../../src/model/index.ts'
import { compileCheck, type Problem } from '../../src/schema/index.ts'
import { faultsOf, good } from '../outcome.ts'

function problems(schema: JsonSchema, value: unknown): readonly Problem[] {
  return good(compileCheck(schema, 'schema.json'))(value)
}

const words = (schema: JsonSchema, value: unknown): readonly string[] =>
  problems(schema, value).map(({ message, hint }) => (hint === undefined ? message : `${message} | ${hint}`))

const invoice: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['number', 'total'],
  properties: {
    number: { type: 'string', minLength: 1, maxLength: 8 },
    total: { type: 'string', format: 'decimal' },
    issued: { type: 'string', format: 'date' },
    at: { type: 'string', format: 'date-time' },
    status: { enum: ['open', 'paid'] },
    customer: { type: 'object', properties: { email: { type: 'string', format: 'email' } }, minProperties: 1 },
    lines: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', properties: { quantity: { type: 'integer', minimum: 1 } } },
    },
  },
}
const fits = { number: '417', total: '12.50' }

describe('compileCheck', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(words(invoice, { ...fits, issued: '2026-03-23', at: '2026-03-23T08:30:00', status: 'open' })).toEqual([])
  })

  it('finds everything that is wrong, in the order of the schema', () => {
    const value = {
      number: '',
      total: '12,50',
      issued: '2026-02-30',
      at: '2026-03-23',
      status: 'opne',
      customer: { email: 'nobody' },
      lines: [{ quantity: 0 }, { quantity: 1.5 }],
      totl: 1,
    }
    expect(words(invoice, value)).toEqual([
      'totl is not a known name | did you mean "total"?',
      'number is empty',
      'total is not a decimal number such as 12.50 (found "12,50")',
      'issued is not a date such as 2026-03-23 (found "2026-02-30")',
      'at is not a date with time such as 2026-03-23T08:30:00 (found "2026-03-23")',
      'status is none of "open", "paid" (found "opne") | did you mean "open"?',
      'customer.email is not an e-mail address (found "nobody")',
      'lines[0].quantity is not at least 1 (found "0")',
      'lines[1].quantity is not a whole number (found "1.5")',
    ])
  })

  it.each<[JsonSchema, unknown, string]>([
    [invoice, { number: '417' }, 'total is missing'],
    [invoice, [], 'the whole is not a group of named values (found a list)'],
    [invoice, { ...fits, lines: [] }, 'lines has fewer than 1 element'],
    [invoice, { ...fits, customer: {} }, 'customer has fewer than 1 entry'],
    [invoice, { ...fits, number: '123456789' }, 'number is longer than 8 characters (found "123456789")'],
    [{ minLength: 3 }, 'ab', 'the whole is shorter than 3 characters (found "ab")'],
    [{ maxItems: 1 }, [1, 2], 'the whole has more than 1 element'],
    [{ maxProperties: 1 }, { a: 1, b: 2 }, 'the whole has more than 1 entry'],
    [{ uniqueItems: true }, [1, 1], 'the whole has the same element twice'],
    [{ const: 'x' }, 'y', 'the whole is not "x" (found "y")'],
    [{ type: ['string', 'null'] }, 5, 'the whole is not text or empty (found "5")'],
    [{ pattern: '^a$' }, 'b', 'the whole is not text of the form ^a$ (found "b")'],
    [{ pattern: '^a$', description: 'the letter a' }, 'b', 'the whole is not the letter a (found "b")'],
    [{ propertyNames: { pattern: '^[a-z]+$' } }, { A: 1 }, 'the whole has a name that is not allowed: "A"'],
    [{ oneOf: [{ type: 'string' }, { minLength: 1 }] }, 'x', 'the whole does not fit the schema'],
    [{ multipleOf: 2 }, 3, 'the whole does not fit the schema (multipleOf) (found "3")'],
  ])('%j of %j: %s', (schema, value, message) => expect(words(schema, value)).toEqual([message]))

  it('says where: steps for places, a dotted path for people, and what kind of thing is wrong', () => {
    expect(problems(invoice, { number: '417', lines: [{ quantity: 'x' }], totl: 1 })).toMatchObject([
      { steps: ['total'], path: 'total', kind: 'missing' },
      { steps: ['totl'], path: 'totl', kind: 'unknown' },
      { steps: ['lines', 0, 'quantity'], path: 'lines[0].quantity', kind: 'value' },
    ])
    expect(problems({ properties: { 'a/b~c': { type: 'null' } } }, { 'a/b~c': 1 })).toMatchObject([
      { steps: ['a/b~c'] },
    ])
  })

  it('lists a dozen of many allowed values', () => {
    const allowed = Array.from({ length: 200 }, (_, at) => `code${at}`)
    expect(words({ enum: allowed }, 'zzzzzz')[0]).toMatch(
      /^the whole is none of "code0", .*"code11", … \(found "zzzzzz"\)/,
    )
  })

  const secret = 'Kateryna Bondarenko'
  const marked = {
    private: true,
    type: 'integer',
    enum: [1],
    format: 'date',
    pattern: '^x$',
    maxLength: 1,
    minLength: 99,
  }
  it.each<[string, JsonSchema, unknown]>([
    ['a property', { properties: { a: marked } }, { a: secret }],
    [
      'anything below it',
      { properties: { a: { private: true, properties: { b: { type: 'integer' } } } } },
      { a: { b: secret } },
    ],
    ['an element', { properties: { a: { items: marked } } }, { a: [secret] }],
    ['an element at a place', { properties: { a: { prefixItems: [{}, marked] } } }, { a: [0, secret] }],
    ['a name by pattern', { patternProperties: { '^a': marked } }, { a: secret }],
    ['any other name', { additionalProperties: marked }, { a: secret }],
    ['allOf', { allOf: [{ properties: { a: marked } }], properties: { a: { type: 'integer' } } }, { a: secret }],
    ['oneOf inside', { properties: { a: { oneOf: [marked, { type: 'null' }] } } }, { a: secret }],
    ['else', { if: false, else: { properties: { a: marked } } }, { a: secret }],
    ['a reference', { $defs: { x: marked }, properties: { a: { $ref: '#/$defs/x' } } }, { a: secret }],
    [
      'a reference to a reference',
      { $defs: { x: { $ref: '#/$defs/y' }, y: marked }, properties: { a: { $ref: '#/$defs/x' } } },
      { a: secret },
    ],
    [
      'a reference by anchor',
      { $defs: { x: { $anchor: 'x', ...marked } }, properties: { a: { $ref: '#x' } } },
      { a: secret },
    ],
    [
      'a reference that nobody follows here',
      { $defs: { x: { $id: 'x.json', type: 'integer' } }, properties: { a: { $ref: 'x.json' } } },
      { a: secret },
    ],
    [
      'the names of a private group',
      { properties: { a: { private: true, propertyNames: { pattern: '^x$' } } } },
      { a: { [secret]: 1 } },
    ],
  ])('never quotes a private value: %s', (_, schema, value) => {
    const found = problems(schema, value)
    expect(found.length).toBeGreaterThan(0)
    expect(JSON.stringify(found.map(({ message, hint }) => [message, hint]))).not.toContain('Kat')
    expect(found.every(problem => problem.private)).toBe(true)
  })

  it('quotes the neighbour of a private value', () => {
    expect(words({ properties: { a: { private: true }, b: { type: 'integer' } } }, { a: 1, b: 'x' })).toEqual([
      'b is not a whole number (found "x")',
    ])
  })

  it('has a problem exactly where ajv says so, and never throws', () => {
    const keyword = fc.constantFrom<JsonSchema>(
      { type: 'string' },
      { type: 'object', required: ['a'] },
      { items: { type: 'integer' } },
      { properties: { a: { minLength: 2 } } },
      { oneOf: [{ type: 'string' }, { type: 'integer' }, {}] },
      { anyOf: [{ type: 'null' }, { type: 'array' }] },
      { if: { type: 'string' }, else: false },
      { not: { type: 'null' } },
    )
    fc.assert(
      fc.property(fc.array(keyword, { minLength: 1, maxLength: 3 }), fc.jsonValue(), (allOf, value) => {
        const whole = problems({ allOf }, value).length === 0
        expect(whole).toBe(allOf.every(schema => problems(schema, value).length === 0))
      }),
      { numRuns: 30 },
    )
  })

  it.each([
    [{ type: 'strng' }, 'type must be equal to one of the allowed values', 'see docs/template.md'],
    [{ propreties: {} }, 'unknown keyword: "propreties"', 'did you mean "properties"?'],
    [{ properties: { a: { privat: true } } }, 'unknown keyword: "privat"', 'did you mean "private"?'],
    [
      { properties: { a: { format: 'decimla' } } },
      'unknown format "decimla" at path "#/properties/a"',
      'did you mean "decimal"?',
    ],
    [{ $ref: '#/$defs/none' }, "can't resolve reference #/$defs/none", 'see docs/template.md'],
    [{ $async: true }, '$async is not allowed', 'see docs/template.md'],
    [{ pattern: '(' }, 'Invalid regular expression: /(/u: Unterminated group', 'see docs/template.md'],
  ])('refuses the schema %j', (schema, reason, hint) => {
    const [fault, ...others] = faultsOf(compileCheck(schema, 'templates/invoice/schema.json'))
    expect(others).toEqual([])
    expect(fault).toMatch(/^schema\.invalid \| templates\/invoice\/schema\.json\b/)
    expect(fault).toContain(`: this is not a JSON Schema that can be used: ${reason}`)
    expect(fault).toContain(`| ${hint}`)
  })

  it("knows the standard's keywords", () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://nord.example/invoice',
      $comment: 'x',
      $anchor: 'top',
      $defs: {},
      title: 'x',
      description: 'x',
      default: {},
      deprecated: false,
      readOnly: false,
      writeOnly: false,
      examples: [],
      contentEncoding: 'x',
      contentMediaType: 'x',
      contentSchema: {},
      dependentRequired: {},
      dependentSchemas: {},
      unevaluatedProperties: true,
    }
    expect(words(schema, {})).toEqual([])
  })

  it('lets the other formats of the standard stand', () => {
    expect(words({ properties: { link: { type: 'string', format: 'uri' } } }, { link: 'anything' })).toEqual([])
  })

  it.each([
    ['a@b.example', true],
    ['first.last+tag@sub.nord-sohn.example', true],
    ['їжак@приклад.укр', true],
    ['a@localhost', false],
    ['a b@c.example', false],
    ['a@b.example, c@d.example', false],
    ['"A" <a@b.example>', false],
  ])('%s as an e-mail address: %s', (text, right) => {
    expect(words({ format: 'email' }, text).length === 0).toBe(right)
  })
})
