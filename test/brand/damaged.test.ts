/** Two hundred damaged images, drawings and fonts: each is refused when the factory opens, or it is harmless and the piece is made. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadBrand } from '../../src/brand/index.ts'
import { FaultError, openFactory } from '../../src/index.ts'
import { type Factory, makeFactory } from '../run/factory.ts'
import { brandKit, changedYaml, type Files, font, logoSvg } from './fixture.ts'

let factory: Factory
beforeAll(() => {
  factory = makeFactory({ mail: false })
  factory.mend('templates/bill/pdf.hbs', '<h1>', '<image src="brand:logo" width="20mm" alt="Nord"/>\n    <h1>')
  cpSync(join(factory.folder, 'assets/brand.yaml'), join(factory.folder, 'whole.yaml'))
})
afterAll(() => factory.close())

/** Random as told: xorshift over 32 bits. */
function draws(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

type Damage = (bytes: Buffer, draw: (below: number) => number) => Buffer

const damages: Readonly<Record<string, Damage>> = {
  'a bit that is flipped': (bytes, draw) => {
    const at = draw(bytes.length)
    bytes[at] = bytes[at]! ^ (1 << draw(8))
    return bytes
  },
  'many bits that are flipped': (bytes, draw) => {
    for (let count = 0; count < 40; count += 1) {
      const at = draw(bytes.length)
      bytes[at] = bytes[at]! ^ (1 << draw(8))
    }
    return bytes
  },
  'cut off': (bytes, draw) => bytes.subarray(0, draw(bytes.length)),
  'a sector of nothing': (bytes, draw) => {
    const at = draw(bytes.length)
    return bytes.fill(0, at, Math.min(bytes.length, at + 512))
  },
  'a block that was lost': (bytes, draw) => {
    const at = draw(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + draw(300))])
  },
  'two halves of the same': bytes => Buffer.concat([bytes, bytes.subarray(bytes.length / 2)]),
  'a text file by that name': () => Buffer.from('version https://git-lfs.github.com/spec/v1\n'),
}

/** Sizes and references as no program writes them: by what they do to which file. */
async function crafted(): Promise<readonly (readonly [string, Buffer])[]> {
  const png = await picture('png')
  const giant = Buffer.from(png)
  giant.writeUInt32BE(0x7fffffff, 16)
  giant.writeUInt32BE(0x7fffffff, 20)
  const none = Buffer.from(png)
  none.writeUInt32BE(0, 16)
  const svg = (body: string, more = 'width="120" height="32"') =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${more}>${body}</svg>`,
    )
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
  return [
    ['logo.png', giant],
    ['logo.png', none],
    ['logo.svg', Buffer.from(`<!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]>${svg('<text>&l9;</text>')}`)],
    ['logo.svg', Buffer.from(`<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>')}`)],
    ['logo.svg', svg('<image xlink:href="file:///etc/hostname" width="9" height="9"/>')],
    ['logo.svg', svg('<image href="http://127.0.0.1:9/x.png" width="9" height="9"/>')],
    ['logo.svg', svg('<style>@import url(http://127.0.0.1:9/x.css);</style><rect width="9" height="9"/>')],
    ['logo.svg', svg('<script>while (true) {}</script><rect width="9" height="9"/>')],
    ['logo.svg', svg('<rect width="9" height="9"/>', 'width="9e9" height="9e9"')],
    ['logo.svg', svg('<g id="a"><use href="#a"/><use href="#a"/></g>')],
  ]
}

const picture = (format: 'png' | 'jpeg') =>
  sharp({
    create: {
      width: 300,
      height: 90,
      channels: 3,
      noise: { type: 'gaussian', mean: 120, sigma: 40 },
      background: '#000',
    },
  })
    .toFormat(format)
    .toBuffer()

function filesOf(name: string, bytes: Buffer): Files {
  if (name.endsWith('.ttf')) return { [name]: bytes }
  return { ...changedYaml('logo: logo.svg', `logo: { file: ${name}, width: 20mm }`), [name]: bytes }
}

/** A bill with the damaged file in its factory: its bytes, or what was refused. */
async function pressed(name: string, bytes: Buffer): Promise<string> {
  factory.write(`assets/${name}`, bytes)
  const whole = factory.read('whole.yaml')
  factory.write(
    'assets/brand.yaml',
    name.endsWith('.ttf')
      ? whole.replace('fonts/SourceSans3-Regular.ttf', name)
      : `${whole}images: { logo: { file: ${name}, width: 20mm } }\n`,
  )
  try {
    const open = await openFactory(factory.folder)
    try {
      const lines = [{ item: 'Item', amount: '1.00' }]
      const customer = { name: 'Ann', locale: 'en-GB' }
      const piece = await open.render('bill', 'pdf', {
        number: 'B-1',
        issued: '2026-03-01',
        customer,
        lines,
        total: '1.00',
      })
      return Buffer.from(piece.bytes).toString('latin1', 0, 5)
    } finally {
      await open.close()
    }
  } catch (error) {
    if (error instanceof FaultError) return 'refused'
    throw error
  }
}

test('each is refused, or harmless', { timeout: 240_000 }, async () => {
  const sources: Readonly<Record<string, Buffer>> = {
    'logo.png': await picture('png'),
    'logo.jpg': await picture('jpeg'),
    'logo.svg': Buffer.from(logoSvg),
    'fonts/regular.ttf': font.regular,
  }
  const all: (readonly [string, Buffer, string])[] = (await crafted()).map(([name, bytes]) => [name, bytes, 'crafted'])
  for (const [name, bytes] of Object.entries(sources))
    for (const [what, damage] of Object.entries(damages))
      for (let count = 0; count < 7; count += 1)
        all.push([name, damage(Buffer.from(bytes), draws(20_101 + all.length)), what])
  expect(all.length).toBeGreaterThan(200)

  const harmless: typeof all = []
  for (const [name, bytes, what] of all) {
    const brand = await loadBrand(brandKit(filesOf(name, bytes)))
    if (brand.ok) harmless.push([name, bytes, what])
    else for (const { code } of brand.faults) expect(code, `${name}: ${what}`).toMatch(/^brand\./)
  }
  // Not all can be known by looking: a flipped bit of a drawing may be another drawing.
  expect(all.length - harmless.length).toBeGreaterThan(120)
  expect(new Set(harmless.map(([name]) => name)).has('logo.svg')).toBe(true)
  const some = harmless.filter((_, at) => at % Math.ceil(harmless.length / 6) === 0)
  for (const [name, bytes, what] of some)
    expect(['%PDF-', 'refused'], `${name}: ${what}`).toContain(await pressed(name, bytes))
  expect(process.memoryUsage.rss()).toBeLessThan(1_500_000_000)
})
