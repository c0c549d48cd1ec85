/** A clean.js that goes by more than the row: refused, since what it keeps of a row would come into another's. */
import { expect, test } from 'vitest'
import { intake, words } from './batch.ts'

const rows = Array.from({ length: 150 }, (_, at) => `K-${at + 1},name ${at + 1}`)
const files = { 'a.csv': `id,name\n${rows.join('\n')}\n` }
const fields = { id: 'id', name: 'name', note: 'note' }
const cleaned = (text: string) => intake({ files, fields, root: { clean: { file: 'jobs/clean.js', text } } })

test.each([
  ['the row before', 'let last; export default row => { row.note = last ?? ""; last = row.name; return row }', 2],
  ['ids met before', 'const met = new Set(); export default row => met.has(row.id) ? null : (met.add(row.id), row)', 2],
  ['how many there were', 'let n = 0; export default row => ({ ...row, note: String(Math.floor(++n / 150)) })', 102],
  [
    'the row before, where a row has nothing of its own',
    `let last
     export default (row, { line }) => {
       if (line % 100 !== 2) row.note = last ?? ''
       last = row.name
       return row
     }`,
    40,
  ],
])('by %s', async (_, text, line) => {
  const { faults } = await cleaned(text)
  expect(words(faults)).toEqual([
    `clean.state a.csv:${line}: jobs/clean.js says something else of this row when it gets it again -- let it depend on the row alone: not on rows before it, the clock or chance`,
  ])
})

test.each([
  ['Math.random()', 'Math.random() asks chance'],
  ['new Date().getFullYear()', 'new Date() asks the clock'],
])('by %s, be it in one row alone', async (call, said) => {
  const { faults } = await cleaned(
    `export default (row, { line }) =>\n  line === 77 ? { ...row, note: String(${call}) } : row`,
  )
  expect(words(faults)).toEqual([
    `clean.state a.csv:77: jobs/clean.js:2: ${said} -- the same rows have to give the same pieces: let it depend on what it is handed; the day of the run is run.date in prepare.js`,
  ])
})

test('one that goes by the row alone may filter, reject, throw and work out amounts', async () => {
  const { faults, made } = await cleaned(`export default (row, { decimal, reject, line }) => {
    if (line % 4 === 0) return null
    if (line % 7 === 0) reject('not wanted')
    if (line % 9 === 0) throw new Error('no')
    return { ...row, note: decimal(String(line)).times('2') }
  }`)
  expect(words(faults)).toEqual([])
  expect(made.length).toBeGreaterThan(50)
})
