/** JSON Schemas compiled to checks that speak our own words and never quote a private value. The one home of ajv, with `lengths`. */
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { done, type Fault, failed, type JsonSchema, quote, type Result } from '../model/index.ts'
import { isDate, readDate } from './date.ts'
import { isDecimal } from './decimal.ts'
import { isObject } from './json.ts'
import { later } from './later.ts'
import { lengthKeywords } from './lengths.ts'
import { hintKnown, hintNearest } from './nearest.ts'
import { isPrivate } from './private.ts'
import { at, dotted, pointerSteps, type Steps, schemaAt } from './steps.ts'
import { isSurelyWellFormed } from './wellformed.ts'

const ajvPackage = later<typeof import('ajv/dist/2020.js')>('ajv/dist/2020.js')

/** One thing that is wrong with a value. */
export interface Problem {
  /** Steps into the value: names and list positions from 0. */
  readonly steps: Steps
  /** The same, dotted, as faults show it: `lines[0].amount`. */
  readonly path: string
  /** In words, lower case, without full stop; begins with the path. */
  readonly message: string
  readonly hint?: string
  /** What is allowed there, in words, where the message says that it is not this: `a decimal number such as 12.50`. */
  readonly expected?: string
  /** `unknown` and `missing` are about a name, `value` about what stands there. */
  readonly kind: 'unknown' | 'missing' | 'value'
  /** Whether the schema marks the value private: then the message does not quote it. */
  readonly private: boolean
}

/** Every problem of a value, in the order the schema meets them; none if it fits. */
export type Check = (value: unknown) => readonly Problem[]

/**
 * Compiles a schema: JSON Schema 2020-12 with `private: true`. The formats decimal, date, date-time and email are checked, the
 * standard's others are allowed. Names that are neither are faults: a mistyped `private` must not go unnoticed. `file` names the
 * schema in faults.
 */
export function compileCheck(schema: JsonSchema, file: string): Result<Check> {
  const known = compiled.get(schema)
  if (known !== undefined) return done(known)
  const ajv = newAjv()
  let validate: ValidateFunction
  try {
    if (!isSurelyWellFormed(schema)) {
      judge ??= new (ajvPackage().Ajv2020)({ logger: false, code: { optimize: false } })
      if (judge.validateSchema(schema) !== true) return failed(malformedSchema(judge.errors?.[0], file))
    }
    validate = ajv.compile(schema)
    if ('$async' in validate) throw new Error('$async is not allowed')
  } catch (error) {
    return failed(invalidSchema((error as Error).message, file, Object.keys(ajv.RULES.keywords)))
  }
  const check: Check = value => {
    if (validate(value)) return []
    const problems = new Map<string, Problem>()
    for (const error of validate.errors ?? []) {
      const problem = describeError(error, schema, value)
      if (problem !== undefined && !problems.has(problem.message)) problems.set(problem.message, problem)
    }
    if (problems.size > 0) return [...problems.values()]
    return [{ steps: [], path: '', message: 'the whole does not fit the schema', kind: 'value', private: true }]
  }
  if (isObject(schema)) compiled.set(schema, check)
  return done(check)
}

/** A template's schema is looked at when it is loaded, and held against data later. */
const compiled = new WeakMap<JsonSchema, Check>()

/** What the standard's own schema has against one. */
function malformedSchema(error: ErrorObject | undefined, file: string): Fault {
  const path = (error?.instancePath ?? '').slice(1).replaceAll('/', '.')
  return {
    code: 'schema.invalid',
    message: `this is not a JSON Schema that can be used: ${path.split('.').at(-1) || 'the whole'} ${error?.message ?? 'does not fit'}`,
    place: { file, ...(path === '' ? {} : { path }) },
    hint: 'see docs/template.md for the keywords and types that are known',
  }
}

function invalidSchema(words: string, file: string, keywords: readonly string[]): Fault {
  const reason = words.replace(/^strict mode: /, '').replace(' ignored in schema', '')
  const [, kind, name = ''] = /^unknown (keyword|format):? "([^"]*)"/.exec(reason) ?? []
  const near = kind === undefined ? undefined : hintNearest(name, kind === 'format' ? Object.keys(formats) : keywords)
  return {
    code: 'schema.invalid',
    message: `this is not a JSON Schema that can be used: ${reason.slice(0, 200)}`,
    place: { file },
    hint: near ?? 'see docs/template.md for the keywords and formats that are known',
  }
}

/** Holds schemas against the standard's own: those that are not surely well-formed. One for all, since compiling that takes long. */
let judge: Ajv2020 | undefined

function newAjv(): Ajv2020 {
  const ajv = new (ajvPackage().Ajv2020)({
    allErrors: true,
    ownProperties: true,
    validateSchema: false,
    verbose: false,
    $data: false,
    strict: false,
    strictSchema: true,
    allowUnionTypes: true,
    logger: false,
    // Takes a third of compiling, and what it leaves is no faster.
    code: { optimize: false },
  })
  ajv.removeKeyword('maxLength').removeKeyword('minLength').addKeyword(lengthKeywords(ajvPackage()))
  ajv.addKeyword({ keyword: 'private', schemaType: 'boolean' })
  ajv.addKeyword({
    keyword: 'derived',
    schemaType: ['boolean', 'string'],
    metaSchema: { enum: [true, false, 'unless given'] },
  })
  ajv.addKeyword('$anchor')
  ajv.addFormat('decimal', isDecimal)
  ajv.addFormat('date', isDate)
  ajv.addFormat('date-time', (text: string) => readDate(text)?.time !== undefined)
  ajv.addFormat('email', /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,253}\.[^\s@<>,;:"()[\]\\.]{2,63}$/u)
  for (const name of onlyNamed) ajv.addFormat(name, true)
  return ajv
}

/** Formats of the standard (JSON Schema Validation 2020-12 §7.3) that are names and nothing more here. */
const onlyNamed =
  'time duration idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference iri iri-reference uuid uri-template json-pointer relative-json-pointer regex'.split(
    ' ',
  )

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a group of named values',
  array: 'a list',
  null: 'empty',
}

const formats: Readonly<Record<string, string>> = {
  decimal: 'a decimal number such as 12.50',
  date: 'a date such as 2026-03-23',
  'date-time': 'a date with time such as 2026-03-23T08:30:00',
  email: 'an e-mail address',
}

const bounds: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
}

function describeError(error: ErrorObject, schema: JsonSchema, root: unknown): Problem | undefined {
  const steps = pointerSteps(error.instancePath, root)
  const secret = isPrivate(schema, steps)
  const found = secret ? '' : foundText(at(root, steps))
  const here = dotted(steps) || 'the whole'
  const problem = (message: string, more: Partial<Problem> = {}): Problem => ({
    steps,
    path: dotted(steps),
    message,
    kind: 'value',
    private: secret,
    ...more,
  })
  const isNot = (expected: string): Problem => problem(`${here} is not ${expected}${found}`, { expected })
  if (error.propertyName !== undefined && error.keyword !== 'propertyNames') return undefined
  const params = error.params as Readonly<Record<string, unknown>>
  const parent = schemaAt(schema, error.schemaPath.replace(/\/[^/]*$/, ''))
  switch (error.keyword) {
    case 'required': {
      const inner = [...steps, String(params['missingProperty'])]
      return problem(`${dotted(inner)} is missing`, { steps: inner, path: dotted(inner), kind: 'missing' })
    }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params['additionalProperty'] ?? params['unevaluatedProperty'])
      const inner = [...steps, name]
      const known = isObject(parent?.['properties']) ? Object.keys(parent['properties']) : []
      const hint = hintKnown(name, known)
      return problem(`${dotted(inner)} is not a known name`, {
        steps: inner,
        path: dotted(inner),
        kind: 'unknown',
        hint,
      })
    }
    case 'type':
      return isNot(typeWords(params['type']))
    case 'format':
      return isNot(formats[String(params['format'])] ?? `a ${params['format']}`)
    case 'enum': {
      const allowed = list(params['allowedValues'])
      return problem(`${here} is none of ${allowed}${found}`, {
        expected: `one of ${allowed}`,
        ...enumHint(at(root, steps), params['allowedValues'], secret),
      })
    }
    case 'const':
      return isNot(JSON.stringify(params['allowedValue']))
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return isNot(`${bounds[error.keyword]} ${params['limit']}`)
    case 'minLength':
      return problem(
        params['limit'] === 1 ? `${here} is empty` : `${here} is shorter than ${params['limit']} characters${found}`,
      )
    case 'maxLength':
      return problem(`${here} is longer than ${params['limit']} characters${found}`)
    case 'minItems':
      return problem(`${here} has fewer than ${params['limit']} element${params['limit'] === 1 ? '' : 's'}`, {
        expected: `at least ${params['limit']}`,
      })
    case 'maxItems':
      return problem(`${here} has more than ${params['limit']} element${params['limit'] === 1 ? '' : 's'}`, {
        expected: `at most ${params['limit']}`,
      })
    case 'minProperties':
      return problem(`${here} has fewer than ${params['limit']} entr${params['limit'] === 1 ? 'y' : 'ies'}`, {
        expected: `at least ${params['limit']}`,
      })
    case 'maxProperties':
      return problem(`${here} has more than ${params['limit']} entr${params['limit'] === 1 ? 'y' : 'ies'}`, {
        expected: `at most ${params['limit']}`,
      })
    case 'pattern': {
      const words =
        typeof parent?.['description'] === 'string' ? parent['description'] : `text of the form ${params['pattern']}`
      return isNot(words)
    }
    case 'propertyNames': {
      const names = parent?.['propertyNames'] as JsonSchema | undefined
      const expected = typeof names?.['description'] === 'string' ? names['description'] : 'another name'
      return problem(`${here} has a name that is not allowed${secret ? '' : `: ${quote(params['propertyName'])}`}`, {
        expected,
      })
    }
    case 'uniqueItems':
      return problem(`${here} has the same element twice`)
    case 'oneOf':
    case 'anyOf':
      return typeof parent?.['description'] === 'string'
        ? problem(`${here} is not ${parent['description']}${found}`)
        : undefined
    case 'if':
      return undefined
    default:
      return problem(`${here} does not fit the schema (${error.keyword})${found}`)
  }
}

function typeWords(type: unknown): string {
  const types = Array.isArray(type) ? type : String(type).split(',')
  return types.map(name => kinds[String(name)] ?? String(name)).join(' or ')
}

function list(values: unknown): string {
  if (!Array.isArray(values)) return ''
  const shown = values.slice(0, 12).map(value => JSON.stringify(value))
  return [...shown, ...(values.length > shown.length ? ['…'] : [])].join(', ')
}

function enumHint(value: unknown, allowed: unknown, secret: boolean): { hint?: string } {
  if (secret || typeof value !== 'string' || !Array.isArray(allowed)) return {}
  const hint = hintNearest(value, allowed.map(String))
  return hint === undefined ? {} : { hint }
}

function foundText(value: unknown): string {
  if (value === undefined) return ''
  if (value === null) return ' (found nothing)'
  if (Array.isArray(value)) return ' (found a list)'
  if (isObject(value)) return ' (found a group)'
  return ` (found ${quote(value)})`
}
