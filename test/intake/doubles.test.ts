/** Rows of one list that say the same. */
import { describe, expect, test } from 'vitest'
import { file, intake, many } from './batch.ts'

const lines = [{ code: 'code' }] as const
const doubled = async (text: string) =>
  (await intake({ files: { 'a.csv': `id,code,at\n${text}` }, fields: { id: 'id', lines } })).summary.doubled

describe('rows that say the same', () => {
  test('are counted, and the first of them told with the row before', async () => {
    expect(await doubled('A,x,1\nB,x,1\nA,y,2\nA,x,1\nA,x,1\nB,x,1\nA,x,1\nA,x,1\n')).toEqual({
      count: 5,
      places: ['a.csv:2 and 5', '2 and 6', '2 and 8'],
    })
  })

  test('say it in all columns, also in those that the job does not draw', async () => {
    expect(await doubled('A,x,1\nA,x,2\nA,,12\nA,1,2\n')).toEqual({ count: 0, places: [] })
    expect(await doubled('A,x,1\nB,x,1\n')).toEqual({ count: 0, places: [] })
  })

  test('are found among many', async () => {
    const many = Array.from({ length: 200 }, (_, at) => `A,x,${at}\n`).join('')
    expect(await doubled(`${many}A,x,7\n`)).toEqual({ count: 1, places: ['a.csv:9 and 202'] })
  })

  test('are found in joined files and in JSON', async () => {
    const joined = await intake({
      files: {
        'a.csv': 'id\nA\nB\n',
        'b.jsonl': '{"of":"A","n":1}\n{"of":"B","n":1}\n{"of":"A","n":1}\n{"of":"A","n":2}\n',
      },
      fields: { id: 'id', parts: many(file('b.jsonl'), 'of', 'id', { n: 'n' }) },
    })
    expect(joined.summary.doubled).toEqual({ count: 1, places: ['b.jsonl:1 and 3'] })
  })
})
