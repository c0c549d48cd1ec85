/** A report of a month, for tests of how it is told. */
import type { Report } from '../../src/model/index.ts'

export const report: Report = {
  platen: '0.1.0',
  run: 'invoices-2010-12',
  job: 'invoices',
  template: 'invoice',
  period: '2010-12',
  date: '2010-12-31',
  data: { sha256: 'x', files: [] },
  rows: { read: 42481, communications: 42340, rejected: 140, filtered: 1 },
  communications: { made: 1885, rejected: 140, alreadyIssued: 0 },
  pieces: {
    pdf: { rendered: 1885, skipped: 0, held: 0, failed: 0 },
    sms: { rendered: 1500, skipped: 385, held: 0, failed: 0 },
  },
  measures: {
    pdf: { pages: 3012, parts: 0, bytes: 38_200_000 },
    sms: { pages: 0, parts: 1620, bytes: 250_000 },
  },
  facts: { total: { documents: 1885, sum: '748957.02' }, amount: { documents: 1, sum: '12.5' } },
  readBack: [
    { channel: 'pdf', fact: 'total', pieces: 1885, read: '748957.02', data: '748957.02', agrees: true },
    { channel: 'sms', fact: 'total', pieces: 1, read: '1748.50', data: '1748.05', agrees: false },
  ],
  cost: {
    currency: 'EUR',
    total: '1793.8304',
    lines: [
      { channel: 'pdf', pieces: 1885, pages: 3012, parts: 0, amount: '1760.43' },
      { channel: 'sms', country: 'GB', pieces: 800, pages: 0, parts: 900, amount: '33.4004' },
      { channel: 'sms', country: 'UA', pieces: 700, pages: 0, parts: 720, amount: null },
    ],
  },
  sums: {
    'lines.amount': {
      expected: '748957.020',
      read: '748957.02',
      accepted: '748000.00',
      rejected: '957.02',
      unreadable: 0,
    },
  },
  rejects: [{ code: 'prepare.rejected', count: 140, places: [{ file: '2010-12.csv', line: 13 }] }],
  notRendered: [{ channel: 'sms', outcome: 'skipped', reason: 'no address', count: 385 }],
  lots: 4,
  manifests: 'beef',
  kit: 'f00d',
  refused: [],
  warnings: [],
  timing: { startedAt: '2026-11-22T04:05:06.789Z', finishedAt: '2026-11-22T04:06:08.289Z', seconds: 61.5 },
  exit: 0,
}
