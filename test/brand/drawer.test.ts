/** Images are drawn by a process of its own: what it was killed over is an image that cannot be read, and nothing else. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { askDrawer } from '../../src/brand/askdrawer.ts'

const root = join(import.meta.dirname, '../..')
const logo = new Uint8Array(readFileSync(join(root, 'assets/logo.svg')))

it('each order has its answer, also where another one has none', async () => {
  const text = Buffer.from('no image')
  const answers = await askDrawer([
    { path: 'a.svg', bytes: logo, widthPx: 10 },
    { path: 'b.png', bytes: text },
    { path: 'c.svg', bytes: logo },
  ])
  expect(answers.map(answer => ('message' in answer ? answer.message : answer.mail.widthPx))).toEqual([
    20,
    expect.stringContaining('"b.png" cannot be read as an image'),
    expect.any(Number),
  ])
})

it('one that does not come to an end is ended', async () => {
  expect(await askDrawer([{ path: 'a.svg', bytes: logo }], 1)).toEqual([
    {
      message: '"a.svg" cannot be read as an image: its decoder ended (SIGKILL)',
      hint: 'use a whole SVG, PNG, JPEG or WebP file',
    },
  ])
})
