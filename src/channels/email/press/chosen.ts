/** Classes that blocks choose, and the rules of `<mj-style inline="inline">` for them: under the same blocks. The one home of juice. */
import { done, type Fault, type Place, quote, type Result, type Source, settle } from '../../../model/index.ts'
import { readAttributes } from '../html/content.ts'
import { firstMark } from '../text/marks.ts'
import { placeAt } from '../text/place.ts'
import { type Shields, shieldPattern } from '../text/shield.ts'
import { type Choice, choiceOf, wayOf } from './ways.ts'

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

const openingTag = /<([A-Za-z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g
const classOf = /(\sclass\s*=\s*)("[^"]*"|'[^']*')/i
const styleOf = /\sstyle\s*=\s*("[^"]*"|'[^']*')/i

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
