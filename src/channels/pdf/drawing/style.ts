/** Properties of SVG elements: attributes, then rules of `<style>` by specificity, then the `style` attribute (CSS 2.1 §6.4). */
import type { Element } from '../markup/tree.ts'
import { undrawable } from './undrawable.ts'

/** Values by property name, as written. */
export type Style = Readonly<Record<string, string>>

/** What a property is when nothing is said; those that are inherited, and those that are not. */
const inherited: Style = {
  color: 'black',
  fill: 'black',
  'fill-opacity': '1',
  'fill-rule': 'nonzero',
  stroke: 'none',
  'stroke-opacity': '1',
  'stroke-width': '1',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'stroke-miterlimit': '4',
  'stroke-dasharray': 'none',
  'stroke-dashoffset': '0',
  'clip-rule': 'nonzero',
  visibility: 'visible',
}
const own: Style = {
  opacity: '1',
  'clip-path': 'none',
  display: 'inline',
  overflow: 'hidden',
  'stop-color': 'black',
  'stop-opacity': '1',
}

/** Properties that change the picture in ways that are not drawn here, with the values that change nothing. */
const refused: Readonly<Record<string, readonly string[]>> = {
  filter: ['none'],
  mask: ['none'],
  marker: ['none'],
  'marker-start': ['none'],
  'marker-mid': ['none'],
  'marker-end': ['none'],
  'mix-blend-mode': ['normal'],
  'paint-order': ['normal'],
  'vector-effect': ['none'],
  'transform-origin': [],
  'transform-box': [],
  clip: ['auto'],
  d: [],
}

/** What is read by patterns is short, so that none of them takes long. */
const longestValue = 2_000

/** A rule of a style sheet for one of its selectors. */
interface Rule {
  readonly tag: string | undefined
  readonly id: string | undefined
  readonly classes: readonly string[]
  readonly weight: number
  readonly declarations: readonly (readonly [property: string, value: string])[]
}

export interface StyleSheet {
  /** Properties of an element that stands where these are inherited. */
  readonly of: (element: Element, outer: Style) => Style
  /** How much work `of` is. */
  readonly size: number
}

export const initialStyle: Style = { ...inherited, ...own }

export function readStyleSheet(text: string): StyleSheet {
  const rules = readRules(withoutComments(text).replace(/<!--|-->/g, ' '))
  // Stable: of equal weight the later one wins.
  rules.sort((one, other) => one.weight - other.weight)
  return { of: (element, outer) => styleOf(element, outer, rules), size: rules.length }
}

function withoutComments(text: string): string {
  let plain = ''
  let at = 0
  for (let open = text.indexOf('/*'); open !== -1; open = text.indexOf('/*', at)) {
    const close = text.indexOf('*/', open + 2)
    if (close === -1) return undrawable('a malformed style sheet')
    plain += `${text.slice(at, open)} `
    at = close + 2
  }
  return plain + text.slice(at)
}

function readRules(text: string): Rule[] {
  if (text.includes('@')) undrawable('an at-rule in a style sheet')
  const rules: Rule[] = []
  let rest = text.trim()
  while (rest !== '') {
    const open = rest.indexOf('{')
    const close = rest.indexOf('}')
    if (open === -1 || close < open) return undrawable('a malformed style sheet')
    const declarations = readDeclarations(rest.slice(open + 1, close))
    for (const selector of rest.slice(0, open).split(',')) rules.push({ ...readSelector(selector), declarations })
    rest = rest.slice(close + 1).trimStart()
  }
  return rules
}

/** One element by its name, id and classes; nothing that depends on others. */
function readSelector(text: string): Omit<Rule, 'declarations'> {
  const [, tag, more = ''] =
    /^\s*(\*|[a-z][\w-]*)?((?:[.#][a-z_-][\w-]*)*)\s*$/i.exec(text) ?? undrawable('a selector of another kind')
  if (tag === undefined && more === '') undrawable('a malformed style sheet')
  const marks = more.match(/[.#][^.#]+/g) ?? []
  const ids = marks.filter(mark => mark.startsWith('#')).map(mark => mark.slice(1))
  const classes = marks.filter(mark => mark.startsWith('.')).map(mark => mark.slice(1))
  if (ids.length > 1) undrawable('a selector of another kind')
  const named = tag !== undefined && tag !== '*'
  return {
    tag: named ? tag : undefined,
    id: ids[0],
    classes,
    weight: ids.length * 10_000 + classes.length * 100 + (named ? 1 : 0),
  }
}

function readDeclarations(text: string): [string, string][] {
  const read: [string, string][] = []
  for (const declaration of text.split(';')) {
    if (declaration.trim() === '') continue
    const colon = declaration.indexOf(':')
    const property = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase()
    const value = declaration.slice(colon + 1).trim()
    if (property === '' || value === '') undrawable('a malformed declaration')
    if (value.includes('!')) undrawable('!important')
    read.push([property, value])
  }
  return read
}

function styleOf(element: Element, outer: Style, rules: readonly Rule[]): Style {
  const { attributes } = element
  const style: Record<string, string> = { ...outer, ...own }
  const set = (property: string, value: string) => {
    const harmless = Object.hasOwn(refused, property) ? refused[property] : undefined
    if (harmless !== undefined && !harmless.includes(value)) undrawable(property)
    if (!Object.hasOwn(initialStyle, property)) return
    if (value.length > longestValue) undrawable(`a long value of ${property}`)
    style[property] =
      value === 'inherit' ? (outer[property] ?? '') : value === 'initial' ? initialStyle[property]! : value
  }
  for (const name in attributes) if (name !== 'd' && name !== 'transform') set(name, attributes[name]!.trim())
  if (rules.length > 0) {
    const classes = new Set(attributes['class']?.split(/\s+/))
    for (const rule of rules) {
      const matches =
        (rule.tag === undefined || rule.tag === element.name) &&
        (rule.id === undefined || rule.id === attributes['id']) &&
        rule.classes.every(name => classes.has(name))
      if (matches) for (const [property, value] of rule.declarations) setRule(property, value, set)
    }
  }
  for (const [property, value] of readDeclarations(attributes['style'] ?? '')) setRule(property, value, set)
  return style
}

/** As a property of CSS, `transform` has another syntax. */
function setRule(property: string, value: string, set: (property: string, value: string) => void): void {
  if (property === 'transform' && value !== 'none') undrawable('transform as a property')
  // Sizes and places as properties (SVG 2) are rare, and a picture without them would be wrong.
  if (/^(c?[xy]|r[xy]?|width|height)$/.test(property)) undrawable(`${property} as a property`)
  set(property, value)
}
