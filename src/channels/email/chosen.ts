/** Classes that blocks choose, and the rules of `<mj-style inline="inline">` for them: under the same blocks. The one home of juice. */
import { done, type Fault, type Place, quote, type Result, type Source, settle } from '../../model/index.ts'
import { takesRest } from './blocks.ts'
import { readAttributes } from './content.ts'
import { firstMark } from './marks.ts'
import { placeAt } from './place.ts'
import { type Shields, shieldPattern } from './shield.ts'
import { findTags, type Tag } from './tags.ts'

/** MJML whose inliner would take blocks for names of classes, without its inline rules. */
export interface Unlined {
  readonly mjml: string
  readonly css: string
}

/** Inline rules taken out of MJML, its lines kept; undefined where MJML can put them in itself. */
export function takeInlineRules(mjml: string): Unlined | undefined {
  if (!/\sclass\s*=\s*("[^"]*\u{E000}|'[^']*\u{E000})|\scss-class="[^"]*\u{E000}/u.test(mjml)) return undefined
  const css: string[] = []
  const left = mjml.replace(
    /<mj-style\b[^>]*\sinline\s*=\s*["']?inline\b[^>]*>([\s\S]*?)<\/mj-style\s*>/g,
    (whole, rules: string) => {
      css.push(rules)
      return whole.replace(/[^\n]/g, '')
    },
  )
  return css.length === 0 ? undefined : { mjml: left, css: css.join('') }
}

/**
 * Attributes that a tag has twice, each under another branch: what puts rules into elements reads them as HTML does, the first alone.
 */
export function writtenTwice(mjml: string, shields: Shields, source: Source): readonly Fault[] {
  if (!inlineStyle.test(mjml)) return []
  return [...mjml.matchAll(openingTag)].flatMap(([tag, , attributes = '']) => {
    const [shield] = [...tag.matchAll(shieldPattern)].map(([, position]) => position)
    if (shield === undefined) return []
    const names = readAttributes(attributes).map(({ name }) => name)
    const twice = names.find((name, at) => !name.includes('\u{E000}') && names.indexOf(name) < at)
    if (twice === undefined) return []
    return [
      {
        code: 'email.tag' as const,
        message: `${twice} stands twice in a tag, and a mail with <mj-style inline="inline"> keeps the first alone`,
        place: placeAt(source, shields.get(Number(shield)).start),
        hint: `write the block inside of the quotes: ${twice}="{{#if a}}…{{else}}…{{/if}}"`,
      },
    ]
  })
}

const inlineStyle = /<mj-style\b[^>]*\sinline\s*=\s*["']?inline\b[^>]*>/

/** A class as written, each way that its blocks can turn out with the shields that lead there. */
interface Choice {
  readonly written: string
  readonly ways: readonly string[]
  /** Opening tags of blocks, elses and ends, and between them the number of a way in its place. */
  readonly plan: readonly (string | number)[]
}

const openingTag = /<([A-Za-z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g
const classOf = /(\sclass\s*=\s*)("[^"]*"|'[^']*')/i
const styleOf = /\sstyle\s*=\s*("[^"]*"|'[^']*')/i

/** More ways than this in one class are not followed: each is a mail of its own to put the rules into. */
const maxWays = 16

/**
 * Pressed HTML behind shields with the rules in its style attributes. Faults `email.tag`: a class that is a value of data, or that a loop
 * makes; too many ways; an element whose look hangs on a class that a block chooses further out.
 */
export async function putInlineRules(
  html: string,
  { css, shields, source }: { readonly css: string; readonly shields: Shields; readonly source: Source },
): Promise<Result<string>> {
  const faults: Fault[] = []
  const choices: Choice[] = []
  const fail = (shield: string, message: string, hint: string): void => {
    const { start } = shields.get(Number(/\d+/.exec(shield)?.[0]))
    faults.push({ code: 'email.tag', message, place: placeAt(source, start), hint })
  }
  const marked = html.replace(openingTag, tag => {
    const [, before = '', value = ''] = classOf.exec(tag) ?? []
    if (!value.includes('\u{E000}')) return tag
    const choice = choiceOf(value.slice(1, -1), shields)
    if (typeof choice === 'string')
      fail(
        value,
        choice,
        'choose between fixed classes with {{#if}}, or write the rules into an mj-style without inline',
      )
    else choices.push(choice)
    return tag.replace(classOf, () => `${before}"${mark(choices.length - 1)}"`)
  })
  if (faults.length > 0) return settle('', faults)
  const { default: juice } = await import('juice')
  const most = Math.max(1, ...choices.map(({ ways }) => ways.length))
  // Each time the whole mail, so that rules which count children or look at neighbours see what stands there.
  const all = Array.from({ length: most }, (_, way) =>
    juice(
      marked.replace(markPattern, (found, at: string) => `${found} ${wayOf(choices[Number(at)]!, way)}`),
      {
        applyStyleTags: false,
        extraCss: css,
        insertPreservedExtraCss: false,
        removeStyleTags: false,
        // Attributes such as align would be those of the first way in all of them.
        applyAttributesTableElements: false,
      },
    ),
  )
  const tags = all.map(one => [...one.matchAll(openingTag)].map(([tag]) => tag))
  let at = -1
  const [base = ''] = all
  const put = base.replace(openingTag, (tag: string, ...groups: readonly (string | number)[]) => {
    at += 1
    const seen = tags.map(found => found[at] ?? '')
    const choice = choices[Number(new RegExp(markPattern.source, 'u').exec(tag)?.[1] ?? Number.NaN)]
    if (choice !== undefined) return withStyles(tag, choice, seen)
    if (seen.every(one => one === tag)) return tag
    faults.push(faraway(tag, placeAt(source, firstMark(base.slice(Number(groups.at(-2)))) ?? 0)))
    return tag
  })
  return faults.length > 0 ? settle('', faults.slice(0, 1)) : done(put)
}

const mark = (at: number): string => `\u{E008}${at}\u{E009}`
const markPattern = /\u{E008}(\d+)\u{E009}/gu

const wayOf = ({ ways }: Choice, way: number): string => ways[Math.min(way, ways.length - 1)] ?? ''

/** The element with its class as it was written, and the style of each way in that way's place. */
function withStyles(tag: string, { written, plan }: Choice, seen: readonly string[]): string {
  const styles = seen.map(one => styleOf.exec(one)?.[1]?.slice(1, -1) ?? '')
  const bare = tag.replace(styleOf, '').replace(classOf, (_whole, before: string) => `${before}"${written}"`)
  if (styles.every(style => style === '')) return bare
  const style = styles.every(one => one === styles[0])
    ? styles[0]
    : plan.map(step => (typeof step === 'number' ? styles[step] : step)).join('')
  return bare.replace(/\s*\/?>$/, end => ` style="${style}"${end}`)
}

function faraway(tag: string, place: Place): Fault {
  const [, name = ''] = /^<([\w:-]+)/.exec(tag) ?? []
  const own = classOf.exec(tag)?.[2]?.slice(1, -1)
  return {
    code: 'email.tag',
    message: `a rule of mj-style reaches <${name}>${own === undefined ? '' : ` of class ${quote(own)}`} through a class that a block chooses further out`,
    place,
    hint: 'choose a class of the element itself: class="{{#if a}}x{{else}}y{{/if}}"',
  }
}

/** Blocks that leave the data as it is, so that one may stand inside of another. */
const plainBlock = /^(if|unless)$/

/** What a class chooses between; a text says why that cannot be told. */
function choiceOf(written: string, shields: Shields): Choice | string {
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
