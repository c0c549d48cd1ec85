/** The style sheets of a mail, as far as they decide about text: in the light and in the dark, in a window of some width. */
import { readColor } from '../../../schema/index.ts'

/** An element, as selectors see it. */
export interface Element {
  readonly name: string
  readonly id: string
  readonly classes: readonly string[]
  /** By names in small letters; absent: rules that go by others than class and id do not hold. */
  readonly attributes?: ReadonlyMap<string, string>
  /** The one right before it in the same element; absent: rules that go by it do not hold. */
  readonly before?: Element | undefined
}

/** What a selector says of one element. */
interface Wanted extends Pick<Element, 'name' | 'id' | 'classes'> {
  readonly having: readonly Having[]
  readonly not: readonly Wanted[]
}

/** `[name operator value]`; without an operator, any value will do. */
interface Having {
  readonly name: string
  readonly operator: string
  readonly value: string
}

export interface Rule {
  /** Elements from the outermost to the one that is meant. */
  readonly path: readonly (Wanted & { readonly stands: Stands })[]
  readonly declarations: ReadonlyMap<string, Declared>
  /** Holds in the dark only. */
  readonly dark: boolean
}

/** Where an element is from the one that a selector names before it: somewhere in it, directly in it, or right behind it. */
type Stands = '' | '>' | '+'

export interface Declared {
  readonly value: string
  readonly important: boolean
}

/** How a mail stands: in a window of so many pixels, and whether all that is read is for the dark. */
export interface Stand {
  readonly widthPx: number
  readonly dark?: boolean
}

/** The window of a desk. */
export const wide: Stand = { widthPx: 1000 }

/**
 * Rules that elements, classes, ids and attributes choose, in the order in which later ones win. Rules for other states (`:hover`) and
 * other windows are left out: they are not how the mail stands.
 */
export function readSheet(css: string, stand = wide): readonly Rule[] {
  const { widthPx, dark = false } = stand
  const text = css.replace(/\/\*.*?\*\//gs, ' ').replace(/<!--|-->/g, ' ')
  const rules: Rule[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    if (open < 0) break
    // What ends with `;` before the block is a statement such as @import.
    const prelude = (text.slice(at, open).split(';').at(-1) ?? '').trim()
    const close = closing(text, open)
    const inner = text.slice(open + 1, close)
    if (prelude.startsWith('@')) {
      const query = /^@media\s+(.*)$/is.exec(prelude)?.[1]?.toLowerCase() ?? ''
      const scheme = /^(?:(?:only )?(?:screen|all) and )?\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)$/.exec(
        query,
      )?.[1]
      if (holds(query, widthPx)) rules.push(...readSheet(inner, stand))
      else if (scheme === 'dark') rules.push(...readSheet(inner, { widthPx, dark: true }))
    } else {
      const declarations = declared(inner)
      for (const selector of prelude.split(',')) {
        const path = pathOf(selector.trim())
        if (path !== undefined) rules.push({ path, declarations, dark })
      }
    }
    at = close + 1
  }
  return rules
}

/** Whether a query is one for screens of that width; anything else in it, and it is not. */
function holds(query: string, widthPx: number): boolean {
  return query.split(',').some(one => {
    const parts = one.trim().split(/\s+and\s+/)
    return parts.every((part, at) => {
      if (at === 0 && /^(?:only )?(?:screen|all)$/.test(part)) return true
      const [, end, width = ''] =
        /^\(\s*(min|max)-(?:device-)?width\s*:\s*(0|[\d.]+(?=px))(?:px)?\s*\)$/.exec(part) ?? []
      return end === undefined ? false : end === 'min' ? widthPx >= Number(width) : widthPx <= Number(width)
    })
  })
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
    const value = written.replace(/\s*!important$/i, '')
    const property = name.toLowerCase()
    const important = value !== written
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

function pathOf(selector: string): Rule['path'] | undefined {
  const path: (Wanted & { stands: Stands })[] = []
  let stands: Stands = ''
  for (const part of selector.match(/[>+]|(?:\[[^\]]*\]|\([^)]*\)|[^\s>+[(])+/g) ?? []) {
    if (part === '>' || part === '+') {
      stands = part
      continue
    }
    const wanted = wantedBy(part)
    if (wanted === undefined) return undefined
    path.push({ ...wanted, stands })
    stands = ''
  }
  return path.length === 0 ? undefined : path
}

/** A selector of one element; undefined for one with states, or more than this reads. */
function wantedBy(selector: string): Wanted | undefined {
  const [whole, name = '', rest = ''] = /^([a-z][\w-]*|\*)?(.*)$/is.exec(selector.trim()) ?? []
  if (whole === undefined || whole === '') return undefined
  const marks = rest.match(/[.#][\w-]+|\[[^\]]*\]|:not\([^()]*\)|:(?:link|visited)/gi) ?? []
  if (marks.join('') !== rest) return undefined
  const having = marks.filter(mark => mark.startsWith('[')).map(havingBy)
  const not = marks.filter(mark => /^:not/i.test(mark)).map(mark => wantedBy(mark.slice(5, -1)))
  if (having.includes(undefined) || not.includes(undefined)) return undefined
  return {
    name: name === '*' ? '' : name.toLowerCase(),
    id: marks.find(mark => mark.startsWith('#'))?.slice(1) ?? '',
    classes: marks.filter(mark => mark.startsWith('.')).map(mark => mark.slice(1)),
    having: having as Having[],
    not: not as Wanted[],
  }
}

function havingBy(mark: string): Having | undefined {
  const [whole, name = '', operator = '', double, single, bare] =
    /^\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*)?\]$/.exec(mark) ?? []
  return whole === undefined ? undefined : { name: name.toLowerCase(), operator, value: double ?? single ?? bare ?? '' }
}

/** What the rules say of the last of some elements, each inside the one before it. */
export function cascade(
  rules: readonly Rule[],
  elements: readonly Element[],
  { dark }: { readonly dark: boolean },
): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared & { readonly weight: number }>()
  for (const { path, declarations, dark: inDark } of rules) {
    if ((inDark && !dark) || !matches(path, elements)) continue
    const weight = path.reduce((sum, wanted) => sum + weightOf(wanted), 0)
    for (const [property, { value, important }] of declarations) {
      const before = found.get(property)
      const wins = before === undefined || (before.important === important ? weight >= before.weight : important)
      if (wins) found.set(property, { value, important, weight })
    }
  }
  return found
}

/** Specificity (Selectors 3 §9): that of :not() is what stands in it. */
function weightOf({ name, id, classes, having, not }: Wanted): number {
  const own = (id === '' ? 0 : 10_000) + (classes.length + having.length) * 100 + (name === '' ? 0 : 1)
  return not.reduce((sum, wanted) => sum + weightOf(wanted), own)
}

function matches(path: Rule['path'], elements: readonly Element[]): boolean {
  const last = path.at(-1)
  const element = elements.at(-1)
  if (last === undefined) return true
  if (element === undefined || !isMeant(last, element)) return false
  const rest = path.slice(0, -1)
  const around = elements.slice(0, -1)
  if (rest.length === 0) return true
  if (last.stands === '+') return element.before !== undefined && matches(rest, [...around, element.before])
  if (last.stands === '>') return matches(rest, around)
  return around.some((_one, at) => matches(rest, around.slice(0, around.length - at)))
}

function isMeant(wanted: Wanted, element: Element): boolean {
  const { name, id, classes, attributes } = element
  return (
    (wanted.name === '' || wanted.name === name) &&
    (wanted.id === '' || wanted.id === id) &&
    wanted.classes.every(one => classes.includes(one)) &&
    wanted.having.every(one => has(one, attributes?.get(one.name))) &&
    !wanted.not.some(one => isMeant(one, element))
  )
}

/** Selectors 3 §6.3. */
function has({ operator, value }: Having, found: string | undefined): boolean {
  if (found === undefined) return false
  switch (operator) {
    case '':
      return true
    case '=':
      return found === value
    case '~=':
      return value !== '' && found.split(/\s+/).includes(value)
    case '|=':
      return found === value || found.startsWith(`${value}-`)
    case '^=':
      return value !== '' && found.startsWith(value)
    case '$=':
      return value !== '' && found.endsWith(value)
    default:
      return value !== '' && found.includes(value)
  }
}
