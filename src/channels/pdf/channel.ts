/** The PDF channel: page markup merged for each communication, laid out, and painted as a PDF. */
import type {
  Brand,
  Channel,
  Data,
  Fault,
  OpenChannel,
  OpenRequest,
  Prepared,
  PrepareRequest,
  RenderRequest,
  Result,
  Source,
} from '../../model/index.ts'
import { done, failed, quote, settle } from '../../model/index.ts'
import type { Drawing } from './drawing/drawing.ts'
import { readDrawing } from './drawing/read.ts'
import type { Fonts } from './fonts/fonts.ts'
import { openFonts } from './fonts/fonts.ts'
import { layOut } from './layout/layout.ts'
import { openLooks } from './layout/looks.ts'
import type { Layout } from './layout/page.ts'
import { inspectTemplate, readMarkup } from './markup/markup.ts'
import { parseXml } from './markup/parse.ts'
import { ownFile } from './markup/values.ts'
import { paint } from './paint/paint.ts'
import { openPictures } from './paint/pictures.ts'
import { readPdf } from './read/read.ts'

const file = 'pdf.hbs'
/** A file of the template's own that pages may attach. */
const attached = 'attachment.xml.hbs'

export const pdf: Channel = {
  name: 'pdf',
  files: [file, attached],
  escape: 'markup',
  settings: {
    type: 'object',
    additionalProperties: false,
    properties: {
      conformance: { type: 'array', items: { type: 'string' }, description: 'standards that every piece must meet' },
    },
  },
  encloses: [],
  output: { folder: 'pdf', extension: 'pdf' },
  prepare,
  open,
}

/** What workers are handed besides the template. */
interface Kept {
  /** The template's file, for faults. */
  readonly file: string
  /** The file that pages may attach; absent: the template has none. */
  readonly attached: string | undefined
  /** The brand's images that are drawn as vectors, by name; the others are shown as dots. */
  readonly drawings: Readonly<Record<string, Drawing>>
}

async function prepare({ sources, settings, brand }: PrepareRequest): Promise<Result<Prepared>> {
  const source = sources[file]
  if (source === undefined) throw new Error(`prepare without ${file}`)
  const fonts = openFonts(brand)
  const lacks = fonts.ok ? fonts.value.lacks : undefined
  const faults: Fault[] = [
    ...checkConformance(settings, source),
    ...(fonts.ok ? [] : fonts.faults),
    ...inspectTemplate(source, brand, lacks),
    ...checkOwnFile(sources, brand),
  ]
  const kept: Kept = { file: source.file, attached: sources[attached]?.file, drawings: drawingsOf(brand) }
  const own = sources[attached]
  const texts = { [file]: source, ...(own !== undefined && { [attached]: own }) }
  const escaped = Object.entries(texts).map(([name, text]) => [name, { ...text, escape: 'markup' as const }])
  const prepared: Prepared = { texts: Object.fromEntries(escaped), kept }
  return settle(prepared, faults)
}

function drawingsOf({ images }: Brand): Kept['drawings'] {
  const drawings: Record<string, Drawing> = {}
  for (const [name, { svg }] of Object.entries(images)) {
    const read = svg === undefined ? undefined : readDrawing(svg)
    if (read !== undefined && 'drawing' in read) drawings[name] = read.drawing
  }
  return drawings
}

/** Standards that can be promised; there is none yet, so that no piece claims what it does not meet. */
const supported: readonly string[] = []

function checkConformance(settings: Data, { file }: Source): Fault[] {
  const asked = settings['conformance']
  if (!Array.isArray(asked)) return []
  return asked
    .filter(standard => !supported.includes(String(standard)))
    .map(standard => ({
      code: 'pdf.conformance',
      message: `the standard ${quote(standard)} is not supported`,
      place: { file, path: 'channels.pdf.conformance' },
      hint:
        supported.length === 0 ? 'none is supported yet: leave conformance out' : `supported: ${supported.join(', ')}`,
    }))
}

/** The template's own attachment is there and attached, or neither. */
function checkOwnFile(sources: PrepareRequest['sources'], { partials }: Brand): Fault[] {
  const own = sources[attached]
  const wanted = [sources[file]!, ...Object.values(partials)].find(({ text }) => text.includes(ownFile))
  if (own === undefined && wanted !== undefined) return [missingOwn(wanted.file)]
  if (own === undefined || wanted !== undefined) return []
  const hint = `write <attachment src="${ownFile}" name="….xml"/> into ${file}`
  return [{ code: 'pdf.element', message: `${attached} is attached nowhere`, place: { file: own.file }, hint }]
}

function missingOwn(shown: string): Fault {
  const message = `${ownFile} is attached, and the template has no ${attached}`
  return { code: 'pdf.value', message, place: { file: shown }, hint: `write ${attached} beside ${file}` }
}

/** What is wrong with the template's own attachment, if one is wanted. */
function checkAttached(
  { attachments }: Layout,
  own: string | undefined,
  kept: Omit<Kept, 'drawings'>,
): Fault | undefined {
  if (!attachments.some(({ source }) => source === ownFile)) return undefined
  if (own === undefined) return missingOwn(kept.file)
  const [error] = parseXml(own, { fragment: false }).errors
  if (error === undefined) return undefined
  const message = `the attachment is not well-formed: ${error.message}`
  return { code: 'pdf.markup', message, place: { file: kept.attached ?? attached } }
}

async function open(prepared: Prepared, { brand }: OpenRequest): Promise<OpenChannel> {
  const opened = openFonts(brand)
  if (!opened.ok) throw new Error(`fonts that prepare opened cannot be opened again: ${opened.faults[0]?.place?.file}`)
  const fonts: Fonts = opened.value
  const looks = openLooks(brand, fonts)
  const { file: shown, attached: shownAttached, drawings } = prepared.kept as Kept
  const pictures = openPictures(brand, drawings)
  return {
    async render({ communication, date, texts }: RenderRequest) {
      const merged = texts[file]
      if (merged === undefined) throw new Error(`render without ${file}`)
      const tree = readMarkup(merged, shown, brand)
      if (!tree.ok) return failed(...tree.faults)
      const layout = layOut(tree.value, { brand, fonts, looks, locale: communication.locale, file: shown })
      if (!layout.ok) return failed(...layout.faults)
      const own = texts[attached]?.trimStart()
      const wrong = checkAttached(layout.value, own, { file: shown, attached: shownAttached })
      if (wrong !== undefined) return failed(wrong)
      const bytes = paint(layout.value, { brand, pictures, date, ...(own !== undefined && { own }) })
      const { title, pages } = layout.value
      return done({ bytes, mediaType: 'application/pdf', title, measures: { pages: pages.length } })
    },
    async read(bytes) {
      return readPdf(bytes)
    },
    lacks: fonts.lacks,
    async close() {},
  }
}
