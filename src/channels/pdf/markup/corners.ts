/** Rounded corners have to go with the lines around them: a corner where two different lines meet has no shape. */
import type { CheckOptions, Flaw } from './check.ts'
import { readValue } from './check.ts'
import type { ElementRule } from './elementrule.ts'
import type { Element } from './tree.ts'
import type { Border } from './values.ts'

const sides = ['top', 'right', 'bottom', 'left']

/** What is wrong with `border-radius`, its own or of a class, once all that decides about it is known. */
export function checkCorners(element: Element, rule: ElementRule, { brand, merged }: CheckOptions): Flaw[] {
  if (!Object.hasOwn(rule.attributes, 'border-radius')) return []
  const said = new Map<string, unknown>()
  let known = true
  const set = (name: string, text: string) => {
    if (!name.startsWith('border')) return
    if (merged !== undefined && text.includes(merged)) known = false
    const attribute = rule.attributes[name]
    const value = attribute === undefined ? undefined : readValue(attribute, text, brand)
    for (const side of name === 'border' ? sides.map(one => `border-${one}`) : [name]) said.set(side, value)
  }
  const classes = element.attributes['class'] ?? ''
  if (merged !== undefined && classes.includes(merged)) return []
  for (const word of classes.trim().split(/\s+/)) {
    const bundle = Object.hasOwn(brand.classes, word) ? brand.classes[word] : undefined
    for (const name in bundle) set(name, bundle[name]!)
  }
  for (const name in element.attributes) set(name, element.attributes[name]!)
  if (!known || !(Number(said.get('border-radius') ?? 0) > 0)) return []
  const lines = sides.map(side => {
    const { widthPt = 0, color = '' } = (said.get(`border-${side}`) as Border | undefined) ?? {}
    return widthPt === 0 ? 'none' : `${widthPt} ${color}`
  })
  if (new Set(lines).size === 1) return []
  const message = `border-radius of ${element.name} needs the same line on all four sides`
  return [{ code: 'pdf.attribute', message, hint: 'give it one border, or none', element, attribute: 'border-radius' }]
}
