import { describe, expect, it } from 'vitest'
import { readExpectation } from '../../src/job/index.ts'
import { faultsOf, good } from '../outcome.ts'

const read = (text: string) => readExpectation({ file: 'control.yaml', text })

describe('readExpectation', () => {
  it('keeps sums as they are written', () => {
    expect(good(read('rows: 42481\nsum:\n  lines.amount: 748957.02\n  tax: "-0.50"\n  count: 12\n'))).toEqual({
      file: 'control.yaml',
      rows: 42481,
      sum: { 'lines.amount': '748957.02', tax: '-0.50', count: '12' },
    })
  })

  it('reads JSON too', () => {
    expect(good(read('{ "communications": 3 }'))).toEqual({ file: 'control.yaml', communications: 3, sum: {} })
  })

  it.each([
    ['rows: -1', 'schema.value | control.yaml:1:1: rows is not at least 0 (found "-1") | write at least 0'],
    ['rows: 1.5', 'schema.value | control.yaml:1:1: rows is not a whole number (found "1.5") | write a whole number'],
    ['lines: 5', 'schema.unknown | control.yaml:1:1: lines is not a known name | known: rows, communications, sum'],
    [
      'sum: { total: ten }',
      'schema.value | control.yaml:1:8: sum.total is not a decimal number such as "748957.02" (found "ten") | write a decimal number such as "748957.02"',
    ],
    ['', 'schema.value | control.yaml:1:1: the whole has fewer than 1 entry | write at least 1'],
  ])('%s', (text, fault) => expect(faultsOf(read(text))).toEqual([fault]))
})
