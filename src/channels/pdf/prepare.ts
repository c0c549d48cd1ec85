/** A template for PDFs is looked at as far as that goes without data: fonts, images, markup, what conformance asks. */
import type { Brand, Data, Fault, Prepared, PrepareRequest, Result, Source } from '../../model/index.ts'
import { quote, settle } from '../../model/index.ts'
import type { Drawing } from './drawing/drawing.ts'
import { readDrawing } from './drawing/read.ts'
import { attached, type Kept, missingOwn, page } from './files.ts'
import type { Fonts } from './fonts/fonts.ts'
import { openFonts } from './fonts/fonts.ts'
import type { WhyDots } from './markup/dots.ts'
import { inspectTemplate } from './markup/markup.ts'
import { ownFile } from './markup/values.ts'
import { readSettings } from './settings.ts'
import { isArchived, isStandard, standards } from './standards.ts'

export async function prepare({ sources, settings, brand }: PrepareRequest): Promise<Result<Prepared>> {
  const source = sources[page]
  if (source === undefined) throw new Error(`prepare without ${page}`)
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
  const texts = { [page]: source, ...(own !== undefined && { [attached]: own }) }
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

/** The template's own attachment is there and attached, or neither. */
function checkOwnFile(sources: PrepareRequest['sources'], { partials }: Brand): Fault[] {
  const own = sources[attached]
  const wanted = [sources[page]!, ...Object.values(partials)].find(({ text }) => text.includes(ownFile))
  if (own === undefined && wanted !== undefined) return [missingOwn(wanted.file)]
  if (own === undefined || wanted !== undefined) return []
  const hint = `write <attachment src="${ownFile}" name="….xml"/> into ${page}`
  return [{ code: 'pdf.element', message: `${attached} is attached nowhere`, place: { file: own.file }, hint }]
}
