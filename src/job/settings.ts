/** The job file as it is written, and the JSON Schema that it is checked by. */
import type { Job, JsonSchema } from '../model/index.ts'
import { type BoundsSettings, boundsSchema } from './bounds.ts'
import { type ExpectSettings, expectSchema } from './expect.ts'

export interface JobSettings {
  readonly template: string
  readonly period?: string | number
  readonly data: DataRootSettings
  readonly channels: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>
  readonly route?: readonly { readonly when?: string; readonly to: readonly string[] }[]
  readonly suppress?: string | NonNullable<Job['suppress']>
  readonly rejects?: string | number
  readonly expect?: string | ExpectSettings
  readonly bounds?: BoundsSettings
  readonly set?: Readonly<Record<string, string | number | boolean>>
  readonly allowEmpty?: boolean
  readonly assets?: string
  readonly templates?: string
}

/** How one file is written: shared by the data file and every joined one. */
export interface FileSettings {
  readonly file: string
  readonly format?: 'csv' | 'tsv' | 'jsonl' | 'json'
  readonly encoding?: string
  readonly delimiter?: string
  readonly quote?: string
  readonly decimal?: '.' | ','
  readonly thousands?: string
  readonly date?: string
  readonly null?: readonly string[]
  readonly clean?: string
  readonly allowEmpty?: boolean
}

export interface DataRootSettings extends FileSettings {
  readonly key: string
  readonly fields?: Readonly<Record<string, unknown>>
}

export interface JoinSettings extends FileSettings {
  readonly on: string | Readonly<Record<string, string>>
  readonly missing?: 'fault' | 'absent'
  readonly sort?: string | readonly string[]
  readonly fields?: Readonly<Record<string, unknown>>
}

const file: Readonly<Record<string, JsonSchema>> = {
  file: { type: 'string', minLength: 1 },
  format: { enum: ['csv', 'tsv', 'jsonl', 'json'] },
  encoding: { type: 'string', minLength: 1 },
  delimiter: {
    type: 'string',
    pattern: '^[\\t\\x20-\\x21\\x23-\\x7e]$',
    description: 'one ASCII character, such as ";" or "\\t"',
  },
  quote: {
    type: 'string',
    pattern: '^[\\x20-\\x7e]?$',
    description: "one ASCII character such as '\"', or empty for none",
  },
  decimal: { enum: ['.', ','] },
  thousands: {
    type: 'string',
    pattern: "^[., '\\u2019\\u00a0\\u202f\\u2009]$",
    description: 'one of . , blank or apostrophe',
  },
  date: { type: 'string', minLength: 1 },
  null: { type: 'array', items: { type: 'string' } },
  clean: { type: 'string', minLength: 1 },
  allowEmpty: { type: 'boolean' },
}

/** A mapping with `file` and `on`, checked where the tree of fields meets one. */
export const joinSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['file', 'on'],
  properties: {
    ...file,
    on: {
      type: ['string', 'object'],
      minLength: 1,
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: { type: 'string', minLength: 1 },
    },
    missing: { enum: ['fault', 'absent'] },
    sort: { type: ['string', 'array'], items: { type: 'string' } },
    fields: { type: 'object', minProperties: 1 },
  },
}

export const jobSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['template', 'data', 'channels'],
  properties: {
    template: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
      description: "the name of a template's folder",
    },
    period: { type: ['string', 'integer'] },
    data: {
      type: 'object',
      additionalProperties: false,
      required: ['file', 'key'],
      properties: { ...file, key: { type: 'string', minLength: 1 }, fields: { type: 'object', minProperties: 1 } },
    },
    channels: { type: 'object', minProperties: 1, additionalProperties: { type: ['object', 'null'] } },
    route: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['to'],
        properties: {
          when: { type: 'string', minLength: 1 },
          to: { type: 'array', items: { type: 'string' }, uniqueItems: true },
        },
      },
    },
    suppress: {
      type: ['string', 'object'],
      minLength: 1,
      required: ['file'],
      additionalProperties: false,
      properties: {
        file: { type: 'string', minLength: 1 },
        key: { type: 'string', minLength: 1 },
        allowEmpty: { type: 'boolean', description: 'a list without entries is none by mistake' },
      },
    },
    rejects: { type: ['string', 'integer'] },
    expect: {
      type: ['string', 'object'],
      minLength: 1,
      minProperties: 1,
      additionalProperties: false,
      properties: expectSchema['properties'],
    },
    bounds: boundsSchema,
    set: {
      type: 'object',
      propertyNames: {
        pattern: '^[A-Za-z][A-Za-z0-9_]*$',
        description: 'a name of letters, digits and _ that begins with a letter',
      },
      additionalProperties: { type: ['string', 'integer', 'boolean'] },
    },
    allowEmpty: { type: 'boolean' },
    assets: { type: 'string', minLength: 1 },
    templates: { type: 'string', minLength: 1 },
  },
}
