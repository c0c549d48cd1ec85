/** Prepares and merges small mails for tests. */
import { email } from '../../../src/channels/email/index.ts'
import type { Brand, Data, Fault, Prepared, Source, Template } from '../../../src/model/index.ts'
import { compileMerge } from '../../../src/template/index.ts'
import { good, brand as ofKit, run } from '../../template/kit.ts'

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

/** The merged texts of a prepared mail; a value that is missing is a mistake of the test. */
export function merge(value: Prepared, data: Data, brand = ofKit): Readonly<Record<string, string>> {
  const { texts } = value
  const merging = compileMerge({ template, brand: { ...brand, partials: { legal } }, texts, channel: 'email', run })
  const id = '417'
  return good(good(merging).merge({ id, locale: 'en-GB', recipient: {}, data: { number: '417', ...data } }))
}

const legal = { file: 'assets/partials/legal.hbs', text: '<b>Legal {{number}}</b>' }

const template: Template = {
  name: 'invoice',
  file: 'templates/invoice/template.yaml',
  version: 1,
  once: 'ever',
  recipient: {},
  facts: [],
  channels: {},
  schema: { type: 'object' },
  schemaFile: 'templates/invoice/schema.json',
  sources: {},
  wording: {},
  samples: {},
}
