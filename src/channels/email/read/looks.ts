/** How a finished mail looks in windows of every width, and under what only some readers have: the rules of its own sheets that decide about what is seen there. Shares no code with what writes it but how style sheets are read. */

import { type Rule, readAll } from '../sheet/sheet.ts'
import { bareOf } from './bare.ts'
import { hidesAlone, sightOf } from './showing.ts'

/** A rule that decides about what is seen. */
export interface SightRule extends Rule {
  /** Whether something may be unseen by it. */
  readonly hides: boolean
}

/** One way that the sheets let a mail be seen. */
export interface Look {
  /** A window in which they do. */
  readonly widthPx: number
  /** What holds besides, and not for every reader: `@supports (display:grid)`. */
  readonly under: readonly string[]
  /** Of light; empty where no rule decides about what is seen. */
  readonly rules: readonly SightRule[]
}

/** The widest first. */
export type Looks = readonly [Look, ...Look[]]

/** Windows of a desk and of a telephone: mails are read in these, whatever the sheets say. */
const [desk, phone] = [1000, 375]
/** No program shows mails in less. */
const narrowest = 320

/** Sheets are those of the template, and its mails are read one after another. */
let last: { readonly css: string; readonly looks: Looks } | undefined

/** Each look of an HTML text. */
export const looksOf = (html: string): Looks => looksIn(bareOf(html).css)

/**
 * Each look that sheets give a mail, once: that of a wide window, that of a telephone, those of widths at which a rule starts or stops to count, and in each
 * of them those of readers for whom a condition holds that cannot be told: what it hides, they do not see.
 */
export function looksIn(css: string): Looks {
  if (last?.css !== css) {
    const edges = Array.from(css.matchAll(edge), ([, end = '', px = '']) => [
      Number(px),
      Number(px) + (end === 'min' ? -1 : 1),
    ])
    const widths = [desk, phone, ...edges.flat().filter(width => width >= narrowest)]
    const looks = new Map<string, Look>()
    for (const widthPx of new Set(widths)) {
      for (const look of looksAt(widthPx, sightRules(css, widthPx))) {
        const key = JSON.stringify(look.rules.map(({ selector, declarations }) => [selector, ...declarations]))
        if (!looks.has(key)) looks.set(key, look)
      }
    }
    const [widest, ...others] = looks.values()
    last = { css, looks: [widest!, ...others] }
  }
  return last.looks
}

const edge = /\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)px\s*\)/gi

/** The look where nothing holds that cannot be told, and those where what hides does. */
function looksAt(widthPx: number, rules: readonly SightRule[]): readonly Look[] {
  const conditions = new Map(rules.filter(rule => rule.hides).map(({ under }) => [under.join('\n'), under]))
  return [[], ...conditions.values()].map(under => {
    const held = rules.filter(rule => rule.under.every(one => under.includes(one)))
    return { widthPx, under, rules: held.some(rule => rule.hides) ? held : [] }
  })
}

const dark = '@media (prefers-color-scheme:dark)'

/** The rules of a sheet that decide about what is seen; that links have a colour does not. */
function sightRules(css: string, widthPx: number): readonly SightRule[] {
  return readAll(css, { widthPx }).flatMap(rule => {
    const { selector } = rule
    const under = rule.dark ? [...rule.under, dark] : rule.under
    // Which grounds mail programs have in the dark, nobody knows: colours are not compared there.
    const inDark = under.some(one => /prefers-color-scheme\s*:\s*dark/i.test(one))
    const { ruled, hides } = sightOf(rule.declarations, { colors: !inDark })
    if (ruled.size === 0) return []
    const colored = selector.path.at(-1)?.name === 'a' && ruled.size === 1 && ruled.has('color')
    const read = { ...rule, dark: false, under, declarations: ruled, hides: hides && !colored }
    if (selector.whole || hidesAlone(ruled)) return [read]
    // One that chooses more than it says is taken for what it hides, and never for what it shows: its colours hold in a look of their own.
    const colors = new Map([...ruled].filter(([property]) => /color$/.test(property)))
    return colors.size === 0 ? [] : [{ ...read, under: [...under, rule.written], declarations: colors }]
  })
}
