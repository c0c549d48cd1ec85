/** Prepares and merges small mails for tests. */
import Handlebars from 'handlebars'
import { email } from '../../../src/channels/email/index.ts'
import type { Brand, Fault, Prepared, Source } from '../../../src/model/index.ts'

export const file = 'templates/invoice/email.mjml.hbs'

/** A mail around what stands in mj-body. */
export function mail(body: string, title = 'Invoice {{number}}', more = ''): string {
  return `<mjml>\n<mj-head>\n<mj-title>${title}</mj-title>${more}\n</mj-head>\n<mj-body>\n${body}\n</mj-body>\n</mjml>\n`
}

/** One section with one column around components. */
export function column(inner: string): string {
  return `<mj-section><mj-column>\n${inner}\n</mj-column></mj-section>`
}

export async function prepare(text: string, brand: Brand, more: Readonly<Record<string, Source>> = {}) {
  return email.prepare({ sources: { 'email.mjml.hbs': { file, text }, ...more }, settings: {}, brand })
}

/** Faults of a template; none if it can be used. */
export async function faultsOf(text: string, brand: Brand): Promise<readonly Fault[]> {
  const prepared = await prepare(text, brand)
  return prepared.ok ? [] : prepared.faults
}

export async function prepared(text: string, brand: Brand): Promise<Prepared> {
  const result = await prepare(text, brand)
  if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 1))
  return result.value
}

/** The merged texts of a prepared mail. */
export function merge(value: Prepared, data: Readonly<Record<string, unknown>>): Record<string, string> {
  const handlebars = Handlebars.create()
  // A name without arguments is a field.
  handlebars.registerHelper('url', function (this: Readonly<Record<string, unknown>>, ...given: unknown[]) {
    return given.length > 1 ? given[0] : this['url']
  })
  handlebars.registerHelper('urlPart', (value: unknown) => encodeURIComponent(String(value)))
  handlebars.registerPartial('legal', '<b>Legal {{number}}</b>')
  return Object.fromEntries(
    Object.entries(value.texts).map(([name, source]) => [
      name,
      handlebars.compile(source.text, { noEscape: source.escape === 'none' })({ locale: 'en-GB', ...data }),
    ]),
  )
}
