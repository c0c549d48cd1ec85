import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../../src/model/index.ts'
import { readSettings } from '../../src/schema/index.ts'
import { faultsOf, good } from '../outcome.ts'

const anything: JsonSchema = {}
const read = (text: string, schema: JsonSchema = anything) =>
  good(readSettings<Record<string, unknown>>({ file: 'job.yaml', text }, schema))
const faults = (text: string, schema: JsonSchema = anything) =>
  faultsOf(readSettings({ file: 'job.yaml', text }, schema))

const job = `template: invoice
data:
  file: a.csv
  fields:
    "a.b": Column
    lines:
      - code: StockCode
        amount: Amount
channels: { pdf: {}, email: { attach: pdf } }
`

describe('readSettings', () => {
  it('gives plain data', () => {
    expect(read(job).value).toEqual({
      template: 'invoice',
      data: { file: 'a.csv', fields: { 'a.b': 'Column', lines: [{ code: 'StockCode', amount: 'Amount' }] } },
      channels: { pdf: {}, email: { attach: 'pdf' } },
    })
  })

  it.each([
    ['template', 1, 1],
    ['data', 2, 1],
    ['data.file', 3, 3],
    ['data.fields.lines[0].code', 7, 9],
    ['data.fields.lines[0]', 7, 9],
    ['data.fields.lines[0].amount', 8, 9],
    ['data.fields.lines[7].amount', 6, 5],
    ['channels.email.attach', 9, 31],
    ['channels.sms', 9, 1],
    ['nothing.at.all', 1, 1],
    ['', 1, 1],
  ])('%s stands at %i:%i, or the nearest that exists does', (path, line, column) => {
    expect(read(job).at(path)).toEqual({ file: 'job.yaml', line, column })
  })

  it('finds names with dots by their steps', () => {
    expect(read(job).at(['data', 'fields', 'a.b'])).toEqual({ file: 'job.yaml', line: 5, column: 5 })
  })

  it('finds every setting of any file on its line', () => {
    const name = fc.stringMatching(/^[a-z]{1,6}$/)
    const group = fc.uniqueArray(name, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, group), { minLength: 1, selector: ([top]) => top }), groups => {
        const lines = groups.flatMap(([top, names]) => [`${top}:`, ...names.map(inner => `  ${inner}: 1`)])
        const { at } = read(lines.join('\n'))
        let line = 0
        for (const [top, names] of groups) {
          line += 1
          expect(at(top).line).toBe(line)
          for (const inner of names) {
            line += 1
            expect(at(`${top}.${inner}`)).toEqual({ file: 'job.yaml', line, column: 3 })
          }
        }
      }),
    )
  })

  it('keeps figures as they are written, unless they are plain integers', () => {
    const text = 'a: 1\nb: 1.30\nc: 0042\nd: 1e3\ne: -7\nf: 1.5\ng: 12345678901234567890\nh: .inf\ni: 1.0\nj: 0x1F\n'
    expect(read(text).value).toEqual({
      a: 1,
      b: '1.30',
      c: '0042',
      d: '1e3',
      e: -7,
      f: '1.5',
      g: '12345678901234567890',
      h: '.inf',
      i: '1.0',
      j: '0x1F',
    })
  })

  it('is YAML 1.2: yes, no and dates are text', () => {
    expect(read('a: yes\nb: no\nc: 2026-03-23\nd: true\ne: null\nf:\n').value).toEqual({
      a: 'yes',
      b: 'no',
      c: '2026-03-23',
      d: true,
      e: null,
      f: null,
    })
  })

  it('follows an anchor, and places it where it is used', () => {
    const { value, at } = read('a: &x { b: 1 }\nc: *x\n')
    expect(value).toEqual({ a: { b: 1 }, c: { b: 1 } })
    expect(at('c')).toMatchObject({ line: 2, column: 1 })
    expect(at('c.b')).toMatchObject({ line: 1, column: 9 })
  })

  it('keeps __proto__ as a name like any other', () => {
    expect(Object.keys(read('__proto__: { polluted: 1 }').value)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  const yamlHint = 'indent with blanks, write `name: value`, and put texts with ": " or "#" in quotes'
  it.each([
    ['a: 1\na: 2', `schema.yaml | job.yaml:2:1: a stands twice | remove one of the two`],
    [
      'a: b: c',
      `schema.yaml | job.yaml:1:4: this is not YAML: nested mappings are not allowed in compact mappings | ${yamlHint}`,
    ],
    [
      'a: 1\n---\nb: 2',
      `schema.yaml | job.yaml:2:1: this is not YAML: source contains multiple documents; please use YAML.parseAllDocuments() | ${yamlHint}`,
    ],
  ])('%j is no YAML', (text, fault) => expect(faults(text)).toEqual([fault]))

  it('refuses a short text that means an endless one', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let at = 1; at < 10; at += 1) {
      bomb.push(`a${at}: &a${at} [${Array.from({ length: 10 }, () => `*a${at - 1}`).join(', ')}]`)
    }
    const expected =
      'schema.yaml | job.yaml: this is nested more than 100 deep, or has more than 100000 entries | write the settings out, without anchors inside anchors'
    expect(faults(bomb.join('\n'))).toEqual([expected])
    expect(faults('a: &a [*a]')).toEqual([expected])
    expect(faults(`a: ${'['.repeat(200)}${']'.repeat(200)}`)).toEqual([expected])
  })

  it('reports all that the schema does not allow, each with its own place', () => {
    const schema: JsonSchema = {
      type: 'object',
      additionalProperties: false,
      required: ['template', 'channels'],
      properties: {
        template: { type: 'string' },
        channels: { type: 'object' },
        rejects: { type: ['string', 'integer'] },
      },
    }
    expect(faults('templat: invoice\nchannels: [pdf]\nrejects: true\n', schema)).toEqual([
      'schema.missing | job.yaml:1:1: template is missing | add template: to the file',
      'schema.unknown | job.yaml:1:1: templat is not a known name | did you mean "template"?',
      'schema.value | job.yaml:2:1: channels is not a group of named values (found a list) | write a group of named values',
      'schema.value | job.yaml:3:1: rejects is not text or a whole number (found "true") | write text or a whole number',
    ])
    expect(faults('', schema)).toHaveLength(2)
  })

  it('throws for a schema that is wrong: that is a bug of ours', () => {
    expect(() => readSettings({ file: 'job.yaml', text: '' }, { type: 'nothing' })).toThrow(/not a JSON Schema/)
  })
})
