/** OpenType features that a template asks for, against what the brand's fonts have. */
import type { Brand } from '../../../model/index.ts'
import { quote } from '../../../model/index.ts'
import { hintKnown } from '../../../schema/index.ts'
import type { Flaw } from './check.ts'
import type { Element } from './tree.ts'

export interface FeatureOptions {
  readonly brand: Brand
  /** Tags of a family's features. */
  readonly features: (family: string) => readonly string[]
  /** Stands for what is merged later. */
  readonly merged: string
}

/** Features that shaping puts on by itself: they may be taken away whether a font has them or not. */
const always = new Set(['calt', 'ccmp', 'clig', 'curs', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'rclt', 'rlig'])

/** A flaw for each element whose own attribute or class asks for a feature that its family lacks. */
export function checkFeatures(root: Element, { brand, features, merged }: FeatureOptions): Flaw[] {
  const flaws: Flaw[] = []
  const check = (element: Element, asked: string, family: string, attribute: string, of: string) => {
    if (asked === 'normal' || asked.includes(merged)) return
    const known = features(family)
    for (const word of asked.trim().split(/\s+/)) {
      const tag = word.replace(/^-/, '')
      // What is no tag at all is a flaw of the value, told elsewhere.
      if (!/^[a-z][a-z0-9]{3}$/.test(tag) || known.includes(tag) || (word !== tag && always.has(tag))) continue
      const message = `${of} asks for ${quote(tag)}, which the fonts of the family ${quote(family)} do not have`
      flaws.push({ code: 'pdf.value', message, hint: hintKnown(tag, known), element, attribute })
    }
  }
  const walk = (element: Element, inherited: string) => {
    const bundles = (element.attributes['class'] ?? '').split(/\s+/).map(name => [name, brand.classes[name]] as const)
    const said =
      element.attributes['font-family'] ?? bundles.findLast(([, one]) => one?.['font-family'])?.[1]?.['font-family']
    // A family that is merged, or that does not exist, cannot be judged: its elements are taken to be of "text".
    const family = said === undefined ? inherited : Object.hasOwn(brand.fonts, said) ? said : 'text'
    const own = element.attributes['font-features']
    if (own !== undefined) check(element, own, family, 'font-features', `font-features of ${element.name}`)
    for (const [name, bundle] of bundles) {
      const asked = bundle?.['font-features']
      if (asked !== undefined) check(element, asked, family, 'class', `font-features of the class ${quote(name)}`)
    }
    for (const child of element.children) if (typeof child !== 'string') walk(child, family)
  }
  walk(root, 'text')
  return flaws
}
