/** How a finished mail looks in windows of every width: the rules of its own sheets that decide about what is seen there. Shares no code with what writes it. */

import { type Rule, readSheet } from '../text/sheet.ts'
import { sightOf } from './showing.ts'

/** One way that the sheets let a mail be seen. */
export interface Look {
  /** A window in which they do. */
  readonly widthPx: number
  /** Of light; empty where no rule decides about what is seen. */
  readonly rules: readonly Rule[]
}

export const comments = /<!--[\s\S]*?-->/g
export const styles = /<style\b([^>]*)>([\s\S]*?)<\/style\s*>/gi

/** Windows of a desk and of a telephone: mails are read in these, whatever the sheets say. */
const [desk, phone] = [1000, 375]
/** No program shows mails in less. */
const narrowest = 320

/** Sheets are those of the template, and its mails are read one after another. */
let last: { readonly css: string; readonly looks: readonly [Look, ...Look[]] } | undefined

/** Each look of an HTML text once: that of a wide window, that of a telephone, and those of widths at which a rule starts or stops to count. */
export function looksOf(html: string): readonly [Look, ...Look[]] {
  const css = Array.from(html.replace(comments, '').matchAll(styles), ([, attributes = '', sheet = '']) => {
    const media = /\smedia\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes)
    return media === null ? sheet : `@media ${media[1] ?? media[2]}{${sheet}}`
  }).join('\n')
  if (last?.css !== css) {
    const edges = Array.from(css.matchAll(edge), ([, end = '', px = '']) => [
      Number(px),
      Number(px) + (end === 'min' ? -1 : 1),
    ])
    const widths = [desk, phone, ...edges.flat().filter(width => width >= narrowest)]
    const looks = new Map<string, Look>()
    for (const widthPx of new Set(widths)) {
      const rules = sightRules(css, widthPx)
      const key = JSON.stringify(rules.map(({ path, declarations }) => [path, ...declarations]))
      if (!looks.has(key)) looks.set(key, { widthPx, rules })
    }
    const [widest, ...others] = looks.values()
    last = { css, looks: [widest!, ...others] }
  }
  return last.looks
}

const edge = /\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)px\s*\)/gi

/** The rules of a sheet, where one of them decides about what is seen; that links have a colour does not. */
function sightRules(css: string, widthPx: number): readonly Rule[] {
  const rules: Rule[] = []
  let decides = false
  for (const rule of readSheet(css, { widthPx })) {
    const { ruled, hides } = sightOf(rule.declarations)
    if (rule.dark || ruled.size === 0) continue
    decides ||= hides && rule.path.at(-1)?.name !== 'a'
    rules.push({ ...rule, declarations: ruled })
  }
  return decides ? rules : []
}
