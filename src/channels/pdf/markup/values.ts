/** The kinds of values that attributes take: how each is read, and how it is described to people. */
import { type Brand, isDisguised } from '../../../model/index.ts'
import { windows } from './windows.ts'

/** One kind of value. `read` gives undefined for a text that is not one. */
export interface Kind<T> {
  /** Ends the sentence "must be …". */
  readonly says: string
  readonly read: (text: string, brand: Brand) => T | undefined
  /** Names that a typo is compared with. */
  readonly known?: (brand: Brand) => readonly string[]
}

/** Top, right, bottom, left, in points. */
export type Sides = readonly [top: number, right: number, bottom: number, left: number]

export interface Border {
  readonly widthPt: number
  /** `#RRGGBB` */
  readonly color: string
}

/** Column widths: points, a share of what is left, or by content. */
export type Width =
  | { readonly kind: 'fixed'; readonly pt: number }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'auto' }

/** Leading: a multiple of the font size, or points. */
export type Leading = { readonly times: number } | { readonly pt: number }

export interface PageSize {
  readonly widthPt: number
  readonly heightPt: number
}

/** Points in one of each unit; `px` is CSS's, 1/96 inch. */
const points: Readonly<Record<string, number>> = { pt: 1, mm: 72 / 25.4, cm: 72 / 2.54, in: 72, px: 0.75 }

/** Page sizes by name, in points. */
const sizes: Readonly<Record<string, PageSize>> = {
  A3: mm(297, 420),
  A4: mm(210, 297),
  A5: mm(148, 210),
  Letter: { widthPt: 612, heightPt: 792 },
  Legal: { widthPt: 612, heightPt: 1008 },
}

function mm(width: number, height: number): PageSize {
  return { widthPt: width * points['mm']!, heightPt: height * points['mm']! }
}

function readLength(text: string): number | undefined {
  if (text === '0') return 0
  const [, number, unit] = /^(\d*\.?\d+)(pt|mm|cm|in|px)$/.exec(text) ?? []
  return number === undefined || unit === undefined ? undefined : Number(number) * points[unit]!
}

function readColor(text: string, brand: Brand): string | undefined {
  if (Object.hasOwn(brand.colors, text)) return brand.colors[text]!.toUpperCase()
  if (text === 'white') return '#FFFFFF'
  if (text === 'black') return '#000000'
  if (/^#[0-9a-f]{6}$/i.test(text)) return text.toUpperCase()
  if (/^#[0-9a-f]{3}$/i.test(text)) return `#${[...text.slice(1)].map(digit => digit + digit).join('')}`.toUpperCase()
  return undefined
}

function readWidth(text: string): Width | undefined {
  if (text === 'auto') return { kind: 'auto' }
  const share = /^(\d*)\*$/.exec(text)
  if (share !== null) return Number(share[1] || 1) > 0 ? { kind: 'share', share: Number(share[1] || 1) } : undefined
  const pt = readLength(text)
  return pt === undefined || pt === 0 ? undefined : { kind: 'fixed', pt }
}

/** Every one of the words read, or undefined when one cannot be. */
function each<T>(words: readonly string[], read: (word: string) => T | undefined): T[] | undefined {
  const values = words.map(read)
  return values.includes(undefined) ? undefined : (values as T[])
}

const split = (text: string) => text.trim().split(/\s+/)

function words<const T extends string>(...list: readonly T[]): Kind<T> {
  const says = list.length === 1 ? `"${list[0]}"` : `one of ${list.join(', ')}`
  return { says, read: text => list.find(word => word === text), known: () => list }
}

function whole(least: number, most: number): Kind<number> {
  return {
    says: `a whole number from ${least} to ${most}`,
    read: text => (/^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined),
  }
}

/** Pages counted on, or back. */
export const pageOffset: Kind<number> = {
  says: 'a whole number from -99 to 99, such as 1 for the next page',
  read: text => (/^-?\d{1,2}$/.test(text) ? Number(text) : undefined),
}

export const length: Kind<number> = {
  says: 'a length with its unit (pt, mm, cm, in, px), such as 12mm',
  read: readLength,
}

/** A length over zero: font sizes. */
export const size: Kind<number> = {
  says: 'a size between 1pt and 500pt, such as 10.5pt',
  read: text => {
    const pt = readLength(text)
    return pt !== undefined && pt >= 1 && pt <= 500 ? pt : undefined
  },
}

export const sides: Kind<Sides> = {
  says: 'one to four lengths (all sides; top and bottom, left and right; …), such as 5mm or 3.5pt 0',
  read: text => {
    const list = each(split(text), readLength)
    if (list === undefined || list.length > 4) return undefined
    const [top = 0, right = top, bottom = top, left = right] = list
    return [top, right, bottom, left]
  },
}

export const color: Kind<string> = {
  says: 'a colour: a name of the brand, white, black, or #RRGGBB',
  read: readColor,
  known: brand => [...Object.keys(brand.colors), 'white', 'black'],
}

/** `undefined` cannot stand for "none" here, so none is a border without width. */
export const border: Kind<Border> = {
  says: 'none, or a width and a colour, such as 0.75pt ink',
  read: (text, brand) => {
    if (text === 'none' || text === '0') return { widthPt: 0, color: '#000000' }
    const parts = split(text).filter(part => part !== 'solid')
    const widthPt = readLength(parts[0] ?? '')
    const ink = readColor(parts[1] ?? '', brand)
    return parts.length === 2 && widthPt !== undefined && ink !== undefined ? { widthPt, color: ink } : undefined
  },
}

export const leading: Kind<Leading> = {
  says: 'a multiple of the font size such as 1.35, or a length such as 14pt',
  read: text => {
    if (/^\d*\.?\d+$/.test(text) && Number(text) > 0 && Number(text) <= 10) return { times: Number(text) }
    const pt = readLength(text)
    return pt === undefined || pt === 0 ? undefined : { pt }
  },
}

/** Tags of OpenType features, parted by one blank. */
export const features: Kind<string> = {
  says: 'normal, or OpenType features by their tags, such as frac onum -liga',
  read: text => {
    if (text === 'normal') return ''
    return each(split(text), word => (/^-?[a-z][a-z0-9]{3}$/.test(word) ? word : undefined))?.join(' ')
  },
}

export const spacing: Kind<number> = {
  says: 'normal, or a length from -20pt to 50pt, such as 0.4pt or -0.1pt',
  read: text => {
    if (text === 'normal') return 0
    const pt = text.startsWith('-') ? readLength(text.slice(1)) : readLength(text)
    if (pt === undefined) return undefined
    const signed = text.startsWith('-') ? -pt : pt
    return signed >= -20 && signed <= 50 ? signed : undefined
  },
}

export const weight: Kind<'normal' | 'bold'> = {
  says: 'normal, bold, or 100 to 900',
  read: text => {
    if (text === 'normal' || text === 'bold') return text
    return /^[1-9]00$/.test(text) ? (Number(text) >= 600 ? 'bold' : 'normal') : undefined
  },
}

export const pageSize: Kind<PageSize> = {
  says: `${Object.keys(sizes).join(', ')} (with "landscape" if turned), or two lengths such as 100mm 150mm`,
  read: text => {
    const [first = '', second, ...rest] = split(text)
    const named = Object.hasOwn(sizes, first) ? sizes[first]! : undefined
    if (rest.length > 0) return undefined
    if (named !== undefined && second === undefined) return named
    if (named !== undefined && second === 'landscape') return { widthPt: named.heightPt, heightPt: named.widthPt }
    const widthPt = readLength(first)
    const heightPt = readLength(second ?? '')
    // ISO 19005 and old readers bound a page's side to 3 to 14,400 points.
    const held = (pt: number | undefined): pt is number => pt !== undefined && pt >= 3 && pt <= 14_400
    return held(widthPt) && held(heightPt) ? { widthPt, heightPt } : undefined
  },
  known: () => Object.keys(sizes),
}

export const width: Kind<Width> = { says: 'a length, a share such as * or 2*, or auto', read: readWidth }

export const widths: Kind<readonly Width[]> = {
  says: 'a width for each column (a length, a share such as * or 2*, or auto), such as 22mm * 30mm',
  read: text => each(split(text), readWidth),
}

export const classes: Kind<readonly string[]> = {
  says: 'names of classes that the brand defines',
  read: (text, brand) => each(split(text), word => (Object.hasOwn(brand.classes, word) ? word : undefined)),
  // What a class has in mail only is kept beside it, as `name.email`.
  known: brand => Object.keys(brand.classes).filter(name => !name.includes('.')),
}

export const family: Kind<string> = {
  says: 'a type family that the brand defines',
  read: (text, brand) => (Object.hasOwn(brand.fonts, text) ? text : undefined),
  known: brand => Object.keys(brand.fonts),
}

export const image: Kind<string> = {
  says: 'an image of the brand, such as brand:logo',
  read: (text, brand) => {
    const name = /^brand:(.+)$/.exec(text)?.[1]
    return name !== undefined && Object.hasOwn(brand.images, name) ? name : undefined
  },
  known: brand => Object.keys(brand.images).map(name => `brand:${name}`),
}

/** The text of a template's own file, merged for each document. */
export const ownFile = 'template:attachment.xml'

export const file: Kind<string> = {
  says: `a file of the brand, such as brand:terms, or ${ownFile}`,
  read: (text, brand) => {
    const name = /^brand:(.+)$/.exec(text)?.[1]
    return text === ownFile || (name !== undefined && Object.hasOwn(brand.files ?? {}, name)) ? text : undefined
  },
  known: brand => [...Object.keys(brand.files ?? {}).map(name => `brand:${name}`), ownFile],
}

/** No folders, nothing that turns it around or hides its end, and an extension. */
export const fileName: Kind<string> = {
  says: 'a file’s name with its extension, such as Terms.pdf',
  read: text =>
    /^[^\\/:*?"<>|\p{C}]{1,120}\.[A-Za-z\d]{1,10}$/u.test(text) && text.trim() === text ? text : undefined,
}

/** Only schemes that a reader can safely follow, and places of the document; everything else (`javascript:`, `file:`) is refused. */
export const link: Kind<string> = {
  says: 'an address that starts with https:, http:, mailto: or tel: and no name before its host, or # and an id',
  read: text =>
    /^((https?:\/\/|mailto:|tel:)[^\s\p{Cc}]+|#[\w.-]{1,100})$/iu.test(text) && !isDisguised(text) ? text : undefined,
}

export const id: Kind<string> = {
  says: 'a name of letters, digits, hyphens and dots, such as account-2',
  read: text => (/^[\w.-]{1,100}$/.test(text) ? text : undefined),
}

export const locale: Kind<string> = {
  says: 'a language tag such as uk-UA',
  read: text => (/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(text) ? text : undefined),
}

export const text: Kind<string> = { says: 'text', read: text => text }

/** Set in one line, so that it must not be endless. */
export const carried: Kind<string> = {
  says: 'text of at most 200 characters',
  read: text => (text.length <= 200 ? text : undefined),
}

/** When a header, footer or row shows; absent means always. */
export const on = words('first', 'not-first', 'last', 'not-last', 'odd', 'even')
export const align = words('left', 'center', 'right')
export const lineAlign = words('left', 'center', 'right', 'decimal')
export const verticalAlign = words('top', 'middle', 'bottom')
export const fontStyle = words('normal', 'italic')
export const whiteSpace = words('normal', 'nowrap', 'pre-line')
export const hyphens = words('none', 'auto')
export const breakOutside = words('auto', 'page', 'avoid')
export const breakInside = words('auto', 'avoid')
export const position = words('fixed')
export const preset = words(...Object.keys(windows))
export const scope = words('col', 'row')
/** What a file is to its document (ISO 19005-3 §6.8). */
export const relationship = words('Source', 'Data', 'Alternative', 'Supplement', 'Unspecified')
export const bookmarks = words('headings')
export const count = whole(1, 20)
export const columnSpan = whole(1, 1_000)
export const rowSpan = whole(1, 1_000)
export const ordinal = whole(0, 99_999)
