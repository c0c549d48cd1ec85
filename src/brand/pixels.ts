/** Pixels packed for print without loss, as small as they come: the bytes travel in every document that shows them. */
import type { PngOptions, Sharp } from 'sharp'
import sharp from 'sharp'
import type { ImageBytes } from '../model/index.ts'

/** Of larger images every way to pack takes seconds, and one is enough. */
const mostPixels = 4_000_000

/** A PNG without alpha: grey where all is grey, with a palette where that holds all colours, else in full colour. */
export async function packPixels(image: Sharp, naturalWidthPx: number): Promise<ImageBytes> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const { grey, colors } = survey(data, channels)
  const source = (): Sharp => {
    const pixels = sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    return grey ? pixels.toColourspace('b-w') : pixels
  }
  const ways: PngOptions[] = [{ adaptiveFiltering: true }]
  if (width * height <= mostPixels) ways.push({ adaptiveFiltering: false })
  if (colors <= 256 && width * height <= mostPixels) {
    ways.push({ palette: true, colours: Math.max(2, colors), quality: 100, dither: 0, effort: 10 })
  }
  const packed = await Promise.all(
    ways.map(way =>
      source()
        .png({ compressionLevel: 9, ...way })
        .toBuffer(),
    ),
  )
  let best: Buffer | undefined
  for (const [at, bytes] of packed.entries()) {
    if (best !== undefined && bytes.length >= best.length) continue
    // A palette is chosen by likeness, so whether it is exact has to be looked at.
    if (ways[at]?.palette !== true || (await same(bytes, data, channels))) best = bytes
  }
  return { bytes: new Uint8Array(best!), format: 'png', widthPx: width, heightPx: height, naturalWidthPx }
}

/** Whether all pixels are grey, and how many colours there are; 257 stands for more. */
function survey(data: Uint8Array, channels: number): { grey: boolean; colors: number } {
  const colors = new Set<number>()
  let grey = true
  let before = -1
  for (let at = 0; at < data.length; at += channels) {
    const red = data[at]!
    const green = channels < 3 ? red : data[at + 1]!
    const blue = channels < 3 ? red : data[at + 2]!
    const color = (red << 16) | (green << 8) | blue
    if (color === before) continue
    before = color
    grey &&= red === green && green === blue
    if (colors.size <= 256) colors.add(color)
    else if (!grey) break
  }
  return { grey, colors: colors.size }
}

async function same(packed: Buffer, data: Buffer, channels: number): Promise<boolean> {
  const decoded = sharp(packed, { limitInputPixels: false }).toColourspace(channels < 3 ? 'b-w' : 'srgb')
  return data.equals(await decoded.removeAlpha().raw().toBuffer())
}
