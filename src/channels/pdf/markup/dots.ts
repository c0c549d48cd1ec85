/** Images that are shown as dots: a fault where fewer than 300 to the inch would be seen, a remark where an SVG could be sharp. */
import type { Brand } from '../../../model/index.ts'
import { quote } from '../../../model/index.ts'
import { merged } from './blank.ts'
import type { Flaw } from './check.ts'
import { saidOf } from './said.ts'
import type { Element } from './tree.ts'
import { length } from './values.ts'

/** Why an image is shown as dots: '' where it is made of them; undefined where it is drawn as vectors. */
export type WhyDots = (image: string) => string | undefined

const leastDpi = 300

/** At the size that an element or its classes give; what gives none, or one that is merged, is held against that of brand.yaml. */
export function checkDots(root: Element, brand: Brand, why: WhyDots): { flaws: Flaw[]; remarks: Flaw[] } {
  const flaws: Flaw[] = []
  const remarks: Flaw[] = []
  const walk = (element: Element) => {
    for (const name of element.name === 'image' ? imagesOf(element, brand) : []) {
      const reason = why(name)
      if (reason === undefined) continue
      const found = tooFew(element, { name, reason, brand })
      if (found !== undefined) flaws.push(found)
      else if (reason !== '' && element.attributes['src'] === `brand:${name}`)
        remarks.push(notDrawn(element, name, reason))
    }
    for (const child of element.children) if (typeof child !== 'string') walk(child)
  }
  walk(root)
  return { flaws, remarks }
}

/** Names of the brand's images that can stand there: with a value in its name, all that are called so around it. */
function imagesOf({ attributes: { src = '' } }: Element, { images }: Brand): readonly string[] {
  const parts = src.split(new RegExp(`${merged}+`))
  const [before = '', after = ''] = [parts[0], parts.length > 1 ? parts.at(-1) : '']
  const all = Object.keys(images)
  return parts.length === 1
    ? all.filter(name => src === `brand:${name}`)
    : all.filter(name => `brand:${name}`.startsWith(before) && name.endsWith(after))
}

interface Dots {
  readonly name: string
  readonly reason: string
  readonly brand: Brand
}

/** Points of CSS pixels. */
const ptPerPx = 0.75

function tooFew(element: Element, { name, reason, brand }: Dots): Flaw | undefined {
  const { print } = brand.images[name]!
  const said = saidOf(element, brand)
  const asked = said('width') === undefined && said('height') !== undefined ? 'height' : 'width'
  const givenPt = length.read(said(asked) ?? '', brand)
  // At its own width an SVG is drawn with dots enough, but for one larger than any page.
  if (givenPt === 0 || (givenPt === undefined && reason !== '')) return undefined
  const side = givenPt === undefined ? 'width' : asked
  const sizePt = givenPt ?? print.naturalWidthPx * ptPerPx
  // A width that was made of the dots themselves may be less than one of them off.
  const dpi = Math.floor(((side === 'width' ? print.widthPx : print.heightPx) / sizePt) * 72 + 1e-6)
  if (dpi >= leastDpi) return undefined
  const where = givenPt === undefined ? 'the width that brand.yaml gives it' : `this ${side}`
  const message = `${quote(`brand:${name}`)} has ${dpi} dots per inch at ${where}`
  const wanted = `${Math.ceil((sizePt * leastDpi) / 72)} dots ${side === 'width' ? 'across' : 'down'}`
  const hint =
    reason === ''
      ? `show it smaller, or use an image of at least ${wanted} or an SVG`
      : `it is shown as dots for ${reason}: mend the SVG, or give it this width in brand.yaml`
  return { code: 'pdf.value', message, hint, element, attribute: givenPt === undefined ? 'src' : side }
}

function notDrawn(element: Element, name: string, reason: string): Flaw {
  const message = `${quote(`brand:${name}`)} is an SVG that is shown as dots, for ${reason}`
  const hint = 'take that out of the SVG, and it is drawn as vectors: smaller, and sharp at any size'
  return { code: 'pdf.value', message, hint, element, attribute: 'src' }
}
