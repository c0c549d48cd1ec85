/** Opens the channel for rendering: merged markup is laid out and painted, and finished PDFs are read back. */
import type { Fault, OpenChannel, OpenRequest, Prepared, Remark, RenderRequest } from '../../model/index.ts'
import { done, failed } from '../../model/index.ts'
import { attached, type Kept, missingOwn, page } from './files.ts'
import type { Fonts } from './fonts/fonts.ts'
import { openFonts } from './fonts/fonts.ts'
import { inspectAddresses } from './layout/addresses.ts'
import { watch } from './layout/conform.ts'
import { layOut } from './layout/layout.ts'
import { openLooks } from './layout/looks.ts'
import type { Layout } from './layout/page.ts'
import { excerptWindow } from './markup/excerpt.ts'
import { readMarkup } from './markup/markup.ts'
import { parseXml, unquoted } from './markup/parse.ts'
import { ownFile } from './markup/values.ts'
import { paint } from './paint/paint.ts'
import { openPictures } from './paint/pictures.ts'
import { passwordOf } from './password.ts'
import { readPdf } from './read/read.ts'
import { readSettings } from './settings.ts'

export async function open(prepared: Prepared, { brand, settings, recipient = {} }: OpenRequest): Promise<OpenChannel> {
  const opened = openFonts(brand)
  if (!opened.ok) throw new Error(`fonts that prepare opened cannot be opened again: ${opened.faults[0]?.place?.file}`)
  const fonts: Fonts = opened.value
  const looks = openLooks(brand, fonts)
  const asked = readSettings(settings)
  const { file: shown, attached: shownAttached, drawings } = prepared.kept as Kept
  const pictures = openPictures(brand, drawings)
  return {
    async render({ communication, date, texts }: RenderRequest) {
      const merged = texts[page]
      if (merged === undefined) throw new Error(`render without ${page}`)
      const tree = readMarkup(merged, shown, brand)
      if (!tree.ok) return failed(...tree.faults)
      const { conformance, tagged } = asked
      const options = {
        brand,
        fonts,
        looks,
        locale: communication.locale,
        file: shown,
        cells: tagged || conformance.length > 0,
      }
      const layout = layOut(tree.value, options)
      if (!layout.ok) return failed(...layout.faults)
      const password = passwordOf(asked.password, communication)
      if (!password.ok) return password
      const own = texts[attached]?.trimStart()
      const wrong = checkAttached(layout.value, own, { file: shown, attached: shownAttached })
      if (wrong !== undefined) return failed(wrong)
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
      const merged = texts[page] ?? ''
      const excerpt = excerptWindow(merged)
      const tree = excerpt === '' ? undefined : readMarkup(excerpt ?? merged, shown, brand)
      const options = { brand, fonts, looks, locale: communication.locale, file: shown }
      return [
        ...(password.ok ? [] : password.faults),
        ...(tree?.ok === true ? inspectAddresses(tree.value, options) : []),
      ]
    },
    remarks({ communication, texts }) {
      const { name, address } = communication.recipient
      // Without a name it is to nobody: a receipt.
      if (recipient.address === undefined || name === undefined || address !== undefined) return []
      return texts[page]?.includes('<address-window') === true ? [unaddressed(recipient.address)] : []
    },
    async read(bytes, { communication } = {}) {
      const password = communication === undefined ? undefined : passwordOf(asked.password, communication)
      return readPdf(bytes, password?.ok === true && password.value !== undefined ? { password: password.value } : {})
    },
    lacks: fonts.lacks,
    async close() {},
  }
}

/** Of a letter whose window shows no address: paper needs none to be made, and cannot be posted without one. */
function unaddressed(path: string): Remark {
  return {
    code: 'pdf.address',
    what: `{pieces} with a name in the address window and nothing at ${path}`,
    hint: 'mend the data, or send paper to nobody without an address by a rule of the job: { when: has(recipient.address), to: [pdf] }',
    inRows: true,
  }
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
