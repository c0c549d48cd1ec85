/** Colours and classes: every colour name exists, and each class is a flat bundle of attribute texts. */
import { type Brand, type Fault, quote, type Result, settle } from '../model/index.ts'
import { hintNearest } from '../schema/index.ts'
import type { CheckedSettings } from './settings.ts'

/** Dark colours stand for colours that exist. */
export function checkColors({ value, at }: CheckedSettings): Fault[] {
  return Object.keys(value.dark ?? {})
    .filter(name => !Object.hasOwn(value.colors, name))
    .map(name => ({
      code: 'brand.color' as const,
      message: `dark names a colour that colors does not have: ${quote(name)}`,
      place: at(['dark', name]),
      hint: hintNearest(name, Object.keys(value.colors)) ?? `add ${name} to colors`,
    }))
}

/** Classes with attribute texts; what a class says under `email` becomes the class `<name>.email`. */
export function resolveClasses({ value, at }: CheckedSettings): Result<Brand['classes']> {
  const faults: Fault[] = []
  const classes: Record<string, Record<string, string>> = {}
  for (const [name, attributes] of Object.entries(value.classes ?? {})) {
    if (!/^[A-Za-z][\w-]*$/.test(name)) {
      faults.push({
        code: 'brand.class',
        message: `a class cannot be called ${quote(name)}`,
        place: at(['classes', name]),
        hint: 'use letters, digits and hyphens, a letter first',
      })
      continue
    }
    for (const [attribute, found] of Object.entries(attributes)) {
      const bundle = typeof found === 'object' ? Object.entries(found) : [[attribute, found] as const]
      const target = typeof found === 'object' ? `${name}.email` : name
      for (const [inner, raw] of bundle) {
        const steps = typeof found === 'object' ? ['classes', name, 'email', inner] : ['classes', name, inner]
        const text = String(raw).trim()
        const unknown = unknownColor(inner, text, value.colors)
        if (unknown !== undefined) {
          faults.push({
            code: 'brand.color',
            message: `${steps.slice(1).join('.')} names a colour that colors does not have: ${quote(unknown)}`,
            place: at(steps),
            hint: hintNearest(unknown, Object.keys(value.colors)) ?? `add ${unknown} to colors, or write "#RRGGBB"`,
          })
        }
        classes[target] = { ...classes[target], [inner]: text }
      }
    }
    classes[name] ??= {}
  }
  return settle(classes, faults)
}

const lineWords = new Set(['solid', 'dashed', 'dotted', 'double', 'none', 'transparent'])

/** The word in an attribute's value that has to be a colour and is none. */
function unknownColor(attribute: string, text: string, colors: Readonly<Record<string, string>>): string | undefined {
  const isColor = (word: string): boolean => /^#[0-9A-Fa-f]{6}$/.test(word) || Object.hasOwn(colors, word)
  if (attribute === 'color' || attribute.endsWith('-color') || attribute === 'background')
    return isColor(text) || text === 'none' || text === 'transparent' ? undefined : text
  if (!/^border(-(top|right|bottom|left))?$/.test(attribute)) return undefined
  return text.split(/\s+/).find(word => !lineWords.has(word) && !/^[\d.]+(pt|mm|px|cm)?$/.test(word) && !isColor(word))
}
