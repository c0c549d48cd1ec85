/** Rules compiled to a decision: Communication -> channels, with the reason. */
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
import { openLanguage } from './language.ts'

/** Where one communication goes: each channel of the job, with the reason that `explain` gives. */
export interface Routed {
  /** Channels to render, in the job's order. */
  readonly to: readonly string[]
  /** Why each of the others is skipped. */
  readonly skipped: Readonly<Record<string, string>>
  /** Which of those the route had chosen, and consent or the suppression list took away; absent: none. */
  readonly withheld?: readonly string[]
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

  const compileRule = openLanguage(schema, Object.keys(job.set))
  const faults: Fault[] = []
  const rules = job.route.map(({ when: text = 'true', to, line }) => {
    const compiled = compileRule(text)
    if ('ask' in compiled) return { text, to, line, ask: compiled.ask }
    faults.push({
      code: 'route.rule',
      message: `the rule ${text} does not hold together: ${compiled.wrong}`,
      place: { file: job.file, line },
      hint: compiled.hint ?? hintFor(compiled.wrong),
    })
    return { text, to, line, ask: () => false }
  })

  const route: Route = (communication, run) => {
    for (const rule of rules) {
      const threw = (words: string, hint: string): Result<Routed> =>
        failed({
          code: 'route.threw',
          message: `the rule ${rule.text} cannot be decided: ${words}`,
          place: { file: job.file, line: rule.line },
          hint,
        })
      let holds: unknown
      try {
        holds = rule.ask(communication, run)
      } catch (error) {
        return threw((error as Error).message, hintForThrow((error as Error).message))
      }
      if (typeof holds !== 'boolean') return threw('it is not true or false', 'compare it with something')
      if (holds) return takeRule(rule, channels, communication, addresses, job)
    }
    return failed({
      code: 'route.none',
      message: 'no rule of the route holds, so this communication would go nowhere',
      place: { file: job.file, line: rules[0]?.line ?? 1 },
      hint: 'end the route with a rule that always holds: { to: [pdf] }, or { to: [] } to leave such communications out',
    })
  }
  return settle(route, faults)
}

/** What to do about a rule that the language does not take. */
function hintFor(wrong: string): string {
  if (/^(unknown variable|no such key)/.test(wrong)) return 'rules see `data`, `recipient` and `run`; see docs/job.md'
  if (wrong.startsWith('no such overload')) return 'compare like with like: amounts with numbers, text with "text"'
  return 'rules are written with ==, !=, <, >, &&, || and !; see docs/job.md'
}

/** Without rules: every channel for which there is an address. */
export function byAddress(channels: readonly string[], { recipient }: Communication, addresses: Addresses): Routed {
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

/** Null is absent; an operator that does not fit anything else is a matter of types. */
function hintForThrow(words: string): string {
  return words.startsWith('no such overload') && !words.includes('null')
    ? 'give it a type in schema.json, or compare it with what it is'
    : 'guard what may be absent: has(data.x) && …'
}
