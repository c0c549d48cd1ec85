/** The brand's images, prepared once: for print at 300 dots per inch or more, for mail at twice the size shown. The one home of sharp. */
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp'
import {
  type Brand,
  type BrandImage,
  type Fault,
  type ImageBytes,
  type Kit,
  type KitFile,
  type Place,
  quote,
  type Result,
  settle,
} from '../model/index.ts'
import { hintNearest } from '../schema/index.ts'
import { filesOf } from './fonts.ts'
import type { CheckedSettings } from './settings.ts'

/** Images by name, flattened on white. PNG, JPEG, SVG and WebP are taken. */
export async function loadImages({ value, at }: CheckedSettings, kit: Kit): Promise<Result<Brand['images']>> {
  const faults: Fault[] = []
  const images: Record<string, BrandImage> = {}
  for (const [name, setting] of Object.entries(value.images ?? {})) {
    const { file: path, width } = typeof setting === 'string' ? { file: setting } : setting
    const place = at(typeof setting === 'string' ? ['images', name] : ['images', name, 'file'])
    const file = kit.get(`assets/${path}`)
    const widthPx = width === undefined ? undefined : cssPixels(width)
    if (file === undefined) {
      faults.push({
        code: 'brand.file',
        message: `the image ${quote(path)} is not in the brand's folder`,
        place,
        hint: hintNearest(path, filesOf(kit)) ?? 'put the file into assets and name it as it is called there',
      })
    } else if (width !== undefined && widthPx === undefined) {
      faults.push({
        code: 'brand.image',
        message: `images.${name}.width is not a length (found ${quote(width)})`,
        place: at(['images', name, 'width']),
        hint: 'write it like 40mm, 120pt or 160px',
      })
    } else {
      const image = await prepareImage(file, widthPx, place)
      if ('code' in image) faults.push(image)
      else images[name] = image
    }
  }
  return settle(images, faults)
}

/** Decoders see buffers only, so that no image can name a file; a 15,000 x 15,000 image would take 0.9 GB. */
const limits: SharpOptions = { limitInputPixels: 40_000_000, failOn: 'warning' }
const printDpi = 300
/** Vector images are drawn for print at this resolution, since a logo's edges show more than a photograph's. */
const vectorDpi = 600
const maxVectorPx = 4000

async function prepareImage(file: KitFile, widthPx: number | undefined, place: Place): Promise<BrandImage | Fault> {
  const fault = (message: string, hint: string): Fault => ({ code: 'brand.image', message, place, hint })
  const shown = quote(file.name.slice('assets/'.length))
  try {
    const metadata = await sharp(file.bytes, limits).metadata()
    if (!['png', 'jpeg', 'svg', 'webp'].includes(metadata.format ?? ''))
      return fault(
        `${shown} is an image of a kind that is not taken (${metadata.format})`,
        'use SVG, PNG, JPEG or WebP',
      )
    const natural = naturalSize(metadata, widthPx)
    if (metadata.format === 'svg') return await drawVector(file, metadata, natural)
    const pixels = uprightWidth(metadata)
    const dpi = Math.floor((pixels / natural) * 96)
    if (dpi < printDpi) {
      const needed = Math.ceil((natural * printDpi) / 96)
      return fault(
        `${shown} has ${dpi} dots per inch at the width that brand.yaml gives it`,
        `use an image at least ${needed} pixels wide, or an SVG`,
      )
    }
    const decoded = sharp(file.bytes, limits).autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb')
    const format = metadata.format === 'jpeg' ? 'jpeg' : 'png'
    return {
      file: file.shown,
      print: await encode(decoded.clone(), format, natural),
      mail: await encode(decoded.clone().resize({ width: Math.min(Math.round(natural * 2), pixels) }), format, natural),
    }
  } catch (error) {
    return fault(
      `${shown} cannot be read as an image: ${decoderWords(error)}`,
      'use a whole SVG, PNG, JPEG or WebP file',
    )
  }
}

/** The width in CSS pixels: as brand.yaml says, else an SVG's own, else 300 dots of the image to an inch. */
function naturalSize(metadata: Metadata, widthPx: number | undefined): number {
  if (widthPx !== undefined) return widthPx
  const own = uprightWidth(metadata)
  return metadata.format === 'svg' ? own : Math.max(Math.round((own * 96) / printDpi), 1)
}

function uprightWidth(metadata: Metadata): number {
  const turned = (metadata.orientation ?? 1) >= 5
  return (turned ? metadata.height : metadata.width) ?? 1
}

async function drawVector(file: KitFile, metadata: Metadata, natural: number): Promise<BrandImage> {
  const own = metadata.width ?? 1
  const longest = Math.max(1, (metadata.height ?? 1) / own) * natural
  const draw = (scale: number): Promise<ImageBytes> => {
    const width = Math.max(1, Math.round(natural * Math.min(scale, maxVectorPx / longest)))
    // 72 is the density at which a unit of the SVG is a pixel; rounded up, then brought to the exact width.
    const density = Math.min(Math.max(Math.ceil((72 * width) / own), 1), 100_000)
    const drawn = sharp(file.bytes, { ...limits, density })
      .resize({ width })
      .flatten({ background: '#ffffff' })
    return encode(drawn.toColourspace('srgb'), 'png', natural)
  }
  return { file: file.shown, print: await draw(vectorDpi / 96), mail: await draw(2) }
}

async function encode(image: Sharp, format: 'png' | 'jpeg', naturalWidthPx: number): Promise<ImageBytes> {
  const encoded = format === 'jpeg' ? image.jpeg({ quality: 90 }) : image.png({ compressionLevel: 9 })
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
  return { bytes: new Uint8Array(data), format, widthPx: info.width, heightPx: info.height, naturalWidthPx }
}

const pixelsPerUnit: Readonly<Record<string, number>> = { px: 1, pt: 96 / 72, mm: 96 / 25.4, cm: 96 / 2.54, in: 96 }

/** A length in CSS pixels, from `40mm`. */
function cssPixels(length: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*(px|pt|mm|cm|in)$/.exec(length.trim()) ?? []
  const px = amount === undefined ? Number.NaN : Number(amount) * (pixelsPerUnit[unit] ?? Number.NaN)
  return px > 0 && px < 10_000 ? Math.round(px * 100) / 100 : undefined
}

/** The first line of what the decoder says, lower case, without full stop. */
function decoderWords(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '').slice(0, 120)
}
