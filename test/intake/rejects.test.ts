/** What people get back: their lines byte for byte, and reasons that no spreadsheet runs. */
import { describe, expect, test } from 'vitest'
import { copyRows, csvCell, disarm, reasonLines, reasonsHeader } from '../../src/intake/index.ts'
import { draw, intake } from './batch.ts'

async function back(name: string, content: string | Uint8Array, fields = { id: 'id', name: 'name' }): Promise<Buffer> {
  const parts: Uint8Array[] = []
  await intake({
    files: { [name]: content },
    fields: draw(fields),
    schema: { required: ['name'] },
    look: async (paths, assembled) => {
      const rows = assembled.flatMap(each => (each.kind === 'reject' ? each.rows : []))
      const headerEnd = name.endsWith('.csv') ? Buffer.from(content).indexOf('\n') + 1 : 0
      const count = await copyRows({
        path: paths[0] as string,
        headerEnd,
        rows: rows.sort((a, b) => a.start - b.start),
        list: name.endsWith('.json'),
        write: bytes => parts.push(bytes),
      })
      expect(count).toBe(rows.length)
    },
  })
  return Buffer.concat(parts)
}

describe('rejects', () => {
  test('the header and the lines come back byte for byte, byte order mark and odd line endings included', async () => {
    const content = Buffer.from('\ufeffid,name\r\n1,a\r\n2,"b\r\n3,\r4,d\n5,')
    expect((await back('a.csv', content)).toString()).toBe('\ufeffid,name\r\n2,"b\r\n3,\r5,')
  })

  test('elements of a JSON file come back as a list of their source text', async () => {
    expect((await back('a.json', '[{"id": 1, "name": "a"},\n {"id":  2} , {"id":3.50}]')).toString()).toBe(
      '[\n{"id":  2} ,\n{"id":3.50}\n]\n',
    )
  })

  test('the header is counted by intake', async () => {
    const { figures } = await intake({ files: { 'a.csv': '\ufeff\nid,name\n1,2\n\n' }, fields: { id: 'id' } })
    expect(figures[0]).toMatchObject({ headerEnd: 12, blank: 1, rows: 1, bytes: 17 })
  })

  test('reasons: a line each, quoted where they must be', () => {
    expect(reasonsHeader).toBe('file,line,id,code,reason\r\n')
    const lines = reasonLines(
      {
        id: '=1+1',
        faults: [
          { code: 'intake.key', message: 'no, "never"', place: { file: 'a.csv', line: 3 }, hint: 'mend it' },
          { code: 'intake.id', message: 'x' },
        ],
        rows: [{ file: 0, line: 2, start: 0, end: 1 }],
      },
      ['a.csv'],
    )
    expect(lines).toBe(`a.csv,3,'=1+1,intake.key,"no, ""never""; mend it"\r\na.csv,2,'=1+1,intake.id,x\r\n`)
  })

  test.each([
    ['=1+1', "'=1+1"],
    [' \u00a0@x', "' \u00a0@x"],
    ['a\n-2', "a\n'-2"],
    ['a\r\n+3\n＝4', "a\r\n'+3\n'＝4"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['a=1', 'a=1'],
    ['', ''],
  ])('disarmed: %j', (text, safe) => {
    expect(disarm(text)).toBe(safe)
    expect(csvCell(text).replace(/^"|"$/g, '')).toBe(safe)
  })
})
