/** The brand as mail knows it: colours, type and images by name, turned into what MJML and mail programs understand. */
import { createHash } from 'node:crypto'
import type { Brand, ImageBytes } from '../../../model/index.ts'
import { hexColors } from './colors.ts'
import { familyOf, quotesSafe } from './family.ts'
import { headOf } from './head.ts'

/** Names of the brand resolved for mail. */
export interface Look {
  /** An attribute's value with colour and family names resolved, and lengths in pixels. */
  readonly attribute: (name: string, value: string) => string
  /** Head elements that carry defaults, classes and dark colours. */
  readonly head: string
  readonly brand: Brand
}

/** An image of the brand inside a message. */
export interface InlineImage extends ImageBytes {
  readonly name: string
  readonly contentId: string
}

export function lookOf(brand: Brand): Look {
  const attribute = (name: string, value: string): string => resolve(brand, name, value)
  return { brand, attribute, head: headOf(brand, attribute) }
}

/** The images of the brand by name, each with its content-id (RFC 2392): the same image has the same id in every message. */
export function inlineImages(brand: Brand): ReadonlyMap<string, InlineImage> {
  const domain = brand.senders.email?.address.split('@').at(-1) ?? 'platen.invalid'
  return new Map(
    Object.entries(brand.images).map(([name, { mail }]) => {
      const digest = createHash('sha256').update(mail.bytes).digest('hex').slice(0, 12)
      const safe = name.replace(/[^A-Za-z0-9]/g, '-')
      return [name, { ...mail, name, contentId: `${safe}.${digest}@${domain}` }]
    }),
  )
}

function resolve(brand: Brand, name: string, value: string): string {
  const color = (word: string): string =>
    Object.hasOwn(brand.colors, word) ? (brand.colors[word] ?? word) : hexColors(word)
  if (name === 'color' || name.endsWith('-color')) return color(value)
  if (/^(inner-)?border(-(top|right|bottom|left))?$/.test(name))
    return value
      .split(' ')
      .map(word => pixels(color(word)))
      .join(' ')
  if (name === 'font-family') return quotesSafe(familyOf(brand, value) ?? value)
  return /^(font-size|line-height|letter-spacing|height|width|border-radius|border-width|(inner-)?padding.*)$/.test(
    name,
  )
    ? value.split(' ').map(pixels).join(' ')
    : value
}

const perUnit: Readonly<Record<string, number>> = { pt: 96 / 72, mm: 96 / 25.4, cm: 96 / 2.54 }

/** `8.5pt` -> `11px`: lengths of paper in whole CSS pixels; everything else as it is. */
function pixels(word: string): string {
  const [, amount, unit = ''] = /^(-?[\d.]+)(pt|mm|cm)$/.exec(word) ?? []
  return amount === undefined ? word : `${Math.round(Number(amount) * (perUnit[unit] ?? 1))}px`
}
