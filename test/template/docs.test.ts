/** docs/template.md is run: its files make a template, its examples have to give what stands below them. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Data, Template } from '../../src/model/index.ts'
import { compileCheck, parseJson } from '../../src/schema/index.ts'
import { dateStyles } from '../../src/template/formats.ts'
import {
  auditTemplate,
  compileMerge,
  formatsOf,
  loadTemplate,
  mapRecipient,
  openPrepare,
} from '../../src/template/index.ts'
import { blockSignatures, signatures } from '../../src/template/signatures.ts'
import { channels, good, brand as kitBrand, kitOf, run } from './kit.ts'

const page = readFileSync(new URL('../../docs/template.md', import.meta.url), 'utf8')
const brand = { ...kitBrand, name: 'Nord & Sohn' }
const blocks = [...page.matchAll(/^```(\w+)(?: ([^\n]+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', label = '', text = '']) => ({
    language,
    label,
    text: text.replace(/\n$/, ''),
  }),
)
const files = Object.fromEntries(
  blocks.filter(({ label }) => /\.(yaml|json|js)$/.test(label)).map(({ label, text }) => [label, text]),
)

/** Each handlebars block, and the text blocks behind it. */
const examples = blocks.flatMap((block, at) => {
  if (block.language !== 'handlebars') return []
  const next = blocks.slice(at + 1).findIndex(({ language }) => language !== 'text')
  return [{ ...block, results: blocks.slice(at + 1, next < 0 ? undefined : at + 1 + next) }]
})

function templateWith(channel: string, text: string): Template {
  const base = { 'text/uk.json': undefined, 'text/en.json': undefined, 'sms.hbs': undefined, ...files }
  const file = channel === 'sms' ? 'sms.hbs' : 'pdf.hbs'
  return good(loadTemplate(kitOf({ ...base, [file]: text }), 'invoice', channels))
}

async function sample(template: Template): Promise<Data> {
  const data = good(parseJson(template.samples['first']!)) as Data
  return good(good(await openPrepare(template))(data, run))
}

const plainSpaces = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('docs/template.md', () => {
  it('has the files of a template, and a sample that fits them', async () => {
    const template = templateWith('pdf', '')
    expect(good(compileCheck(template.schema, 'schema.json'))(await sample(template))).toEqual([])
    expect(examples.length).toBeGreaterThan(7)
  })

  for (const { label, text, results } of examples) {
    it(text, async () => {
      const template = templateWith(label, text)
      const { faults } = auditTemplate(template, brand, { channels })
      if (label === 'refused') {
        const lines = faults.map(({ place, message, hint }) => `${place?.line}:${place?.column} ${message}: ${hint}`)
        expect(lines.join('\n')).toBe(results[0]?.text)
        return
      }
      expect(faults).toEqual([])
      expect(results.length).toBeGreaterThan(0)
      for (const result of results) {
        const data = await sample(template)
        const { recipient, locale } = mapRecipient(template, data, brand)
        const source = {
          ...template.sources[label === 'sms' ? 'sms.hbs' : 'pdf.hbs']!,
          escape: label === 'sms' ? 'none' : 'markup',
        } as const
        const merge = good(compileMerge({ template, brand, texts: { text: source }, channel: label, run }))
        const communication = { id: '417', recipient, data, locale: result.label === '' ? locale : result.label }
        expect(plainSpaces(good(merge.merge(communication))['text']!)).toBe(result.text)
      }
    })
  }

  it('names every helper and every date style', () => {
    for (const name of Object.keys(signatures)) expect(page).toMatch(new RegExp(`\`${name}[ \`]`))
    for (const name of Object.keys(blockSignatures)) expect(page).toContain(`\`#${name}\``)
  })

  it('shows dates as they are', () => {
    const locales = ['uk-UA', 'ru-RU', 'pl-PL', 'de-DE', 'en-GB']
    for (const style of dateStyles) {
      const cells = locales.map(locale => plainSpaces(formatsOf(locale).date('2026-03-23', style)))
      const row = page.split('\n').find(line => line.startsWith(`| \`${style}\``))
      expect(
        row
          ?.split('|')
          .slice(2, -1)
          .map(cell => cell.trim()),
      ).toEqual(cells)
    }
  })
})
