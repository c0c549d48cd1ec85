/** Classes that no rule of a mail knows, where a rule has nearly the same name. */
import { quote, type Source } from '../../../model/index.ts'
import { isBlock } from '../tags/blocks.ts'
import { blankComments } from '../tags/comments.ts'
import { shieldPattern } from '../tags/shield.ts'
import { withoutCssComments } from './declarations.ts'
import type { Remark } from './inbox.ts'
import type { Reader } from './reader.ts'

const classes = /\s(?:css-)?class\s*=\s*(?:"([^"]*)"|'([^']*)')/gi
const sheets = /<(mj-style|style)\b[^>]*>([\s\S]*?)<\/\1/gi

/** Warnings about classes of a shielded template; rules of its partials count. Classes without a near rule may be there for others than us. */
export function ruleRemarks(shielded: string, { brand, ownClasses, shields }: Reader): Remark[] {
  const text = blankComments(shielded)
  const partials = Object.values(brand.partials).map(({ text: partial }: Source) => partial)
  const ruled = [text, ...partials].flatMap(one => [...one.matchAll(sheets)].flatMap(([, , css = '']) => selected(css)))
  // Selectors of mj-html-attributes choose elements by class, too.
  const paths = [...text.matchAll(/<mj-selector\b[^>]*?\spath\s*=\s*("[^"]*"|'[^']*')/gi)]
  const chosen = paths.flatMap(([, path = '']) => names(path))
  const known = new Set([...ruled, ...chosen, ...(ownClasses ?? []), ...Object.keys(brand.classes), 'words'])
  return [...text.matchAll(classes)].flatMap(({ 0: whole, 1: double, 2: single, index }) => {
    const value = double ?? single ?? ''
    const at = index + whole.length - 1 - value.length
    // A block decides about whole words; what a value is part of is known to nobody.
    const fixed = value.replace(shieldPattern, (shield, position: string) =>
      isBlock(shields.get(Number(position))) ? ' '.repeat(shield.length) : shield,
    )
    return [...fixed.matchAll(/\S+/g)].flatMap(({ 0: word, index: inside }) => {
      if (word.includes('\u{E000}') || known.has(word)) return []
      const near = ruled.find(rule => isSlip(word, rule))
      if (near === undefined) return []
      const message = `no rule knows the class ${quote(word)}`
      return [
        { fault: { code: 'email.class' as const, message, hint: `did you mean ${quote(near)}?` }, offset: at + inside },
      ]
    })
  })
}

/** Names of classes in the selectors of a sheet. */
function selected(css: string): readonly string[] {
  return [...withoutCssComments(css).matchAll(/([^{};]*)\{/g)].flatMap(([, selector = '']) => names(selector))
}

const names = (selector: string): readonly string[] =>
  [...selector.matchAll(/\.([a-z_-][\w-]*)/gi)].map(([, name = '']) => name)

/** One letter too many, too few, or another, or two that changed places; names that differ in a number are meant to. */
export function isSlip(word: string, name: string): boolean {
  if (Math.min(word.length, name.length) < 3) return false
  let start = 0
  while (start < word.length && word[start] === name[start]) start += 1
  let end = 0
  while (end < Math.min(word.length, name.length) - start && word.at(-1 - end) === name.at(-1 - end)) end += 1
  const [left, right] = [word.slice(start, word.length - end), name.slice(start, name.length - end)]
  if (/[\d_-]/.test(left + right)) return false
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(''))
}
