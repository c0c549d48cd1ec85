/** One reading of a schema, and five who look at it: intake, templates, rules, privacy and declarations say the same of every form. */
import { describe, expect, it, test } from 'vitest'
import { shapeOf as intakeShape } from '../../src/intake/shape.ts'
import type { JsonSchema } from '../../src/model/index.ts'
import { declareTypes } from '../../src/route/types.ts'
import { readSchema, typescriptOf } from '../../src/schema/index.ts'
import { isPrivate } from '../../src/schema/private.ts'
import { nameOf, shapeOf as templateShape } from '../../src/template/shape.ts'

const $defs: JsonSchema = {
  money: { type: 'string', format: 'decimal' },
  twice: { $ref: '#/$defs/money' },
  secret: { type: 'string', private: true },
  'a/b~c %': { type: 'integer' },
  named: { $anchor: 'day', type: 'string', format: 'date' },
  line: { type: 'object', properties: { amount: { $ref: '#/$defs/money' } } },
}
const money = $defs['money']

/** Looks at the one property `x` with all five pairs of eyes. */
function looks(x: unknown, more: JsonSchema = { required: ['x'] }): string {
  const schema = { type: 'object', properties: { x }, $defs, ...more }
  const field = templateShape(schema)
  const inTemplate = field.kind === 'group' ? field.field('x') : undefined
  const declared: Record<string, Readonly<Record<string, string>>> = {}
  const { name } = declareTypes(schema, (group, _, fields) => {
    declared[group] = fields
  })
  const printed = /readonly x(\??): (.*(?:\n {4}.*)*(?:\n {2}\}.*)?)/.exec(
    typescriptOf(schema, 'T').split('interface T ')[1] ?? '',
  )
  return [
    intakeShape(schema).child('x')?.kind ?? '-',
    inTemplate === undefined ? '-' : `${nameOf(inTemplate.shape)}${inTemplate.optional ? '?' : ''}`,
    declared[name]?.['x'] ?? '-',
    isPrivate(schema, ['x']) ? 'private' : 'public',
    printed === null ? '-' : `${printed[1]}${printed[2]?.replace(/\s+/g, ' ')}`,
  ].join(' | ')
}

describe('five views agree', () => {
  it.each<[string, unknown, string]>([
    ['text', { type: 'string' }, 'text | text | string | public | string'],
    ['money', money, 'decimal | a decimal number | decimal | public | string'],
    ['a reference', { $ref: '#/$defs/money' }, 'decimal | a decimal number | decimal | public | Money'],
    ['a chain of them', { $ref: '#/$defs/twice' }, 'decimal | a decimal number | decimal | public | Twice'],
    [
      'with more beside',
      { $ref: '#/$defs/money', minLength: 1 },
      'decimal | a decimal number | decimal | public | string',
    ],
    ['by an odd name', { $ref: '#/$defs/a~1b~0c%20%25' }, 'integer | a number | int | public | ABC'],
    ['by an anchor', { $ref: '#day' }, 'date | text (date) | string | public | Day'],
    ['to what is private', { $ref: '#/$defs/secret' }, 'text | text | string | private | Secret'],
    ['to nowhere here', { $ref: 'other.json#/x' }, 'text | of no known type | dyn | private | unknown'],
    ['allOf', { allOf: [{ $ref: '#/$defs/money' }] }, 'decimal | a decimal number | decimal | public | Money'],
    [
      'allOf that narrows',
      { type: ['string', 'integer'], allOf: [{ type: 'integer' }] },
      'integer | a number | int | public | number',
    ],
    ['or null', { type: ['integer', 'null'] }, 'integer | a number? | dyn | public | number | null'],
    [
      'or null, as a choice',
      { anyOf: [{ $ref: '#/$defs/money' }, { type: 'null' }] },
      'decimal | a decimal number? | dyn | public | Money | null',
    ],
    [
      'a choice of one format',
      { oneOf: [money, { $ref: '#/$defs/money' }] },
      'decimal | a decimal number | decimal | public | string | Money',
    ],
    ['a choice of two formats', { oneOf: [money, { $ref: '#day' }] }, 'text | text | string | public | string | Day'],
    [
      'money as text or number',
      { type: ['string', 'number'], format: 'decimal' },
      'decimal | a decimal number | decimal | public | string | number',
    ],
    ['text or number', { type: ['string', 'integer'] }, 'text | text | dyn | public | string | number'],
    ['choices of values', { enum: ['a', 'b'] }, 'text | text | string | public | "a" | "b"'],
    ['values and null', { enum: ['a', null] }, 'text | text? | dyn | public | "a" | null'],
    ['whole numbers as values', { enum: [1, 2] }, 'integer | a number | int | public | 1 | 2'],
    ['one value', { const: true }, 'boolean | true or false | bool | public | true'],
    ['values as a choice', { oneOf: [{ const: 'a' }, { const: 'b' }] }, 'text | text | string | public | "a" | "b"'],
    ['a number', { type: 'number' }, 'number | a number | double | public | number'],
    ['numbers of both kinds', { type: ['number', 'integer'] }, 'number | a number | double | public | number'],
    ['a format alone', { format: 'decimal' }, 'decimal | a decimal number | decimal | public | string'],
    ['bounds alone', { minimum: 0 }, 'number | a number | double | public | number'],
    ['anything', true, 'text | of no known type | dyn | public | unknown'],
    ['anything, written out', {}, 'text | of no known type | dyn | public | unknown'],
    ['nothing', false, 'text | - | - | public | -'],
    [
      'a group',
      { type: 'object', properties: { a: { type: 'string' } } },
      'text | a group | group2 | public | { readonly a?: string }',
    ],
    [
      'a group without a type',
      { properties: { a: { type: 'string' } } },
      'text | a group | group2 | public | { readonly a?: string }',
    ],
    [
      'a group or null',
      { anyOf: [{ $ref: '#/$defs/line' }, { type: 'null' }] },
      'text | a group? | dyn | public | Line | null',
    ],
    [
      'names that are data',
      { type: 'object', additionalProperties: { $ref: '#/$defs/money' } },
      'text | a group | map<string, decimal> | public | { readonly [name: string]: Money }',
    ],
    [
      'names by pattern',
      { type: 'object', patternProperties: { '^a': { type: 'integer' } } },
      'text | a group | map<string, int> | public | { readonly [name: string]: number }',
    ],
    ['an open group', { type: 'object' }, 'text | a group | map | public | { readonly [name: string]: unknown }'],
    [
      'a list',
      { type: 'array', items: { $ref: '#/$defs/money' } },
      'text | a list | list<decimal> | public | readonly Money[]',
    ],
    ['a list without a type', { items: { type: 'integer' } }, 'text | a list | list<int> | public | readonly number[]'],
    [
      'a list of groups or null',
      { type: 'array', items: { anyOf: [{ $ref: '#/$defs/line' }, { type: 'null' }] } },
      'text | a list | list<dyn> | public | readonly (Line | null)[]',
    ],
    [
      'positions',
      { type: 'array', prefixItems: [money, { $ref: '#/$defs/money' }], items: false, minItems: 2 },
      'text | a list | list<decimal> | public | readonly [string, Money]',
    ],
    [
      'positions of different types',
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }] },
      'text | a list | list<dyn> | public | readonly [(string)?, (number)?, ...unknown[]]',
    ],
    [
      'a list in a list',
      { type: 'array', items: { type: 'array', items: { type: 'string' } } },
      'text | a list | list<list<string>> | public | readonly (readonly string[])[]',
    ],
    ['itself', { $ref: '#' }, 'text | a group | group2 | public | T'],
    [
      'private in one alternative',
      { oneOf: [{ type: 'string', private: true }, { type: 'string' }] },
      'text | text | string | private | string',
    ],
  ])('%s', (_, x, expected) => expect(looks(x)).toBe(expected))

  const onCondition = (condition: JsonSchema, implied: JsonSchema): JsonSchema =>
    Object.fromEntries([
      ['if', condition],
      ['then', implied],
    ])

  it.each<[string, JsonSchema, string]>([
    ['not required', {}, 'text | text? | string | public'],
    ['required elsewhere', { allOf: [{ required: ['x'] }] }, 'text | text | string | public'],
    [
      'required in every alternative',
      { anyOf: [{ required: ['x'] }, { required: ['x', 'y'] }] },
      'text | text | string | public',
    ],
    [
      'required on a condition',
      onCondition({ properties: { y: {} } }, { required: ['x'] }),
      'text | text? | string | public',
    ],
  ])('%s', (_, more, expected) => expect(looks({ type: 'string' }, more)).toContain(`${expected} | `))

  it.each<[string, JsonSchema, string]>([
    [
      'in an alternative',
      { anyOf: [{ properties: { x: money } }, { properties: { y: {} } }] },
      'decimal | a decimal number? | decimal | public',
    ],
    [
      'under a condition',
      { if: { required: ['y'] }, else: { properties: { x: money } } },
      'decimal | a decimal number? | decimal | public',
    ],
    [
      'with another name',
      { dependentSchemas: { y: { properties: { x: money } } } },
      'decimal | a decimal number? | decimal | public',
    ],
    ['by a pattern', { patternProperties: { '^x$': money } }, 'decimal | a decimal number? | - | public'],
    [
      'among all others',
      { additionalProperties: { allOf: [money, { private: true }] } },
      'decimal | a decimal number? | - | private',
    ],
    [
      'in a condition only',
      onCondition({ properties: { x: { const: 'a' } } }, { required: ['y'] }),
      'text | of no known type? | - | public',
    ],
  ])('a name that is known %s', (_, more, expected) => {
    expect(
      looks(undefined, { properties: { y: {} }, ...more })
        .split(' | ')
        .slice(0, 4)
        .join(' | '),
    ).toBe(expected)
  })
})

test('a name that an alternative narrows keeps what it is elsewhere', () => {
  const node = readSchema({
    properties: { kind: { enum: ['a', 'b'] } },
    anyOf: [{ properties: { kind: { const: 'a' } }, required: ['kind'] }, { properties: { z: {} } }],
  })
  expect(node.child('kind')?.values).toEqual(['a', 'b'])
  expect(node.alternatives().map(inner => inner.child('kind')?.values)).toEqual([['a'], ['a', 'b']])
})

test('whatever is below a private place is private, and what prepare.js makes is made whole', () => {
  const node = readSchema({
    properties: {
      who: { private: true, properties: { name: { type: 'string' } } },
      sum: { derived: true, properties: { net: {} } },
      day: { derived: 'unless given' },
    },
  })
  expect(node.child('who')?.child('name')?.private).toBe(true)
  expect(node.child('sum')?.child('net')?.derived).toBe(true)
  expect(node.child('day')?.derived).toBe('unless given')
})

describe('schemas that refer to themselves', () => {
  const tree = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      below: { type: 'array', items: { $ref: '#' } },
      above: { anyOf: [{ $ref: '#' }, { type: 'null' }] },
    },
  }

  test('have finitely many nodes', () => {
    const root = readSchema(tree)
    const deep = root.child('below')?.element()?.child('below')?.element()
    expect(deep?.child('name')?.kind).toBe('text')
    expect(deep).toBe(deep?.child('below')?.element())
  })

  test('are types of rules, declarations and shapes all the same', () => {
    const fields: Readonly<Record<string, string>>[] = []
    const { name } = declareTypes(tree, (_, __, some) => fields.push(some))
    expect(name).toBe('group1')
    expect(fields.at(-1)).toMatchObject({
      name: 'string',
      below: expect.stringMatching(/^list<group\d>$/),
      above: 'dyn',
    })
    expect(typescriptOf(tree, 'tree')).toContain('readonly below?: readonly Tree[]')
    expect(typescriptOf(tree, 'tree')).toContain('readonly above?: Tree | null')
  })

  test.each([
    [{ $ref: '#' }],
    [{ anyOf: [{ $ref: '#' }, { type: 'string' }] }],
    [{ allOf: [{ $ref: '#' }], properties: { x: { type: 'integer' } } }],
    [{ $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' }],
    [
      {
        $defs: {
          p: {
            anyOf: [
              { properties: { x: { $ref: '#/$defs/p' } } },
              { properties: { x: { allOf: [{ $ref: '#/$defs/p' }, { $ref: '#/$defs/q' }] } } },
            ],
          },
          q: { properties: { x: { anyOf: [{ $ref: '#/$defs/q' }, { $ref: '#/$defs/p' }] } } },
        },
        $ref: '#/$defs/p',
      },
    ],
  ])('come to an end: %j', schema => {
    let node = readSchema(schema)
    for (let depth = 0; depth < 200; depth += 1) node = node.child('x') ?? node
    expect(node.kind).toBeTypeOf('string')
    declareTypes(schema, () => {})
    expect(typescriptOf(schema, 'x')).toContain('export')
  })
})
