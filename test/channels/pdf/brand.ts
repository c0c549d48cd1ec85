/** A brand for tests and samples, with the starter kit's type and the colours of the house style; no files but fonts are read. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import type { Brand, BrandImage, FontFile } from '../../../src/model/index.ts'

export const fonts = {
  regular: fontFile('SourceSans3-Regular.ttf'),
  bold: fontFile('SourceSans3-SemiBold.ttf'),
  fallback: fontFile('NotoSans-Regular.ttf'),
}

export const brand: Brand = {
  name: 'Nord & Sohn',
  locale: 'uk-UA',
  currency: 'UAH',
  timezone: 'Europe/Kyiv',
  colors: { ink: '#1B1F24', accent: '#0B6E4F', muted: '#525B66', hairline: '#C9CFD6' },
  fonts: { text: { regular: fonts.regular, bold: fonts.bold, fallback: [fonts.fallback] } },
  classes: {
    muted: { color: 'muted', 'font-size': '8.5pt', 'line-height': '10.5pt' },
    label: { color: 'muted', 'font-size': '8.5pt', 'line-height': '14pt' },
    figure: { 'font-size': '26pt', 'line-height': '28pt', 'font-weight': 'bold' },
    head: { 'border-bottom': '0.75pt ink' },
    row: { 'border-bottom': '0.35pt hairline' },
    total: { 'font-weight': 'bold', 'font-size': '13pt', 'line-height': '17.5pt', 'border-top': '1.5pt ink' },
    number: { 'text-align': 'right', 'white-space': 'nowrap' },
  },
  images: { logo: flat(120, 36, [0x0b, 0x6e, 0x4f]) },
  files: {
    terms: { file: 'terms.pdf', bytes: new TextEncoder().encode('%PDF-1.7 terms'), mediaType: 'application/pdf' },
  },
  senders: {},
  partials: {},
  wording: {},
  company: {},
}

function fontFile(name: string): FontFile {
  const path = fileURLToPath(new URL(`../../../assets/fonts/${name}`, import.meta.url))
  return { file: `assets/fonts/${name}`, bytes: new Uint8Array(readFileSync(path)) }
}

/** A PNG of one colour. */
export function flat(
  widthPx: number,
  heightPx: number,
  [red, green, blue]: readonly [number, number, number],
): BrandImage {
  const row = Buffer.concat([
    Buffer.from([0]),
    Buffer.from(Array.from({ length: widthPx }, () => [red, green, blue]).flat()),
  ])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthPx, 0)
  header.writeUInt32BE(heightPx, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.concat(Array.from({ length: heightPx }, () => row)))
  const bytes = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
  const image = { bytes: new Uint8Array(bytes), format: 'png', widthPx, heightPx, naturalWidthPx: widthPx } as const
  return { file: 'logo.png', print: image, mail: image }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, check])
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}
