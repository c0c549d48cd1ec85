/** Images that are shown as dots, against the size that a template gives them: fewer than 300 dots to the inch are seen. */
import type { Brand } from '../../../model/index.ts'
import { quote } from '../../../model/index.ts'
import type { Flaw } from './check.ts'
import type { Element } from './tree.ts'
import { length } from './values.ts'

/** Why an image is shown as dots: '' where it is made of them; undefined where it is drawn as vectors. */
export type WhyDots = (image: string) => string | undefined

const leastDpi = 300

/** Sizes that an element itself gives; those of classes, and merged ones, are as large as brand.yaml says or smaller by habit. */
export function checkDots(root: Element, brand: Brand, why: WhyDots): Flaw[] {
  const flaws: Flaw[] = []
  const walk = (element: Element) => {
    if (element.name === 'image') flaws.push(...flawOf(element, brand, why))
    for (const child of element.children) if (typeof child !== 'string') walk(child)
  }
  walk(root)
  return flaws
}

function flawOf(element: Element, brand: Brand, why: WhyDots): Flaw[] {
  const { src = '', width, height } = element.attributes
  const name = src.replace(/^brand:/, '')
  const print = Object.hasOwn(brand.images, name) ? brand.images[name]!.print : undefined
  const reason = print === undefined ? undefined : why(name)
  if (print === undefined || reason === undefined) return []
  const attribute = width === undefined ? 'height' : 'width'
  const sizePt = length.read((width ?? height) || '', brand)
  if (sizePt === undefined || sizePt === 0) return []
  const dpi = Math.floor(((attribute === 'width' ? print.widthPx : print.heightPx) / sizePt) * 72)
  if (dpi >= leastDpi) return []
  const message = `${quote(src)} has ${dpi} dots per inch at this ${attribute}`
  const hint =
    reason === ''
      ? 'show it smaller, or use an image of more dots or an SVG'
      : `it is shown as dots for ${reason}: mend the SVG, or give it this width in brand.yaml`
  return [{ code: 'pdf.value', message, hint, element, attribute }]
}
