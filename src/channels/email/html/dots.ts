/** Images of the brand that are shown larger than they have dots: blurred on every screen. */
import { type Brand, quote } from '../../../model/index.ts'
import type { Element, Remark } from './inbox.ts'

/** At the width that an element gives, or that of brand.yaml; one in per cent of its column is not known. */
export function dotRemarks({ name, attributes, at }: Element, { images }: Brand): Remark[] {
  if (!/^(img|mj-image)$/i.test(name)) return []
  const source = attributes.find(attribute => attribute.name.toLowerCase() === 'src')
  const image = source?.value?.trim().replace(/^brand:/, '') ?? ''
  if (source === undefined || !source.value?.trim().startsWith('brand:') || !Object.hasOwn(images, image)) return []
  const { mail, print, svg } = images[image]!
  const { widthPx, naturalWidthPx } = mail
  const given = attributes.find(attribute => attribute.name.toLowerCase() === 'width')?.value
  const shownPx = given === undefined ? Math.round(naturalWidthPx) : Number(/^\s*([\d.]+)(?:px)?\s*$/.exec(given)?.[1])
  if (!(shownPx > widthPx)) return []
  const message = `${quote(`brand:${image}`)} has ${widthPx} dots for ${shownPx} px`
  // For mail it is made twice as wide as brand.yaml says.
  const hint =
    svg !== undefined || print.widthPx >= 2 * shownPx
      ? `give it width: ${shownPx}px in brand.yaml`
      : `use an image of ${Math.ceil(2 * shownPx)} dots across or an SVG, with width: ${shownPx}px in brand.yaml: screens show two or three dots to the pixel`
  return [{ fault: { code: 'email.image', message, hint }, offset: at + source.start }]
}
