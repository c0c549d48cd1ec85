/** Images: prepared once for print and for mail, and what is not fit for either is a fault. */
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { loadBrand } from '../../src/brand/index.ts'
import type { BrandImage, Fault } from '../../src/model/index.ts'
import { brandKit, changedYaml, type Files, fixtureBrand } from './fixture.ts'

function named(file: string, width?: string): Files {
  return changedYaml(
    'logo: logo.svg',
    width === undefined ? `logo: ${file}` : `logo: { file: ${file}, width: ${width} }`,
  )
}

async function picture(width: number, height: number, alpha = 1) {
  return sharp({ create: { width, height, channels: 4, background: { r: 11, g: 110, b: 79, alpha } } })
}

async function logo(changed: Files): Promise<BrandImage> {
  const image = (await fixtureBrand(changed)).images['logo']
  if (image === undefined) throw new Error('no logo')
  return image
}

async function faultOf(changed: Files): Promise<Fault | undefined> {
  const brand = await loadBrand(brandKit(changed))
  return brand.ok ? undefined : brand.faults[0]
}

describe('prepared', () => {
  test('an SVG is drawn at 600 dots per inch for print and twice its size for mail', async () => {
    const { print, mail } = await logo({})
    expect(print).toMatchObject({ format: 'png', widthPx: 750, heightPx: 200, naturalWidthPx: 120 })
    expect(mail).toMatchObject({ format: 'png', widthPx: 240, heightPx: 64, naturalWidthPx: 120 })
    expect((await sharp(print.bytes).metadata()).hasAlpha).toBe(false)
  })

  test('a PNG keeps its pixels for print, at 300 dots per inch', async () => {
    const png = await (await picture(1000, 200)).png().toBuffer()
    const { print, mail } = await logo({ ...named('a.png'), 'a.png': png })
    expect(print).toMatchObject({ format: 'png', widthPx: 1000, heightPx: 200, naturalWidthPx: 320 })
    expect(mail).toMatchObject({ widthPx: 640, heightPx: 128, naturalWidthPx: 320 })
  })

  test('an image for screens is not held against paper: 1200 dots for a place of 600 px', async () => {
    const png = await (await picture(1200, 400)).png().toBuffer()
    const { print, mail } = await logo({ ...named('a.png', '600px'), 'a.png': png })
    expect(print).toMatchObject({ widthPx: 1200, naturalWidthPx: 600 })
    expect(mail).toMatchObject({ widthPx: 1200, heightPx: 400, naturalWidthPx: 600 })
  })

  test('a small picture without a width has 300 dots to the inch, too', async () => {
    const png = await (await picture(99, 9)).png().toBuffer()
    expect((await logo({ ...named('a.png'), 'a.png': png })).print).toMatchObject({
      widthPx: 99,
      naturalWidthPx: 31.68,
    })
  })

  test('transparent becomes white, also through WebP', async () => {
    const webp = await (await picture(600, 100, 0)).webp({ lossless: true }).toBuffer()
    const { print } = await logo({ ...named('a.webp', '40mm'), 'a.webp': webp })
    expect(print).toMatchObject({ format: 'png', naturalWidthPx: 151.18 })
    expect([...(await sharp(print.bytes).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255])
  })

  test('a photograph stays JPEG, turned upright', async () => {
    const jpeg = await (await picture(300, 900)).flatten().jpeg().withMetadata({ orientation: 6 }).toBuffer()
    const { print, mail } = await logo({ ...named('a.jpg'), 'a.jpg': jpeg })
    expect(print).toMatchObject({ format: 'jpeg', widthPx: 900, heightPx: 300, naturalWidthPx: 288 })
    expect(mail).toMatchObject({ format: 'jpeg', widthPx: 576, heightPx: 192 })
    expect((await sharp(print.bytes).metadata()).orientation).toBeUndefined()
  })
})

describe('transparent in mail', () => {
  const svg = (shapes: string): Files => ({
    'logo.svg': `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">${shapes}</svg>`,
  })
  const alphaOf = async ({ mail, print }: BrandImage): Promise<readonly (number | undefined)[]> => {
    expect((await sharp(print.bytes).metadata()).hasAlpha).toBe(false)
    const { data, info } = await sharp(mail.bytes).raw().toBuffer({ resolveWithObject: true })
    return info.channels === 4 ? [data[3], data[(info.height / 2) * info.width * 4 + info.width * 2 + 3]] : []
  }

  test.each([
    ['a shape with round corners that is seen on black', '<rect width="120" height="40" rx="12" fill="#0B6E4F"/>'],
    ['with dark letters in it', '<circle cx="60" cy="20" r="20" fill="#E8A33D"/><circle cx="60" cy="20" r="5"/>'],
    ['white letters', '<path d="M40 8h40v24h-40z" fill="#fff"/>'],
  ])('%s keeps its corners', async (_name, shapes) => {
    expect(await alphaOf(await logo(svg(shapes)))).toEqual([0, 255])
    const png = await sharp(Buffer.from(svg(shapes)['logo.svg'] as string), { density: 300 })
      .png()
      .toBuffer()
    const pixels = await logo({ ...named('a.png', '120px'), 'a.png': png })
    expect(await alphaOf(pixels)).toEqual([0, 255])
    expect(pixels.mail.widthPx).toBe(240)
  })

  test.each([
    ['dark letters', '<path d="M40 8h40v24h-40z" fill="#1B1F24"/>'],
    [
      'a mark beside dark letters',
      '<rect width="40" height="40" rx="8" fill="#0B6E4F"/><path d="M44 8h40v24h-40z" fill="#1B1F24"/>',
    ],
    ['no transparent part', '<rect width="120" height="40" fill="#0B6E4F"/>'],
    ['nothing at all', ''],
  ])('%s stand on white', async (_name, shapes) => {
    expect(await alphaOf(await logo(svg(shapes)))).toEqual([])
  })
})

describe('packed for print', () => {
  const photo = async () => {
    const noise = Buffer.from(Array.from({ length: 300 * 200 * 3 }, (_, at) => (at * at * 7) % 251))
    return sharp(noise, { raw: { width: 300, height: 200, channels: 3 } })
  }

  test.each([
    ['baseline', { progressive: false }],
    ['progressive', { progressive: true }],
  ])('a %s JPEG goes through as it is, without what a camera adds', async (_name, options) => {
    const source = await photo()
    const plain = await source.clone().jpeg(options).toBuffer()
    const noted = await source
      .clone()
      .jpeg(options)
      .withExif({ IFD0: { Copyright: 'CANARY' } })
      .withIccProfile('srgb')
      .toBuffer()
    expect(noted.includes('CANARY')).toBe(true)
    const { print } = await logo({ ...named('a.jpg'), 'a.jpg': Buffer.concat([noted, Buffer.from('CANARY')]) })
    expect(print).toMatchObject({ format: 'jpeg', widthPx: 300, heightPx: 200 })
    expect(Buffer.from(print.bytes).includes('CANARY')).toBe(false)
    expect(print.bytes.length).toBeLessThanOrEqual(plain.length)
    const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer()
    expect((await pixels(print.bytes)).equals(await pixels(noted))).toBe(true)
  })

  test('a JPEG in CMYK or with another profile is converted', async () => {
    const cmyk = await (await photo()).toColourspace('cmyk').jpeg().toBuffer()
    expect((await sharp(cmyk).metadata()).channels).toBe(4)
    const wide = await (await photo()).withIccProfile('p3').jpeg().toBuffer()
    for (const file of [cmyk, wide]) {
      const { print } = await logo({ ...named('a.jpg'), 'a.jpg': file })
      expect(await sharp(print.bytes).metadata()).toMatchObject({ channels: 3, space: 'srgb' })
      expect((await sharp(print.bytes).metadata()).icc).toBeUndefined()
    }
  })

  test('grey stays grey', async () => {
    const grey = (await photo()).toColourspace('b-w')
    const png = await logo({ ...named('a.png'), 'a.png': await grey.clone().png().toBuffer() })
    const jpeg = await logo({ ...named('a.jpg'), 'a.jpg': await grey.clone().jpeg().toBuffer() })
    for (const { print } of [png, jpeg]) expect((await sharp(print.bytes).metadata()).channels).toBe(1)
  })

  test('few colours become a palette, and no pixel changes', async () => {
    const flag = Buffer.from(
      Array.from({ length: 300 * 200 }, (_, at) => (at < 30_000 ? [0, 87, 183] : [255, 215, 0])).flat(),
    )
    const source = sharp(flag, { raw: { width: 300, height: 200, channels: 3 } })
    const { print } = await logo({ ...named('a.png'), 'a.png': await source.clone().png().toBuffer() })
    expect(await sharp(print.bytes).metadata()).toMatchObject({ isPalette: true, bitsPerSample: 1 })
    expect((await sharp(print.bytes).removeAlpha().raw().toBuffer()).equals(flag)).toBe(true)
    expect(print.bytes.length).toBeLessThan(300)
  })

  test('an SVG in millimetres has its size, however large', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="200mm" height="100mm"><rect width="9" height="9"/></svg>'
    const { print, svg: source } = await logo({ 'logo.svg': svg })
    expect(print).toMatchObject({ widthPx: 4000, heightPx: 2000, naturalWidthPx: 756 })
    expect(source).toBe(svg)
  })
})

describe('not fit', () => {
  test('a width that is none', async () => {
    expect(await faultOf(named('logo.svg', 'wide'))).toMatchObject({
      code: 'brand.image',
      message: 'images.logo.width is not a length (found "wide")',
      hint: 'write it like 40mm, 120pt or 160px',
    })
  })

  test('another format', async () => {
    const gif = await (await picture(400, 100)).gif().toBuffer()
    expect(await faultOf({ ...named('a.gif'), 'a.gif': gif })).toMatchObject({
      code: 'brand.image',
      message: '"a.gif" is an image of a kind that is not taken (gif)',
      hint: 'use SVG, PNG, JPEG or WebP',
    })
  })

  test('more than 40 million pixels, before they are decoded', async () => {
    const big = await sharp({
      create: { width: 8000, height: 8000, channels: 3, background: '#fff' },
      limitInputPixels: false,
    })
      .png()
      .toBuffer()
    const fault = await faultOf({ ...named('a.png'), 'a.png': big })
    expect(fault).toMatchObject({
      code: 'brand.image',
      message: expect.stringMatching(/^"a\.png" cannot be read as an image: .*pixel limit/),
    })
  })

  test('damaged images: each is refused or whole', async () => {
    const png = await (await picture(600, 200, 0.5)).png().toBuffer()
    let refused = 0
    for (let at = 20; at < png.length; at += Math.ceil(png.length / 40)) {
      const damaged = Buffer.from(png)
      damaged[at] = (damaged[at] ?? 0) ^ 0x55
      const brand = await loadBrand(brandKit({ ...named('a.png'), 'a.png': damaged }))
      if (!brand.ok) {
        refused += 1
        expect(brand.faults).toMatchObject([{ code: 'brand.image', hint: 'use a whole SVG, PNG, JPEG or WebP file' }])
      }
    }
    expect(refused).toBeGreaterThan(20)
  })

  test('an SVG loads nothing from beside it', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="50" height="10">
<image xlink:href="file:///etc/hostname" width="50" height="10"/><image href="http://127.0.0.1:9/x.png" width="50" height="10"/></svg>`
    const { mail } = await logo({ 'logo.svg': svg })
    const pixels = await sharp(mail.bytes).raw().toBuffer()
    expect(pixels.every(value => value === 255)).toBe(true)
  })

  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg" width="99999999" height="1"></svg>',
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg" width="1"><text>&b;',
    '<svg',
    '',
  ])('the SVG %j', async svg => {
    expect(await faultOf({ 'logo.svg': svg })).toMatchObject({ code: 'brand.image', place: { line: 15 } })
  })
})
