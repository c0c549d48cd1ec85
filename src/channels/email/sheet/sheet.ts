/** The style sheets of a mail, as far as they decide about text: in the light and in the dark, in a window of some width. */
import { readColor } from '../../../schema/index.ts'
import { legible, unveil } from './letters.ts'
import { holds } from './media.ts'
import { type Element, matches, readSelector, type Selector, selectorsOf, weightOf } from './selector.ts'

export type { Element } from './selector.ts'

export interface Rule {
  readonly selector: Selector
  /** As it is written. */
  readonly written: string
  readonly declarations: ReadonlyMap<string, Declared>
  /** Holds in the dark only. */
  readonly dark: boolean
  /** What has to hold for it and cannot be told: `@supports (display:grid)`, from the outermost; `&` for rules in rules. */
  readonly under: readonly string[]
}

export interface Declared {
  readonly value: string
  readonly important: boolean
}

/** How a mail stands: in a window of so many pixels. */
export interface Stand {
  readonly widthPx: number
}

/** The window of a desk. */
export const wide: Stand = { widthPx: 1000 }

/**
 * Rules that elements, classes, ids and attributes choose, in the order in which later ones win. Rules for other states (`:hover`) and
 * other windows are left out, and all that is not read whole: it may or may not be how the mail stands.
 */
export function readSheet(css: string, stand = wide): readonly Rule[] {
  return readAll(css, stand).filter(({ selector, under }) => selector.whole && under.length === 0)
}

/** The same with what is not read whole: selectors that choose more than they say, and rules under what cannot be told. */
export function readAll(css: string, { widthPx } = wide): readonly Rule[] {
  return rulesIn(legible(css), { widthPx, dark: false, under: [], within: [] })
}

interface Around extends Stand, Pick<Rule, 'dark' | 'under'> {
  /** Selectors whose block it is; none outside of all. */
  readonly within: readonly string[]
}

function rulesIn(text: string, around: Around): Rule[] {
  const { dark, under, within, widthPx } = around
  const { blocks, loose } = blocksOf(text)
  const declarations = declared(within.length === 0 ? '' : loose)
  const rules: Rule[] = within.flatMap(written => {
    const selector = declarations.size === 0 ? undefined : readSelector(written)
    return selector === undefined
      ? []
      : [{ selector, written: unveil(written.replace(/\s+/g, ' ')), declarations, dark, under }]
  })
  for (const { prelude, inner } of blocks) {
    if (!prelude.startsWith('@')) {
      const selectors = selectorsOf(prelude).flatMap(one => nested(one, within))
      rules.push(
        ...rulesIn(inner, { ...around, within: selectors, under: within.length === 0 ? under : [...under, '&'] }),
      )
    } else if (inDark.test(prelude)) rules.push(...rulesIn(inner, { ...around, dark: true }))
    else {
      const held = holds(prelude, widthPx)
      const condition = unveil(prelude.replace(/\s+/g, ' '))
      if (held !== false) rules.push(...rulesIn(inner, held ? around : { ...around, under: [...under, condition] }))
    }
  }
  return rules
}

const inDark = /^@media\s*(?:(?:only )?(?:screen|all) and )?\(\s*prefers-color-scheme\s*:\s*dark\s*\)$/i

/** A selector in the block of others (CSS Nesting 1). */
function nested(selector: string, within: readonly string[]): readonly string[] {
  if (within.length === 0) return [selector]
  return within.map(one => (selector.includes('&') ? selector.replaceAll('&', one) : `${one} ${selector}`))
}

interface Blocks {
  readonly blocks: readonly { readonly prelude: string; readonly inner: string }[]
  /** What is in none of them: declarations, and statements such as @import. */
  readonly loose: string
}

function blocksOf(text: string): Blocks {
  const blocks: { prelude: string; inner: string }[] = []
  let loose = ''
  let at = 0
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
    const before = text.slice(at, open)
    const start = before.lastIndexOf(';') + 1
    const close = closing(text, open)
    loose += before.slice(0, start)
    blocks.push({ prelude: before.slice(start).trim(), inner: text.slice(open + 1, close) })
    at = close + 1
  }
  return { blocks, loose: loose + text.slice(at) }
}

function closing(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    else if (text[at] === '}') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return text.length
}

/** Layers that hide the colour under them, in `background` and `background-image`. */
export const picture = /(?:url|gradient|image|image-set)\(/i

/** The declarations of a block or a style attribute; `background` is read as the colour in it. */
export function declared(css: string): ReadonlyMap<string, Declared> {
  const all = new Map<string, Declared>()
  for (const declaration of css.split(';')) {
    const [, name = '', written = ''] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/s.exec(declaration) ?? []
    if (name === '') continue
    const value = unveil(written.replace(/\s*!\s*important$/i, ''))
    const property = name.toLowerCase()
    const important = /!\s*important$/i.test(written)
    const set = (one: string, as: string): void => {
      if (all.get(one)?.important !== true || important) all.set(one, { value: as, important })
    }
    if (property === 'background') {
      set('background-color', colorOf(value))
      set('background-image', value)
    } else set(property, value)
  }
  return all
}

/** The colour that `background` sets: none of its words sets that there is none; what is not understood is left as it is. */
function colorOf(background: string): string {
  const words = background.match(/[\w-]+\((?:[^()]|\([^()]*\))*\)|[^\s,/]+/g) ?? []
  const color = words.find(word => readColor(word) !== undefined)
  return color ?? (words.length > 1 && words.every(word => !word.includes('(')) ? 'transparent' : background)
}

/** What the rules say of the last of some elements, each inside the one before it. */
export function cascade(
  rules: readonly Rule[],
  elements: readonly Element[],
  { dark }: { readonly dark: boolean },
): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared & { readonly weight: number }>()
  for (const { selector, declarations, dark: inDark } of rules) {
    if ((inDark && !dark) || !matches(selector.path, elements)) continue
    // One that is not read whole may weigh anything.
    const weight = selector.whole ? weightOf(selector) : Number.POSITIVE_INFINITY
    for (const [property, { value, important }] of declarations) {
      const before = found.get(property)
      const wins = before === undefined || (before.important === important ? weight >= before.weight : important)
      if (wins) found.set(property, { value, important, weight })
    }
  }
  return found
}
