/** The brand's images, prepared once: for print with all their dots, for mail at twice the size shown. The one home of sharp. */
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
import { holdsInTheDark } from './alpha.ts'
import { filesOf } from './fonts.ts'
import { printableJpeg } from './jpeg.ts'
import { packPixels } from './pixels.ts'
import type { CheckedSettings } from './settings.ts'
import { readSource } from './source.ts'

/**
 * Images by name, flattened on white but for those that hold in dark mail. PNG, JPEG, SVG and WebP are taken. Whether they have dots enough is for the channel that shows them.
 * Resolves once they are being drawn, by threads of their own.
 */
export async function beginImages(
  { value, at }: CheckedSettings,
  kit: Kit,
): Promise<() => Promise<Result<Brand['images']>>> {
  const begun: { readonly name: string; readonly image: Promise<BrandImage | Fault> }[] = []
  let dots = 0
  for (const [name, setting] of Object.entries(value.images ?? {})) {
    const { file: path, width } = typeof setting === 'string' ? { file: setting } : setting
    const place = at(typeof setting === 'string' ? ['images', name] : ['images', name, 'file'])
    const file = kit.get(`assets/${path}`)
    const widthPx = width === undefined ? undefined : cssPixels(width)
    let asked: Asked | Fault
    if (file === undefined) {
      asked = {
        code: 'brand.file',
        message: `the image ${quote(path)} is not in the brand's folder`,
        place,
        hint: hintNearest(path, filesOf(kit)) ?? 'put the file into assets and name it as it is called there',
      }
    } else if (width !== undefined && widthPx === undefined) {
      asked = {
        code: 'brand.image',
        message: `images.${name}.width is not a length (found ${quote(width)})`,
        place: at(['images', name, 'width']),
        hint: 'write it like 40mm, 120pt or 160px',
      }
    } else asked = await measure(file, widthPx, place)
    if ('code' in asked) {
      begun.push({ name, image: Promise.resolve(asked) })
      continue
    }
    if (dots + asked.dots > dotsAtOnce) {
      await Promise.all(begun.map(({ image }) => image))
      dots = 0
    }
    dots += asked.dots
    begun.push({ name, image: asked.draw() })
  }
  return async () => {
    const faults: Fault[] = []
    const images: Record<string, BrandImage> = {}
    for (const { name, image } of begun) {
      const made = await image
      if ('code' in made) faults.push(made)
      else images[name] = made
    }
    return settle(images, faults)
  }
}

/** An image that can be drawn, as far as its head tells. */
interface Asked {
  /** How many it has, at most: what it takes of memory. */
  readonly dots: number
  readonly draw: () => Promise<BrandImage | Fault>
}

/** Images are drawn side by side while they are small together; a large one has the memory to itself. */
const dotsAtOnce = 4_000_000

/** Decoders see buffers only, so that no image can name a file; a 15,000 x 15,000 image would take 0.9 GB. */
const limits: SharpOptions = { limitInputPixels: 40_000_000, failOn: 'warning' }
/** What a picture without a width is taken to have. */
const printDpi = 300
/** Vector images are drawn for print at this resolution, since a logo's edges show more than a photograph's. */
const vectorDpi = 600
const maxVectorPx = 4000

async function measure(file: KitFile, widthPx: number | undefined, place: Place): Promise<Asked | Fault> {
  const fault = (message: string, hint: string): Fault => ({ code: 'brand.image', message, place, hint })
  const shown = quote(file.name.slice('assets/'.length))
  const unreadable = (error: unknown): Fault =>
    fault(`${shown} cannot be read as an image: ${decoderWords(error)}`, 'use a whole SVG, PNG, JPEG or WebP file')
  const whole = (drawn: Promise<BrandImage>): Promise<BrandImage | Fault> => drawn.catch(unreadable)
  try {
    const metadata = await sharp(file.bytes, limits).metadata()
    if (!['png', 'jpeg', 'svg', 'webp'].includes(metadata.format ?? ''))
      return fault(
        `${shown} is an image of a kind that is not taken (${metadata.format})`,
        'use SVG, PNG, JPEG or WebP',
      )
    if (metadata.format === 'svg') {
      const size = await vectorSize(file, metadata)
      const natural = widthPx ?? size.widthPx
      const across = Math.min(natural * (vectorDpi / 96), maxVectorPx)
      return { dots: across ** 2 * size.ratio, draw: () => whole(drawVector(file, size, natural)) }
    }
    const { width = 1, height = 1 } = metadata
    const natural = widthPx ?? (uprightWidth(metadata) * 96) / printDpi
    return { dots: width * height, draw: () => whole(preparePixels(file, metadata, natural)) }
  } catch (error) {
    return unreadable(error)
  }
}

async function preparePixels(file: KitFile, metadata: Metadata, natural: number): Promise<BrandImage> {
  const space = metadata.space === 'b-w' || metadata.space === 'grey16' ? 'b-w' : 'srgb'
  const upright = sharp(file.bytes, limits).autoOrient()
  const decoded = upright.clone().flatten({ background: '#ffffff' }).toColourspace(space)
  const format = metadata.format === 'jpeg' ? 'jpeg' : 'png'
  const widthPx = Math.min(Math.round(natural * 2), uprightWidth(metadata))
  // Decodes all of it, and so refuses a file that is damaged.
  const flat = await encode(decoded.clone().resize({ width: widthPx }), format, natural)
  const mail = metadata.hasAlpha ? await transparent(upright.clone().resize({ width: widthPx }), flat) : flat
  const asItIs = metadata.format === 'jpeg' && isPlain(metadata) ? printableJpeg(file.bytes) : undefined
  const print: ImageBytes =
    asItIs === undefined
      ? format === 'jpeg'
        ? await encode(decoded.clone(), format, natural)
        : await packPixels(decoded, natural)
      : {
          bytes: asItIs,
          format,
          widthPx: metadata.width ?? 1,
          heightPx: metadata.height ?? 1,
          naturalWidthPx: natural,
        }
  return { file: file.shown, print, mail }
}

/** Upright, and in sRGB or grey: what a PDF takes a JPEG without a profile to be. */
function isPlain({ orientation = 1, space, icc }: Metadata): boolean {
  return (
    orientation === 1 &&
    (space === 'srgb' || space === 'b-w') &&
    (icc === undefined || ['sRGB', 's\0R\0G\0B'].some(name => icc.includes(name, 0, 'latin1')))
  )
}

function uprightWidth(metadata: Metadata): number {
  const turned = (metadata.orientation ?? 1) >= 5
  return (turned ? metadata.height : metadata.width) ?? 1
}

interface VectorSize {
  /** In CSS pixels. */
  readonly widthPx: number
  /** Height by width. */
  readonly ratio: number
  /** Pixels wide when drawn at the density at which a unit of the SVG is a pixel. */
  readonly drawn: number
  /** Its size is in millimetres or the like. */
  readonly physical: boolean
}

/** What sharp draws at when it is told nothing else. */
const unitDensity = 72

/** sharp draws a size in millimetres at the density, and then makes it larger by the density once more. */
async function vectorSize(file: KitFile, { width = 1, height = 1 }: Metadata): Promise<VectorSize> {
  const twice = await sharp(file.bytes, { ...limits, density: 2 * unitDensity }).metadata()
  const physical = (twice.width ?? 1) > 3 * width
  return { widthPx: physical ? (width * 96) / unitDensity : width, ratio: height / width, drawn: width, physical }
}

async function drawVector(file: KitFile, size: VectorSize, natural: number): Promise<BrandImage> {
  const longest = Math.max(1, size.ratio) * natural
  const draw = async (scale: number): Promise<ImageBytes> => {
    const width = Math.max(1, Math.round(natural * Math.min(scale, maxVectorPx / longest)))
    const larger = width / size.drawn
    // Rounded up, then brought to the exact width.
    const density = Math.ceil(unitDensity * (size.physical ? Math.sqrt(larger) : larger))
    const drawn = sharp(file.bytes, { ...limits, density: Math.min(Math.max(density, 1), 100_000) }).resize({ width })
    const flat = drawn.clone().flatten({ background: '#ffffff' }).toColourspace('srgb')
    return scale === 2 ? transparent(drawn, await encode(flat, 'png', natural)) : packPixels(flat, natural)
  }
  const [print, mail] = await Promise.all([draw(vectorDpi / 96), draw(2)])
  const image = { file: file.shown, print, mail }
  const source = readSource(file)
  // What is in another encoding, or packed, is shown as dots.
  return source.ok ? { ...image, svg: source.value.text } : image
}

/** With its transparent parts where it holds without white behind it, else the flat one. */
async function transparent(image: Sharp, flat: ImageBytes): Promise<ImageBytes> {
  const clear = image.toColourspace('srgb').ensureAlpha()
  const { data, info } = await clear.clone().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return holdsInTheDark({ data, ...info }) ? encode(clear, 'png', flat.naturalWidthPx) : flat
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
