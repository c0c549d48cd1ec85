/** Files that are refused as a whole: each with its text, place and hint. */
import { describe, expect, test } from 'vitest'
import { type Batch, file, intake, many, one, words } from './batch.ts'

const fields = { id: 'id', name: 'name' }

async function refused(batch: Batch): Promise<string[]> {
  const { faults } = await intake(batch)
  expect(faults.length).toBeGreaterThan(0)
  return words(faults)
}

describe('a file is refused', () => {
  test('that is not there', async () => {
    const customers = file('customers.csv')
    expect(await refused({ files: { 'a.csv': 'id,c\n' }, fields: { id: 'id', c: one(customers, 'c', 'c') } })).toEqual([
      'intake.file customers.csv: the file is not there -- paths in a job are relative to the job file; --data names another file',
    ])
  })

  test('that does not decode, with line and byte', async () => {
    const bytes = Buffer.concat([Buffer.from('id,name\n1,a\n2,'), Buffer.from([0xcf, 0xee, 0x0a])])
    expect(await refused({ files: { 'a.csv': bytes }, fields })).toEqual([
      'intake.undecodable a.csv:3: the file is not utf-8: byte 0xCF at offset 14 is no text -- set encoding: in the job to what the file was written in, for example windows-1250, windows-1251 or windows-1252',
    ])
    expect(
      await refused({
        files: { 'a.csv': Buffer.concat([Buffer.from('id,name\n1,b\n', 'utf16le'), Buffer.from([1])]) },
        root: { encoding: 'utf-16le' },
        fields,
      }),
    ).toEqual([
      'intake.undecodable a.csv:3: the file is not utf-16le: byte 0x01 at offset 24 is no text -- is the file cut off, or the encoding in the job wrong?',
    ])
  })

  test('that does not decode among rows with quotes, which are decoded together', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,name\n1,a\n"2","b"\n"3","'),
      Buffer.from([0xcf]),
      Buffer.from('"\n4,c\n'),
    ])
    expect(await refused({ files: { 'a.csv': bytes }, fields })).toEqual([
      'intake.undecodable a.csv:4: the file is not utf-8: byte 0xCF at offset 25 is no text -- set encoding: in the job to what the file was written in, for example windows-1250, windows-1251 or windows-1252',
    ])
  })

  test('that is UTF-8 in the guise of a single-byte encoding, with the place where it slips', async () => {
    const text = `id,name\n1,a\n2,${'Фёдор'}\n3,${'Żółć'}\n`
    for (const encoding of ['windows-1251', 'windows-1252', 'koi8-u']) {
      expect(await refused({ files: { 'a.csv': text }, root: { encoding }, fields })).toEqual([
        `intake.undecodable a.csv:3: the file is not ${encoding}: from byte 0xD0 at offset 14 on, all of it is utf-8 -- set encoding: utf-8 in the job`,
      ])
    }
  })

  test('that is empty', async () => {
    expect(await refused({ files: { 'a.csv': '\n\n' }, fields })).toEqual([
      'intake.empty a.csv: the file is empty -- a file has to begin with a line that names its columns',
    ])
  })

  test('whose header lacks columns of the job, all at once, with the nearest names', async () => {
    const lines = file('lines.csv')
    expect(
      await refused({
        files: { 'a.csv': 'id,nmae\n1,x\n', 'lines.csv': 'di,code\n' },
        fields: { ...fields, lines: many(lines, 'id', 'id', { code: 'code', colour: 'colour' }) },
      }),
    ).toEqual([
      'intake.column a.csv:1: the column name is not in the file -- did you mean "nmae"?',
      'intake.column lines.csv:1: the column id is not in the file -- known: di, code',
      'intake.column lines.csv:1: the column colour is not in the file -- known: di, code',
    ])
  })

  test('where a column is neither in the header nor set by clean.js, or by no row of JSON', async () => {
    const clean = { file: 'clean.js', text: 'export default row => ({ ...row, total: "1" })' }
    expect(
      await refused({ files: { 'a.csv': 'id\n1\n' }, root: { clean }, fields: { id: 'id', total: 'totl' } }),
    ).toEqual(['intake.column a.csv:1: the column totl is not in the file -- did you mean "total"?'])
    expect(await refused({ files: { 'a.jsonl': '{"id":1,"nmae":"x"}\n' }, fields })).toEqual([
      'intake.column a.jsonl: the column name is not in the file -- did you mean "nmae"?',
    ])
    expect(await refused({ files: { 'a.jsonl': '{"ref":1}\n' }, fields: { ref: 'ref' } })).toEqual([
      'intake.column a.jsonl: the column id is not in the file -- known: ref',
    ])
  })

  test('whose header has names twice, none, or unreadable ones; a trailing delimiter is borne', async () => {
    const message = async (header: string | Uint8Array): Promise<string[]> =>
      refused({ files: { 'a.csv': header }, fields: { id: 'id' } })
    expect(await message('id,a, a\n')).toEqual([
      'intake.header a.csv:1: columns 2 and 3 have the same name (found "a") -- give each column a name of its own',
    ])
    expect(await message('id,,b\n')).toEqual([
      'intake.header a.csv:1: column 2 has no name -- the first line of the file has to name its columns',
    ])
    expect(await message('id,"a\nb"\n')).toEqual([
      'intake.header a.csv:1: the name of column 2 has a control character in it (found "a�b") -- the first line of the file has to name its columns',
    ])
    expect(await message(',,\n')).toEqual([
      'intake.header a.csv:1: the header names no columns -- the first line of the file has to name its columns',
    ])
    expect(await message('id,"a\n1,2\n')).toEqual([
      'intake.header a.csv:1: the header cannot be read: a quote is opened and not closed where the field ends -- close the quote, or write a quote inside a field twice',
    ])
    expect((await message(Buffer.from('id,a\n', 'utf16le')))[0]).toContain('set encoding: utf-16le')
    const { made } = await intake({ files: { 'a.csv': 'id,a,\n1,2,\n' }, fields: { id: 'id' } })
    expect(made.map(({ data }) => data)).toEqual([{ id: '1' }])
  })

  test('whose header is called otherwise is named by the line that it stands on', async () => {
    expect(await refused({ files: { 'a.csv': '\n\n\nid,nmae\n1,x\n' }, fields })).toEqual([
      'intake.column a.csv:4: the column name is not in the file -- did you mean "nmae"?',
    ])
    expect(await refused({ files: { 'a.csv': '\n\nID,Name\n1,x\n' }, fields })).toEqual([
      'intake.column a.csv:3: the column id is not in the file -- did you mean "ID"?',
      'intake.column a.csv:3: the column name is not in the file -- did you mean "Name"?',
    ])
    const clean = { file: 'clean.js', text: 'export default row => row' }
    expect(await refused({ files: { 'a.csv': '\nid,nmae\n1,x\n' }, root: { clean }, fields })).toEqual([
      'intake.column a.csv:2: the column name is not in the file -- did you mean "nmae"?',
    ])
  })

  test('without a header is told so, and no customer is quoted for a column', async () => {
    const olena = 'Olena Kovalenko'
    const says = async (text: string, more: Partial<Batch> = {}): Promise<string[]> => {
      const found = await refused({ files: { 'a.csv': text }, fields, ...more })
      expect(found.join()).not.toMatch(/Olena|Harbour|1001/)
      return found
    }
    expect(await says(`1001,${olena}\n1002,x\n`)).toEqual([
      'intake.column a.csv:1: the first line does not look like a header: none of its 2 columns has a name that the job knows -- put a line with the names of the columns first: id, name',
    ])
    expect(await says(`${olena},${olena}\n`)).toEqual([
      'intake.header a.csv:1: columns 1 and 2 have the same name -- this does not look like a header: the first line of the file has to name its columns',
    ])
    expect(await says(`1001,"12 Harbour\nStreet"\n`)).toEqual([
      'intake.header a.csv:1: the name of column 2 has a control character in it -- this does not look like a header: the first line of the file has to name its columns',
    ])
    expect(await says(`1001;${olena}\n`)).toEqual([
      'intake.column a.csv:1: the header is one column for the delimiter "," -- set delimiter: ";" in the job',
    ])
    expect(await says(`1001\t${olena}\n`)).toEqual([
      'intake.header a.csv:1: the header is one column, with tabs in it -- set delimiter: "\\t" in the job',
    ])
    expect((await refused({ files: { 'a.csv': 'id|name|a;b\n' }, fields }))[0]).toContain(
      'set delimiter: "|" in the job',
    )
    expect(await refused({ files: { 'a.csv': 'id;nmae\n' }, fields })).toEqual([
      'intake.column a.csv:1: the header is one column for the delimiter "," (found "id;nmae") -- set delimiter: ";" in the job',
    ])
    const clean = { file: 'clean.js', text: 'export default row => row' }
    expect(await says(`1001,${olena}\n1002,x\n`, { root: { clean } })).toEqual([
      'intake.column a.csv:1: the first line does not look like a header: none of its 2 columns has a name that the job knows -- put a line with the names of the columns first: id, name',
    ])
    const json = { files: { 'a.jsonl': `{"1001":"${olena}","${olena}":1}\n` } }
    expect(await says('', json)).toEqual([
      'intake.column a.jsonl: the column id is not in the file -- no name in the file is one that the job knows',
    ])
  })

  test('with a line longer than memory should hold', async () => {
    expect(await refused({ files: { 'a.csv': `id,name\n1,${'x'.repeat(17 * 1024 * 1024)}` }, fields })).toEqual([
      'intake.long a.csv:2: a row is longer than 16 MB -- look for another kind of file, or line endings other than \\n, \\r\\n and \\r',
    ])
  })

  test('with an element of JSON longer than that', async () => {
    const text = `[{"id":1},\n{"id":2,"name":"${'x'.repeat(17 * 1024 * 1024)}"}]`
    expect(await refused({ files: { 'a.json': text }, fields })).toEqual([
      'intake.long a.json:2: a row is longer than 16 MB -- look for another kind of file, or a bracket or quote that is not closed',
    ])
  })

  test('that should be a list of JSON and is not', async () => {
    expect(await refused({ files: { 'a.json': '{"id":1}' }, fields: { id: 'id' } })).toEqual([
      'intake.json a.json:1: the file is not a list -- a .json file has to be one list of objects; one object per line is .jsonl',
    ])
  })

  test('and a job that describes a file twice, sums nothing, or brings a script that does not load', async () => {
    const [a, b] = [file('b.csv'), file('b.csv', { delimiter: ';' })]
    expect(
      await refused({
        files: { 'a.csv': 'id\n', 'b.csv': 'id\n' },
        fields: { x: one(a, 'id', 'id'), y: one(b, 'id', 'id') },
      }),
    ).toEqual([
      'intake.same job.yaml: b.csv is described in two different ways (the second under y) -- a file is read once: give it the same conventions and the same clean wherever it is joined',
    ])
    expect(
      await refused({
        files: { 'a.csv': 'id,n\n' },
        fields: { id: 'id', lines: [{ amount: 'n' }] },
        more: { sums: ['lines.amout'] },
      }),
    ).toEqual([
      'intake.sum job.yaml: the sum lines.amout is no field of the job that holds a value -- did you mean "lines.amount"?',
    ])
    const clean = { file: 'clean.js', text: 'export const x = 1' }
    expect((await refused({ files: { 'a.csv': 'id\n' }, root: { clean }, fields: { id: 'id' } }))[0]).toContain(
      'schema.script clean.js',
    )
  })
})
