/** The PDF channel: page markup merged for each communication, laid out, and painted as a PDF. */
import type {
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
import type { Fonts } from './fonts/fonts.ts'
import { openFonts } from './fonts/fonts.ts'
import { layOut } from './layout/layout.ts'
import { openLooks } from './layout/looks.ts'
import { inspectTemplate, readMarkup } from './markup/markup.ts'
import { paint } from './paint/paint.ts'
import { readPdf } from './read/read.ts'

const file = 'pdf.hbs'

export const pdf: Channel = {
  name: 'pdf',
  files: [file],
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

async function prepare({ sources, settings, brand }: PrepareRequest): Promise<Result<Prepared>> {
  const source = sources[file]
  if (source === undefined) throw new Error(`prepare without ${file}`)
  const fonts = openFonts(brand)
  const faults: Fault[] = [
    ...checkConformance(settings, source),
    ...(fonts.ok ? [] : fonts.faults),
    ...inspectTemplate(source, brand, fonts.ok ? fonts.value : undefined),
  ]
  const prepared: Prepared = { texts: { [file]: { ...source, escape: 'markup' } }, kept: { file: source.file } }
  return settle(prepared, faults)
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

async function open(prepared: Prepared, { brand }: OpenRequest): Promise<OpenChannel> {
  const opened = openFonts(brand)
  if (!opened.ok) throw new Error(`fonts that prepare opened cannot be opened again: ${opened.faults[0]?.place?.file}`)
  const fonts: Fonts = opened.value
  const looks = openLooks(brand, fonts)
  const shown = (prepared.kept as { readonly file: string }).file
  return {
    async render({ communication, date, texts }: RenderRequest) {
      const merged = texts[file]
      if (merged === undefined) throw new Error(`render without ${file}`)
      const tree = readMarkup(merged, shown, brand)
      if (!tree.ok) return failed(...tree.faults)
      const layout = layOut(tree.value, { brand, fonts, looks, locale: communication.locale, file: shown })
      if (!layout.ok) return failed(...layout.faults)
      const bytes = paint(layout.value, { brand, date })
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
