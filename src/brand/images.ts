/** The brand's images, prepared once. They are drawn by a process apart, which ends with all the memory that it took, and with what a file does to a decoder. */
import {
  type Brand,
  type BrandImage,
  type Fault,
  type Kit,
  type KitFile,
  type Place,
  quote,
  type Result,
  settle,
} from '../model/index.ts'
import { hintNearest } from '../schema/index.ts'
import { askDrawer } from './askdrawer.ts'
import type { Drawn, Order } from './drawn.ts'
import { filesOf } from './fonts.ts'
import type { CheckedSettings } from './settings.ts'
import { readSource } from './source.ts'

/** An image of the settings: a fault, or what it is drawn from. */
type Asked = { readonly fault: Fault } | { readonly file: KitFile; readonly place: Place; readonly order: Order }

/**
 * Images by name, flattened on white but for those that hold in dark mail. PNG, JPEG, SVG and WebP are taken. Whether they have dots enough is for the channel that shows them.
 * Returns once they are being drawn.
 */
export function beginImages(settings: CheckedSettings, kit: Kit): () => Promise<Result<Brand['images']>> {
  const asked = Object.entries(settings.value.images ?? {}).map(([name, setting]) => {
    return [name, ask(name, setting, { settings, kit })] as const
  })
  const orders = asked.flatMap(([, one]) => ('fault' in one ? [] : [one.order]))
  const drawing = orders.length === 0 ? Promise.resolve([]) : askDrawer(orders)
  // Whoever asks for the images hears of it.
  drawing.catch(() => {})
  return async () => {
    const drawn = (await drawing).values()
    const faults: Fault[] = []
    const images: Record<string, BrandImage> = {}
    for (const [name, one] of asked) {
      const made = 'fault' in one ? one.fault : imageOf(one, drawn.next().value!)
      if ('code' in made) faults.push(made)
      else images[name] = made
    }
    return settle(images, faults)
  }
}

function ask(
  name: string,
  setting: string | { readonly file: string; readonly width?: string },
  { settings: { at }, kit }: { readonly settings: CheckedSettings; readonly kit: Kit },
): Asked {
  const { file: path, width } = typeof setting === 'string' ? { file: setting } : setting
  const place = at(typeof setting === 'string' ? ['images', name] : ['images', name, 'file'])
  const file = kit.get(`assets/${path}`)
  const widthPx = width === undefined ? undefined : cssPixels(width)
  if (file === undefined) {
    const message = `the image ${quote(path)} is not in the brand's folder`
    const hint = hintNearest(path, filesOf(kit)) ?? 'put the file into assets and name it as it is called there'
    return { fault: { code: 'brand.file', message, place, hint } }
  }
  if (width !== undefined && widthPx === undefined) {
    const message = `images.${name}.width is not a length (found ${quote(width)})`
    const hint = 'write it like 40mm, 120pt or 160px'
    return { fault: { code: 'brand.image', message, place: at(['images', name, 'width']), hint } }
  }
  const order = { path: file.name.slice('assets/'.length), bytes: file.bytes }
  return { file, place, order: widthPx === undefined ? order : { ...order, widthPx } }
}

function imageOf({ file, place }: Exclude<Asked, { fault: Fault }>, drawn: Drawn): BrandImage | Fault {
  if ('message' in drawn) return { code: 'brand.image', place, ...drawn }
  const { print, mail, vector } = drawn
  const image = { file: file.shown, print, mail }
  // What is in another encoding, or packed, is shown as dots.
  const source = vector ? readSource(file) : undefined
  return source?.ok === true ? { ...image, svg: source.value.text } : image
}

const pixelsPerUnit: Readonly<Record<string, number>> = { px: 1, pt: 96 / 72, mm: 96 / 25.4, cm: 96 / 2.54, in: 96 }

/** A length in CSS pixels, from `40mm`. */
function cssPixels(length: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*(px|pt|mm|cm|in)$/.exec(length.trim()) ?? []
  const px = amount === undefined ? Number.NaN : Number(amount) * (pixelsPerUnit[unit] ?? Number.NaN)
  return px > 0 && px < 10_000 ? Math.round(px * 100) / 100 : undefined
}
