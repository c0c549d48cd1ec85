/** Images drawn: for print with all their dots, for mail at twice the size shown. With `pixels.ts` the home of sharp. */
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp'
import { type ImageBytes, quote } from '../model/index.ts'
import { holdsInTheDark } from './alpha.ts'
import type { Drawn, Order } from './drawn.ts'
import { printableJpeg } from './jpeg.ts'
import { packPixels } from './pixels.ts'

/** Tells of each order, by its place, what became of it: as it is drawn, in any order. */
export async function drawAll(orders: readonly Order[], tell: (place: number, drawn: Drawn) => unknown): Promise<void> {
  let drawing: Promise<void>[] = []
  let dots = 0
  for (const [place, order] of orders.entries()) {
    const asked = await measure(order)
    if ('message' in asked) {
      tell(place, asked)
      continue
    }
    if (dots + asked.dots > dotsAtOnce) {
      await Promise.all(drawing)
      drawing = []
      dots = 0
    }
    dots += asked.dots
    const { draw } = asked
    drawing.push(draw().then(drawn => void tell(place, drawn)))
  }
  await Promise.all(drawing)
}

/** An image that can be drawn, as far as its head tells. */
interface Asked {
  /** How many it has, at most: what it takes of memory. */
  readonly dots: number
  readonly draw: () => Promise<Drawn>
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

/** An image that nothing can be made of. */
function unreadable(path: string, words: string): Extract<Drawn, { message: string }> {
  const message = `${quote(path)} cannot be read as an image: ${words}`
  return { message, hint: 'use a whole SVG, PNG, JPEG or WebP file' }
}

async function measure({ path, bytes, widthPx }: Order): Promise<Asked | ReturnType<typeof unreadable>> {
  const refused = (error: unknown) => unreadable(path, decoderWords(error))
  const whole = (drawn: Promise<Drawn>): Promise<Drawn> => drawn.catch(refused)
  try {
    const metadata = await sharp(bytes, limits).metadata()
    if (!['png', 'jpeg', 'svg', 'webp'].includes(metadata.format ?? '')) {
      const message = `${quote(path)} is an image of a kind that is not taken (${metadata.format})`
      return { message, hint: 'use SVG, PNG, JPEG or WebP' }
    }
    if (metadata.format === 'svg') {
      const size = await vectorSize(bytes, metadata)
      const natural = widthPx ?? size.widthPx
      const across = Math.min(natural * (vectorDpi / 96), maxVectorPx)
      return { dots: across ** 2 * size.ratio, draw: () => whole(drawVector(bytes, size, natural)) }
    }
    const { width = 1, height = 1 } = metadata
    const natural = widthPx ?? (uprightWidth(metadata) * 96) / printDpi
    return { dots: width * height, draw: () => whole(preparePixels(bytes, metadata, natural)) }
  } catch (error) {
    return refused(error)
  }
}

async function preparePixels(bytes: Uint8Array, metadata: Metadata, natural: number): Promise<Drawn> {
  const space = metadata.space === 'b-w' || metadata.space === 'grey16' ? 'b-w' : 'srgb'
  const upright = sharp(bytes, limits).autoOrient()
  const decoded = upright.clone().flatten({ background: '#ffffff' }).toColourspace(space)
  const format = metadata.format === 'jpeg' ? 'jpeg' : 'png'
  const widthPx = Math.min(Math.round(natural * 2), uprightWidth(metadata))
  // Decodes all of it, and so refuses a file that is damaged.
  const flat = await encode(decoded.clone().resize({ width: widthPx }), format, natural)
  const mail = metadata.hasAlpha ? await transparent(upright.clone().resize({ width: widthPx }), flat) : flat
  const asItIs = metadata.format === 'jpeg' && isPlain(metadata) ? printableJpeg(bytes) : undefined
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
  return { print, mail, vector: false }
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
async function vectorSize(bytes: Uint8Array, { width = 1, height = 1 }: Metadata): Promise<VectorSize> {
  const twice = await sharp(bytes, { ...limits, density: 2 * unitDensity }).metadata()
  const physical = (twice.width ?? 1) > 3 * width
  return { widthPx: physical ? (width * 96) / unitDensity : width, ratio: height / width, drawn: width, physical }
}

async function drawVector(bytes: Uint8Array, size: VectorSize, natural: number): Promise<Drawn> {
  const longest = Math.max(1, size.ratio) * natural
  const draw = async (scale: number): Promise<ImageBytes> => {
    const width = Math.max(1, Math.round(natural * Math.min(scale, maxVectorPx / longest)))
    const larger = width / size.drawn
    // Rounded up, then brought to the exact width.
    const density = Math.ceil(unitDensity * (size.physical ? Math.sqrt(larger) : larger))
    const drawn = sharp(bytes, { ...limits, density: Math.min(Math.max(density, 1), 100_000) }).resize({ width })
    const flat = drawn.clone().flatten({ background: '#ffffff' }).toColourspace('srgb')
    return scale === 2 ? transparent(drawn, await encode(flat, 'png', natural)) : packPixels(flat, natural)
  }
  const [print, mail] = await Promise.all([draw(vectorDpi / 96), draw(2)])
  return { print, mail, vector: true }
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

/** The first line of what the decoder says, lower case, without full stop. */
function decoderWords(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '').slice(0, 120)
}
