/** template.yaml: what may stand in it, and whether its paths lead anywhere. */
import {
  type Data,
  type FactRule,
  type Fault,
  type JsonSchema,
  type Purpose,
  quote,
  type RecipientPaths,
  type Template,
} from '../model/index.ts'
import { hintCurrency, isCurrency, nearest, type Settings } from '../schema/index.ts'
import { inspectAddress } from './addressargument.ts'
import { isCurrencyCode } from './facts.ts'
import { findPath, isDateShape, isDecimalShape, nameOf, type Shape } from './shape.ts'

/** template.yaml as it is written, after the check by `headSchema`. */
export interface Head {
  readonly version?: number
  readonly once?: 'ever' | 'period'
  readonly purpose?: Purpose
  readonly consent?: string
  readonly currency?: string
  readonly recipient?: RecipientPaths
  readonly facts?: Readonly<
    Record<
      string,
      {
        readonly value: string
        readonly as?: FactRule['as']
        readonly on?: readonly string[]
        readonly identity?: boolean
      }
    >
  >
  readonly channels?: Readonly<Record<string, Data>>
}

/** JSON Schema of template.yaml; channels bring the schemas of their settings. */
export function headSchema(channels: readonly { readonly name: string; readonly settings: JsonSchema }[]): JsonSchema {
  return {
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      version: { enum: [1] },
      once: { enum: ['ever', 'period'] },
      purpose: { enum: ['service', 'marketing'] },
      consent: path,
      currency: path,
      recipient: {
        type: 'object',
        additionalProperties: false,
        properties: { name: path, address: path, email: path, phone: path, locale: path },
      },
      facts: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          required: ['value'],
          properties: {
            value: path,
            as: { enum: ['money', 'number', 'date', 'percent', 'text'] },
            on: {
              type: 'array',
              minItems: 1,
              uniqueItems: true,
              items: { enum: channels.map(channel => channel.name) },
            },
            identity: { type: 'boolean' },
          },
        },
      },
      channels: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(channels.map(channel => [channel.name, channel.settings])),
      },
    },
  }
}

const path = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\s.]+(\\.[^\\s.]+)*$',
  description: 'a dotted path into the data',
} as const

/** Checks that paths lead somewhere, and that what stands there fits. */
export function checkHead(template: Template, head: Settings<unknown>): readonly Fault[] {
  const faults: Fault[] = []
  const fault = (at: readonly string[], message: string, hint?: string): void => {
    faults.push({ code: 'template.setting', message, place: head.at(at), ...(hint === undefined ? {} : { hint }) })
  }
  const follow = (
    at: readonly string[],
    path: string,
  ): { readonly shape: Shape; readonly optional: boolean } | undefined => {
    const found = findPath(template.schema, path)
    if (found.ok) return found
    const flaw = leadsNowhere(template.schema, path)
    const meant = at[0] === 'currency' && isCurrency(path.toUpperCase()) ? hintCurrency(path) : flaw?.hint
    fault(at, `${at.join('.')} leads nowhere: ${flaw?.why}`, meant)
    return undefined
  }

  const { currency } = template
  if (currency !== undefined && isCurrencyCode(currency) && !isCurrency(currency)) {
    fault(
      ['currency'],
      `currency is not an ISO 4217 code (found ${quote(currency)})`,
      'write a code such as EUR, or a path into the data',
    )
  } else if (currency !== undefined && !isCurrencyCode(currency)) {
    const found = follow(['currency'], currency)
    if (found?.optional) {
      fault(
        ['currency'],
        `currency stands in ${currency}, which may be absent`,
        `make ${currency} required in schema.json: another currency must never be guessed`,
      )
    } else if (found !== undefined && found.shape.kind !== 'text') {
      const hint = 'point at a text that holds codes such as EUR'
      fault(['currency'], `currency stands in ${currency}, which is ${nameOf(found.shape)}`, hint)
    } else if (found?.shape.kind === 'text') {
      const odd = found.shape.values?.find(code => !isCurrency(code))
      if (odd !== undefined)
        fault(
          ['currency'],
          `currency stands in ${currency}, which schema.json lets be ${quote(odd)}, and that is no ISO 4217 code`,
          hintCurrency(odd),
        )
    }
  }
  const { purpose, consent } = template
  if (purpose === 'marketing' && consent === undefined) {
    fault(
      ['purpose'],
      'purpose is marketing, and nothing says where recipients agreed to it',
      'name the field: consent: customer.marketing, true or false, or a list of channels',
    )
  }
  if (consent !== undefined) {
    const shape = follow(['consent'], consent)?.shape
    if (shape !== undefined && !['boolean', 'list', 'any'].includes(shape.kind))
      fault(
        ['consent'],
        `consent stands in ${consent}, which is ${nameOf(shape)}`,
        'point at true or false, or at a list of channels',
      )
  }
  for (const [name, path] of Object.entries(template.recipient)) {
    const shape = follow(['recipient', name], path)?.shape
    if (shape === undefined || shape.kind === 'text' || shape.kind === 'any') continue
    const flaw = name === 'address' ? inspectAddress({ shape, optional: false }, path, () => {}) : undefined
    if (name === 'address' && flaw === undefined) continue
    if (flaw !== undefined) fault(['recipient', name], `recipient.address takes ${flaw.message}`, flaw.hint)
    else if (shape.kind !== 'number' || name === 'locale')
      fault(
        ['recipient', name],
        `recipient.${name} is ${nameOf(shape)}, not text`,
        'point at a field with a single value',
      )
  }
  for (const { name, value, as } of template.facts) {
    const shape = follow(['facts', name, 'value'], value)?.shape
    if (shape === undefined || shape.kind === 'any') continue
    const fits =
      as === 'date'
        ? isDateShape(shape)
        : as === 'text'
          ? shape.kind === 'text' || shape.kind === 'number'
          : isDecimalShape(shape)
    if (!fits)
      fault(['facts', name], `the fact ${name} is shown as ${as}, and ${value} is ${nameOf(shape)}`, factHint(as))
  }
  return faults
}

function factHint(as: string): string {
  if (as === 'text') return 'facts are single values'
  return as === 'date'
    ? 'give it "format": "date" in schema.json'
    : 'give it "type": "string", "format": "decimal" in schema.json'
}

/** The path that was meant, by the step that is wrong; else what there is. */
/** Why a path into the data leads nowhere; undefined where schema.json knows what stands there. */
export function leadsNowhere(
  schema: JsonSchema,
  path: string,
): { readonly why: string; readonly hint: string } | undefined {
  const found = findPath(schema, path)
  return found.ok ? undefined : { why: found.why, hint: hintStep(found.step, found.known) }
}

function hintStep(step: string, known: readonly string[]): string {
  const last = (one: string): string => one.slice(one.lastIndexOf('.') + 1)
  const near = nearest(step, known.map(last))
  const meant = known.find(one => last(one) === near)
  if (meant !== undefined) return `did you mean "${meant}"?`
  return known.length === 0 ? 'add it to schema.json' : `known: ${known.slice(0, 12).join(', ')}`
}
