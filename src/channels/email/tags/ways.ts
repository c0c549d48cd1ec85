/** Ways through the blocks of texts: what each asks, every way that the answers can turn out, and what the text is then. */
import { takesRest } from './blocks.ts'
import { type Shielded, type Shields, shieldPattern } from './shield.ts'
import { findTags, type Tag } from './tags.ts'

/** A stretch of text, or a question with what stands there for each answer. */
export type Part = string | Question

/** What a block asks. Blocks that ask the same in one scope get the same answer, wherever they stand. */
export interface Question {
  /** Tells it from others. */
  readonly key: string
  /** What an `{{#if}}` that asks the same has behind its name; undefined of other blocks. */
  readonly condition: string | undefined
  /** The data it is asked of: an empty text where that is known everywhere. */
  readonly scope: string
  /** Number of the shield that the fault of it is told at. */
  readonly shield: number
  readonly holds: readonly Part[]
  readonly fails: readonly Part[]
}

/** Answers by the keys of the questions. */
export type Answers = ReadonlyMap<string, boolean>

/** A shield or a tag inside of one that moves as a whole. */
type Step = string | { readonly tag: Tag; readonly shield: number }

/** A text with its blocks as questions; `value`: what stands where data does. `scope`: the data around it. */
export function partsOf(
  text: string,
  {
    shields,
    scope = '',
    value = () => '',
  }: { readonly shields: Shields; readonly scope?: string; readonly value?: (step: Stepped) => string },
): readonly Part[] {
  const steps = stepsOf(text, shields)
  let at = 0
  const read = (around: string): Part[] => {
    const parts: Part[] = []
    for (; at < steps.length; at += 1) {
      const step = steps[at]!
      if (typeof step === 'string') parts.push(step)
      else if (step.tag.kind === 'block') parts.push(block(step, step.tag.text, around))
      else if (step.tag.kind === 'else' || step.tag.kind === 'close') return parts
      else parts.push(value(step))
    }
    return parts
  }
  const block = ({ shield }: Stepped, written: string, around: string): Question => {
    const { key, condition, contrary, scope: asked, inner } = askedBy(written, { around, id: `${shield}.${at}` })
    at += 1
    const holds = read(inner)
    const next = steps[at]
    let fails: readonly Part[] = []
    if (next !== undefined && typeof next !== 'string' && next.tag.kind === 'else') {
      if (takesRest(next.tag.text)) {
        at += 1
        fails = read(around)
      } else fails = [block(next, next.tag.text.replace(/^\{\{(~?)\s*else\s+/, '{{$1#'), around)]
    }
    return { key, condition, scope: asked, shield, ...(contrary ? { holds: fails, fails: holds } : { holds, fails }) }
  }
  return read(scope)
}

export type Stepped = Exclude<Step, string>

/** What a block asks of the data `around` it, and the scope of what is inside of it; `id` tells the block from others. */
export function askedBy(
  written: string,
  { around, id }: { readonly around: string; readonly id: string },
): Pick<Question, 'key' | 'condition' | 'scope'> & { readonly contrary: boolean; readonly inner: string } {
  const [, name, words = ''] = /^\{\{~?#(if|unless)\s+(.*?)\s*~?\}\}$/s.exec(written) ?? []
  if (name === undefined)
    return {
      key: `${around} ${written} ${id}`,
      condition: undefined,
      contrary: false,
      scope: around,
      inner: `${around}${id}/`,
    }
  const condition = words.replace(/\s+/g, ' ')
  const scope = /^@root\.[\w.]+$/.test(condition) ? '' : around
  return { key: `${scope} ${condition}`, condition, contrary: name === 'unless', scope, inner: around }
}

/** Words and tags of a text; one that moves as a whole is taken apart, and `~` takes blanks along. */
function stepsOf(text: string, shields: Shields): readonly Step[] {
  const steps: Step[] = []
  let trims = false
  const word = (stretch: string): void => {
    const left = trims ? stretch.trimStart() : stretch
    if (left !== '') trims = false
    if (left !== '') steps.push(left)
  }
  const put = (tag: Tag, shield: number): void => {
    const before = steps.at(-1)
    if (tag.text.startsWith('{{~') && typeof before === 'string') steps[steps.length - 1] = before.trimEnd()
    steps.push({ tag, shield })
    trims = tag.text.endsWith('~}}')
  }
  let from = 0
  for (const { 0: written, 1: position, index } of text.matchAll(shieldPattern)) {
    word(text.slice(from, index))
    from = index + written.length
    const shield = Number(position)
    const { tag, text: inner } = shields.get(shield)
    if (tag !== 'whole') {
      put(tag, shield)
      continue
    }
    let at = 0
    for (const one of findTags(inner).tags) {
      word(inner.slice(at, one.start))
      put(one, shield)
      at = one.end
    }
    word(inner.slice(at))
  }
  word(text.slice(from))
  return steps
}

/** Every way that the questions of these parts can be answered, one after another; undefined where there are more than `most`. */
export function waysThrough(
  parts: readonly Part[],
  { most, given = new Map() }: { readonly most: number; readonly given?: Answers },
): readonly Answers[] | undefined {
  const ways: Answers[] = []
  const walk = (left: readonly Part[], answers: Answers): boolean => {
    const at = left.findIndex(part => typeof part !== 'string')
    if (at < 0) {
      ways.push(answers)
      return ways.length <= most
    }
    const question = left[at] as Question
    const rest = left.slice(at + 1)
    const known = answers.get(question.key)
    return (known === undefined ? [true, false] : [known]).every(answer =>
      walk(
        [...(answer ? question.holds : question.fails), ...rest],
        known === undefined ? new Map([...answers, [question.key, answer]]) : answers,
      ),
    )
  }
  return walk(parts, given) ? ways : undefined
}

/** The text as it is by these answers; what is not answered fails. */
export function told(parts: readonly Part[], answers: Answers): string {
  return parts
    .map(part =>
      typeof part === 'string' ? part : told(answers.get(part.key) === true ? part.holds : part.fails, answers),
    )
    .join('')
}

/** As few answers to everything as it takes for each way to be in one of them. */
export function packed(ways: Iterable<Answers>): readonly Map<string, boolean>[] {
  const all: Map<string, boolean>[] = []
  for (const way of ways) {
    const fitting = all.find(one => agrees(one, way))
    if (fitting === undefined) all.push(new Map(way))
    else for (const [key, answer] of way) fitting.set(key, answer)
  }
  return all.length === 0 ? [new Map()] : all
}

/** Whether no question has another answer in the one than in the other. */
export function agrees(one: Answers, other: Answers): boolean {
  return [...other].every(([key, answer]) => (one.get(key) ?? answer) === answer)
}

/** Blocks of Handlebars around a text for each way; where the answer changes nothing, it is not asked. */
export function writeWays(
  parts: readonly Part[],
  { shields, text }: { readonly shields: Shields; readonly text: (answers: Answers) => string },
): string {
  const tags = new Map<string, string>()
  const tagOf = (written: string, shield: number): string => {
    const found = tags.get(written) ?? shields.add(tagged(written, shields.get(shield).start))
    tags.set(written, found)
    return found
  }
  const write = (left: readonly Part[], answers: Answers): string => {
    const at = left.findIndex(part => typeof part !== 'string')
    if (at < 0) return text(answers)
    const { key, condition, shield, holds, fails } = left[at] as Question
    const rest = left.slice(at + 1)
    const known = answers.get(key)
    if (known !== undefined) return write([...(known ? holds : fails), ...rest], answers)
    const [yes = '', no = ''] = [true, false].map(answer =>
      write([...(answer ? holds : fails), ...rest], new Map([...answers, [key, answer]])),
    )
    if (yes === no) return yes
    if (yes === '') return `${tagOf(`{{#unless ${condition}}}`, shield)}${no}${tagOf('{{/unless}}', shield)}`
    const other = no === '' ? '' : tagOf('{{else}}', shield) + no
    return `${tagOf(`{{#if ${condition}}}`, shield)}${yes}${other}${tagOf('{{/if}}', shield)}`
  }
  return write(parts, new Map())
}

function tagged(text: string, start: number): Shielded {
  return { text, tag: findTags(text).tags[0]!, start }
}
