/** Declarations compile, and say what the schema says. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
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

test('the starter invoice has declarations', () => {
  const path = fileURLToPath(new URL('../../templates/invoice/schema.json', import.meta.url))
  const text = typescriptOf(JSON.parse(readFileSync(path, 'utf8')), 'invoice')
  expect(text).toContain('readonly lines: readonly Line[]')
})
