import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/model/index.ts'
import { faultLines, meaning } from '../../src/report/index.ts'

const fault: Fault = {
  code: 'intake.value',
  message: 'amount is not a decimal number such as 12.50 (found "12,50")',
  place: { file: 'invoices.csv', line: 13 },
  hint: 'set decimal: "," in the job',
}

describe('faultLines', () => {
  it('has place and message on one line, and the hint below', () => {
    expect(faultLines([fault, { code: 'run.empty', message: 'the data has no rows' }])).toEqual([
      'invoices.csv:13: amount is not a decimal number such as 12.50 (found "12,50")',
      '  hint: set decimal: "," in the job',
      'the data has no rows',
    ])
  })

  it('counts what it does not write out', () => {
    const lines = faultLines(Array.from({ length: 25 }, () => fault))
    expect(lines).toHaveLength(41)
    expect(lines.at(-1)).toBe('… and 5 more')
    expect(faultLines([fault, fault, fault], 1).at(-1)).toBe('… and 2 more')
    expect(faultLines([fault, fault], 2).at(-1)).toBe('  hint: set decimal: "," in the job')
  })
})

describe('meaning', () => {
  it('is what a code stands for, or the code itself', () => {
    expect(meaning('run.empty')).toBe('an input without communications')
    expect(meaning('toString')).toBe('toString')
  })
})
