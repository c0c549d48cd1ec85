/** The words of HTML in their order, as a reader sees them, and apart from them those that nobody sees. Shares no code with what writes it but how style sheets are read. */

import { cascade, type Element } from '../sheet/sheet.ts'
import { comments, type Look, looksOf, styles } from './looks.ts'
import { decoded } from './references.ts'
import { attributesOf, isColorless, isNothing, type Showing, showingOf } from './showing.ts'

export interface Words {
  /** Cells parted by tabs, blocks by line ends. */
  readonly seen: string
  /** What is there and not seen: a preheader, an element without height, the text of a picture, which stands where none is shown. Head, comments and styles are no words. */
  readonly unseen: string
}

/** An element that is open, and what of it is handed down. */
interface Open extends Element {
  /** With all that is in it. */
  readonly gone: boolean
  /** Until an element inside says otherwise. */
  readonly invisible: boolean
  /** Text of no size. */
  readonly sizeless: boolean
  readonly ink: string | undefined
  readonly fill: string | undefined
  readonly ground: string | undefined
  /** What is in it is not seen before somebody opens it, but for its first summary. */
  readonly shut: boolean
  /** What parts it from what is beside it, where it is no block and no cell. */
  readonly parted: string
  /** Whether it had one. */
  summed: boolean
  /** The last element in it so far. */
  latest?: Element
}

/** A quote begins a value behind `=` alone. */
const tag = /<(\/?)([a-z][^\s/>]*)((?:[^>=]|=(?!\s*["'])|=\s*(?:"[^"]*"|'[^']*'))*)>|<[!?/][^>]*>/iy
const namesIn = (names: string): ReadonlySet<string> => new Set(names.split(' '))
const childless = namesIn('area base br col embed hr img input link meta source track wbr')
const cells = namesIn('td th')
const blocks = namesIn(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup p pre search section summary table tbody thead tfoot tr ul br',
)

/** In a line, and drawn apart from its words: raised, or with something around them. */
const apartNames = namesIn(
  'audio button canvas iframe img input meter object option progress select sub sup textarea video',
)
/** Text that is crossed out says what counts no more. */
const struck = namesIn('s del strike')

/** Words of an HTML text in one of its looks, without one in a wide window, in the light. */
export function wordsOf(html: string, look: Look = looksOf(html)[0]): Words {
  let seen = ''
  let unseen = ''
  let between = false
  eachText(html, {
    text: (written, isSeen) => {
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
    look,
  })
  return { seen: tidy(seen), unseen: tidy(unseen) }
}

/** What is told of an HTML text, in its order. */
interface Hear {
  readonly text: (text: string, isSeen: boolean) => void
  /** What is read where a comment stands. Absent: nothing. */
  readonly comment?: (comment: string) => string
  /** What parts the texts of two elements. */
  readonly apart: (sign: string) => void
  readonly look: Look
}

/** Tells each text, and whether a reader sees it. */
export function eachText(html: string, { text: hear, apart, comment: inPlaceOf, look: { rules } }: Hear): void {
  let drawn = false
  const uncommented = html.replace(comments, comment => {
    // A button drawn for Outlook (VML) says there what `mso-hide:all` keeps from it.
    drawn ||= comment.includes('<v:')
    return inPlaceOf?.(comment) ?? ''
  })
  const bare = uncommented.replace(styles, '').replace(/<(head|script|title|template)\b[\s\S]*?<\/\1\s*>/gi, '')
  // A part of a mail stands on a ground that is not known here; a whole one on white, where it sets none.
  const root: Open = { ...shown, ground: wholeMail.test(bare) ? '#FFFFFF' : undefined }
  const open: Open[] = []
  let from = 0
  const say = (text: string, isAlt = false): void => {
    const inner = open.at(-1) ?? root
    const { gone, shut, invisible, sizeless } = inner
    hear(text, !isAlt && !gone && !shut && !invisible && !sizeless && !isColorless(inner))
  }
  for (let at = bare.indexOf('<'); at >= 0; at = bare.indexOf('<', Math.max(from, at + 1))) {
    const next = tagAt(bare, at)
    if (next === undefined) continue
    const { length, closes, name, attributes } = next
    if (at > from) say(bare.slice(from, at))
    from = at + length
    let sign = blocks.has(name) ? '\n' : cells.has(name) ? '\t' : ''
    if (closes) sign = close(open, name) || sign
    else if (name !== '') {
      make(open, name)
      const outer = open.at(-1) ?? root
      const found: Element =
        rules.length > 0 ? { ...elementOf(name, attributes), before: outer.latest } : { name, id: '', classes: [] }
      outer.latest = found
      const showing = showingOf(
        attributes,
        rules.length > 0 ? cascade(rules, [...open, found], { dark: false }) : undefined,
      )
      const gone =
        showing.gone ||
        unshown.has(name) ||
        struck.has(name) ||
        (outer.shut && (name !== 'summary' || outer.summed)) ||
        (showing.goneInOutlook && !drawn) ||
        (showing.goneAsBlock && (showing.apart !== '' || blocks.has(name) || cells.has(name)))
      if (name === 'summary') outer.summed = true
      const parted = sign === '' ? showing.apart || (apartNames.has(name) ? ' ' : '') : ''
      open.push(opened(found, { ...showing, gone, parted, shut: isShut(name, attributes) }, outer))
      sign ||= parted
      if (name === 'img') say(` ${attributesOf(attributes).get('alt') ?? ''} `, true)
      if (childless.has(name)) open.pop()
    }
    if (sign !== '') apart(sign)
  }
  say(bare.slice(from))
}

interface Tag {
  readonly length: number
  readonly closes: boolean
  /** In small letters; empty of what begins with `<!`, `</?` and the like. */
  readonly name: string
  readonly attributes: string
}

/** Mails of a template have the same tags over and over, but for where their links lead. */
const known = new Map<string, Tag>()
const mostKnown = 1000

/** The tag that begins there; undefined where none does. */
function tagAt(html: string, at: number): Tag | undefined {
  // One that ends at the first `>` is the same wherever it stands.
  const short = html.slice(at, html.indexOf('>', at) + 1)
  const met = known.get(short)
  if (met !== undefined) return met
  tag.lastIndex = at
  const found = tag.exec(html)
  if (found === null) return undefined
  const [whole, slash, written = '', attributes = ''] = found
  const read: Tag = { length: whole.length, closes: slash === '/', name: written.toLowerCase(), attributes }
  if (whole === short && !short.includes('href')) {
    if (known.size >= mostKnown) known.clear()
    known.set(short, read)
  }
  return read
}

const shown: Open = {
  name: '',
  id: '',
  classes: [],
  gone: false,
  invisible: false,
  sizeless: false,
  ink: undefined,
  fill: undefined,
  ground: undefined,
  shut: false,
  parted: '',
  summed: false,
}

const wholeMail = /<body\b/i

/** Elements that programs do not show. */
const unshown = namesIn('audio canvas datalist iframe meter noembed noframes object progress rp video')

/** Whether an element waits for somebody to open it. */
export function isShut(name: string, attributes: string): boolean {
  return (name === 'details' || name === 'dialog') && !attributesOf(attributes).has('open')
}

/** An element as selectors see it. */
export function elementOf(name: string, written: string): Element {
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

function opened(
  element: Element,
  { gone, shut, parted, invisible, size, ink, fill, ground }: Showing & Pick<Open, 'shut' | 'parted'>,
  outer: Open,
): Open {
  return {
    ...element,
    gone: outer.gone || gone,
    invisible: invisible ?? outer.invisible,
    sizeless: size === undefined ? outer.sizeless : isNothing(size, outer.sizeless),
    // Links have a colour of their own where nobody gives them one.
    ink: ink ?? (element.name === 'a' ? 'other' : outer.ink),
    fill: fill ?? outer.fill,
    ground: ground ?? outer.ground,
    shut,
    parted,
    summed: false,
  }
}

/** How what begins ends elements that nobody closed: the outermost of these, looked for as far back as a wall. */
interface Ending {
  readonly begins: ReadonlySet<string>
  readonly ends: ReadonlySet<string>
  readonly wall: ReadonlySet<string>
}

const ending = (begins: string, ends: string, wall: string): Ending => ({
  begins: namesIn(begins),
  ends: namesIn(ends),
  wall: namesIn(wall),
})

const ofParagraph: Ending = { begins: blocks, ends: namesIn('p'), wall: namesIn('td th table caption') }
const allEndings = [
  ending('li', 'li', 'ul ol'),
  ending('dt dd', 'dt dd', 'dl'),
  ending('td th', 'td th', 'tr table'),
  ending('tr', 'tr td th', 'table'),
  ending('tbody thead tfoot', 'tbody thead tfoot tr td th', 'table'),
  ofParagraph,
]
/** By the name of what begins. */
const endings: ReadonlyMap<string, readonly Ending[]> = new Map(
  [...blocks, ...cells]
    .filter(name => name !== 'br')
    .map(name => [name, allEndings.filter(({ begins }) => begins.has(name))]),
)

function make(open: Open[], name: string): void {
  if (open.length === 0) return
  for (const { ends, wall } of endings.get(name) ?? []) {
    let least = open.length
    for (let at = open.length - 1; at >= 0 && !wall.has(open[at]!.name); at -= 1)
      if (ends.has(open[at]!.name)) least = at
    open.length = least
  }
}

const ofTables = namesIn('table tbody thead tfoot tr td th caption body html')

/** A closing tag that has no opening one in its cell closes nothing. Gives what parts the closed one from what is behind it. */
function close(open: Open[], name: string): string {
  const ofTable = ofTables.has(name)
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const found = open[at]!.name
    if (found === name) {
      const { parted } = open[at]!
      open.length = at
      return parted
    }
    if (ofTable ? found === 'table' && name !== 'body' && name !== 'html' : ofParagraph.wall.has(found)) return ''
  }
  return ''
}
