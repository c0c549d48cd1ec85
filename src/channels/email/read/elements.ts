/** The elements of HTML that are open where it is read, each inside of another, and what of them is handed down to their texts. */

import { owned } from '../../../model/index.ts'
import { cascade, type Element } from '../sheet/sheet.ts'
import type { Look } from './looks.ts'
import { attributesOf, isColorless, isNothing, type Showing, showingOf } from './showing.ts'
import type { Stretch } from './stretches.ts'

/** An element that is open. */
export interface Open {
  readonly element: Element
  /** The one around it; undefined of what is around all. */
  readonly outer: Open | undefined
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
  /** Whether its own texts are seen. */
  readonly shows: boolean
  /** Whether it had a summary; asked where it is shut. */
  summed: boolean
  /** The last element in it so far; asked where rules are. */
  latest?: Element
  /** Where tags that were met in it lead: mails of a template have the same ones over and over. */
  readonly steps: Map<string, Step>
  /** Stretches of such tags. */
  readonly ahead: Stretch[]
  /** What was opened in it, no two alike. */
  readonly inside: Open[]
}

/** What a tag does. */
export interface Step {
  /** Signs that it takes. */
  readonly length: number
  /** What is open behind it. */
  readonly inner: Open
  /** What parts the texts before and behind it; empty: nothing. */
  readonly sign: string
  /** What stands where a picture is not shown. */
  readonly alt?: string
}

export interface Tag {
  readonly length: number
  readonly closes: boolean
  /** In small letters; empty of what begins with `<!`, `</?` and the like. */
  readonly name: string
  readonly attributes: string
}

/** What is the same for all elements of a mail in one of its looks. */
export interface Around {
  readonly rules: Look['rules']
  /** Whether something is drawn for Outlook in the place of what it does not show. */
  readonly drawn: boolean
}

/** What is open at the beginning of a mail, or of a part of one, whose ground is not known here: a whole one that sets none stands on white. */
export function outermost({ rules, drawn }: Around, isWhole: boolean): Open {
  // Which rules hold of an element hangs on all that stand before it: nothing is remembered then.
  if (rules.length > 0) return rootOn(isWhole, nothing)
  if (remembered >= mostRemembered) {
    roots.clear()
    remembered = 0
  }
  const kind = `${isWhole} ${drawn}`
  const root = roots.get(kind) ?? rootOn(isWhole)
  roots.set(kind, root)
  return root
}

const roots = new Map<string, Open>()
/** Tags and elements of all roots, those in stretches once more. */
let remembered = 0
const mostRemembered = 4000
const longestRemembered = 1000

function rootOn(isWhole: boolean, memory = emptyMemory()): Open {
  return {
    element: { name: '', id: '', classes: [] },
    outer: undefined,
    gone: false,
    invisible: false,
    sizeless: false,
    ink: undefined,
    fill: undefined,
    ground: isWhole ? '#FFFFFF' : undefined,
    shut: false,
    parted: '',
    shows: true,
    summed: false,
    ...memory,
  }
}

type Memory = Pick<Open, 'steps' | 'ahead' | 'inside'>
const emptyMemory = (): Memory => ({ steps: new Map(), ahead: [], inside: [] })
/** Of elements that nothing is remembered of. */
const nothing = emptyMemory()

/** Keeps what a tag does, for the next mail. Links lead elsewhere in each, and what is shut hangs on what was in it before. */
export function remember(inner: Open, written: string, step: Step, { rules }: Around): void {
  if (rules.length > 0 || inner.shut || step.inner.shut) return
  if (written.length > longestRemembered || written.includes('href')) return
  inner.steps.set(owned(written), step)
  countRemembered(1)
}

/** How much is remembered, with so many more. */
export function countRemembered(count = 0): number {
  remembered += count
  return remembered
}

/** What a tag does in an element. */
export function stepInto(inner: Open, { length, closes, name, attributes }: Tag, around: Around): Step {
  const sign = blocks.has(name) ? '\n' : cells.has(name) ? '\t' : ''
  if (closes) {
    const found = closedBy(inner, name)
    return { length, inner: found?.outer ?? inner, sign: found?.parted || sign }
  }
  if (name === '') return { length, inner, sign }
  const outer = endedBy(inner, name)
  const opened = openedIn(outer, { name, attributes, sign }, around)
  return {
    length,
    inner: childless.has(name) ? outer : opened,
    sign: sign || opened.parted,
    ...(name === 'img' && { alt: attributesOf(attributes).get('alt') ?? '' }),
  }
}

/** Elements in one that are told apart; a mail with more is searched no longer for each. */
const mostAlike = 64

function openedIn(
  outer: Open,
  { name, attributes, sign }: { readonly name: string; readonly attributes: string; readonly sign: string },
  { rules, drawn }: Around,
): Open {
  const element: Element =
    rules.length > 0 ? { ...elementOf(name, attributes), before: outer.latest } : { name, id: '', classes: [] }
  outer.latest = element
  const ruled = rules.length > 0 ? cascade(rules, [...elementsTo(outer), element], { dark: false }) : undefined
  const showing = showingOf(attributes, ruled)
  const gone =
    showing.gone ||
    unshown.has(name) ||
    struck.has(name) ||
    (outer.shut && (name !== 'summary' || outer.summed)) ||
    (showing.goneInOutlook && !drawn) ||
    (showing.goneAsBlock && (showing.apart !== '' || sign !== ''))
  if (name === 'summary') outer.summed = true
  const parted = sign === '' ? showing.apart || (apartNames.has(name) ? ' ' : '') : ''
  const says = { ...showing, gone, parted, shut: isShut(name, attributes) }
  const opened = handedDown(element, says, outer, rules.length > 0 ? nothing : emptyMemory())
  if (rules.length > 0 || opened.shut || outer.shut) return opened
  const alike = outer.inside.find(one => isAlike(one, opened))
  if (alike !== undefined) return alike
  if (outer.inside.length === mostAlike) return opened
  outer.inside.push(opened)
  countRemembered(1)
  return opened
}

function elementsTo(inner: Open): Element[] {
  const elements: Element[] = []
  for (let one = inner; one.outer !== undefined; one = one.outer) elements.unshift(one.element)
  return elements
}

function handedDown(
  element: Element,
  { gone, shut, parted, invisible, size, ink, fill, ground }: Showing & Pick<Open, 'shut' | 'parted'>,
  outer: Open,
  memory: Memory,
): Open {
  const down = {
    gone: outer.gone || gone,
    invisible: invisible ?? outer.invisible,
    sizeless: size === undefined ? outer.sizeless : isNothing(size, outer.sizeless),
    // Links have a colour of their own where nobody gives them one.
    ink: ink ?? (element.name === 'a' ? 'other' : outer.ink),
    fill: fill ?? outer.fill,
    ground: ground ?? outer.ground,
  }
  const shows = !down.gone && !shut && !down.invisible && !down.sizeless && !isColorless(down)
  return { element, outer, ...down, shut, parted, shows, summed: false, ...memory }
}

/** Whether two elements in the same one are the same for what is in them. */
function isAlike(one: Open, other: Open): boolean {
  return (
    one.element.name === other.element.name &&
    one.gone === other.gone &&
    one.invisible === other.invisible &&
    one.sizeless === other.sizeless &&
    one.ink === other.ink &&
    one.fill === other.fill &&
    one.ground === other.ground &&
    one.parted === other.parted
  )
}

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

/** What is open once those have ended that nobody closed. */
function endedBy(inner: Open, name: string): Open {
  let left = inner
  for (const { ends, wall } of endings.get(name) ?? []) {
    let outermostEnded: Open | undefined
    for (let one = left; one.outer !== undefined && !wall.has(one.element.name); one = one.outer)
      if (ends.has(one.element.name)) outermostEnded = one
    left = outermostEnded?.outer ?? left
  }
  return left
}

const ofTables = namesIn('table tbody thead tfoot tr td th caption body html')

/** The element that a tag closes: one without an opening tag in its cell closes nothing. */
function closedBy(inner: Open, name: string): Open | undefined {
  const ofTable = ofTables.has(name)
  for (let one = inner; one.outer !== undefined; one = one.outer) {
    const found = one.element.name
    if (found === name) return one
    if (ofTable ? found === 'table' && name !== 'body' && name !== 'html' : ofParagraph.wall.has(found))
      return undefined
  }
  return undefined
}
