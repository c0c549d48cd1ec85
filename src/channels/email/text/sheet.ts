/** The style sheets of a mail, as far as they decide about text: simple selectors, in the light and in the dark. */
import { readColor } from '../../../schema/index.ts'

/** An element, as selectors see it. */
export interface Element {
  readonly name: string
  readonly id: string
  readonly classes: readonly string[]
}

export interface Rule {
  /** Elements from the outermost to the one that is meant; `child`: directly inside the one before it. */
  readonly path: readonly (Element & { readonly child: boolean })[]
  readonly declarations: ReadonlyMap<string, Declared>
  /** Holds in the dark only. */
  readonly dark: boolean
}

export interface Declared {
  readonly value: string
  readonly important: boolean
}

/**
 * Rules that elements, classes and ids choose, in the order in which later ones win. Rules for other states (`:hover`), attributes and
 * narrow windows are left out: they are not how a mail usually stands.
 */
export function readSheet(css: string, dark = false): readonly Rule[] {
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
      if (/^(?:screen|all)$/.test(query)) rules.push(...readSheet(inner, dark))
      else if (scheme === 'dark') rules.push(...readSheet(inner, true))
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
  const path: (Element & { child: boolean })[] = []
  let child = false
  for (const part of selector.replace(/\s*>\s*/g, ' > ').split(/\s+/)) {
    if (part === '>') {
      child = true
      continue
    }
    const [whole, name = '', rest = ''] = /^([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)(?::(?:link|visited))?$/i.exec(part) ?? []
    if (whole === undefined || whole === '') return undefined
    const marks = rest.match(/[.#][\w-]+/g) ?? []
    path.push({
      name: name === '*' ? '' : name.toLowerCase(),
      id: marks.find(mark => mark.startsWith('#'))?.slice(1) ?? '',
      classes: marks.filter(mark => mark.startsWith('.')).map(mark => mark.slice(1)),
      child,
    })
    child = false
  }
  return path.length === 0 ? undefined : path
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
    const weight = path.reduce(
      (sum, { name, id, classes }) => sum + (id === '' ? 0 : 10_000) + classes.length * 100 + (name === '' ? 0 : 1),
      0,
    )
    for (const [property, { value, important }] of declarations) {
      const before = found.get(property)
      const wins = before === undefined || (before.important === important ? weight >= before.weight : important)
      if (wins) found.set(property, { value, important, weight })
    }
  }
  return found
}

function matches(path: Rule['path'], elements: readonly Element[]): boolean {
  const last = path.at(-1)
  const element = elements.at(-1)
  if (last === undefined) return true
  if (element === undefined || !isMeant(last, element)) return false
  const rest = path.slice(0, -1)
  const around = elements.slice(0, -1)
  if (rest.length === 0) return true
  if (last.child) return matches(rest, around)
  return around.some((_one, at) => matches(rest, around.slice(0, around.length - at)))
}

function isMeant(wanted: Element, { name, id, classes }: Element): boolean {
  return (
    (wanted.name === '' || wanted.name === name) &&
    (wanted.id === '' || wanted.id === id) &&
    wanted.classes.every(one => classes.includes(one))
  )
}
