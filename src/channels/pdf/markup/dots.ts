/** Images that are shown as dots: a fault where fewer than 300 to the inch would be seen, a remark where an SVG could be sharp. */
import type { Brand } from '../../../model/index.ts'
import { quote } from '../../../model/index.ts'
import type { Flaw } from './check.ts'
import { saidOf } from './said.ts'
import type { Element } from './tree.ts'
import { length } from './values.ts'

/** Why an image is shown as dots: '' where it is made of them; undefined where it is drawn as vectors. */
export type WhyDots = (image: string) => string | undefined

const leastDpi = 300

/** Sizes that an element or its classes give; merged ones are as large as brand.yaml says or smaller by habit. */
export function checkDots(root: Element, brand: Brand, why: WhyDots): { flaws: Flaw[]; remarks: Flaw[] } {
  const flaws: Flaw[] = []
  const remarks: Flaw[] = []
  const walk = (element: Element) => {
    const name = element.name === 'image' ? imageOf(element, brand) : undefined
    const reason = name === undefined ? undefined : why(name)
    if (name !== undefined && reason !== undefined) {
      const found = tooFew(element, { name, reason, brand })
      if (found !== undefined) flaws.push(found)
      else if (reason !== '') remarks.push(notDrawn(element, name, reason))
    }
    for (const child of element.children) if (typeof child !== 'string') walk(child)
  }
  walk(root)
  return { flaws, remarks }
}

/** The name of a brand's image; undefined where there is none of that name. */
function imageOf({ attributes: { src = '' } }: Element, brand: Brand): string | undefined {
  const name = src.replace(/^brand:/, '')
  return Object.hasOwn(brand.images, name) ? name : undefined
}

interface Dots {
  readonly name: string
  readonly reason: string
  readonly brand: Brand
}

function tooFew(element: Element, { name, reason, brand }: Dots): Flaw | undefined {
  const { print } = brand.images[name]!
  const said = saidOf(element, brand)
  const attribute = said('width') === undefined ? 'height' : 'width'
  const sizePt = length.read(said(attribute) ?? '', brand)
  if (sizePt === undefined || sizePt === 0) return undefined
  const dpi = Math.floor(((attribute === 'width' ? print.widthPx : print.heightPx) / sizePt) * 72)
  if (dpi >= leastDpi) return undefined
  const message = `${quote(`brand:${name}`)} has ${dpi} dots per inch at this ${attribute}`
  const hint =
    reason === ''
      ? 'show it smaller, or use an image of more dots or an SVG'
      : `it is shown as dots for ${reason}: mend the SVG, or give it this width in brand.yaml`
  return { code: 'pdf.value', message, hint, element, attribute }
}

function notDrawn(element: Element, name: string, reason: string): Flaw {
  const message = `${quote(`brand:${name}`)} is an SVG that is shown as dots, for ${reason}`
  const hint = 'take that out of the SVG, and it is drawn as vectors: smaller, and sharp at any size'
  return { code: 'pdf.value', message, hint, element, attribute: 'src' }
}
