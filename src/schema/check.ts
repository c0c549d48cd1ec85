/** JSON Schemas compiled to checks that speak our own words and never quote a private value. The one home of ajv. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { done, failed, type JsonSchema, quote, type Result } from '../model/index.ts'
import { isDate, readDate } from './date.ts'
import { isDecimal } from './decimal.ts'
import { isObject } from './json.ts'
import { hintKnown } from './nearest.ts'

/** One thing that is wrong with a value. */
export interface Problem {
  /** Steps into the value: names and list positions from 0. */
  readonly steps: readonly (string | number)[]
  /** The same, dotted, as faults show it: `lines[0].amount`. */
  readonly path: string
  /** In words, lower case, without full stop; begins with the path. */
  readonly message: string
  readonly hint?: string
  /** `unknown` and `missing` are about a name, `value` about what stands there. */
  readonly kind: 'unknown' | 'missing' | 'value'
  /** Whether the schema marks the value private: then the message does not quote it. */
  readonly private: boolean
}

/** Every problem of a value, in the order the schema meets them; none if it fits. */
export type Check = (value: unknown) => readonly Problem[]

/** Compiles a schema (JSON Schema 2020-12; formats decimal, date, date-time, email; `private: true`). `file` names it in faults. */
export function compileCheck(schema: JsonSchema, file: string): Result<Check> {
  let validate: ValidateFunction
  try {
    validate = newAjv().compile(schema)
  } catch (error) {
    return failed({
      code: 'schema.invalid',
      message: `this is not a JSON Schema that can be used: ${(error as Error).message.toLowerCase().slice(0, 200)}`,
      place: { file },
      hint: 'see docs/template.md for the keywords and formats that are known',
    })
  }
  return done(value => {
    if (validate(value)) return []
    const problems: Problem[] = []
    for (const error of validate.errors ?? []) {
      const problem = describeError(error, schema, value)
      if (problem !== undefined && !problems.some(earlier => earlier.message === problem.message))
        problems.push(problem)
    }
    return problems
  })
}

/** Dotted text of steps: `lines[0].amount`. */
export function dotted(steps: readonly (string | number)[]): string {
  return steps.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('')
}

function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    ownProperties: true,
    verbose: false,
    $data: false,
    strict: false,
    allowUnionTypes: true,
    logger: false,
  })
  ajv.addKeyword({ keyword: 'private', schemaType: 'boolean' })
  ajv.addFormat('decimal', isDecimal)
  ajv.addFormat('date', isDate)
  ajv.addFormat('date-time', (text: string) => readDate(text)?.time !== undefined)
  ajv.addFormat('email', /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,253}\.[^\s@<>,;:"()[\]\\.]{2,63}$/u)
  return ajv
}

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
  const params = error.params as Readonly<Record<string, unknown>>
  const parent = schemaAt(schema, error.schemaPath)
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
      return problem(`${here} is not ${typeWords(params['type'])}${found}`)
    case 'format':
      return problem(`${here} is not ${formats[String(params['format'])] ?? `a ${params['format']}`}${found}`)
    case 'enum':
      return problem(`${here} is none of ${list(params['allowedValues'])}${found}`, {
        ...enumHint(at(root, steps), params['allowedValues'], secret),
      })
    case 'const':
      return problem(`${here} is not ${JSON.stringify(params['allowedValue'])}${found}`)
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return problem(`${here} is not ${params['comparison']} ${params['limit']}${found}`)
    case 'minLength':
      return problem(
        params['limit'] === 1 ? `${here} is empty` : `${here} is shorter than ${params['limit']} characters${found}`,
      )
    case 'maxLength':
      return problem(`${here} is longer than ${params['limit']} characters${found}`)
    case 'minItems':
      return problem(`${here} has fewer than ${params['limit']} element${params['limit'] === 1 ? '' : 's'}`)
    case 'maxItems':
      return problem(`${here} has more than ${params['limit']} elements`)
    case 'minProperties':
      return problem(`${here} has fewer than ${params['limit']} entries`)
    case 'pattern': {
      const words =
        typeof parent?.['description'] === 'string' ? parent['description'] : `text of the form ${params['pattern']}`
      return problem(`${here} is not ${words}${found}`)
    }
    case 'propertyNames':
      return problem(`${here} has a name that is not allowed: ${quote(String(params['propertyName']))}`)
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
  return Array.isArray(values) ? values.map(value => JSON.stringify(value)).join(', ') : ''
}

function enumHint(value: unknown, allowed: unknown, secret: boolean): { hint?: string } {
  if (secret || typeof value !== 'string' || !Array.isArray(allowed)) return {}
  return { hint: hintKnown(value, allowed.map(String)) }
}

function foundText(value: unknown): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return ' (found a list)'
  if (isObject(value)) return ' (found a group)'
  return ` (found ${quote(value)})`
}

/** Steps of a JSON Pointer (RFC 6901); digits are list positions where the value has a list there. */
function pointerSteps(pointer: string, root: unknown): (string | number)[] {
  const steps: (string | number)[] = []
  let value = root
  for (const raw of pointer.split('/').slice(1)) {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    const step = Array.isArray(value) ? Number(name) : name
    steps.push(step)
    value = at(value, [step])
  }
  return steps
}

function at(value: unknown, steps: readonly (string | number)[]): unknown {
  let inner = value
  for (const step of steps) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined
    inner = (inner as Record<string | number, unknown>)[step]
  }
  return inner
}

/** The schema object that holds the failing keyword, by ajv's schemaPath (`#/properties/a/items/type`). */
function schemaAt(schema: JsonSchema, path: string): JsonSchema | undefined {
  let inner: unknown = schema
  for (const raw of path.replace(/^#\/?/, '').split('/').slice(0, -1)) {
    const name = decodeURIComponent(raw).replaceAll('~1', '/').replaceAll('~0', '~')
    inner = at(inner, [name])
  }
  return isObject(inner) ? inner : undefined
}

/** Whether the schema marks any step on the way as private. References are followed only inside `$defs`. */
function isPrivate(schema: JsonSchema, steps: readonly (string | number)[]): boolean {
  let inner: unknown = schema
  for (const step of ['', ...steps]) {
    if (step !== '') inner = child(inner, step)
    if (isObject(inner) && typeof inner['$ref'] === 'string') inner = schemaAt(schema, `${inner['$ref']}/.`)
    if (isObject(inner) && inner['private'] === true) return true
  }
  return false
}

function child(schema: unknown, step: string | number): unknown {
  if (!isObject(schema)) return undefined
  if (typeof step === 'number') return schema['items']
  return at(schema, ['properties', step]) ?? schema['additionalProperties']
}
