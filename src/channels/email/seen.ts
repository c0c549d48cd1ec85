/** The words of HTML in their order, as a reader sees them, and apart from them those that nobody sees. Shares no code with what writes it. */
import { attributesOf, isNothing, type Look, lookOf } from './looks.ts'
import { decoded } from './references.ts'

export interface Words {
  /** Cells parted by tabs, blocks by line ends. */
  readonly seen: string
  /** What is there and hidden from everybody: a preheader, an element without height. Head, comments and styles are no words. */
  readonly unseen: string
}

/** An element that is open, and what of it is handed down. */
interface Open {
  readonly name: string
  /** With all that is in it. */
  readonly gone: boolean
  /** Until an element inside says otherwise. */
  readonly invisible: boolean
  /** Text of no size; images keep theirs. */
  readonly sizeless: boolean
}

/** A quote begins a value behind `=` alone. */
const tag = /<(\/?)([a-z][^\s/>]*)((?:[^>=]|=(?!\s*["'])|=\s*(?:"[^"]*"|'[^']*'))*)>|<[!?/][^>]*>/gi
const childless = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/
const block =
  /^(address|article|blockquote|body|center|div|dl|dt|dd|h[1-6]|hr|li|ol|p|section|table|tbody|thead|tfoot|tr|ul|br)$/
const cell = /^t[dh]$/

/** Words of an HTML text. Only what elements say themselves hides them: what a sheet hides for some widths is seen in the others. */
export function wordsOf(html: string): Words {
  let drawn = false
  const bare = html
    .replace(/<!--[\s\S]*?-->/g, comment => {
      // A button drawn for Outlook (VML) says there what `mso-hide:all` keeps from it.
      drawn ||= comment.includes('<v:')
      return ''
    })
    .replace(/<(head|style|script|title|template)\b[\s\S]*?<\/\1\s*>/gi, '')
  const open: Open[] = []
  // Rows of a table have the same attributes over and over.
  const looks = new Map<string, Look>()
  let seen = ''
  let unseen = ''
  let from = 0
  let between = false
  const say = (text: string, image = false): void => {
    const { gone, invisible, sizeless } = open.at(-1) ?? shown
    if (gone || invisible || (sizeless && !image)) {
      // What is seen parts what is not: no number is made up of the two ends.
      unseen += between ? ` ${text}` : text
      between = false
    } else {
      seen += text
      between ||= text.trim() !== ''
    }
  }
  for (const { 0: whole, 1: slash, 2: written = '', 3: attributes = '', index } of bare.matchAll(tag)) {
    say(bare.slice(from, index).replace(/[ \t\r\n\f]+/g, ' '))
    from = index + whole.length
    const name = written.toLowerCase()
    if (slash === '/') close(open, name)
    else if (name !== '') {
      make(open, name)
      const look = looks.get(attributes) ?? lookOf(attributes)
      looks.set(attributes, look)
      const gone = look.gone || (look.goneInOutlook && !drawn)
      open.push(opened(name, { ...look, gone }, open.at(-1) ?? shown))
      if (name === 'img') say(` ${(attributesOf(attributes).get('alt') ?? '').replace(/[ \t\r\n\f]+/g, ' ')} `, true)
      if (childless.test(name)) open.pop()
    }
    const apart = block.test(name) ? '\n' : cell.test(name) ? '\t' : ''
    seen += apart
    unseen += apart
  }
  say(bare.slice(from).replace(/[ \t\r\n\f]+/g, ' '))
  return { seen: tidy(seen), unseen: tidy(unseen) }
}

const shown: Open = { name: '', gone: false, invisible: false, sizeless: false }

function tidy(text: string): string {
  return decoded(text)
    .replace(/ *\t[\t ]*/g, '\t')
    .replace(/ +/g, ' ')
    .replace(/[\t ]*\n[\n\t ]*/g, '\n')
    .trim()
}

function opened(name: string, { gone, invisible, size }: Look, outer: Open): Open {
  return {
    name,
    gone: outer.gone || gone,
    invisible: invisible ?? outer.invisible,
    sizeless: size === undefined ? outer.sizeless : isNothing(size, outer.sizeless),
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
