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
import { inspectAddresses } from './layout/addresses.ts'
import { watch } from './layout/conform.ts'
import { layOut } from './layout/layout.ts'
import { openLooks } from './layout/looks.ts'
import type { Layout } from './layout/page.ts'
import type { WhyDots } from './markup/dots.ts'
import { excerptWindow } from './markup/excerpt.ts'
import { inspectTemplate, readMarkup } from './markup/markup.ts'
import { parseXml, unquoted } from './markup/parse.ts'
import { ownFile } from './markup/values.ts'
import { paint } from './paint/paint.ts'
import { openPictures } from './paint/pictures.ts'
import { passwordOf } from './password.ts'
import { readPdf } from './read/read.ts'
import { isArchived, isStandard, type Standard, standards } from './standards.ts'

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
      tagged: { type: 'boolean', description: 'false: without what screen readers go by; smaller' },
      password: { type: 'string', minLength: 1, description: 'where the data has what opens the file' },
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
  const { drawings, whyDots } = drawingsOf(brand)
  const inspected = inspectTemplate(source, brand, fonts.ok ? { ...fonts.value, whyDots } : undefined)
  const faults: Fault[] = [
    ...checkConformance(settings, source),
    ...(fonts.ok ? checkEmbedding(settings, source, fonts.value) : []),
    ...(fonts.ok ? [] : fonts.faults),
    ...inspected.faults,
    ...checkOwnFile(sources, brand),
  ]
  const kept: Kept = { file: source.file, attached: sources[attached]?.file, drawings }
  const own = sources[attached]
  const texts = { [file]: source, ...(own !== undefined && { [attached]: own }) }
  const escaped = Object.entries(texts).map(([name, text]) => [name, { ...text, escape: 'markup' as const }])
  const prepared: Prepared = { texts: Object.fromEntries(escaped), kept, warnings: inspected.remarks }
  return settle(prepared, faults)
}

/** The images that are drawn, and why the others are not. */
function drawingsOf({ images }: Brand): { readonly drawings: Kept['drawings']; readonly whyDots: WhyDots } {
  const drawings: Record<string, Drawing> = {}
  const why: Record<string, string> = {}
  for (const [name, { svg }] of Object.entries(images)) {
    const read = svg === undefined ? undefined : readDrawing(svg)
    if (read !== undefined && 'drawing' in read) drawings[name] = read.drawing
    else why[name] = read?.why ?? ''
  }
  return { drawings, whyDots: name => (Object.hasOwn(why, name) ? why[name] : undefined) }
}

function checkConformance(settings: Data, { file }: Source): Fault[] {
  const { conformance, tagged, password } = readSettings(settings)
  const asked = settings['conformance']
  const place = { file, path: 'channels.pdf.conformance' }
  const fault = (message: string, hint: string): Fault => ({ code: 'pdf.conformance', message, place, hint })
  const faults = (Array.isArray(asked) ? asked : [])
    .filter(standard => !isStandard(standard))
    .map(standard => fault(`the standard ${quote(standard)} is not supported`, `supported: ${standards.join(', ')}`))
  if (conformance.length > 0 && !tagged)
    faults.push(fault('what keeps a standard has to be tagged', 'take tagged: false out of channels.pdf'))
  if (isArchived(conformance) && password !== undefined)
    faults.push(fault('an archive cannot keep what is encrypted', 'take conformance or password out of channels.pdf'))
  return faults
}

/** ISO 19005-3 §6.2.11.4: what is embedded may be. */
function checkEmbedding(settings: Data, { file }: Source, { restricted }: Fonts): Fault[] {
  if (!isArchived(readSettings(settings).conformance)) return []
  const place = { file, path: 'channels.pdf.conformance' }
  const hint = 'use a font whose licence allows it, or ask its maker'
  return restricted.map(font => {
    const message = `an archive embeds its fonts, which ${font} says its maker does not allow`
    return { code: 'pdf.conformance', message, place, hint }
  })
}

interface Settings {
  readonly conformance: readonly Standard[]
  readonly tagged: boolean
  /** Dotted path into the data. */
  readonly password: string | undefined
}

function readSettings({ conformance, tagged, password }: Data): Settings {
  return {
    conformance: Array.isArray(conformance) ? conformance.filter(isStandard) : [],
    tagged: tagged !== false,
    password: typeof password === 'string' ? password : undefined,
  }
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
  const message = `the attachment is not well-formed: ${unquoted(error.message)}`
  return { code: 'pdf.markup', message, place: { file: kept.attached ?? attached } }
}

async function open(prepared: Prepared, { brand, settings }: OpenRequest): Promise<OpenChannel> {
  const opened = openFonts(brand)
  if (!opened.ok) throw new Error(`fonts that prepare opened cannot be opened again: ${opened.faults[0]?.place?.file}`)
  const fonts: Fonts = opened.value
  const looks = openLooks(brand, fonts)
  const asked = readSettings(settings)
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
      const password = passwordOf(asked.password, communication)
      if (!password.ok) return password
      const own = texts[attached]?.trimStart()
      const wrong = checkAttached(layout.value, own, { file: shown, attached: shownAttached })
      if (wrong !== undefined) return failed(wrong)
      const { conformance, tagged } = asked
      const watched = watch(layout.value, conformance, shown)
      const bytes = paint(watched.layout, {
        brand,
        pictures,
        date,
        tagged,
        conformance,
        ...(own !== undefined && { own }),
        ...(password.value !== undefined && { password: password.value }),
      })
      const broken = watched.broken()
      if (broken.length > 0) return failed(...broken)
      const { title, pages } = layout.value
      return done({ bytes, mediaType: 'application/pdf', title, measures: { pages: pages.length } })
    },
    // Only what a reject can be made of: everything else that is wrong is found when the page is laid out.
    refuses({ communication, texts }) {
      const password = passwordOf(asked.password, communication)
      const merged = texts[file] ?? ''
      const excerpt = excerptWindow(merged)
      const tree = excerpt === '' ? undefined : readMarkup(excerpt ?? merged, shown, brand)
      const options = { brand, fonts, looks, locale: communication.locale, file: shown }
      return [
        ...(password.ok ? [] : password.faults),
        ...(tree?.ok === true ? inspectAddresses(tree.value, options) : []),
      ]
    },
    async read(bytes, { communication } = {}) {
      const password = communication === undefined ? undefined : passwordOf(asked.password, communication)
      return readPdf(bytes, password?.ok === true && password.value !== undefined ? { password: password.value } : {})
    },
    lacks: fonts.lacks,
    async close() {},
  }
}
