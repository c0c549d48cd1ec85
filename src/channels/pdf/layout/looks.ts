/** How an element looks: its attributes, those of its classes, the vocabulary's defaults, and the type it inherits. */
import type { Brand } from '../../../model/index.ts'
import type { Fonts } from '../fonts/fonts.ts'
import { lookAttributes } from '../markup/attributes.ts'
import { readValue } from '../markup/check.ts'
import type { Element } from '../markup/tree.ts'
import type { Border, PageSize, Sides, Width } from '../markup/values.ts'
import { elements } from '../markup/vocabulary.ts'
import type { Scripts } from './scripts.ts'
import { openScripts } from './scripts.ts'
import type { TypeStyle } from './type.ts'
import { initialType, withTypeface } from './type.ts'

export type { TypeStyle } from './type.ts'

export type On = 'first' | 'not-first' | 'last' | 'not-last' | 'odd' | 'even'

export interface Look {
  readonly type: TypeStyle
  readonly margin: Sides
  readonly padding: Sides
  /** Padding and borders: how far contents stand inside. */
  readonly inset: Sides
  /** Top, right, bottom, left; widths of zero are not drawn. */
  readonly borders: readonly [Border, Border, Border, Border]
  /** Of rounded corners; 0 where they are square. */
  readonly radius: number
  readonly background?: string
  /** Whether anything of it is drawn or takes room: padding, borders, ground, or a height that it is told to have. */
  readonly framed: boolean
  readonly width?: number
  readonly height?: number
  readonly columnWidth: Width
  readonly columns?: readonly Width[]
  readonly columnGap: number
  readonly cellPadding: Sides
  readonly left?: number
  readonly top?: number
  readonly bottom?: number
  readonly fixed: boolean
  readonly on?: On
  readonly colspan: number
  readonly rowspan: number
  readonly start: number
  readonly size: PageSize
  readonly verticalAlign?: 'top' | 'middle' | 'bottom'
  readonly breakBefore: 'auto' | 'page' | 'avoid'
  readonly breakAfter: 'auto' | 'page' | 'avoid'
  readonly breakInside: 'auto' | 'avoid'
}

export interface Looks {
  /** What a document inherits: the brand's ink, and the language of its recipient. */
  readonly initial: (locale: string) => TypeStyle
  /** What cells have from their table and column comes as `defaults`. */
  readonly of: (element: Element, inherited: TypeStyle, defaults?: CellDefaults) => Look
  /** The type of text that carries only these classes. */
  readonly classed: (classes: string, inherited: TypeStyle) => TypeStyle
  /** The type that a text in `sup` or `sub` is set in; absent text is not known yet. */
  readonly scripted: Scripts
}

/** What a cell has where it says nothing itself: the padding of its table, and what `col` says of its column. */
export interface CellDefaults {
  readonly padding: Sides
  readonly column: Element['attributes']
  /** Tells them apart. */
  readonly key: string
}

/** Tags that are written the same share their attributes, and looks their paddings: made once for all tables that say the same. */
const made = new WeakMap<Element['attributes'], WeakMap<Sides, CellDefaults>>()
const silent: Element['attributes'] = {}

export function cellDefaults(padding: Sides, column = silent): CellDefaults {
  const own = made.get(column) ?? new WeakMap<Sides, CellDefaults>()
  made.set(column, own)
  const known = own.get(padding)
  if (known !== undefined) return known
  const said = Object.entries(column).map(([name, text]) => `\n${name}=${text}`)
  const defaults = { padding, column, key: shared(`\n${padding}${said.join('')}`) }
  own.set(padding, defaults)
  return defaults
}

/** Equal keys are one text, so that comparing them takes no reading. */
function shared(key: string): string {
  const known = sharedKeys.get(key)
  if (known !== undefined) return known
  if (sharedKeys.size >= mostKeys) sharedKeys.clear()
  sharedKeys.set(key, key)
  return key
}

const sharedKeys = new Map<string, string>()
const mostKeys = 1_000

/** Attributes that say something else than looks, and differ from element to element: kept out of the memory's keys. */
const notLooks = new Set(['carry', 'href', 'alt', 'src', 'title', 'return-line', 'id', 'offset'])

const noBorder: Border = { widthPt: 0, color: '#000000' }
const mostLooks = 5_000

/** Attributes as they were met: on which element, in which type, and in which column. */
interface Meeting {
  readonly name: string
  readonly inherited: TypeStyle
  readonly key: string | undefined
  readonly look: Look
}

/** Elements without attributes are met everywhere. */
const mostMeetings = 32

/** Looks are worked out once for each element name, attributes and inherited type: rows of a table share theirs. */
export function openLooks(brand: Brand, fonts: Fonts): Looks {
  const initials = new Map<string, TypeStyle>()
  const initial: Looks['initial'] = locale => {
    const type = initials.get(locale) ?? initialType(locale, fonts, brand)
    initials.set(locale, type)
    return type
  }
  let remembered = new Map<TypeStyle, Map<string, Look>>()
  let count = 0
  /** By how it is written; slower than who it is. */
  const ofWritten = (element: Element, inherited: TypeStyle, defaults: CellDefaults | undefined): Look => {
    let key = element.name
    for (const name in element.attributes) if (!notLooks.has(name)) key += `\n${name}=${element.attributes[name]}`
    if (defaults !== undefined) key += defaults.key
    const known = remembered.get(inherited) ?? new Map<string, Look>()
    remembered.set(inherited, known)
    let look = known.get(key)
    if (look === undefined) {
      const read = values(element.name, element.attributes, brand, defaults?.column)
      look = lookOf(read, inherited, fonts, defaults)
      known.set(key, look)
      count += 1
      if (count > mostLooks) {
        remembered = new Map()
        count = 0
      }
    }
    return look
  }
  /** Tags that are written the same share their attributes, in all documents; each is met in a few surroundings. */
  const met = new WeakMap<Element['attributes'], Meeting[]>()
  const of: Looks['of'] = (element, inherited, defaults) => {
    const { name, attributes } = element
    let meetings = met.get(attributes)
    if (meetings === undefined) {
      meetings = []
      // What rows carry is different in each: remembering them all would take more than they do.
      if (!Object.hasOwn(attributes, 'carry')) met.set(attributes, meetings)
    }
    const key = defaults?.key
    for (let at = 0; at < meetings.length; at += 1) {
      const one = meetings[at]!
      if (one.inherited === inherited && one.name === name && one.key === key) return one.look
    }
    const look = ofWritten(element, inherited, defaults)
    if (meetings.length >= mostMeetings) meetings.length = 0
    meetings.push({ name, inherited, key, look })
    return look
  }
  return {
    initial,
    of,
    classed: (classes, inherited) => typeOf(values('p', { class: classes }, brand), inherited, fonts),
    scripted: openScripts(fonts),
  }
}

type Values = Readonly<Record<string, unknown>>

/** Attributes as values: the vocabulary's defaults, then what a cell's column says, then classes in order, then the element's own. */
function values(name: string, attributes: Element['attributes'], brand: Brand, column = silent): Values {
  const rule = elements[name]!
  const read: Record<string, unknown> = {}
  // What the whole says replaces what was said of its sides.
  const set = (attribute: string, text: string) => {
    const known = rule.attributes[attribute]
    if (known === undefined || attribute === 'class') return
    const value = readValue(known, text, brand)
    if (value === undefined) return
    if (attribute === 'margin' || attribute === 'padding' || attribute === 'border') {
      for (const side of ['top', 'right', 'bottom', 'left']) delete read[`${attribute}-${side}`]
    }
    read[attribute] = value
  }
  for (const attribute in rule.defaults) set(attribute, rule.defaults[attribute]!)
  for (const said of [column, attributes]) {
    for (const word of said['class']?.trim().split(/\s+/) ?? []) {
      const bundle = brand.classes[word]
      for (const attribute in bundle) if (Object.hasOwn(lookAttributes, attribute)) set(attribute, bundle[attribute]!)
    }
    for (const attribute in said) set(attribute, said[attribute]!)
  }
  if (name === 'sup' || name === 'sub') read['script'] = name
  return read
}

function lookOf(read: Values, inherited: TypeStyle, fonts: Fonts, defaults: CellDefaults | undefined): Look {
  const padding = sidesOf(read, 'padding', defaults?.padding ?? [0, 0, 0, 0])
  const borders = bordersOf(read)
  const look = {
    type: typeOf(read, inherited, fonts),
    margin: sidesOf(read, 'margin', [0, 0, 0, 0]),
    padding,
    inset: padding.map((side, index) => side + borders[index]!.widthPt),
    borders,
    radius: read['border-radius'] ?? 0,
    background: read['background'],
    framed:
      read['background'] !== undefined || read['height'] !== undefined || padding.some(isSome) || borders.some(isSeen),
    width: typeof read['width'] === 'number' ? read['width'] : undefined,
    height: read['height'],
    columnWidth: typeof read['width'] === 'object' ? read['width'] : { kind: 'share', share: 1 },
    columns: read['columns'],
    columnGap: read['column-gap'] ?? 0,
    cellPadding: read['cell-padding'] ?? [0, 0, 0, 0],
    left: read['left'],
    top: read['top'],
    bottom: read['bottom'],
    fixed: read['position'] === 'fixed',
    on: read['on'],
    colspan: read['colspan'] ?? 1,
    rowspan: read['rowspan'] ?? 1,
    start: read['start'] ?? 1,
    size: read['size'],
    verticalAlign: read['vertical-align'],
    breakBefore: read['break-before'] ?? 'auto',
    breakAfter: read['break-after'] ?? 'auto',
    breakInside: read['break-inside'] ?? 'auto',
  }
  // Each value was read by the kind that the vocabulary gives its attribute.
  return look as unknown as Look
}

const isSome = (lengthPt: number): boolean => lengthPt !== 0
const isSeen = ({ widthPt }: Border): boolean => widthPt > 0

function typeOf(read: Values, inherited: TypeStyle, fonts: Fonts): TypeStyle {
  const weight = read['font-weight'] as string | undefined
  const style = read['font-style'] as string | undefined
  const own = {
    family: read['font-family'],
    bold: weight === undefined ? undefined : weight === 'bold',
    italic: style === undefined ? undefined : style === 'italic',
    sizePt: read['font-size'],
    leading: read['line-height'],
    color: read['color'],
    align: read['text-align'],
    whiteSpace: read['white-space'],
    orphans: read['orphans'],
    widows: read['widows'],
    lang: read['lang'],
    hyphens: read['hyphens'],
    features: read['font-features'],
    letterSpacingPt: read['letter-spacing'],
    script: read['script'],
  }
  const said = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
  return withTypeface({ ...inherited, ...(said as Partial<TypeStyle>) }, fonts)
}

function sidesOf(read: Values, name: string, otherwise: Sides): Sides {
  const [top, right, bottom, left] = (read[name] as Sides | undefined) ?? otherwise
  const side = (which: string, whole: number) => (read[`${name}-${which}`] as number | undefined) ?? whole
  return [side('top', top), side('right', right), side('bottom', bottom), side('left', left)]
}

function bordersOf(read: Values): Look['borders'] {
  const whole = (read['border'] as Border | undefined) ?? noBorder
  const side = (which: string) => (read[`border-${which}`] as Border | undefined) ?? whole
  return [side('top'), side('right'), side('bottom'), side('left')]
}
