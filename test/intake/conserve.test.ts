/** Nothing vanishes: laws that hold for any rows, dirt, line endings and encodings; and the real month. */

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Assembled } from '../../src/model/index.ts'
import { file, intake, many } from './batch.ts'

const cell = fc.string({ unit: fc.constantFrom('1', '2', 'a', 'A', ' ', '"', ',', 'й', '\u0306', '\n'), maxLength: 4 })
const ending = fc.constantFrom('\n', '\r\n', '\r')

describe('laws', () => {
  test('every row of the data file and of children ends in exactly one communication, reject or filter', async () => {
    const line = fc.tuple(
      fc.oneof(cell, fc.string({ unit: fc.constantFrom('1', '2', '3'), minLength: 1, maxLength: 1 })),
      cell,
      ending,
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 25 }),
        fc.array(line, { maxLength: 25 }),
        fc.boolean(),
        fc.boolean(),
        async (rows, children, wide, listed) => {
          const text = (head: string, lines: typeof rows): Buffer =>
            Buffer.from(
              `\ufeff${head}\n${lines.map(([a, b, end]) => `${a},${b}${end}`).join('')}`,
              wide ? 'utf16le' : 'utf8',
            )
          const clean = {
            file: 'clean.js',
            text: `export default row => { if (row.n === '1') return null; if (row.n === '2') throw new Error('x'); row.id = row.id.trim(); return row }`,
          }
          const { assembled, figures, summary, faults } = await intake({
            files: {
              'a.csv': text('id,n', rows),
              'b.csv': text('id,m', children),
              'c.csv': text('m,x', children),
              'd.csv': text('n,y', rows),
            },
            root: { clean },
            fields: {
              id: 'id',
              children: many(file('b.csv'), 'id', 'id', { m: 'm', deeper: many(file('c.csv'), 'm', 'm', { x: 'x' }) }),
              ...(listed ? { lines: [{ n: 'n' }] } : { others: many(file('d.csv'), 'n', 'n', { y: 'y' }) }),
            },
            more: { sums: ['children.m', listed ? 'lines.n' : 'others.y'] },
          })
          expect(faults).toEqual([])
          const ended = (index: number): number[] =>
            assembled.flatMap(each => each.rows.filter(row => row.file === index).map(row => row.start))
          for (const index of [0, 1, 2, 3]) expect(new Set(ended(index)).size).toBe(ended(index).length)
          expect(ended(0).length + (figures[0]?.filtered ?? 0)).toBe(figures[0]?.rows)
          // Children of a filtered parent follow it; all others come out.
          const owned = figures.slice(1).filter(each => each.owned)
          const out = assembled.flatMap(each => each.rows.filter(row => row.file > 0)).length
          expect(out + summary.followed).toBe(owned.reduce((sum, { rows: read, filtered }) => sum + read - filtered, 0))
          expect(summary.rows.communications + summary.rows.rejected + summary.rows.filtered).toBe(summary.rows.read)
          const ids = assembled.flatMap(({ id }) => (id === undefined ? [] : [id]))
          expect(new Set(ids).size).toBe(ids.length)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('where the rows of a key stand changes nothing but the order', async () => {
    const row = fc.tuple(fc.constantFrom('A', 'B', 'C', 'd"x', ''), fc.integer({ min: 0, max: 9 }))
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.infiniteStream(fc.nat()), async (rows, random) => {
        // A stable shuffle between keys: rows of one key keep their order.
        const queues = Map.groupBy(rows, ([id]) => id)
        const shuffled: typeof rows = []
        while (queues.size > 0) {
          const keys = [...queues.keys()]
          const id = keys[(random.next().value as number) % keys.length] as (typeof keys)[number]
          const queue = queues.get(id) as typeof rows
          shuffled.push(queue.shift() as (typeof rows)[number])
          if (queue.length === 0) queues.delete(id)
        }
        const made = async (order: typeof rows): Promise<unknown> => {
          const { assembled } = await intake({
            files: { 'a.csv': `id,n\n${order.map(([id, n]) => `${id},${n}\n`).join('')}` },
            fields: { id: 'id', lines: [{ n: 'n' }] },
          })
          const shown = (each: Assembled): unknown =>
            each.kind === 'communication'
              ? [each.id, each.data]
              : [each.id, each.faults.map(({ code }) => code), each.rows.length]
          return assembled.map(each => JSON.stringify(shown(each))).sort()
        }
        expect(await made(shuffled)).toEqual(await made(rows))
      }),
      { numRuns: 40 },
    )
  })

  test('an abort ends it with the reason, and leaves nothing open', async () => {
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    await expect(intake({ files: { 'a.csv': 'id\n1\n' }, more: { signal: controller.signal } })).rejects.toThrow(
      'enough',
    )
  })
})

describe('Online Retail, December 2010', () => {
  test('42,481 rows, 2,025 numbers, 748,957.02', async () => {
    const bytes = readFileSync(new URL('../../examples/retail/data/2010-12.csv', import.meta.url))
    const reports: number[] = []
    const { summary, rejects, made, figures } = await intake({
      files: { '2010-12.csv': bytes },
      key: 'InvoiceNo',
      root: {
        date: 'yyyy-MM-dd HH:mm:ss',
        clean: {
          file: 'clean.js',
          text: 'export default (row, { decimal }) => ({ ...row, amount: decimal(row.Quantity).times(row.UnitPrice) })',
        },
      },
      fields: { number: 'InvoiceNo', issued: 'InvoiceDate', lines: [{ description: 'Description', amount: 'amount' }] },
      schema: {
        properties: {
          number: { type: 'string' },
          issued: { type: 'string', format: 'date' },
          lines: { items: { properties: { description: {}, amount: { type: 'string', format: 'decimal' } } } },
        },
      },
      more: { sums: ['lines.amount'], progress: rows => void reports.push(rows) },
    })
    expect(figures[0]).toMatchObject({ rows: 42481, damaged: 0, filtered: 0 })
    expect(made.length + rejects.length).toBe(2025)
    expect(rejects.map(({ id, rows }) => [id, rows.length])).toEqual([['536591', 40]])
    expect(summary.rows).toEqual({ read: 42481, communications: 42441, rejected: 40, filtered: 0 })
    expect(summary.sums['lines.amount']).toEqual({
      accepted: '748758.70',
      rejected: '198.32',
      total: '748957.02',
      unreadable: 0,
    })
    expect(reports.at(-1)).toBe(42481)
    expect(made.find(({ data }) => (data['lines'] as unknown[]).length === 675)).toBeDefined()
  })
})
