/** What attributes of components and of HTML may hold: images and classes of the brand, addresses, and tags where they are escaped. */
import { addressAttributes, quote } from '../../../model/index.ts'
import { hintKnown } from '../../../schema/index.ts'
import { isBlock } from '../tags/blocks.ts'
import { placeAt } from '../tags/place.ts'
import { shieldPattern } from '../tags/shield.ts'
import { activeHint } from './activecontent.ts'
import type { Attribute } from './attributes.ts'
import { brandColor } from './brandcolors.ts'
import { allDeclarations, wrongChoice } from './chosenstyle.ts'
import { checkColorAttribute } from './colornames.ts'
import { checkDeclarations } from './declarationchecks.ts'
import { declarationsOf, valueStart } from './declarations.ts'
import { writtenAddress } from './links.ts'
import { type Reader, report, tagFault } from './reader.ts'

/** Values may stand in quotes, but not where no escaping keeps them harmless; in `style` colours of the brand, and blocks around declarations. */
export function checkAttribute(attribute: Attribute, offset: number, reader: Reader): void {
  const { name, value, quoted, start } = attribute
  const at = offset + start
  if (value !== undefined && /^src$/i.test(name)) checkImage(value, at, reader)
  if (value !== undefined) checkAddress(name, value, at, reader)
  checkColorAttribute(attribute, offset, reader)
  if (value !== undefined && /^style$/i.test(name)) {
    checkDeclarations(declarationsOf(allDeclarations(value, reader.shields)), offset + valueStart(attribute), reader)
    const wrong = wrongChoice(value, { shields: reader.shields, value: tag => brandColor(tag, reader.brand) ?? tag })
    if (wrong !== undefined) tagFault(reader, at, wrong.message, wrong.hint)
  }
  for (const found of `${name}\n${value ?? ''}`.matchAll(shieldPattern)) {
    const shielded = reader.shields.get(Number(found[1]))
    const { tag, text } = shielded
    const inName = found.index < name.length
    const kind = tag === 'whole' ? 'value' : tag.kind
    if (/^style$/i.test(name) && quoted && (isBlock(shielded) || brandColor(text, reader.brand) !== undefined)) continue
    if (/^(style|on\w+)$/i.test(name))
      tagFault(
        reader,
        at,
        `${quote(text)} stands in ${name}, where no escaping keeps data harmless`,
        /^style$/i.test(name) ? styleHint : activeHint,
      )
    else if (inName && (kind === 'value' || kind === 'partial'))
      tagFault(reader, at, `${quote(text)} stands where an attribute's name is expected`, 'write name="{{value}}"')
    else if (!inName && !quoted)
      tagFault(reader, at, `the value of ${name} is not in quotes around ${quote(text)}`, `write ${name}="${text}"`)
  }
}

const styleHint = 'choose between fixed declarations: style="{{#if late}}color:#b00020{{/if}}"'

/** `brand:logo` has to be an image of the brand. */
export function checkImage(value: string, offset: number, { brand, faults, source, sourceOffset }: Reader): void {
  const name = /^brand:(.*)$/s.exec(value.trim())?.[1]
  if (name === undefined || Object.hasOwn(brand.images, name) || name.includes('\u{E000}')) return
  faults.push({
    code: 'email.image',
    message: `the brand has no image ${quote(name)}`,
    place: placeAt(source, sourceOffset(offset)),
    hint: hintKnown(name, Object.keys(brand.images), 'add it to images: in brand.yaml'),
  })
}

/** An address that the template itself writes is known to be wrong before there is data. */
export function checkAddress(name: string, value: string, offset: number, reader: Reader): void {
  if (!addressAttributes.has(name.toLowerCase())) return
  // What names an image is looked at for itself.
  if (!/href$/i.test(name) && /^\s*brand:/.test(value)) return
  if (value === '' && name === 'background-url') return
  const wrong = writtenAddress(name, value, reader.shields)
  if (wrong !== undefined) report(wrong, offset, reader)
}

/** Classes are bundles of the brand, or of the template itself: MJML passes over one that it does not know. */
export function checkClasses(
  value: string,
  offset: number,
  { brand, faults, ownClasses, source, sourceOffset }: Reader,
): void {
  for (const name of value.split(/\s+/)) {
    if (name === '' || Object.hasOwn(brand.classes, name) || ownClasses?.has(name) || name.includes('\u{E000}'))
      continue
    faults.push({
      code: 'email.class',
      message: `the brand has no class ${quote(name)}`,
      place: placeAt(source, sourceOffset(offset)),
      hint: hintKnown(
        name,
        [...Object.keys(brand.classes).filter(known => !known.endsWith('.email')), ...(ownClasses ?? [])],
        'add it to classes: in brand.yaml',
      ),
    })
  }
}
