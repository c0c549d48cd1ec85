/** What a class can turn out to be: each way that the blocks inside of it can be decided. */
import { quote } from '../../../model/index.ts'
import { takesRest } from '../text/blocks.ts'
import { type Shields, shieldPattern } from '../text/shield.ts'
import { findTags, type Tag } from '../text/tags.ts'

/** A class as written, each way that its blocks can turn out with the shields that lead there. */
export interface Choice {
  readonly written: string
  readonly ways: readonly string[]
  /** Opening tags of blocks, elses and ends, and between them the number of a way in its place. */
  readonly plan: readonly (string | number)[]
}

/** More ways than this in one class are not followed: each is a mail of its own to put the rules into. */
const maxWays = 16

/** The class as it is in one of the ways; in those that it does not have, as in its last one. */
export const wayOf = ({ ways }: Choice, way: number): string => ways[Math.min(way, ways.length - 1)] ?? ''

/** Blocks that leave the data as it is, so that one may stand inside of another. */
const plainBlock = /^(if|unless)$/

/** What a class chooses between; a text says why that cannot be told. */
export function choiceOf(written: string, shields: Shields): Choice | string {
  const steps = stepsOf(written, shields)
  const ways: string[] = []
  const plan: (string | number)[] = []
  const walk = (from: number, text: string): string | undefined => {
    let so = text
    for (let at = from; at < steps.length; at += 1) {
      const step = steps[at]!
      if (typeof step === 'string') so += step
      else if (step.tag.kind === 'block') return branch(at, so)
      // What is behind a branch is behind its block's end.
      else if (step.tag.kind === 'else' || step.tag.kind === 'close') at = endOf(steps, at)
      else return `${quote(step.tag.text)} makes a class, which rules of <mj-style inline="inline"> cannot know`
    }
    if (ways.length === maxWays) return `a class that its blocks make in more than ${maxWays} ways`
    plan.push(ways.length)
    ways.push(so)
    return undefined
  }
  const branch = (at: number, text: string): string | undefined => {
    const { tag, shield } = steps[at] as Stepped
    if (!plainBlock.test(tag.name.replace(/^#/, '')))
      return `${quote(tag.text)} makes classes, which rules of <mj-style inline="inline"> cannot know`
    plan.push(shield)
    let wrong = walk(at + 1, text)
    let rest = false
    const end = endOf(steps, at + 1, (alternative, inner) => {
      plan.push(alternative.shield)
      rest ||= takesRest(alternative.tag.text)
      wrong ??= walk(inner + 1, text)
    })
    const close = steps[end]
    if (wrong !== undefined || close === undefined || typeof close === 'string') return wrong
    if (!rest) {
      plan.push(shields.add({ text: '{{else}}', tag: findTags('{{else}}').tags[0]!, start: 0 }))
      wrong = walk(end + 1, text)
    }
    plan.push(close.shield)
    return wrong
  }
  return walk(0, '') ?? { written, ways, plan }
}

interface Stepped {
  readonly tag: Tag
  readonly shield: string
}

/** The end of the block that is open at a step, each of its elses told on the way. */
function endOf(
  steps: readonly (string | Stepped)[],
  from: number,
  met: (step: Stepped, at: number) => void = () => {},
): number {
  let depth = 0
  for (let at = from; at < steps.length; at += 1) {
    const step = steps[at]!
    if (typeof step === 'string') continue
    if (step.tag.kind === 'block') depth += 1
    else if (step.tag.kind === 'else' && depth === 0) met(step, at)
    else if (step.tag.kind === 'close') {
      if (depth === 0) return at
      depth -= 1
    }
  }
  return steps.length
}

/** Words and tags of a class; one that moves as a whole is taken apart, each tag behind a shield of its own. */
function stepsOf(written: string, shields: Shields): readonly (string | Stepped)[] {
  const steps: (string | Stepped)[] = []
  let from = 0
  for (const { 0: shield, 1: position, index } of written.matchAll(shieldPattern)) {
    steps.push(written.slice(from, index))
    from = index + shield.length
    const { tag, text, start } = shields.get(Number(position))
    if (tag !== 'whole') {
      steps.push({ tag, shield })
      continue
    }
    let inner = 0
    for (const one of findTags(text).tags) {
      steps.push(text.slice(inner, one.start))
      steps.push({ tag: one, shield: shields.add({ text: one.text, tag: one, start }) })
      inner = one.end
    }
    steps.push(text.slice(inner))
  }
  steps.push(written.slice(from))
  return steps.filter(step => step !== '')
}
