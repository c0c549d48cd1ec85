/** Rules compiled to a decision: Communication -> channels, with the reason. The one home of the rule language (CEL). */
import { Environment } from '@marcbachmann/cel-js'
import {
  type Communication,
  done,
  type Fault,
  failed,
  type Job,
  type JsonSchema,
  type Result,
  type RunView,
  settle,
} from '../model/index.ts'
import { hintKnown, isObject } from '../schema/index.ts'
import { RuleDecimal, ruleValue, typesOf } from './types.ts'

/** Where one communication goes: each channel of the job, with the reason that `explain` gives. */
export interface Routed {
  /** Channels to render, in the job's order. */
  readonly to: readonly string[]
  /** Why each of the others is skipped. */
  readonly skipped: Readonly<Record<string, string>>
  /** The rule that decided, as written; absent where the job has no rules. */
  readonly rule?: string
}

export type Route = (communication: Communication, run: RunView) => Result<Routed>

/** What the recipient must have for a channel: its name in `recipient`. */
export type Addresses = Readonly<Record<string, 'email' | 'phone' | 'address' | undefined>>

/**
 * Compiles the job's rules (CEL, https://github.com/google/cel-spec), checked against the template's schema: unknown names and
 * wrong types are faults with the rule's line. Without rules, every channel is taken for which there is an address.
 */
export function compileRoute(job: Job, schema: JsonSchema, addresses: Addresses): Result<Route> {
  const channels = Object.keys(job.channels)
  if (job.route === undefined) return done(communication => done(byAddress(channels, communication, addresses)))

  const faults: Fault[] = []
  const environment = declareEnvironment(job, schema)
  const rules = job.route.map(rule => {
    const text = rule.when ?? 'true'
    const refuse = (message: string, hint: string): void => {
      faults.push({ code: 'route.rule', message, place: { file: job.file, line: rule.line }, hint })
    }
    checkPaths(text, schema, refuse)
    const checked = environment.check(text)
    if (!checked.valid) {
      const summary = String(checked.error?.summary ?? checked.error?.message ?? 'not a rule').split('\n')[0] ?? ''
      refuse(
        `the rule ${text} does not hold together: ${lowerFirst(summary)}`,
        'rules see `data`, `recipient` and `run`; see docs/job.md',
      )
    } else if (checked.type !== 'bool' && checked.type !== 'dyn') {
      refuse(`the rule ${text} is not true or false, but ${checked.type}`, 'compare it with something')
    }
    return { text, to: rule.to, holds: checked.valid ? environment.parse(text) : undefined, line: rule.line }
  })

  const route: Route = (communication, run) => {
    const context = {
      data: ruleValue(communication.data, schema),
      recipient: communication.recipient,
      run: { name: run.name, date: run.date, period: run.period?.text ?? '', set: run.set },
    }
    for (const rule of rules) {
      let holds: unknown
      try {
        holds = rule.holds?.(context)
      } catch (error) {
        return failed({
          code: 'route.threw',
          message: `the rule ${rule.text} cannot be decided: ${lowerFirst(String((error as Error).message).split('\n')[0] ?? '')}`,
          place: { file: job.file, line: rule.line },
          hint: 'guard what may be absent: has(data.x) && …',
        })
      }
      if (holds !== true) continue
      return takeRule(rule, channels, communication, addresses, job)
    }
    return done({ to: [], skipped: Object.fromEntries(channels.map(channel => [channel, 'no rule holds'])) })
  }
  return settle(route, faults)
}

function byAddress(channels: readonly string[], { recipient }: Communication, addresses: Addresses): Routed {
  const lacking = channels.filter(channel => !hasAddress(recipient, addresses[channel]))
  return {
    to: channels.filter(channel => !lacking.includes(channel)),
    skipped: Object.fromEntries(lacking.map(channel => [channel, 'no address'])),
  }
}

function takeRule(
  rule: { readonly text: string; readonly to: readonly string[]; readonly line: number },
  channels: readonly string[],
  { recipient }: Communication,
  addresses: Addresses,
  job: Job,
): Result<Routed> {
  const lacking = rule.to.filter(channel => !hasAddress(recipient, addresses[channel]))
  if (lacking.length > 0) {
    return failed(
      ...lacking.map(
        (channel): Fault => ({
          code: 'route.address',
          message: `the rule ${rule.text} sends to ${channel}, but the recipient has no ${addresses[channel]}`,
          place: { file: job.file, line: rule.line },
          hint: `ask for it in the rule: has(recipient.${addresses[channel]}) && …`,
        }),
      ),
    )
  }
  const skipped = channels.filter(channel => !rule.to.includes(channel))
  return done({
    to: channels.filter(channel => rule.to.includes(channel)),
    skipped: Object.fromEntries(skipped.map(channel => [channel, 'not chosen by the route'])),
    rule: rule.text,
  })
}

function hasAddress(recipient: Communication['recipient'], address: Addresses[string]): boolean {
  if (address === undefined) return true
  const value = recipient[address]
  return value !== undefined && value.length > 0
}

function declareEnvironment(job: Job, schema: JsonSchema): Environment {
  const environment = new Environment()
  environment.registerType('decimal', { ctor: RuleDecimal, fields: {} })
  const compare = (left: unknown, right: unknown): number =>
    left instanceof RuleDecimal
      ? left.cmp(right as RuleDecimal | bigint | number)
      : -(right as RuleDecimal).cmp(left as bigint | number)
  const operators: Readonly<Record<string, (sign: number) => boolean>> = {
    '<': sign => sign < 0,
    '<=': sign => sign <= 0,
    '>': sign => sign > 0,
    '>=': sign => sign >= 0,
  }
  for (const [left, right] of [
    ['decimal', 'decimal'],
    ['decimal', 'int'],
    ['decimal', 'double'],
    ['int', 'decimal'],
    ['double', 'decimal'],
  ]) {
    for (const [operator, holds] of Object.entries(operators)) {
      environment.registerOperator(`${left} ${operator} ${right}`, (a: unknown, b: unknown) => holds(compare(a, b)))
    }
  }
  for (const right of ['decimal', 'int', 'double']) {
    environment.registerOperator(`decimal == ${right}`, (a: unknown, b: unknown) => compare(a, b) === 0)
  }
  environment.registerFunction('decimal(string): decimal', (text: string) => new RuleDecimal(text))
  const declare = (name: string, fields: unknown): void => {
    environment.registerType(name, { fields: fields as Record<string, string> })
  }
  environment.registerVariable({ name: 'data', schema: typesOf(schema, 'data', declare) as Record<string, never> })
  environment.registerVariable({
    name: 'recipient',
    schema: { name: 'string', address: 'list<string>', email: 'string', phone: 'string', locale: 'string' },
  })
  const set = Object.fromEntries(Object.keys(job.set).map(name => [name, 'string']))
  environment.registerVariable({ name: 'run', schema: { name: 'string', date: 'string', period: 'string', set } })
  return environment
}

/** `has()` of a name that does not exist is false to the language; to us it is a typing mistake. */
function checkPaths(text: string, schema: JsonSchema, refuse: (message: string, hint: string) => void): void {
  for (const [, path = ''] of text.matchAll(/\bhas\(\s*data\.([\w.]+)\s*\)/g)) {
    let inner: unknown = schema
    for (const step of path.split('.')) {
      const properties = isObject(inner) ? inner['properties'] : undefined
      if (!isObject(properties)) break
      if (!Object.hasOwn(properties, step)) {
        refuse(
          `the rule ${text} asks for data.${path}, which the schema does not know`,
          hintKnown(step, Object.keys(properties)),
        )
        break
      }
      inner = properties[step]
    }
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
