/** Images made of dots -> image XObjects (ISO 32000-1 §8.9): the bytes as they are, wrapped once for all documents. */
import type { ImageBytes } from '../../../model/index.ts'
import { reference, type Value, written } from './strings.ts'
import type { Writer } from './writer.ts'

/** An image without what only a document has: its number. */
export interface Raster {
  /** Of an image with a palette: its colours, as many bytes each as their own space has components. */
  readonly palette?: Palette
  readonly dictionary: Readonly<Record<string, Value>>
  readonly data: Uint8Array
}

interface Palette {
  readonly space: string
  readonly last: number
  readonly colors: Uint8Array
}

export function rasterOf({ bytes, format }: ImageBytes): Raster {
  return format === 'jpeg' ? jpeg(bytes) : png(bytes)
}

/** Gives the number of the image's object. */
export function embedRaster({ dictionary, palette, data }: Raster, writer: Writer): number {
  // A stream, since strings outside of object streams are not encrypted.
  const space: Value | undefined = palette && [
    '/Indexed',
    `/${palette.space}`,
    palette.last,
    reference(writer.stream('', palette.colors)),
  ]
  const entries = space === undefined ? dictionary : { ...dictionary, ColorSpace: space }
  const text = Object.entries(entries).map(([name, value]) => `/${name} ${written(value)}`)
  return writer.stream(`/Type /XObject /Subtype /Image ${text.join(' ')}`, data)
}

/** The parts of a PNG's header that a PDF has to repeat, by its colour type: components, and the name of their colour space. */
const kinds: Readonly<Record<number, readonly [colors: number, space: string]>> = {
  0: [1, 'DeviceGray'],
  2: [3, 'DeviceRGB'],
  3: [1, 'Indexed'],
}

/** A PNG's pixels are packed as PDF unpacks them (Flate with PNG predictors), where it has neither alpha nor interlace. */
function png(bytes: Uint8Array): Raster {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let header: { width: number; height: number; bits: number; type: number } | undefined
  let palette: Uint8Array | undefined
  const packed: Uint8Array[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') {
      const plain = body[12] === 0
      header = {
        width: view.getUint32(at + 8),
        height: view.getUint32(at + 12),
        bits: body[8]!,
        type: plain ? body[9]! : -1,
      }
    } else if (type === 'PLTE') palette = body
    else if (type === 'IDAT') packed.push(body)
    at += 12 + length
  }
  const [colors, space] = kinds[header?.type ?? -1] ?? []
  // The brand prepares its images, so another kind of PNG is a bug.
  if (header === undefined || colors === undefined || packed.length === 0)
    throw new Error('a PNG that was not prepared')
  const { width, height, bits } = header
  return {
    dictionary: {
      Width: width,
      Height: height,
      BitsPerComponent: bits,
      ...(space !== 'Indexed' && { ColorSpace: `/${space}` }),
      Filter: '/FlateDecode',
      DecodeParms: { Predictor: 15, Colors: colors, BitsPerComponent: bits, Columns: width },
    },
    ...(space === 'Indexed' && { palette: paletteOf(palette ?? new Uint8Array(3)) }),
    data: packed.length === 1 ? packed[0]! : Buffer.concat(packed),
  }
}

/** A palette of greys is one of greys in the PDF too, so that printers use black alone. */
function paletteOf(colors: Uint8Array): Palette {
  const grey = colors.every((value, index) => value === colors[index - (index % 3)])
  const last = colors.length / 3 - 1
  if (!grey) return { space: 'DeviceRGB', last, colors }
  return { space: 'DeviceGray', last, colors: colors.filter((_, index) => index % 3 === 0) }
}

/** The frame header of a JPEG (ITU-T T.81 §B.2.2) says its size and how many components it has. */
function jpeg(bytes: Uint8Array): Raster {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1]!
    if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) {
      const [bits, high, low, wide, narrow, colors] = bytes.subarray(at + 4, at + 10)
      return {
        dictionary: {
          Width: wide! * 256 + narrow!,
          Height: high! * 256 + low!,
          BitsPerComponent: bits!,
          ColorSpace: colors === 1 ? '/DeviceGray' : '/DeviceRGB',
          Filter: '/DCTDecode',
        },
        data: bytes,
      }
    }
    at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!
  }
  throw new Error('a JPEG that was not prepared')
}
