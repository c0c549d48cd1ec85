import { describe, expect, it } from 'vitest'
import { readFacts } from '../../src/template/index.ts'
import { brand, communication, data, good, template } from './kit.ts'

const yaml = `currency: GBP
facts:
  total: { value: total, as: money }
  due: { value: due, as: date }
  rate: { value: rate, as: percent }
  count: { value: number, as: text }
  share: { value: rate, as: number }
`
const invoice = template({ 'template.yaml': yaml })

describe('readFacts', () => {
  it('shows each in the locale of the recipient, beside its exact value', () => {
    const made = communication({ locale: 'uk-UA', data: { ...data, rate: '20.00' } })
    expect(good(readFacts(invoice, brand, made))).toEqual({
      total: { value: '1482.50', shown: '1\u00a0482,50\u00a0£' },
      due: { value: '2026-03-23', shown: '23\u00a0березня 2026\u00a0р.' },
      rate: { value: '20.00', shown: '20%' },
      count: { value: '417', shown: '417' },
      share: { value: '20.00', shown: '20,00' },
    })
    expect(good(readFacts(invoice, brand, made, { plain: true }))).toMatchObject({
      total: { shown: '1482,50 £' },
      due: { shown: '23.03' },
    })
  })
  it('leaves out what is absent', () => {
    const { due: _, ...rest } = data
    expect(Object.keys(good(readFacts(invoice, brand, communication({ data: { ...rest, rate: null } }))))).toEqual([
      'total',
      'count',
    ])
  })
  it('faults what cannot be shown, without quoting it', () => {
    expect(readFacts(invoice, brand, communication({ data: { ...data, total: '0.001' } }))).toEqual({
      ok: false,
      faults: [
        {
          code: 'template.value',
          message: 'the fact "total" has more decimals than GBP has',
          place: { file: 'factory/templates/invoice/template.yaml', path: 'total' },
          hint: 'round it in prepare.js, or show more with decimals=',
        },
      ],
    })
    const made = template({ 'template.yaml': yaml.replace('GBP', 'number') })
    const hint = 'codes are three capital letters, such as EUR: mend the data, or let schema.json list them'
    expect(readFacts(made, brand, communication())).toMatchObject({
      faults: [{ message: 'the fact "total" needs a currency, and number holds no ISO 4217 code', hint }],
    })
  })
})
