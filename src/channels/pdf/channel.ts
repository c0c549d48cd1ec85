/** The PDF channel: page markup merged for each communication, laid out, and painted as a PDF. */
import type {
  Channel,
  Communication,
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
import { done, failed, lookup, quote, settle } from '../../model/index.ts'
import type { Fonts } from './fonts/fonts.ts'
import { openFonts } from './fonts/fonts.ts'
import { conform } from './layout/conform.ts'
import { layOut } from './layout/layout.ts'
import { openLooks } from './layout/looks.ts'
import { inspectTemplate, readMarkup } from './markup/markup.ts'
import { paint } from './paint/paint.ts'
import { readPdf } from './read/read.ts'
import { isArchived, isStandard, type Standard, standards } from './standards.ts'

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
      tagged: { type: 'boolean', description: 'false: without what screen readers go by; smaller' },
      password: { type: 'string', minLength: 1, description: 'where the data has what opens the file' },
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

/** What opens the recipient's file; undefined where it is open to all. Faults: `pdf.password`. */
function passwordOf({ password: path }: Settings, { data }: Communication): Result<string | undefined> {
  if (path === undefined) return done(undefined)
  const value = lookup(data, path)
  if ((typeof value === 'string' && value !== '') || typeof value === 'number') return done(String(value))
  return failed({
    code: 'pdf.password',
    message: `the file is to be encrypted, and ${path} is empty`,
    hint: 'mend the data, or let the schema require it: the file is not made without a password',
  })
}

async function open(prepared: Prepared, { brand, settings }: OpenRequest): Promise<OpenChannel> {
  const opened = openFonts(brand)
  if (!opened.ok) throw new Error(`fonts that prepare opened cannot be opened again: ${opened.faults[0]?.place?.file}`)
  const fonts: Fonts = opened.value
  const looks = openLooks(brand, fonts)
  const asked = readSettings(settings)
  const shown = (prepared.kept as { readonly file: string }).file
  return {
    async render({ communication, date, texts }: RenderRequest) {
      const merged = texts[file]
      if (merged === undefined) throw new Error(`render without ${file}`)
      const tree = readMarkup(merged, shown, brand)
      if (!tree.ok) return failed(...tree.faults)
      const layout = layOut(tree.value, { brand, fonts, looks, locale: communication.locale, file: shown })
      if (!layout.ok) return failed(...layout.faults)
      const broken = conform(layout.value, asked.conformance, shown)
      if (broken.length > 0) return failed(...broken)
      const password = passwordOf(asked, communication)
      if (!password.ok) return password
      const { conformance, tagged } = asked
      const bytes = paint(layout.value, {
        brand,
        date,
        tagged,
        conformance,
        ...(password.value !== undefined && { password: password.value }),
      })
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
