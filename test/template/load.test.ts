import { describe, expect, it } from 'vitest'
import { describe as inWords } from '../../src/model/index.ts'
import { loadTemplate } from '../../src/template/index.ts'
import { channels, good, head, kitOf, schema } from './kit.ts'

type Files = Parameters<typeof kitOf>[0]

function faultsOf(files: Files, name = 'invoice'): readonly string[] {
  const result = loadTemplate(kitOf(files), name, channels)
  if (result.ok) return []
  return result.faults.map(
    fault =>
      `${fault.code} ${inWords(fault).replace('factory/templates/invoice/', '')}${fault.hint === undefined ? '' : ` -> ${fault.hint}`}`,
  )
}

describe('loadTemplate', () => {
  it('reads the whole folder', () => {
    const template = good(
      loadTemplate(
        kitOf({
          'prepare.js': 'export default data => data',
          'samples/b.json': '{}',
          'samples/a.json': '{}',
          'pdf.hbs': '<p/>',
          'README.md': 'x',
        }),
        'invoice',
        channels,
      ),
    )
    expect(template).toMatchObject({
      name: 'invoice',
      file: 'factory/templates/invoice/template.yaml',
      version: 1,
      once: 'ever',
      currency: 'GBP',
      recipient: { name: 'customer.name', address: 'customer.address' },
      channels: { sms: { parts: 1 } },
      schemaFile: 'factory/templates/invoice/schema.json',
      prepare: { file: 'factory/templates/invoice/prepare.js' },
    })
    expect(template.facts).toEqual([
      { name: 'total', value: 'total', as: 'money', on: ['pdf', 'email', 'sms'], identity: false },
      { name: 'due', value: 'due', as: 'date', on: ['pdf'], identity: false },
      { name: 'account', value: 'customer.id', as: 'text', on: ['pdf'], identity: true },
    ])
    expect(Object.keys(template.sources)).toEqual(['pdf.hbs', 'sms.hbs'])
    expect(Object.keys(template.samples)).toEqual(['a', 'b'])
    expect(template.wording['uk']?.texts['status.open']).toBe('Не сплачено')
    expect(structuredClone(template)).toEqual(template)
  })

  it('has a prepare.js where the schema has derived values', () => {
    const schema = {
      type: 'object',
      properties: { number: { type: 'string' }, sum: { type: 'string', derived: true } },
    }
    const files = { 'template.yaml': '', 'schema.json': JSON.stringify(schema), 'pdf.hbs': '' }
    expect(faultsOf(files)).toEqual([
      'template.missing schema.json: the schema has values that prepare.js works out ("derived"), and there is no prepare.js -> add prepare.js, or take the marks away',
    ])
    expect(faultsOf({ ...files, 'prepare.js': 'export default x => x' })).toEqual([])
    const odd = files['schema.json'].replace('"derived":true', '"derived":"sometimes"')
    expect(faultsOf({ ...files, 'schema.json': odd })[0]).toContain('schema.invalid schema.json')
  })

  it('has defaults for what is left out', () => {
    const template = good(
      loadTemplate(kitOf({ 'template.yaml': 'facts: { a: { value: number } }', 'pdf.hbs': '' }), 'invoice', channels),
    )
    expect(template).toMatchObject({
      version: 1,
      once: 'ever',
      recipient: {},
      channels: {},
      facts: [{ as: 'text', on: ['pdf', 'sms'], identity: false }],
    })
    expect(template).not.toHaveProperty('currency')
    expect(good(loadTemplate(kitOf({ 'template.yaml': '' }), 'invoice', channels)).facts).toEqual([])
  })

  const settings = (yaml: string): Files => ({ 'template.yaml': yaml })
  const cases: readonly (readonly [string, Files, string])[] = [
    [
      'no schema',
      { 'schema.json': undefined },
      'template.missing schema.json: the template "invoice" has no schema.json -> write it: docs/template.md tells what stands in it',
    ],
    [
      'no head',
      { 'template.yaml': undefined },
      'template.missing template.yaml: the template "invoice" has no template.yaml -> write it: docs/template.md tells what stands in it',
    ],
    [
      'unknown setting',
      settings('versoin: 1'),
      'schema.unknown template.yaml:1:1: versoin is not a known name -> did you mean "version"?',
    ],
    ['version', settings('version: one'), 'schema.value template.yaml:1:1: version is none of 1 (found "one")'],
    [
      'once',
      settings('\nonce: never'),
      'schema.value template.yaml:2:1: once is none of "ever", "period" (found "never")',
    ],
    ['channel', settings('facts: { a: { value: number, on: [pdf, mail] } }'), 'mail'],
    [
      'channel settings',
      settings('channels: { sms: { part: 1 } }'),
      'schema.unknown template.yaml:1:20: channels.sms.part is not a known name -> did you mean "parts"?',
    ],
    [
      'currency',
      settings('currency: GPB'),
      'template.setting template.yaml:1:1: currency is not an ISO 4217 code (found "GPB") -> write a code such as EUR, or a path into the data',
    ],
    [
      'currency in small letters',
      settings('currency: eur'),
      'template.setting template.yaml:1:1: currency leads nowhere: eur is not in the schema -> did you mean "EUR"?',
    ],
    [
      'currency path',
      settings('currency: stauts'),
      'template.setting template.yaml:1:1: currency leads nowhere: stauts is not in the schema -> did you mean "status"?',
    ],
    [
      'currency that schema.json lets be none',
      settings('currency: status'),
      'template.setting template.yaml:1:1: currency stands in status, which schema.json lets be "open", and that is no ISO 4217 code -> write three capital letters, such as EUR',
    ],
    [
      'currency that may be absent',
      settings('currency: note'),
      'template.setting template.yaml:1:1: currency stands in note, which may be absent -> make note required in schema.json: another currency must never be guessed',
    ],
    [
      'currency that is no text',
      settings('currency: lines'),
      'template.setting template.yaml:1:1: currency stands in lines, which is a list',
    ],
    [
      'recipient',
      settings('recipient:\n  email: customer.emial'),
      'template.setting template.yaml:2:3: recipient.email leads nowhere: customer.emial is not in the schema -> did you mean "customer.email"?',
    ],
    [
      'recipient of a group',
      settings('recipient: { name: customer }'),
      'template.setting template.yaml:1:14: recipient.name is a group, not text',
    ],
    [
      'address of rows',
      settings('recipient: { address: lines }'),
      'template.setting template.yaml:1:14: recipient.address takes an address as a list of lines or a group of parts, and lines is a list',
    ],
    [
      'fact',
      settings('facts: { a: { value: totl } }'),
      'template.setting template.yaml:1:15: facts.a.value leads nowhere: totl is not in the schema -> did you mean "total"?',
    ],
    [
      'fact in a list',
      settings('facts: { a: { value: lines.amount, as: money } }'),
      'template.setting template.yaml:1:15: facts.a.value leads nowhere: lines is a list and has no fields',
    ],
    [
      'fact of another kind',
      settings('facts: { a: { value: number, as: money } }'),
      'template.setting template.yaml:1:10: the fact a is shown as money, and number is text -> give it "type": "string", "format": "decimal" in schema.json',
    ],
    [
      'fact that is no date',
      settings('facts: { a: { value: total, as: date } }'),
      'template.setting template.yaml:1:10: the fact a is shown as date, and total is a decimal number -> give it "format": "date" in schema.json',
    ],
    ['schema that is no JSON', { 'schema.json': '{ "type": }' }, 'schema.json schema.json:1'],
    [
      'schema that is no schema',
      { 'schema.json': '{ "type": "objekt" }' },
      'schema.invalid schema.json (type): this is not a JSON Schema that can be used',
    ],
    [
      'schema of a list',
      { 'schema.json': '[]' },
      'schema.invalid schema.json: this is not a JSON Schema of an object -> begin with { "type": "object", "properties": … }',
    ],
    [
      'source that nothing takes',
      { 'pfd.hbs': '' },
      'template.missing pfd.hbs: no channel takes the file pfd.hbs -> did you mean "pdf.hbs"?',
    ],
    [
      'locale',
      { 'text/english.json': '{}' },
      'template.locale text/english.json: the file\'s name "english" is not a locale -> name it by a BCP 47 tag: uk.json, en-GB.json',
    ],
    [
      'locale with underscore',
      { 'text/uk_UA.json': '{}' },
      'template.locale text/uk_UA.json: the file\'s name "uk_UA" is not a locale -> name it uk-UA.json',
    ],
    [
      'wording that is no text',
      { 'text/en.json': '{"status":{"paid":"x"}}' },
      'template.wording text/en.json:1:2: wording "status" is not text -> keys with dots take the place of groups: "status.paid"',
    ],
    [
      'wording that is a list',
      { 'text/en.json': '[]' },
      'template.wording text/en.json: this is not a list of texts by key -> write { "heading": "Invoice" }',
    ],
    [
      'text that is not UTF-8',
      { 'pdf.hbs': new Uint8Array([0xff, 0xfe, 0x41]) },
      'template.text pdf.hbs: the file is not UTF-8 text -> save it as UTF-8',
    ],
  ]
  for (const [name, files, expected] of cases) {
    it(`finds fault with ${name}`, () => {
      const found = faultsOf(files)
      expect(found).toHaveLength(1)
      expect(found[0]).toContain(expected)
    })
  }

  it('names the nearest template', () => {
    expect(faultsOf({}, 'invioce')).toEqual([
      'template.missing templates/invioce: the template "invioce" has no files -> did you mean "invoice"?',
    ])
  })
  it('reports everything at once', () => {
    expect(
      faultsOf({
        'template.yaml': head.replace('total: { value: total', 'total: { value: totl').replace('GBP', 'XXQ'),
        'text/xx-.json': '{}',
        'text/en.json': 'x',
      }),
    ).toHaveLength(4)
  })
  it('knows a schema that is put together', () => {
    const split = {
      $ref: '#/$defs/all',
      $defs: { ...schema.$defs, all: { type: 'object', required: schema.required, properties: schema.properties } },
    }
    expect(faultsOf({ 'schema.json': JSON.stringify(split) })).toEqual([])
  })
})
