/** Italic type that a template asks for, against what the brand's families have: none is slanted by machine. */
import type { Brand } from '../../../model/index.ts'
import { quote } from '../../../model/index.ts'
import type { Flaw } from './check.ts'
import { saidOf } from './said.ts'
import type { Element } from './tree.ts'

interface Type {
  readonly family: string
  readonly italic: boolean
}

/** A flaw for each element that is the first to be italic in a family without italic. Values that are merged later cannot be judged. */
export function checkItalics(root: Element, brand: Brand): Flaw[] {
  const flaws: Flaw[] = []
  const walk = (element: Element, outer: Type) => {
    const said = saidOf(element, brand)
    const family = said('font-family')
    const style = said('font-style') ?? (element.name === 'i' ? 'italic' : undefined)
    const type: Type = {
      family: family === undefined ? outer.family : Object.hasOwn(brand.fonts, family) ? family : 'text',
      italic: style === undefined ? outer.italic : style === 'italic',
    }
    const changed = type.family !== outer.family || type.italic !== outer.italic
    if (type.italic && changed && brand.fonts[type.family]?.italic === undefined) {
      const message = `${element.name} is italic, which the family ${quote(type.family)} does not have`
      const hint = `add italic: to fonts.${type.family} in brand.yaml, or set it otherwise`
      flaws.push({ code: 'pdf.value', message, hint, element })
    }
    for (const child of element.children) if (typeof child !== 'string') walk(child, type)
  }
  walk(root, { family: 'text', italic: false })
  return flaws
}
