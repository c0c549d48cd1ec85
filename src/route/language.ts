/** The language of rules (CEL), with our decimals and the names that rules see. The one home of cel-js. */
import type { Environment } from '@marcbachmann/cel-js'
import type { Communication, Data, JsonSchema, RunView } from '../model/index.ts'
import { type Decimal, decimal, hintNearest, isDecimal, isObject, later, readSchema } from '../schema/index.ts'
import { findNever } from './never.ts'
import { declareTypes, RuleDecimal } from './types.ts'

const cel = later<typeof import('@marcbachmann/cel-js')>('@marcbachmann/cel-js')

/** A rule that can be asked. Throws RangeError where it cannot be decided, in words that quote nothing of the data. */
export type Question = (communication: Communication, run: RunView) => unknown

/** Compiles one rule's text; `wrong` says what does not hold together, with what was probably meant. */
export type CompileRule = (
  text: string,
) => { readonly ask: Question } | { readonly wrong: string; readonly hint?: string | undefined }

/** Opens the language for data of a schema and for the values that a job declares under `set`. */
export function openLanguage(schema: JsonSchema, set: readonly string[]): CompileRule {
  const environment = new (cel().Environment)()
  declareDecimals(environment)
  const types = declareTypes(schema, (name, ctor, fields) => environment.registerType(name, { ctor, fields }))
  environment.registerVariable('data', types.name)
  environment.registerVariable({ name: 'recipient', schema: recipientFields })
  const setFields = Object.fromEntries(set.map(name => [name, 'string']))
  environment.registerVariable({
    name: 'run',
    schema: { name: 'string', date: 'string', period: 'string', set: setFields },
  })
  const known = [...new Set([...namesOf(schema), ...Object.keys(recipientFields), ...set])]

  return text => {
    // `has()` of a name that does not exist is false to the language; to us it is a typing mistake, as anywhere else.
    const checked = [text, text.replace(/\bhas\(([^()]*)\)/g, '(dyn($1) == null)')].map(one => environment.check(one))
    const error = checked.find(({ valid }) => !valid)?.error
    if (error !== undefined) {
      const wrong = firstLine(error)
      const [, name] = /^no such key: (\S+)$/.exec(wrong) ?? []
      return { wrong, hint: name === undefined ? undefined : hintNearest(name, known) }
    }
    const type = checked[0]?.type
    if (type !== 'bool' && type !== 'dyn')
      return { wrong: `it is not true or false, but ${type}`, hint: 'compare it with something' }
    const holds = environment.parse(text)
    const never = findNever(holds.ast, readSchema(schema))
    if (never !== undefined) return never
    return {
      ask: ({ data, recipient }, run) => {
        try {
          return holds({
            data: types.ruleValue(data as Data),
            recipient,
            run: { name: run.name, date: run.date, period: run.period?.text ?? '', set: run.set },
          })
        } catch (error) {
          throw new RangeError(withoutData(firstLine(error), known))
        }
      },
    }
  }
}

/** What went wrong in a rule, in the language's words, on one line. */
function firstLine(error: unknown): string {
  const { summary, message } = error as { readonly summary?: string; readonly message?: string }
  const line = String(summary ?? message ?? error).split('\n')[0] ?? ''
  return line.charAt(0).toLowerCase() + line.slice(1)
}

/** The language's words where they name types and known names alone; it has others that quote what it was asked about. */
function withoutData(words: string, known: readonly string[]): string {
  const name = /^no such key: (\S+)$/.exec(words)?.[1]
  if (name !== undefined && known.includes(name)) return words
  if (words.includes('index out of bounds')) return 'a list in it is shorter than that'
  if (words === notDecimal || /^no such overload: [\w<>, .-]+ \S{1,2} [\w<>, .-]+$/.test(words)) return words
  return 'a value in it is not what the rule takes it for'
}

const notDecimal = 'decimal() of a text that is not a decimal number such as 12.50'

const recipientFields = { name: 'string', address: 'list<string>', email: 'string', phone: 'string', locale: 'string' }

type Operand = RuleDecimal | bigint | number

function declareDecimals(environment: Environment): void {
  environment.registerType('decimal', { ctor: RuleDecimal, fields: {} })
  environment.registerFunction('decimal(string): decimal', (text: string) => {
    if (!isDecimal(text)) throw new RangeError(notDecimal)
    return new RuleDecimal(text)
  })
  for (const [left, right] of [
    ...numbers.map(other => ['decimal', other]),
    ['int', 'decimal'],
    ['double', 'decimal'],
  ]) {
    for (const [operator, holds] of Object.entries(comparisons)) {
      environment.registerOperator(`${left} ${operator} ${right}`, (a: Operand, b: Operand) =>
        holds(exact(a).cmp(exact(b))),
      )
    }
    for (const [operator, work] of Object.entries(arithmetic)) {
      environment.registerOperator(
        `${left} ${operator} ${right}`,
        (a: Operand, b: Operand) => new RuleDecimal(work(exact(a), exact(b))),
      )
    }
  }
  // The language turns it around by itself.
  for (const right of numbers) {
    environment.registerOperator(`decimal == ${right}`, (a: Operand, b: Operand) => exact(a).cmp(exact(b)) === 0)
  }
}

const numbers = ['decimal', 'int', 'double']

const comparisons: Readonly<Record<string, (sign: number) => boolean>> = {
  '<': sign => sign < 0,
  '<=': sign => sign <= 0,
  '>': sign => sign > 0,
  '>=': sign => sign >= 0,
}

const arithmetic: Readonly<Record<string, (a: Decimal, b: Decimal) => Decimal>> = {
  '+': (a, b) => a.plus(b),
  '-': (a, b) => a.minus(b),
  '*': (a, b) => a.times(b),
}

function exact(value: Operand): Decimal {
  return value instanceof RuleDecimal ? value.value : decimal(String(value))
}

/** Every name that a schema gives to a property, at any depth. */
function namesOf(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(namesOf)
  if (!isObject(schema)) return []
  const own = isObject(schema['properties']) ? Object.keys(schema['properties']) : []
  return [...own, ...Object.values(schema).flatMap(namesOf)]
}
