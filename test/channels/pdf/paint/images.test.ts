/** Images made of dots: what is embedded is what the file holds, and viewers show its pixels. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { rasterOf } from '../../../../src/channels/pdf/paint/images.ts'
import type { ImageBytes } from '../../../../src/model/index.ts'
import { brand } from '../brand.ts'
import { page, renderPdf } from '../render.ts'

const [widthPx, heightPx] = [64, 48]
const colored = Buffer.from(
  Array.from({ length: widthPx * heightPx * 3 }, (_, at) => (at % 3) * 80 + Math.floor(at / 600)),
)
const source = () => sharp(colored, { raw: { width: widthPx, height: heightPx, channels: 3 } })
const few = () => source().threshold(100, { greyscale: false })
/** Sixteen greys: viewers smooth pictures of two. */
const greys = Buffer.from(Array.from({ length: widthPx * heightPx * 3 }, (_, at) => Math.floor(at / 576) * 16))
const steps = () => sharp(greys, { raw: { width: widthPx, height: heightPx, channels: 3 } })

const kinds: Readonly<Record<string, readonly [space: string, print: () => Promise<ImageBytes>]>> = {
  'full colour': ['DeviceRGB', async () => image('png', await source().png({ adaptiveFiltering: true }).toBuffer())],
  'a palette': [
    'Indexed DeviceRGB',
    async () => image('png', await few().png({ palette: true, colours: 8, dither: 0 }).toBuffer()),
  ],
  grey: ['DeviceGray', async () => image('png', await source().toColourspace('b-w').png().toBuffer())],
  'a palette of greys': [
    'Indexed DeviceGray',
    async () => image('png', await steps().png({ palette: true, colours: 16, dither: 0, quality: 100 }).toBuffer()),
  ],
  JPEG: ['DeviceRGB', async () => image('jpeg', await source().jpeg({ quality: 100 }).toBuffer())],
  'progressive JPEG in grey': [
    'DeviceGray',
    async () => image('jpeg', await source().toColourspace('b-w').jpeg({ progressive: true }).toBuffer()),
  ],
}

function image(format: 'png' | 'jpeg', bytes: Buffer): ImageBytes {
  return { bytes: new Uint8Array(bytes), format, widthPx, heightPx, naturalWidthPx: widthPx }
}

const present = spawnSync('pdftoppm', ['-v']).error === undefined
const folder = mkdtempSync(join(tmpdir(), 'platen-images-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('an image', () => {
  it.each(Object.entries(kinds))('of %s is embedded as it is', async (_name, [meant, made]) => {
    const print = await made()
    const { dictionary, palette, data } = rasterOf(print)
    expect(Buffer.from(print.bytes).includes(Buffer.from(data))).toBe(true)
    expect(palette === undefined ? dictionary['ColorSpace'] : `/Indexed ${palette.space}`).toBe(`/${meant}`)
  })

  it.skipIf(!present).each(Object.entries(kinds))('of %s shows its pixels', async (name, [, made]) => {
    const print = await made()
    const markup = page('<image src="brand:logo" width="64pt" alt=""/>', 'size="64pt 49pt" margin="0"')
    const { bytes } = await renderPdf(markup, { ...brand, images: { logo: { file: 'a', print, mail: print } } })
    const file = join(folder, name.replaceAll(' ', '-'))
    writeFileSync(`${file}.pdf`, bytes)
    spawnSync('pdftoppm', ['-r', '288', '-png', '-singlefile', `${file}.pdf`, file])
    const shown = await sharp(`${file}.png`).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const meant = await sharp(print.bytes).toColourspace('srgb').removeAlpha().raw().toBuffer()
    // Each pixel is four by four dots; viewers may be a dot off at its edges, so its middle counts.
    const apart = meant.filter((value, at) => {
      const [x, y] = [Math.floor(at / 3) % widthPx, Math.floor(at / 3 / widthPx)]
      const there = ((y * 4 + 2) * shown.info.width + x * 4 + 2) * 3 + (at % 3)
      return Math.abs(value - shown.data[there]!) > 6
    }).length
    expect(apart).toBe(0)
    expect(readFileSync(`${file}.pdf`).equals(Buffer.from(bytes))).toBe(true)
  })

  it('that was not prepared is a bug', () => {
    expect(() => rasterOf(image('png', Buffer.from('no')))).toThrow('not prepared')
    expect(() => rasterOf(image('jpeg', Buffer.from([0xff, 0xd8])))).toThrow('not prepared')
  })
})
