/** The audit of calls: whether a helper can take what it is given. */
import { quote } from '../model/index.ts'
import { countryOf, hintCurrency, hintKnown, isCurrency } from '../schema/index.ts'
import { inspectAddress } from './addressargument.ts'
import { checkComparison } from './comparison.ts'
import { faultAt, hintFor, present, type Typed, typeOf } from './expressions.ts'
import { dateStyles } from './formats.ts'
import { guardsOf } from './guards.ts'
import type { Reading } from './reading.ts'
import { resolvePath, type Scope, type Spot } from './scope.ts'
import { isDateShape, isDecimalShape, nameOf } from './shape.ts'
import { type Signature, signatures, type Takes } from './signatures.ts'
import { type Call, type Expression, literal, type Path } from './tree.ts'
import { inspectUse } from './wording.ts'

/** Checks a call that stands as an argument, if the expression is one; false if something was reported. */
export function checkInner(reading: Reading, expression: Expression, scope: Scope): boolean {
  if (expression.type !== 'SubExpression') return true
  const call = expression as hbs.AST.SubExpression
  const name = (call.path as Path).original
  const signature = Object.hasOwn(signatures, name) ? signatures[name] : undefined
  return signature !== undefined && checkArguments(reading, call, { name, signature }, scope)
}

/** Checks the arguments of a call; false if something was reported. */
export function checkArguments(
  reading: Reading,
  call: Call,
  {
    name,
    signature,
  }: { readonly name: string; readonly signature: Pick<Signature, 'params' | 'rest' | 'hash' | 'gives'> },
  scope: Scope,
): boolean {
  const { params, rest, hash } = signature
  if (call.params.length < params.length || (rest === undefined && call.params.length > params.length)) {
    const count = `${rest === undefined ? '' : 'at least '}${params.length} value${params.length === 1 ? '' : 's'}`
    faultAt(
      reading,
      call,
      'template.argument',
      `${name} takes ${count}, not ${call.params.length}`,
      'see the helpers in docs/template.md',
    )
    return false
  }
  // Conditions are read from left to right: `and due (gt due …)` guards what follows.
  let known = scope
  let good = true
  for (const [at, param] of call.params.entries()) {
    good = checkArgument(reading, param, (params[at] ?? rest) as Takes, { name, argument: '' }, known) && good
    if (name === 'and')
      known = { ...known, present: new Set([...known.present, ...guardsOf(reading, param, known).whenTrue]) }
  }
  for (const pair of call.hash?.pairs ?? []) {
    const takes = hash[pair.key] ?? hash['*']
    if (takes === undefined) {
      const names = Object.keys(hash)
      faultAt(reading, pair, 'template.argument', `${name} has no argument ${pair.key}=`, hintKnown(pair.key, names))
      good = false
    } else good = checkArgument(reading, pair.value, takes, { name, argument: pair.key }, scope) && good
  }
  if (!good) return false
  if (name === 'money' || name === 'words') noteCurrency(reading, call)
  if (name === 't') checkWording(reading, call, scope)
  if (name === 'eq') checkComparison(reading, call, scope)
  if (name === 'fact') return checkFact(reading, call, scope)
  if (name === 'sum') return checkSum(reading, call, scope)
  return true
}

function checkArgument(
  reading: Reading,
  value: Expression,
  takes: Takes,
  { name, argument }: { readonly name: string; readonly argument: string },
  scope: Scope,
): boolean {
  const wrong = (message: string, hint = 'see the helpers in docs/template.md'): boolean => {
    faultAt(reading, value, 'template.argument', message, hint)
    return false
  }
  const shown = value.type === 'PathExpression' ? (value as Path).original : 'this'
  const whose = argument === '' ? name : `${argument}= of ${name}`
  if (takes === 'literal') {
    const written = literal(value)
    return written === undefined
      ? wrong(`${whose} is not written out`, 'it is fixed in the template: "…", a number, true or false')
      : checkLiteral(written, argument, wrong)
  }
  if (!checkInner(reading, value, scope)) return false
  const printed = takes !== 'maybe' && takes !== 'list' && takes !== 'address'
  const typed = typeOf(reading, value, scope, { printed })
  // Undefined: already reported, or inside of something that is.
  if (typed === undefined) return value.type !== 'PathExpression' || isLost(value as Path, scope)
  const { shape } = typed
  const sort = `${whose} takes`
  switch (takes) {
    case 'maybe': {
      const country = argument === 'country' ? literal(value) : undefined
      if (country !== undefined && countryOf(String(country)) === undefined)
        return wrong(`country= is not an ISO 3166-1 code (found ${quote(country)})`, 'write DE, not Germany')
      return true
    }
    case 'address': {
      const flaw = inspectAddress(typed, shown, reading.use)
      return flaw === undefined || wrong(`${sort} ${flaw.message}`, flaw.hint)
    }
    case 'list':
      if (shape.kind !== 'list' && !(shape.kind === 'group' && shape.values !== undefined)) {
        return wrong(
          `${sort} a list, and ${shown} is ${nameOf(shape)}`,
          name === 'each' && shape.kind === 'group' ? `use {{#with ${shown}}}` : undefined,
        )
      }
      return name === 'each' || present(reading, value, typed)
    case 'decimal':
      if (shape.kind !== 'any' && !isDecimalShape(shape)) {
        return wrong(
          `${sort} a decimal number, and ${shown} is ${nameOf(shape)}`,
          shape.kind === 'text' ? 'give it "format": "decimal" in schema.json' : undefined,
        )
      }
      return present(reading, value, typed)
    case 'date':
      if (shape.kind !== 'any' && !isDateShape(shape)) {
        return wrong(
          `${sort} a date, and ${shown} is ${nameOf(shape)}`,
          shape.kind === 'text' ? 'give it "format": "date" in schema.json' : undefined,
        )
      }
      return present(reading, value, typed)
    case 'key':
      if (literal(value) === undefined && keyValues(value, typed) === undefined) {
        return wrong(
          `${shown} can be any text, and ${name} needs to know its keys`,
          'write the key, or give the field an "enum" in schema.json',
        )
      }
      return present(reading, value, typed)
    case 'text':
      if (shape.kind === 'group' || shape.kind === 'list' || shape.kind === 'boolean')
        return wrong(`${sort} text, and ${shown} is ${nameOf(shape)}`)
      if (argument === 'currency' && typeof literal(value) === 'string' && !isCurrency(String(literal(value)))) {
        const code = String(literal(value))
        return wrong(`currency= is not an ISO 4217 code (found ${quote(code)})`, hintCurrency(code))
      }
      return present(reading, value, typed)
    case 'any':
      if (shape.kind === 'group' || shape.kind === 'list')
        return wrong(`${sort} single values, and ${shown} is ${nameOf(shape)}`)
      return present(reading, value, typed)
  }
}

const noFacts = 'add it to facts: in template.yaml'

function isLost(path: Path, scope: Scope): boolean {
  const found = resolvePath(scope, {
    data: path.data,
    depth: path.depth,
    parts: path.parts as string[],
    original: path.original,
  })
  return found.ok
}

function checkLiteral(
  written: string | number | boolean,
  argument: string,
  wrong: (message: string, hint?: string) => boolean,
): boolean {
  if (argument === 'decimals' && !(Number.isInteger(written) && Number(written) >= 0 && Number(written) <= 20)) {
    return wrong(`decimals= is not a whole number from 0 to 20 (found ${quote(written)})`)
  }
  if ((argument === 'symbol' || argument === 'includeZero') && typeof written !== 'boolean') {
    return wrong(`${argument}= is not true or false (found ${quote(written)})`)
  }
  if (argument === 'style' && !dateStyles.some(style => style === written)) {
    return wrong(`there is no date style ${quote(written)}`, hintKnown(String(written), dateStyles))
  }
  return true
}

/** An amount without its sign reads by what stands beside it. */
function noteCurrency({ template, inBrandCurrency }: Reading, { hash }: Call): void {
  const unsigned = hash?.pairs.some(({ key, value }) => key === 'symbol' && literal(value) === false) === true
  const asked = hash?.pairs.some(({ key }) => key === 'currency') === true
  if (template.currency === undefined && !asked && !unsigned) inBrandCurrency()
}

/** All texts that part of a key can be. */
function keyValues(value: Expression, typed: Typed): readonly string[] | undefined {
  const written = literal(value)
  if (written !== undefined) return [String(written)]
  if (typed.shape.kind === 'boolean') return ['true', 'false']
  return typed.shape.kind === 'text' ? typed.shape.values : undefined
}

function checkWording(reading: Reading, call: Call, scope: Scope): void {
  reading.speaks()
  const given = new Set(call.hash?.pairs.map(pair => pair.key) ?? [])
  const parts = call.params.map(param => {
    const typed = typeOf(reading, param, scope, { quiet: true })
    return (typed && keyValues(param, typed)) ?? []
  })
  const keys = parts.reduce<readonly string[]>(
    (heads, tails) => heads.flatMap(head => tails.map(tail => (head === '' ? tail : `${head}.${tail}`))),
    [''],
  )
  for (const key of keys) {
    for (const { message, hint } of inspectUse(reading.wording, key, given))
      faultAt(reading, call, 'template.wording', message, hint)
    for (const { key: argument, value } of call.hash?.pairs ?? []) {
      const typed = typeOf(reading, value, scope, { quiet: true })
      const values = typed && keyValues(value, typed)
      reading.choices.note(key, argument, { values, written: literal(value) !== undefined })
    }
  }
}

function checkFact(reading: Reading, call: Call, scope: Scope): boolean {
  const name = String(literal(call.params[0]))
  const rule = reading.template.facts.find(fact => fact.name === name)
  if (rule === undefined) {
    const known = reading.template.facts.map(fact => fact.name)
    faultAt(reading, call, 'template.argument', `there is no fact ${quote(name)}`, hintKnown(name, known, noFacts))
    return false
  }
  if (rule.as === 'money' && reading.template.currency === undefined) reading.inBrandCurrency()
  const found = resolveInData(rule.value, scope)
  if (found === undefined) return true
  reading.use(rule.value)
  if (!found.optional) return true
  faultAt(
    reading,
    call,
    'template.guard',
    `the fact ${quote(name)} may be absent`,
    `put it inside {{#if ${rule.value}}} … {{/if}}, or make ${rule.value} required in schema.json`,
  )
  return false
}

/** A path of template.yaml, from the root of the data. What does not resolve was a fault when the template was loaded. */
function resolveInData(path: string, scope: Scope): Spot | undefined {
  const found = resolvePath(
    { ...scope, contexts: [scope.root] },
    { data: false, depth: 0, parts: path.split('.'), original: `this.${path}` },
  )
  return found.ok ? found.spot : undefined
}

function checkSum(reading: Reading, call: Call, scope: Scope): boolean {
  const typed = typeOf(reading, call.params[0] as Expression, scope, { quiet: true })
  if (typed?.shape.kind !== 'list') return true
  const path = String(literal(call.params[1]))
  const element: Spot = { shape: typed.shape.element(), key: reading.frame(), path: typed.spot?.path, optional: false }
  const found = resolvePath(
    { ...scope, contexts: [element] },
    { data: false, depth: 0, parts: path.split('.'), original: `this.${path}` },
  )
  const node = call.params[1] as Expression
  if (!found.ok) {
    faultAt(reading, node, 'template.field', found.message, hintFor(found))
    return false
  }
  if (found.spot.path !== undefined) reading.use(found.spot.path)
  if (!isDecimalShape(found.spot.shape)) {
    faultAt(
      reading,
      node,
      'template.argument',
      `sum adds up decimal numbers, and ${path} is ${nameOf(found.spot.shape)}`,
      'give it "format": "decimal" in schema.json',
    )
    return false
  }
  if (!found.spot.optional) return true
  faultAt(
    reading,
    node,
    'template.guard',
    `${path} may be absent in some of the list`,
    'make it required in schema.json',
  )
  return false
}
