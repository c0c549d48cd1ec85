/** What is taken for well-formed without asking is what the standard's own schema has nothing against. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../../src/model/index.ts'
import { editorSchemas } from '../../src/run/plan/schemas.ts'
import { compileCheck } from '../../src/schema/index.ts'
import { isSurelyWellFormed } from '../../src/schema/wellformed.ts'
import { good } from '../outcome.ts'

const standard = new Ajv2020({ logger: false })
const root = join(import.meta.dirname, '../..')
const starters = ['invoice', 'statement', 'notice'].map(
  name => JSON.parse(readFileSync(join(root, `templates/${name}/schema.json`), 'utf8')) as JsonSchema,
)

describe('isSurelyWellFormed', () => {
  it('knows the schemas of settings and of the starter', () => {
    for (const schema of [...starters, ...Object.values(editorSchemas())]) expect(isSurelyWellFormed(schema)).toBe(true)
  })

  it('never vouches for what the standard refuses', () => {
    const leaf = fc.oneof(
      fc.constantFrom<unknown>('string', 'object', 'text', '#/$defs/a', 'a#b', '', 1, 0, -1, 1.5, true, false, null),
      fc.constantFrom<unknown>([], {}, ['a'], ['a', 'a'], ['string', 'null'], ['strin'], [1], [{}], [true], [null]),
    )
    const keywords = [
      ...Object.keys((standard.getSchema('https://json-schema.org/draft/2020-12/schema')?.schema as JsonSchema) ?? {}),
      ...['$id', '$ref', '$defs', '$comment', '$anchor', 'title', 'description', 'default', 'examples', 'deprecated'],
      ...['type', 'const', 'enum', 'format', 'pattern', 'required', 'uniqueItems', 'readOnly', 'private', 'derived'],
      ...['minimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxItems', 'minProperties', 'dependentRequired'],
      ...[
        'properties',
        'patternProperties',
        'additionalProperties',
        'propertyNames',
        'items',
        'prefixItems',
        'contains',
      ],
      ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'contentSchema', 'unevaluatedItems', 'definitions'],
    ]
    const { schema } = fc.letrec<{ schema: unknown; value: unknown }>(tie => ({
      schema: fc.dictionary(fc.constantFrom(...keywords), tie('value'), { maxKeys: 4 }),
      value: fc.oneof(
        { maxDepth: 3 },
        leaf,
        tie('schema'),
        fc.array(tie('schema'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b'), tie('schema')),
      ),
    }))
    let sure = 0
    fc.assert(
      fc.property(schema, one => {
        if (!isSurelyWellFormed(one)) return
        sure += 1
        expect(standard.validateSchema(one)).toBe(true)
      }),
      { numRuns: 3_000, seed: 11 },
    )
    expect(sure).toBeGreaterThan(200)
  })

  it('leaves what it does not know to the standard', () => {
    for (const schema of [
      { type: 'text' },
      { minLength: -1 },
      { properties: [] },
      { $schema: 'http://json-schema.org/draft-07/schema#' },
    ])
      expect(isSurelyWellFormed(schema)).toBe(false)
    expect(compileCheck({ minLength: -1 }, 'schema.json')).toMatchObject({
      ok: false,
      faults: [{ code: 'schema.invalid', message: expect.stringContaining('minLength must be >= 0') }],
    })
  })
})

it('a schema that is no group is checked by, too', () => {
  expect(good(compileCheck(true as unknown as JsonSchema, 'schema.json'))('anything')).toEqual([])
})

it('a schema is compiled once', () => {
  const schema: JsonSchema = { type: 'string' }
  expect(good(compileCheck(schema, 'a.json'))).toBe(good(compileCheck(schema, 'b.json')))
})
