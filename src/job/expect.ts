/** Control totals: what the input must add up to, from the job itself or from a file beside the data. */
import type { Expectation, JsonSchema, Result, Source } from '../model/index.ts'
import { done } from '../model/index.ts'
import { readSettings } from '../schema/index.ts'

export interface ExpectSettings {
  readonly rows?: number
  readonly communications?: number
  readonly sum?: Readonly<Record<string, string | number>>
}

export const expectSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    rows: { type: 'integer', minimum: 0 },
    communications: { type: 'integer', minimum: 0 },
    sum: {
      type: 'object',
      additionalProperties: {
        type: ['string', 'integer'],
        pattern: '^-?\\d+(\\.\\d+)?$',
        description: 'a decimal number such as "748957.02"',
      },
    },
  },
}

/** Reads a control file: `rows`, `communications`, and `sum` by path of `fields`. */
export function readExpectation(source: Source): Result<Expectation> {
  const settings = readSettings<ExpectSettings>(source, expectSchema)
  return settings.ok ? done(toExpectation(settings.value.value, source.file)) : settings
}

export function toExpectation({ sum = {}, ...counts }: ExpectSettings, file: string): Expectation {
  return { file, ...counts, sum: Object.fromEntries(Object.entries(sum).map(([path, total]) => [path, String(total)])) }
}
