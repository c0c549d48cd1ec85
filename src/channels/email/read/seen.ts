/** The words of HTML in their order, as a reader sees them, and apart from them those that nobody sees. Shares no code with what writes it. */

import { cascade, type Element, type Rule, readSheet, type Stand, wide } from '../text/sheet.ts'
import { decoded } from './references.ts'
import { attributesOf, isNothing, type Showing, showingOf, sightOf } from './showing.ts'

export interface Words {
  /** Cells parted by tabs, blocks by line ends. */
  readonly seen: string
  /** What is there and hidden from everybody: a preheader, an element without height. Head, comments and styles are no words. */
  readonly unseen: string
}

/** An element that is open, and what of it is handed down. */
interface Open extends Element {
  /** With all that is in it. */
  readonly gone: boolean
  /** Until an element inside says otherwise. */
  readonly invisible: boolean
  /** Text of no size; images keep theirs. */
  readonly sizeless: boolean
  readonly ink: string | undefined
  readonly ground: string | undefined
}

/** A quote begins a value behind `=` alone. */
const tag = /<(\/?)([a-z][^\s/>]*)((?:[^>=]|=(?!\s*["'])|=\s*(?:"[^"]*"|'[^']*'))*)>|<[!?/][^>]*>/gi
const childless = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/
const block =
  /^(address|article|blockquote|body|center|div|dl|dt|dd|h[1-6]|hr|li|ol|p|section|table|tbody|thead|tfoot|tr|ul|br)$/
const cell = /^t[dh]$/

/** The window of a telephone. */
const phone: Stand = { widthPx: 375 }

/** Words of an HTML text, as it stands in a window. What a sheet hides in the dark is seen in the light. */
export function wordsOf(html: string, stand = wide): Words {
  let seen = ''
  let unseen = ''
  let between = false
  eachText(html, {
    text: (written, { isSeen }) => {
      const text = written.replace(/[ \t\r\n\f]+/g, ' ')
      if (isSeen) {
        seen += text
        between ||= text.trim() !== ''
      } else {
        // What is seen parts what is not: no number is made up of the two ends.
        unseen += between ? ` ${text}` : text
        between = false
      }
    },
    apart: sign => {
      seen += sign
      unseen += sign
    },
    stand,
  })
  return { seen: tidy(seen), unseen: tidy(unseen) }
}

/** What is told of an HTML text, in its order. */
interface Hear {
  readonly text: (text: string, how: { readonly isSeen: boolean; readonly isAlt: boolean }) => void
  /** What is read where a comment stands. Absent: nothing. */
  readonly comment?: (comment: string) => string
  /** What parts the texts of two elements. */
  readonly apart: (sign: string) => void
  /** Absent: in a wide window. */
  readonly stand?: Stand
}

const comments = /<!--[\s\S]*?-->/g
const styles = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi

const sheetsOf = (uncommented: string): string =>
  Array.from(uncommented.matchAll(styles), ([, css]) => css ?? '').join('\n')

/** What a telephone shows where it may be something else than a wide window does; undefined where it is not. */
export function seenOnPhone(html: string): string | undefined {
  if (!/@media/i.test(html)) return undefined
  const css = sheetsOf(html.replace(comments, ''))
  const hides = [wide, phone].some(stand => sightRules(css, stand).length > 0)
  return hides ? wordsOf(html, phone).seen : undefined
}

/** Tells each text, and whether a reader sees it. */
export function eachText(html: string, { text: hear, apart, comment: inPlaceOf, stand = wide }: Hear): void {
  let drawn = false
  const uncommented = html.replace(comments, comment => {
    // A button drawn for Outlook (VML) says there what `mso-hide:all` keeps from it.
    drawn ||= comment.includes('<v:')
    return inPlaceOf?.(comment) ?? ''
  })
  const bare = uncommented.replace(styles, '').replace(/<(head|script|title|template)\b[\s\S]*?<\/\1\s*>/gi, '')
  const rules = sightRules(sheetsOf(uncommented), stand)
  const open: Open[] = []
  let from = 0
  const say = (text: string, isAlt = false): void => {
    const { gone, invisible, sizeless, ink, ground } = open.at(-1) ?? shown
    const colorless = ink === 'none' || (ink !== undefined && ink !== 'other' && ink === ground)
    hear(text, { isSeen: !gone && !invisible && (isAlt || (!sizeless && !colorless)), isAlt })
  }
  for (const { 0: whole, 1: slash, 2: written = '', 3: attributes = '', index } of bare.matchAll(tag)) {
    say(bare.slice(from, index))
    from = index + whole.length
    const name = written.toLowerCase()
    if (slash === '/') close(open, name)
    else if (name !== '') {
      make(open, name)
      const found = rules.length > 0 ? elementOf(name, attributes) : { name, id: '', classes: [] }
      const showing = showingOf(
        attributes,
        rules.length > 0 ? cascade(rules, [...open, found], { dark: false }) : undefined,
      )
      const gone =
        showing.gone ||
        (showing.goneInOutlook && !drawn) ||
        (showing.goneAsBlock && (block.test(name) || cell.test(name)))
      open.push(opened(found, { ...showing, gone }, open.at(-1) ?? shown))
      if (name === 'img') say(` ${attributesOf(attributes).get('alt') ?? ''} `, true)
      if (childless.test(name)) open.pop()
    }
    const sign = block.test(name) ? '\n' : cell.test(name) ? '\t' : ''
    if (sign !== '') apart(sign)
  }
  say(bare.slice(from))
}

const shown: Open = {
  name: '',
  id: '',
  classes: [],
  gone: false,
  invisible: false,
  sizeless: false,
  ink: undefined,
  ground: undefined,
}

/** Sheets are those of the template, and its mails are read one after another. By the width of the window. */
const lastRead = new Map<number, { readonly css: string; readonly rules: readonly Rule[] }>()

/** The rules of a sheet, where one of them decides about what is seen; that links have a colour does not. */
function sightRules(css: string, stand: Stand): readonly Rule[] {
  const known = lastRead.get(stand.widthPx)
  if (known?.css === css) return known.rules
  const rules: Rule[] = []
  let decides = false
  for (const rule of readSheet(css, stand)) {
    const { ruled, hides } = sightOf(rule.declarations)
    if (rule.dark || ruled.size === 0) continue
    decides ||= hides && rule.path.at(-1)?.name !== 'a'
    rules.push({ ...rule, declarations: ruled })
  }
  const read = { css, rules: decides ? rules : [] }
  lastRead.set(stand.widthPx, read)
  return read.rules
}

function elementOf(name: string, written: string): Element {
  const found = attributesOf(written)
  const classes = (found.get('class') ?? '').split(/\s+/).filter(one => one !== '')
  return { name, id: found.get('id') ?? '', classes, attributes: found }
}

function tidy(text: string): string {
  return decoded(text)
    .replace(/ +/g, ' ')
    .replace(/ ?\t[\t ]*/g, '\t')
    .replace(/[\t ]*\n[\n\t ]*/g, '\n')
    .trim()
}

function opened(element: Element, { gone, invisible, size, ink, ground }: Showing, outer: Open): Open {
  return {
    ...element,
    gone: outer.gone || gone,
    invisible: invisible ?? outer.invisible,
    sizeless: size === undefined ? outer.sizeless : isNothing(size, outer.sizeless),
    // Links have a colour of their own where nobody gives them one.
    ink: ink ?? (element.name === 'a' ? 'other' : outer.ink),
    ground: ground ?? outer.ground,
  }
}

/** Elements that end without being closed, by what begins behind them, and where that search ends. */
const ended: readonly (readonly [begins: RegExp, ends: RegExp, wall: RegExp])[] = [
  [/^li$/, /^li$/, /^(ul|ol)$/],
  [/^d[td]$/, /^d[td]$/, /^dl$/],
  [/^t[dh]$/, /^t[dh]$/, /^(tr|table)$/],
  [/^tr$/, /^(tr|t[dh])$/, /^table$/],
  [/^(tbody|thead|tfoot)$/, /^(tbody|thead|tfoot|tr|t[dh])$/, /^table$/],
  [block, /^p$/, /^(t[dh]|table|caption)$/],
]

function make(open: Open[], name: string): void {
  if (open.length === 0 || !(block.test(name) || cell.test(name)) || name === 'br') return
  for (const [begins, ends, wall] of ended) {
    if (!begins.test(name)) continue
    let least = open.length
    for (let at = open.length - 1; at >= 0 && !wall.test(open[at]?.name ?? ''); at -= 1)
      if (ends.test(open[at]?.name ?? '')) least = at
    open.length = least
  }
}

/** A closing tag that has no opening one in its cell closes nothing. */
function close(open: Open[], name: string): void {
  const ofTable = /^(table|tbody|thead|tfoot|tr|t[dh]|caption|body|html)$/.test(name)
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const found = open[at]?.name ?? ''
    if (found === name) {
      open.length = at
      return
    }
    if (ofTable ? found === 'table' && name !== 'body' && name !== 'html' : /^(t[dh]|table|caption)$/.test(found))
      return
  }
}
