/** The brand that the two documents are made in: two embedded fonts, a drawn mark, the colours of the pictures. */
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import type { Brand, FontFile } from '../src/model/index.ts'
import { fontPaths } from './fonts.ts'

const svg = readFileSync(new URL('templates/mark.svg', import.meta.url), 'utf8')

/** The mark as dots, for those who cannot draw it. */
export const markPng: Promise<Buffer> = sharp(Buffer.from(svg), { density: 288 })
  .flatten({ background: '#FFFFFF' })
  .png()
  .toBuffer()

export async function openHouse(): Promise<Brand> {
  const bytes = new Uint8Array(await markPng)
  const image = { bytes, format: 'png', widthPx: 144, heightPx: 144, naturalWidthPx: 48 } as const
  return {
    name: 'Northwind',
    locale: 'en',
    currency: 'EUR',
    timezone: 'Europe/Berlin',
    colors: {
      ink: '#1A1A1A',
      navy: '#1F3A5F',
      grey: '#666666',
      line: '#BBBBBB',
      white: '#FFFFFF',
    },
    fonts: { text: { regular: fontFile(fontPaths.regular), bold: fontFile(fontPaths.bold), fallback: [] } },
    classes: {
      text: { color: 'ink', 'font-size': '9pt', 'line-height': '12.3pt' },
      small: { color: 'grey', 'font-size': '8pt', 'line-height': '11pt' },
      faint: { color: 'grey' },
      house: { 'font-weight': 'bold', 'font-size': '13pt', 'line-height': '18pt' },
      name: { 'font-weight': 'bold', 'font-size': '11pt', 'line-height': '15pt' },
      title: { color: 'navy', 'font-weight': 'bold', 'font-size': '18pt', 'line-height': '24pt' },
      total: { 'font-weight': 'bold', 'font-size': '11pt', 'line-height': '15pt' },
    },
    images: { mark: { file: 'mark.svg', print: image, mail: image, svg } },
    senders: {},
    partials: {},
    wording: {},
    company: {},
  }
}

function fontFile(path: string): FontFile {
  return { file: path.slice(path.lastIndexOf('/') + 1), bytes: new Uint8Array(readFileSync(path)) }
}
