/** Markup -> a finished PDF, through the channel's own doors: for tests, and to look at a sample. */

import { openFonts } from '../../../src/channels/pdf/fonts/fonts.ts'
import { pdf } from '../../../src/channels/pdf/index.ts'
import { placesOf } from '../../../src/channels/pdf/layout/anchors.ts'
import { layOut } from '../../../src/channels/pdf/layout/layout.ts'
import type { Layout, Page, Places } from '../../../src/channels/pdf/layout/page.ts'
import { textOf } from '../../../src/channels/pdf/layout/page.ts'
import { readMarkup } from '../../../src/channels/pdf/markup/markup.ts'
import type { Brand, Fault, OpenChannel, Piece, Result } from '../../../src/model/index.ts'
import { FaultError } from '../../../src/model/index.ts'
import { brand as house } from './brand.ts'

/** Without Handlebars: the markup is what a template merged to. Throws a FaultError. */
export async function renderPdf(markup: string, brand: Brand = house): Promise<Piece> {
  const channel = await channelOf(brand)
  const communication = { id: '1', locale: 'en-GB', recipient: {}, data: {} }
  return value(await channel.render({ communication, date: '2026-03-09', texts: { 'pdf.hbs': markup }, enclosed: {} }))
}

export async function readText(bytes: Uint8Array, brand: Brand = house): Promise<string> {
  return (await channelOf(brand)).read(bytes)
}

const channels = new Map<Brand, Promise<OpenChannel>>()

/** Opened once for each brand, as a worker does. */
function channelOf(brand: Brand): Promise<OpenChannel> {
  const channel = channels.get(brand) ?? open(brand)
  channels.set(brand, channel)
  return channel
}

async function open(brand: Brand): Promise<OpenChannel> {
  const sources = { 'pdf.hbs': { file: 'templates/test/pdf.hbs', text: page('<p>test</p>') } }
  return pdf.open(value(await pdf.prepare({ sources, settings: {}, brand })), { brand, settings: {} })
}

const opened = new Map<Brand, ReturnType<typeof openFonts>>()

/** With its pages in hand, and the places on them. */
export type Laid = Layout & Places & { readonly pages: readonly Page[] }

/** Only as far as pages of marks. */
export function lay(markup: string, brand: Brand = house): Result<Laid> {
  const tree = readMarkup(markup, 'pdf.hbs', brand)
  if (!tree.ok) return tree
  const fonts = opened.get(brand) ?? openFonts(brand)
  opened.set(brand, fonts)
  const layout = layOut(tree.value, { brand, fonts: value(fonts), locale: 'en-GB', file: 'pdf.hbs' })
  if (!layout.ok) return layout
  const pages = [...layout.value.pages]
  return { ok: true, value: { ...layout.value, pages, ...placesOf(pages) } }
}

/** A page of this markup, in a document. */
export function page(contents: string, attributes = 'size="100mm 100mm" margin="10mm"'): string {
  return `<document title="Test"><page ${attributes}>${contents}</page></document>`
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new FaultError(result.faults)
  return result.value
}

export function faults<T>(result: Result<T>): readonly Fault[] {
  return result.ok ? [] : result.faults
}

/** The words of each page, a line for each baseline and paragraph, in reading order; repeated furniture included. */
export function pageLines(layout: Laid): string[][] {
  return layout.pages.map(({ marks }) => {
    const lines: string[] = []
    let last: { y: number; end: number } | undefined
    for (const mark of marks) {
      if (mark.kind !== 'text') continue
      const text = textOf(mark)
      const width = mark.glyphs.reduce((sum, glyphs) => sum + glyphs.width, 0) * (mark.sizePt / mark.face.unitsPerEm)
      const same = last !== undefined && Math.abs(last.y - mark.y) < 0.01 && mark.x >= last.end - 0.01
      if (!same) lines.push(text)
      else lines[lines.length - 1] += mark.x - last!.end > 1 ? ` | ${text}` : text
      last = { y: mark.y, end: mark.x + width }
    }
    return lines
  })
}
