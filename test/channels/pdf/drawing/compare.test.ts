/** Drawn as vectors and as dots, a picture is the same: pdftoppm on one side, sharp on the other. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { readDrawing } from '../../../../src/channels/pdf/drawing/read.ts'
import { brand, flat } from '../brand.ts'
import { page, renderPdf } from '../render.ts'
import { pictures } from './pictures.ts'

const logos = [
  'assets/logo.svg',
  'assets/mark.svg',
  'examples/telecom/assets/logo.svg',
  'examples/telecom/assets/mark.svg',
]
const all = {
  ...pictures,
  ...Object.fromEntries(
    logos.map(file => [file, readFileSync(new URL(`../../../../${file}`, import.meta.url), 'utf8')]),
  ),
}

const present = spawnSync('pdftoppm', ['-v']).error === undefined
const folder = mkdtempSync(join(tmpdir(), 'platen-drawings-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!present)('a drawing looks like its SVG', () => {
  it.each(Object.entries(all))('%s', async (name, svg) => {
    const read = readDrawing(svg)
    if (!('drawing' in read)) throw new Error(read.why)
    const { width, height } = read.drawing
    const widthPt = 360
    const heightPt = (360 * height) / width
    const logo = { ...flat(Math.round(width * 10), Math.round(height * 10), [255, 0, 0]), svg }
    const markup = page(
      '<image src="brand:logo" width="360pt" alt=""/>',
      `size="${widthPt}pt ${heightPt + 1}pt" margin="0"`,
    )
    const { bytes } = await renderPdf(markup, { ...brand, images: { logo } })
    const file = join(folder, name.replaceAll(/\W/g, '-'))
    writeFileSync(`${file}.pdf`, bytes)
    spawnSync('pdftoppm', ['-r', '144', '-png', '-singlefile', `${file}.pdf`, file])
    const ours = sharp(`${file}.png`).extract({ left: 0, top: 0, width: 720, height: Math.floor(heightPt * 2) })
    // sharp takes millimetres for more dots as the density grows, so its side counts in pixels.
    const theirs = sharp(Buffer.from(svg.replace(/(\d)mm"/g, '$1"')), {
      density: Math.min(2000, (72 * 720 * 4) / width),
    })
      .resize({ width: 720, height: Math.round(heightPt * 2), fit: 'fill' })
      .flatten({ background: '#fff' })
      .extract({ left: 0, top: 0, width: 720, height: Math.floor(heightPt * 2) })
    const [one, other] = await Promise.all([ours, theirs].map(image => image.removeAlpha().raw().toBuffer()))
    expect(one!.length).toBe(other!.length)
    // Edges are smoothed in two ways; a shape that is missing or moved differs by far more.
    let apart = 0
    for (let at = 0; at < one!.length; at += 1) if (Math.abs(one![at]! - other![at]!) > 96) apart += 1
    expect(apart / one!.length).toBeLessThan(0.0005)
  })
})
