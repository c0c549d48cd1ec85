import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/index.ts'
import { reportHtml } from '../../src/report/index.ts'
import { report } from './report.ts'

/** The page as it reads: tags out, a line for each block. */
const read = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<(br|\/tr|\/p|\/div|\/h1|\/h2|\/li)>/g, '\n')
    .replace(/<\/t[dh]>/g, ' | ')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&')
    .replace(/[ \n]*\n[ \n]*/g, '\n')

describe('reportHtml', () => {
  it('holds what the terminal says', () => {
    const text = read(reportHtml(report))
    for (const words of [
      'invoices-2010-12: done',
      '42,481 rows read = 42,340 in communications + 140 in rejects + 1 filtered',
      '1,885 communications made, 140 rejected.',
      'lines.amount | 748,957.020 | 748,957.02 | 748,000.00 | 957.02',
      'pdf | 1,885 | 0 | 0 | 0 | 3,012 pages, 38.2 MB',
      'sms | 1,500 | 385 (385 no address) | 0 | 0 | 1,620 parts, 250.0 kB',
      'total | 1,885 | 748,957.02',
      'total pdf | 1,885 | 748,957.02 | as in the data',
      'total sms | 1 | 1,748.50 | 1,748.05 in the data',
      'pdf | 1,885 | 3,012 |  | 1,760.43',
      'sms GB | 800 |  | 900 | 33.4004',
      'sms UA | 700 |  | 720 | no price',
      'Total |  |  |  | 1,793.8304 EUR',
      'What has no price is not in the total.',
      'over all that went out: beef',
      '2010-12.csv:13',
      '385 × sms skipped: no address',
    ]) {
      expect(text).toContain(words)
    }
  })

  it('says at once how the run ended', () => {
    const verdict = (exit: Report['exit']): string => read(reportHtml({ ...report, exit }))
    expect(verdict(3)).toContain('Done, but not all of it.')
    expect(verdict(4)).toContain('Do not send it.')
    expect(verdict(5)).toContain('no piece was made')
  })

  it('says no more than is so', () => {
    const words = (more: Partial<Report>): string => read(reportHtml({ ...report, ...more }))
    expect(words({})).toContain(
      'Done. Every row and every communication is accounted for. 140 rejects, within the allowance. The control totals are as expected.',
    )
    const communications = { made: 6, rejected: 2, alreadyIssued: 2 }
    const sums = { amount: { expected: null, read: '1', accepted: '1', rejected: '0', unreadable: 11 } }
    expect(words({ communications, sums })).toContain(
      'Done. Every row and every communication is accounted for. 2 documents issued before, and not again. No control totals were given: whether the input was whole is not known. 11 values could not be read.',
    )
  })

  it('lets no text of the outside world become markup', () => {
    const hostile = '<img src=x onerror="alert(1)">&\''
    const page = reportHtml({
      ...report,
      run: hostile,
      template: hostile,
      period: hostile,
      data: { sha256: 'x', files: [{ file: hostile, rows: 1, filtered: 0, sha256: hostile }] },
      sums: { [hostile]: { expected: null, read: '1', accepted: '1', rejected: '0', unreadable: 0 } },
      pieces: { [hostile]: { rendered: 1, skipped: 0, held: 0, failed: 0 } },
      rejects: [{ code: hostile, count: 1, places: [{ file: hostile, line: 1 }] }],
      notRendered: [{ channel: hostile, outcome: 'failed', reason: hostile, count: 1 }],
      refused: [{ code: 'run.control', message: hostile, place: { file: hostile } }],
      warnings: [{ code: 'run.kit', message: hostile }],
    })
    expect(page).not.toContain('<img')
    expect(page.match(/&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;&amp;&#x27;/g)?.length).toBeGreaterThan(10)
  })

  it('needs nothing from anywhere', () => {
    expect(reportHtml(report)).not.toMatch(/<script|https?:|url\(|@import/)
  })
})
