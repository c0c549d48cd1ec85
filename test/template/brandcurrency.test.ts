/** Amounts in the brand's currency, where the data names one that nobody asks for. */
import { expect, test } from 'vitest'
import { describe as inWords, type JsonSchema } from '../../src/model/index.ts'
import { auditTemplate } from '../../src/template/index.ts'
import { brand, channels, schema, template } from './kit.ts'

function faultsOf(text: string, fields: Readonly<Record<string, JsonSchema>>, currency?: string): readonly string[] {
  const { currency: _, ...made } = template({ 'pdf.hbs': text })
  const asked = {
    ...made,
    ...(currency === undefined ? {} : { currency }),
    schema: { ...schema, properties: { ...schema.properties, ...fields } },
  }
  return auditTemplate(asked, brand, { channels: channels.slice(0, 1) }).faults.map(
    fault => `${inWords(fault)} -- ${fault.hint}`,
  )
}

const text = { type: 'string' }
const amount = { type: 'string', format: 'decimal' }
const group = (name: string) => ({ order: { type: 'object', properties: { [name]: text } } })
const list = { items: { type: 'array', items: { type: 'object', properties: { currency: text, amount } } } }
const said = (path: string) =>
  `factory/templates/invoice/template.yaml: amounts are shown in ${brand.currency}, the brand's currency, and the data has one of its own in ${path} -- write currency: ${path} in template.yaml, or currency: ${brand.currency} where all amounts are in one`

test.each([
  ['{{money total}}', { currency: text }, 'currency'],
  ['{{words total}}', { Currency_Code: text }, 'Currency_Code'],
  ["{{fact 'total'}}", { Währung: text }, 'Währung'],
  ["{{t 'heading' number=(money total)}}", { unit: { enum: ['EUR', 'UAH', 'GBP'] } }, 'unit'],
  ["{{money total currency='EUR'}} {{money total}}", group('currency'), 'order.currency'],
  [
    "{{money total currency=currency}} {{fact 'total'}}",
    { currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
    'currency',
  ],
])('%s is refused beside %j', (shown, fields, path) => {
  const found = faultsOf(shown, fields).filter(words => words.includes('amounts are shown'))
  expect(found).toEqual([said(path)])
})

test('of elements, that where each amount names its own', () => {
  expect(faultsOf('{{money total}}', list)).toEqual([
    `factory/templates/invoice/template.yaml: amounts are shown in ${brand.currency}, the brand's currency, and the data has one of its own in items[].currency -- write {{money … currency=currency}} inside {{#each items}}, or currency: ${brand.currency} in template.yaml where all amounts are in one`,
  ])
})

test.each([
  ['{{money total}}', {}],
  ['{{money total}}', { currency: { const: brand.currency } }],
  ['{{money total}}', { unit: { enum: ['ALL', 'none'] }, currencyRate: amount }],
  ['{{money total symbol=false}}', { currency: text }],
  ['{{#if (gt total 0)}}{{number}}{{/if}}', { currency: text }],
  [
    '{{money total}}{{#each items}}{{currency}} {{money amount currency=currency}}{{/each}}',
    {
      items: {
        type: 'array',
        items: { type: 'object', required: ['currency', 'amount'], properties: { currency: text, amount } },
      },
    },
  ],
])('%s stands with %j', (shown, fields) => {
  expect(faultsOf(shown, fields).filter(words => words.includes('amounts are shown'))).toEqual([])
})

test('what template.yaml says is not doubted', () => {
  expect(faultsOf('{{money total}}', { currency: text }, 'GBP')).toEqual([])
})
