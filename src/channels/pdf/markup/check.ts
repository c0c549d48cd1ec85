/** A tree against the vocabulary: unknown or misplaced elements, unknown attributes, and values that are not allowed. */
import type { Brand, FaultCode } from '../../../model/index.ts'
import { quote } from '../../../model/index.ts'
import { hintKnown, hintNearest } from '../../../schema/index.ts'
import type { AttributeRule } from './attributes.ts'
import { checkCorners } from './corners.ts'
import type { ElementRule } from './elementrule.ts'
import { rules } from './rules.ts'
import type { Element } from './tree.ts'
import { elements } from './vocabulary.ts'

/** What is wrong, with the element and, where it is one, the attribute. */
export interface Flaw {
  readonly code: FaultCode
  readonly message: string
  readonly hint?: string
  readonly element: Element
  readonly attribute?: string
}

export interface CheckOptions {
  readonly brand: Brand
  /** Outermost elements may be any: a partial, whose place is not known. */
  readonly fragment?: boolean
  /** Values may be quoted in messages: they were written by the template's author, not merged from data. */
  readonly quoting?: boolean
  /** Stands for what is merged later; a value that holds it cannot be judged yet. */
  readonly merged?: string
}

/** Asked for every element: found without a look at what objects inherit. */
const ruleOf = new Map(Object.entries(elements))
const furtherOf = new Map(Object.entries(rules))

export function checkTree(root: Element, options: CheckOptions): Flaw[] {
  const flaws: Flaw[] = []
  if (options.fragment !== true) flaws.push(...checkOutermost(root))
  for (const child of root.children)
    if (typeof child !== 'string') check(child, { within: undefined, grids: 0 }, flaws, options)
  return flaws
}

/** What an element stands in: the rule of its parent, and how many tables and columns there are around it. */
interface Around {
  readonly within: ElementRule | undefined
  readonly grids: number
}

function check(element: Element, { within, grids: around }: Around, flaws: Flaw[], options: CheckOptions): void {
  const grids = around + (element.name === 'table' || element.name === 'columns' ? 1 : 0)
  if (grids === mostGrids + 1 && grids > around) flaws.push(tooDeep(element))
  const rule = ruleOf.get(element.name)
  if (rule === undefined) flaws.push(unknownElement(element, within))
  else {
    if (within !== undefined && !within.holds.includes(element.name)) flaws.push(misplaced(element, within))
    const own = checkAttributes(element, rule, options)
    if (own !== none) flaws.push(...own)
    const further = furtherOf.get(element.name)
    if (further !== undefined) flaws.push(...further(element, options))
  }
  const inside: Around = { within: rule, grids }
  for (const child of element.children) {
    if (typeof child !== 'string') check(child, inside, flaws, options)
    else if (rule !== undefined && !rule.text) flaws.push(...checkText(element, child, options))
  }
}

/** Tables and columns inside each other: each takes a dozen calls, and calls are bounded. */
const mostGrids = 200

function tooDeep(element: Element): Flaw {
  const message = `tables and columns are nested more than ${mostGrids} deep`
  return { code: 'pdf.element', message, hint: 'close them, or put them one after another', element }
}

function checkOutermost(root: Element): Flaw[] {
  const outer = root.children.filter((child): child is Element => typeof child !== 'string')
  const stray = root.children.some(child => typeof child === 'string' && child.trim() !== '')
  const [first, second] = outer
  const hint = 'put everything into one <document title="…">'
  if (first === undefined)
    return [{ code: 'pdf.element', message: 'there is no document element', hint, element: root }]
  const flaws: Flaw[] = []
  if (stray)
    flaws.push({ code: 'pdf.element', message: 'text stands outside the document element', hint, element: first })
  if (first.name !== 'document' && Object.hasOwn(elements, first.name)) {
    flaws.push({
      code: 'pdf.element',
      message: `the outermost element is ${first.name}, not document`,
      hint,
      element: first,
    })
  }
  if (second !== undefined) {
    flaws.push({
      code: 'pdf.element',
      message: `a second outermost element, ${quote(second.name)}`,
      hint,
      element: second,
    })
  }
  return flaws
}

/** What HTML calls otherwise. */
const otherwise: Readonly<Record<string, string>> = {
  div: 'box',
  section: 'box',
  strong: 'b',
  em: 'i',
  img: 'image',
  hr: 'rule',
  font: 'span',
  heading: 'h1',
}

function unknownElement(element: Element, within: ElementRule | undefined): Flaw {
  const { name } = element
  const known = Object.keys(elements)
  // One letter is near to everything short.
  const near = (names: readonly string[]) =>
    hintNearest(
      name,
      names.filter(one => one.length > 1),
    )
  const own = Object.hasOwn(otherwise, name) ? `it is called "${otherwise[name]}" here` : undefined
  const hint = own ?? near(within?.holds ?? known) ?? near(known) ?? 'docs/page-markup.md lists the elements'
  return { code: 'pdf.element', message: `unknown element ${quote(name)}`, hint, element }
}

function misplaced(element: Element, within: ElementRule): Flaw {
  const message = `${element.name} cannot stand in ${element.parent?.name}`
  const homes = Object.keys(elements).filter(name => elements[name]?.holds.includes(element.name))
  const holds = within.holds.length === 0 ? 'nothing' : within.holds.join(', ')
  const hint =
    homes.length > 0 && homes.length <= 4
      ? `it stands in ${homes.join(', ')}`
      : `${element.parent?.name} holds ${holds}`
  return { code: 'pdf.element', message, hint, element }
}

function checkText(element: Element, text: string, { merged }: CheckOptions): Flaw[] {
  const own = merged === undefined ? text : text.replaceAll(merged, '')
  if (own.trim() === '') return []
  return [{ code: 'pdf.element', message: `text cannot stand in ${element.name}`, hint: 'put it into a p', element }]
}

/** Attributes that were found to be right for an element of a rule and brand: many elements share theirs. */
const right = new WeakMap<Element['attributes'], { readonly rule: ElementRule; readonly brand: Brand }>()
const none: Flaw[] = []

function checkAttributes(element: Element, rule: ElementRule, options: CheckOptions): Flaw[] {
  if (options.merged !== undefined) return findFlaws(element, rule, options)
  const known = right.get(element.attributes)
  if (known?.rule === rule && known.brand === options.brand) return none
  const flaws = findFlaws(element, rule, options)
  if (flaws.length === 0 && !Object.hasOwn(element.attributes, 'carry'))
    right.set(element.attributes, { rule, brand: options.brand })
  return flaws
}

function findFlaws(element: Element, rule: ElementRule, options: CheckOptions): Flaw[] {
  const flaws: Flaw[] = []
  for (const attribute in element.attributes) {
    const known = Object.hasOwn(rule.attributes, attribute) ? rule.attributes[attribute] : undefined
    if (known === undefined) {
      const message = `${element.name} has no attribute ${quote(attribute)}`
      const hint =
        hintNearest(attribute, Object.keys(rule.attributes)) ?? `docs/page-markup.md lists what ${element.name} takes`
      flaws.push({ code: 'pdf.attribute', message, hint, element, attribute })
    } else {
      const value = element.attributes[attribute]!
      if (options.merged !== undefined && value.includes(options.merged)) continue
      if (readValue(known, value, options.brand) === undefined) flaws.push(badValue(element, attribute, known, options))
    }
  }
  for (const attribute of rule.required) {
    if (Object.hasOwn(element.attributes, attribute)) continue
    const says = rule.attributes[attribute]?.kind.says ?? 'text'
    const hint = `add ${attribute}="…": ${says}`
    flaws.push({ code: 'pdf.attribute', message: `${element.name} needs the attribute ${attribute}`, hint, element })
  }
  return [...flaws, ...checkCorners(element, rule, options)]
}

function badValue(element: Element, attribute: string, rule: AttributeRule, options: CheckOptions): Flaw {
  const value = element.attributes[attribute]!
  const found = options.quoting === true ? ` (found ${quote(value)})` : ''
  const message = `${attribute} of ${element.name} must be ${rule.kind.says}${found}`
  const known = rule.kind.known?.(options.brand)
  const code = attribute === 'href' ? 'pdf.link' : 'pdf.value'
  const general =
    code === 'pdf.link'
      ? 'write the whole address: https://nord.example/pay'
      : 'docs/page-markup.md tells what it takes'
  if (known === undefined || options.quoting !== true) return { code, message, hint: general, element, attribute }
  const word = value.split(/\s+/).find(part => !known.includes(part)) ?? value
  return { code, message, hint: hintKnown(word, known), element, attribute }
}

/** Values repeat in every row and document, so each is read once for each brand; bounded by clearing. */
const remembered = new WeakMap<Brand, Map<unknown, Map<string, unknown>>>()
const mostValues = 2_000

/** An attribute's value as its kind reads it; undefined where it is not one. */
export function readValue(rule: AttributeRule, text: string, brand: Brand): unknown {
  const kinds = remembered.get(brand) ?? new Map<unknown, Map<string, unknown>>()
  remembered.set(brand, kinds)
  const values = kinds.get(rule.kind) ?? new Map<string, unknown>()
  kinds.set(rule.kind, values)
  if (values.has(text)) return values.get(text)
  if (values.size >= mostValues) values.clear()
  const value = rule.kind.read(text, brand)
  values.set(text, value)
  return value
}
