/** Bounds: how far a run may be from earlier runs of its job. */
import type { Bounds, JsonSchema } from '../model/index.ts'

export interface BoundsSettings {
  readonly rows?: string
  readonly communications?: string
  readonly sum?: Readonly<Record<string, string>>
  readonly facts?: Readonly<Record<string, string>>
}

const share: JsonSchema = {
  type: 'string',
  pattern: '^\\d{1,4}(\\.\\d{1,4})?\\s*%$',
  description: 'a share such as 20%',
}

export const boundsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    rows: share,
    communications: share,
    sum: { type: 'object', minProperties: 1, additionalProperties: share },
    facts: { type: 'object', minProperties: 1, additionalProperties: share },
  },
}

export function toBounds({ rows, communications, sum = {}, facts = {} }: BoundsSettings): Bounds {
  const percent = (text: string): string => text.replace(/\s*%$/, '')
  const all = (shares: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(shares).map(([name, text]) => [name, percent(text)]))
  return {
    ...(rows === undefined ? {} : { rows: percent(rows) }),
    ...(communications === undefined ? {} : { communications: percent(communications) }),
    sum: all(sum),
    facts: all(facts),
  }
}
