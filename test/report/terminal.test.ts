import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/index.ts'
import { reportLines } from '../../src/report/index.ts'
import { report } from './report.ts'

describe('reportLines', () => {
  it('tells what came in, what went out, and that it adds up', () => {
    expect(
      reportLines(report, 'out/invoices-2010-12').join('\n'),
    ).toBe(`invoices-2010-12: done (invoice, dated 2010-12-31, 1 min 2 s)

  rows            42,481 read = 42,340 in communications + 140 in rejects + 1 filtered
  communications  1,885 made, 140 rejected
  rejects         140 × data that prepare.js rejects (prepare.rejected)
  pdf             1,885 rendered, 3,012 pages, 38.2 MB
  sms             1,500 rendered, 1,620 parts, 250.0 kB, 385 skipped (385 no address)
  fact            total: 748,957.02 in 1,885 documents
  fact            amount: 12.5 in 1 document
  read back       total: 748,957.02 from 1,885 pieces of pdf, as in the data
  read back       total: 1,748.50 from 1 piece of sms, and 1,748.05 in the data
  cost            1,793.8304 EUR (pdf 1,760.43, sms 33.4004; no price for sms to UA)
  sms by country  GB 33.4004 for 900 parts, UA without a price for 720 parts
  sum             lines.amount: 748,957.02 = 748,000.00 accepted + 957.02 rejected, as expected

  pieces          out/invoices-2010-12/lot-*
  rejects         out/invoices-2010-12/rejects.csv, original lines in out/invoices-2010-12/rejects/
  report          out/invoices-2010-12/report.html to sign off, out/invoices-2010-12/report.json
  events          9, head c0de`)
  })

  it('tells what each of a few countries costs, dearest first, and of one alone nothing more', () => {
    const lines = ['UA', 'PL', 'DE', 'AT', 'CH', 'FR', 'IT', 'ES', undefined].map((country, at) => ({
      channel: 'sms',
      ...(country === undefined ? {} : { country }),
      pieces: at + 1,
      pages: 0,
      parts: at + 1,
      amount: String(at + 0.5),
    }))
    const told = (few: number): string =>
      reportLines({ ...report, cost: { currency: 'EUR', total: '40.5', lines: lines.slice(-few) } }, 'out').join('\n')
    expect(told(9)).toContain(
      '  sms by country  other 8.50 for 9 parts, ES 7.50 for 8 parts, IT 6.50 for 7 parts, FR 5.50 for 6 parts, CH 4.50 for 5 parts, AT 3.50 for 4 parts, 3 more 4.50\n',
    )
    expect(told(7)).not.toContain(' more ')
    expect(told(1)).not.toContain('by country')
  })

  it('tells control totals that are no sums, and sums in several currencies', () => {
    const told = (more: Partial<Report>): string => reportLines({ ...report, ...more }, 'out').join('\n')
    expect(told({ expected: { rows: 42_481, communications: 1 } })).toContain(
      'expected        42,481 rows of the first file and 1 communication, as found',
    )
    expect(told({ currencies: { total: { EUR: { documents: 2, sum: '1200.00' } } } })).toContain(
      'fact            total: 1,200.00 EUR in 2 documents',
    )
  })

  it('tells why a run is refused', () => {
    const refused: Report = {
      ...report,
      communications: { made: 0, rejected: 0, alreadyIssued: 0 },
      rejects: [],
      pieces: {},
      sums: {
        'lines.amount': {
          expected: '748957.02',
          read: '700000.02',
          accepted: '700000.02',
          rejected: '0',
          unreadable: 2,
        },
      },
      refused: [
        {
          code: 'run.control',
          message: 'rows should be 5, and 4 were read',
          place: { file: 'c.yaml' },
          hint: 'is it whole?',
        },
      ],
      warnings: [{ code: 'run.dropped', message: 'fields are dropped', hint: 'name them in schema.json' }],
      exit: 5,
    }
    expect(
      reportLines(refused, 'out/x').join('\n'),
    ).toBe(`invoices-2010-12: refused: no piece was made (invoice, dated 2010-12-31, 1 min 2 s)

  rows            42,481 read = 42,340 in communications + 140 in rejects + 1 filtered
  communications  0 could be made, 0 rejected
  sum             lines.amount: 700,000.02 = 700,000.02 accepted + 0 rejected, expected 748,957.02, 2 values unreadable

c.yaml: rows should be 5, and 4 were read
  hint: is it whole?

warning: fields are dropped
  hint: name them in schema.json

  report          out/x/report.html, out/x/report.json
  events          9, head c0de`)
  })

  it('tells what is not whole', () => {
    const incomplete: Report = {
      ...report,
      exit: 3,
      pieces: { pdf: { rendered: 1883, skipped: 0, held: 1, failed: 1 } },
      notRendered: [{ channel: 'pdf', outcome: 'failed', reason: 'pdf.fit', count: 1 }],
    }
    const lines = reportLines(incomplete, 'out/x')
    expect(lines[0]).toContain('done, but not all of it')
    expect(lines).toContain('  pdf             1,883 rendered, 3,012 pages, 38.2 MB, 1 held, 1 failed')
    expect(lines).toContain('1 × pdf failed: pdf.fit')
    expect(reportLines({ ...report, exit: 4 }, 'out/x')[0]).toContain('does not add up')
  })

  it('does not call a sum expected where values of it could not be read, nor where it differs', () => {
    const sum = (more: object) =>
      reportLines(
        {
          ...report,
          sums: { a: { expected: '10', read: '10.00', accepted: '10.00', rejected: '0', unreadable: 0, ...more } },
        },
        'x',
      ).find(line => line.includes('a: '))
    expect(sum({})).toMatch(/, as expected$/)
    expect(sum({ unreadable: 1 })).toMatch(/, expected 10, 1 value unreadable$/)
    expect(sum({ expected: '100' })).toMatch(/, expected 100$/)
    expect(sum({ expected: null })).toMatch(/rejected$/)
  })
})
