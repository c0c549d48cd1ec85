/** Rows of a joined file that belong to nobody by a slip that nobody sees: who may own them is not billed without them. */
import { expect, test } from 'vitest'
import { quote } from '../../src/model/index.ts'
import { file, intake, many, one, words } from './batch.ts'

const fees = file('fees.csv')
const fields = { id: 'id', fees: many(fees, 'member', 'id', { amount: 'amount' }) }
const joined = (id: string, other: string) =>
  intake({
    files: { 'a.csv': `id\n${id}\nM-2\n`, 'fees.csv': `member,amount\n${id},5.00\n"${other}",7.50\nM-2,1.00\n` },
    fields,
  })

test.each([
  ['M-1001 ', 'a blank (U+0020) at the end'],
  ['\u00a0M-1001', 'a blank (U+00A0) at the beginning'],
  ['m-1001', 'case'],
  ['M\u20111001', 'the kind of hyphen (U+2011, U+002D)'],
  ['M-10\u200b01', 'an invisible sign (U+200B) inside'],
  ['Ｍ-1001', 'Unicode form'],
  ['М-1001', 'a letter of another script (U+041C)'],
  ['M-1O01', 'a letter for a digit (U+004F)'],
  ['M-1ОО1', 'a letter for a digit (U+041E)'],
  ['M-l001', 'a letter for a digit (U+006C)'],
])('%j', async (other, differ) => {
  const { made, rejects } = await joined('M-1001', other)
  expect(made.map(({ id }) => id)).toEqual(['M-2'])
  expect(rejects.map(({ faults }) => words(faults))).toEqual([
    [
      `intake.lookalike a.csv:2: line 3 of fees.csv names it by a key that differs only by ${differ} (found ${quote(other)}, and here "M-1001") -- write both keys alike, or let clean.js do it; if the line is somebody else's, give it the key of that one`,
    ],
    [
      `intake.orphan fees.csv:3: there is no row with the id that this row names (found ${quote(other)}) -- add the row that it belongs to, or let clean.js filter it`,
    ],
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

test('keys that are private are not quoted', async () => {
  const schema = {
    type: 'object',
    properties: { id: { type: 'string', private: true }, fees: { type: 'array', items: { type: 'object' } } },
  }
  const { rejects } = await intake({
    files: { 'a.csv': 'id\nCANARY\n', 'fees.csv': 'member,amount\nCANARУ ,5.00\n' },
    fields,
    schema,
  })
  const said = rejects.flatMap(({ faults }) => words(faults)).join('\n')
  expect(said).toContain('differs only by a blank and a letter of another script --')
  expect(said).toContain('that this row names --')
  expect(said).not.toContain('CANAR')
})

const products = (code: string, missing: 'absent' | 'fault') =>
  intake({
    files: { 'a.csv': `id,sku\n1,"${code}"\n2,P-2\n3,P-3\n4,\n`, 'p.csv': 'sku,title\nP-1,One\nP-3,Three\n,none\n' },
    fields: { id: 'id', product: one(file('p.csv'), 'sku', 'sku', { title: 'title' }, missing) },
  })

test.each([
  ['P-1 ', 'a blank (U+0020) at the end'],
  ['p-1', 'case'],
  ['P\u20131', 'the kind of hyphen (U+002D, U+2013)'],
  ['P-1\u200b', 'an invisible sign (U+200B) at the end'],
])('%j of a table that may lack it is not taken for absent', async (code, differ) => {
  const { made, rejects } = await products(code, 'absent')
  expect(made.map(({ data }) => data)).toEqual([{ id: '2' }, { id: '3', product: { title: 'Three' } }, { id: '4' }])
  expect(rejects.flatMap(({ faults }) => words(faults))).toEqual([
    `intake.lookalike a.csv:2: product: sku differs from the sku of line 2 of p.csv only by ${differ} (found "P-1", and here ${quote(code)}) -- write both keys alike, or let clean.js do it: missing: absent is for keys that nothing looks like`,
  ])
})

test('a key of nothing but blanks is absent, or missing, and looks like none', async () => {
  expect((await products(' ', 'absent')).rejects).toEqual([])
  expect((await products(' ', 'fault')).rejects.map(({ faults }) => faults[0]?.code)).toEqual([
    'intake.missing',
    'intake.missing',
  ])
})

const ids = (...all: readonly string[]) =>
  intake({ files: { 'a.csv': `id\n${all.map(id => `"${id}"\n`).join('')}` }, fields: { id: 'id' } })

test.each([
  ['КВ 20417', 'KB 20417', 'a letter of another script (U+041A, U+0412)'],
  ['DE-04-1181', 'DE\u201304-1181', 'the kind of hyphen (U+2013)'],
  ['D-E-04', 'd-e\u201104 ', 'a blank (U+0020) at the end and the kind of hyphen (U+2011) and case'],
  ['M  1', 'M 1', 'a blank (U+0020) inside'],
])('two communications %j and %j may be one: both are rejects', async (first, second, differ) => {
  const { made, rejects } = await ids(first, second, 'B')
  expect(made.map(({ id }) => id)).toEqual(['B'])
  const said = (line: number, other: number, own: string, theirs: string) => [
    `intake.lookalike a.csv:${line}: id differs from that of line ${other} only by ${differ} (found ${quote(own)}, and there ${quote(theirs)}) -- write both keys alike, or let clean.js do it; if they are two, give one of them another key`,
  ]
  expect(rejects.map(({ faults }) => words(faults))).toEqual([said(2, 3, first, second), said(3, 2, second, first)])
})

test.each([
  ['12 3', '1 23'],
  ['DE-04', 'DE04'],
  ['B-20', 'B-2O'],
])('two communications %j and %j are two', async (...both) => {
  expect((await ids(...both)).made).toHaveLength(2)
})

test('ids that are private are not quoted where two look alike', async () => {
  const schema = { type: 'object', properties: { id: { type: 'string', private: true } } }
  const { rejects } = await intake({ files: { 'a.csv': 'id\nCANARY\nCANARУ\n' }, fields: { id: 'id' }, schema })
  const said = rejects.flatMap(({ faults }) => words(faults)).join('\n')
  expect(said).toContain('line 3 only by a letter of another script --')
  expect(said).not.toContain('CANAR')
})
