/** Rows of a joined file that belong to nobody by a slip that nobody sees: who may own them is not billed without them. */
import { expect, test } from 'vitest'
import { file, intake, many, words } from './batch.ts'

const fees = file('fees.csv')
const fields = { id: 'id', fees: many(fees, 'member', 'id', { amount: 'amount' }) }
const joined = (id: string, other: string) =>
  intake({
    files: { 'a.csv': `id\n${id}\nM-2\n`, 'fees.csv': `member,amount\n${id},5.00\n"${other}",7.50\nM-2,1.00\n` },
    fields,
  })

test.each(['M-1001 ', '\u00a0M-1001', 'm-1001', 'M\u20111001', 'M-10\u200b01', 'Ｍ-1001'])('%j', async other => {
  const { made, rejects } = await joined('M-1001', other)
  expect(made.map(({ id }) => id)).toEqual(['M-2'])
  expect(rejects.map(({ faults }) => words(faults))).toEqual([
    [
      "intake.lookalike a.csv:2: line 3 of fees.csv names it by a key that differs only in case, blanks, hyphens or Unicode form -- write both keys alike, or let clean.js do it; if the line is somebody else's, give it the key of that one",
    ],
    [expect.stringContaining('intake.orphan fees.csv:3: ')],
  ])
})

test.each(['M-1002', 'M-100', 'M1001', '1001'])('%j is another key', async other => {
  const { made } = await joined('M-1001', other)
  expect(made.map(({ id }) => id)).toEqual(['M-1001', 'M-2'])
})

test('a key of rows that are joined to rows of their own rejects as well', async () => {
  const parts = file('parts.csv')
  const { made, rejects } = await intake({
    files: {
      'a.csv': 'id\nA\nB\n',
      'bills.csv': 'member,no\nA,b-1\nB,b-2\n',
      'parts.csv': 'bill,amount\nb-1,1\nB-2,2\n',
    },
    fields: {
      id: 'id',
      bills: many(file('bills.csv'), 'member', 'id', {
        no: 'no',
        parts: many(parts, 'bill', 'no', { amount: 'amount' }),
      }),
    },
  })
  expect(made.map(({ id }) => id)).toEqual(['A'])
  expect(rejects.flatMap(({ faults }) => faults.map(({ code }) => code))).toEqual(['intake.lookalike', 'intake.orphan'])
})

test('a row that goes with a parent which clean.js filtered is meant for nobody else', async () => {
  const { made, rejects, summary } = await intake({
    files: { 'a.csv': 'id\nM-1\nm-1\n', 'fees.csv': 'member,amount\nM-1,5.00\nm-1,7.50\n' },
    root: { clean: { file: 'clean.js', text: 'export default row => (row.id === "m-1" ? null : row)' } },
    fields,
  })
  expect(made.map(({ id }) => id)).toEqual(['M-1'])
  expect(rejects).toEqual([])
  expect(summary.rows.filtered).toBe(1)
})
