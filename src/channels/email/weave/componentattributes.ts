/** Attributes of a component: names of the brand resolved, values of data kept whole, and what MJML cannot take refused. */
import { quote } from '../../../model/index.ts'
import { checkAddress, checkClasses, checkImage } from '../html/attributechecks.ts'
import { type Attribute, readAttributes } from '../html/attributes.ts'
import { checkBackground } from '../html/backgrounds.ts'
import { brandColors } from '../html/brandcolors.ts'
import { checkBorder } from '../html/colornames.ts'
import { dotRemarks } from '../html/dots.ts'
import { decodeEntities } from '../html/entities.ts'
import {
  classCornerRemarks,
  cornerRemarks,
  iconRemarks,
  imageRemarks,
  namelessRemarks,
  sharedRemarks,
} from '../html/inbox.ts'
import { leadsNowhere } from '../html/links.ts'
import { networkName } from '../html/networks.ts'
import { remark, report, tagFault } from '../html/reader.ts'
import { checkTwice } from '../html/twice.ts'
import { inlineSource } from '../look/sources.ts'
import { openAttribute } from './components.ts'
import type { Loom } from './loom.ts'
import type { Opening } from './scan.ts'

/** The attributes as they are handed to MJML, a blank before each. */
export function componentAttributes({ name, attributes, attributesAt, content }: Opening, loom: Loom): string {
  const found = readAttributes(attributes)
  const element = { name, attributes: found, at: attributesAt }
  remark(loom, [
    ...imageRemarks(element),
    ...dotRemarks(element, loom.brand),
    ...iconRemarks(element, loom.text),
    ...cornerRemarks(element, loom.brand),
    ...classCornerRemarks(element, loom.brand),
    ...sharedRemarks(element, attributesAt),
  ])
  checkTwice(element, loom)
  for (const attribute of found) {
    checkBackground({ element: name, attribute }, attributesAt, loom)
    checkBorder(attribute, attributesAt, loom)
  }
  const written = found.map(attribute => attributeOf(name, { ...attribute, at: attributesAt + attribute.start }, loom))
  const lacks = (wanted: string): boolean => !found.some(attribute => attribute.name === wanted)
  if (name === 'mj-button' && /\S/.test(content?.inner ?? '') && isNowhere(found, loom))
    report(leadsNowhere(name), attributesAt - name.length - 1, loom)
  const source = found.find(attribute => attribute.name === 'src')?.value?.replace(/^brand:/, '') ?? ''
  const image = name === 'mj-image' ? loom.images.get(source) : undefined
  // Without a width mj-image fills its column: a logo is shown at its own size.
  if (image !== undefined && lacks('width')) written.push(` width="${Math.round(image.naturalWidthPx)}px"`)
  const network = networkName(found.find(attribute => attribute.name === 'name')?.value ?? '')
  // An icon alone would lead somewhere that nobody names.
  const wordless = name === 'mj-social-element' && (content?.inner ?? '').trim() === ''
  if (wordless) remark(loom, namelessRemarks(element, network))
  if (wordless && network !== undefined && lacks('alt')) written.push(` alt="${network}"`)
  if (name === 'mjml' && lacks('lang')) written.push(` lang="${loom.whole('{{locale}}', attributesAt)}"`)
  return written.join('')
}

/** A lone `#` is the top of a page, of which a mail has none. */
function isNowhere(attributes: readonly Attribute[], { text }: Loom): boolean {
  const href = attributes.find(({ name }) => name === 'href')?.value
  return href === undefined ? !linksByDefault.test(text) : decodeEntities(href).trim() === '#'
}

/** The template's own `mj-attributes` may say where buttons lead. */
const linksByDefault = /<mj-attributes\b(?:(?!<\/mj-attributes)[\s\S])*?\shref\s*=/

/** One attribute; one that data reaches moves as a whole. */
function attributeOf(component: string, { name, value, at }: Attribute & { readonly at: number }, loom: Loom): string {
  const colored = brandColors(value ?? '', loom)
  if (/^(src|icon-(un)?wrapped-url)$/.test(name)) checkImage(colored, at, loom)
  checkAddress(name, colored, at, loom)
  if (name === 'mj-class') checkClasses(colored, at, loom)
  const shield = /\u{E000}\d+\u{E001}/u.exec(name + colored)?.[0]
  if (shield === undefined) {
    const resolved = inlineSource(name, loom.look.attribute(name, colored), loom.images)
    return ` ${name}="${resolved.replaceAll('"', '&quot;')}"`
  }
  const tag = quote(loom.shields.lift(shield))
  if (name.includes('\u{E000}'))
    tagFault(
      loom,
      at,
      `${tag} decides about attributes of ${component}, which MJML compiles only once`,
      'write the component twice, in {{#if}} and {{else}}',
    )
  else if (!openAttribute.test(name))
    tagFault(
      loom,
      at,
      `${tag} stands in ${name} of ${component}, which MJML compiles only once`,
      'use an mj-class of brand.yaml, or write the component twice, in {{#if}} and {{else}}',
    )
  return ` ${name}="${loom.whole(inlineSource(name, colored, loom.images), at)}"`
}
