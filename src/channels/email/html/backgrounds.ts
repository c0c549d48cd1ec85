/** Pictures behind text: images of the brand cannot be some, since many mail programs show none that travels inside the mail there. */
import { quote } from '../../../model/index.ts'
import { placeAt } from '../tags/place.ts'
import type { Attribute } from './attributes.ts'
import { type Declaration, valueStart } from './declarations.ts'
import type { Reader } from './reader.ts'

/** Attributes that take a picture, and no image of the brand. */
const taking = /^(background|background-url|poster|srcset)$/i

/** `background="brand:hero"` of an element. */
export function checkBackground(
  { element, attribute }: { readonly element: string; readonly attribute: Attribute },
  offset: number,
  reader: Reader,
): void {
  const { name, value = '' } = attribute
  if (!taking.test(name) || !/^\s*brand:/.test(value)) return
  const at = offset + valueStart(attribute) + value.search(/\S/)
  report({ where: `${name} of <${element}>`, address: value.trim(), at }, reader)
}

/** `background: url(brand:hero)` of declarations that begin at an offset. */
export function checkPictures(declarations: readonly Declaration[], offset: number, reader: Reader): void {
  for (const { property, value, at } of declarations)
    for (const { 0: whole, 1: address = '', index } of value.matchAll(
      /url\(\s*(?:["']|&quot;)?\s*(brand:[^\s"')&]*)/gi,
    ))
      report({ where: property, address, at: offset + at + index + whole.length - address.length }, reader)
}

interface Found {
  readonly where: string
  readonly address: string
  readonly at: number
}

function report({ where, address, at }: Found, { faults, source, sourceOffset }: Reader): void {
  faults.push({
    code: 'email.image',
    message: `an image of the brand cannot be shown there: ${quote(address)} in ${where}`,
    place: placeAt(source, sourceOffset(at)),
    hint: 'a picture behind text has to be hosted: write https://…; brand:NAME is for src of mj-image, mj-social-element and <img>, and for icons of mj-accordion',
  })
}
