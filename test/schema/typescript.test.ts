/** Declarations compile, and say what the schema says. */
import { expect, test } from 'vitest'
import { typescriptOf } from '../../src/schema/index.ts'

test('types, optional fields, lists, choices and definitions', () => {
  const text = typescriptOf(
    {
      title: 'A bill',
      type: 'object',
      required: ['id', 'lines'],
      properties: {
        id: { type: 'string' },
        due: { type: 'string', format: 'date' },
        state: { enum: ['open', 'paid'] },
        'odd name': { type: ['string', 'null'] },
        lines: { type: 'array', items: { $ref: '#/$defs/line' } },
        tags: { type: 'array', items: { type: ['string', 'integer'] } },
      },
      $defs: { line: { type: 'object', properties: { amount: { type: 'string', format: 'decimal' } } } },
    },
    'my-bill',
  )
  expect(text).toBe(`/** A bill */
export type MyBillInput = MyBill

/** A bill */
export interface MyBill {
  readonly id: string
  /** ISO 8601, such as 2026-03-23 */
  readonly due?: string
  readonly state?: "open" | "paid"
  readonly "odd name"?: string | null
  readonly lines: readonly Line[]
  readonly tags?: readonly (string | number)[]
}

export interface Line {
  /** decimal text such as 12.50 */
  readonly amount?: string
}
`)
})

test('a comment cannot be ended from outside', () => {
  expect(typescriptOf({ type: 'object', description: 'a */ b' }, 'x')).not.toContain('a */ b')
})

test('what prepare.js works out is seen, not handed in; what it may work out need not be', () => {
  const text = typescriptOf(
    {
      type: 'object',
      required: ['id', 'lines', 'total', 'period', 'note'],
      properties: {
        id: { type: 'string' },
        lines: { type: 'array', items: { $ref: '#/$defs/line' } },
        total: { type: 'string', derived: true },
        period: { type: 'string', derived: 'unless given' },
        note: { $ref: '#/$defs/note' },
      },
      $defs: {
        line: { type: 'object', properties: { sum: { type: 'string', derived: true }, what: { type: 'string' } } },
        note: { type: 'object', properties: { text: { type: 'string' } } },
      },
    },
    'bill',
  )
  expect(text).toBe(`export interface BillInput {
  readonly id: string
  readonly lines: readonly LineInput[]
  readonly period?: string
  readonly note: Note
}

export interface Bill {
  readonly id: string
  readonly lines: readonly Line[]
  readonly total: string
  readonly period: string
  readonly note: Note
}

export interface LineInput {
  readonly what?: string
}

export interface Note {
  readonly text?: string
}

export interface Line {
  readonly sum?: string
  readonly what?: string
}
`)
})

test('every name is an identifier, and each is declared once', () => {
  const group = { type: 'object', properties: { a: { type: 'string' } } }
  const names = ['1st', 'bill', 'bill-input', 'BILL', 'рахунок', '%', 'a b', 'a/b']
  const text = typescriptOf(
    {
      type: 'object',
      properties: Object.fromEntries(
        names.map(name => [
          name,
          { $ref: `#/$defs/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}` },
        ]),
      ),
      $defs: Object.fromEntries(names.map(name => [name, group])),
    },
    'bill',
  )
  const declared = [...text.matchAll(/^export (?:interface|type) (\S+)/gm)].map(([, name]) => name)
  expect(declared).toEqual([
    ...['BillInput', 'Bill', '_1st', 'Bill2', 'BillInput2', 'BILL', 'Рахунок', '_', 'AB', 'AB2'],
  ])
  expect(typescriptOf(group, '2010-bill')).toContain('export interface _2010Bill {')
})

test('what comes again inside itself gets a name', () => {
  const n = { properties: { next: { $ref: '#/$defs/n', minProperties: 1 } } }
  expect(typescriptOf({ properties: { n: { $ref: '#/$defs/n' } }, $defs: { n } }, 'x')).toContain(
    'export interface Next {\n  readonly next?: Next\n}',
  )
})

test.each([
  [true],
  [false],
  [{}],
  [{ properties: { x: true, y: false } }],
  [{ type: 'string' }],
])('even %j has declarations', schema =>
  expect(typescriptOf(schema, 'x')).toMatch(/^export type XInput = X\n\nexport (type|interface) X /))
