/** The scratch: rows by communication in the order of first rows, children by claim, nothing left behind. */
import { describe, expect, test } from 'vitest'
import { openScratch } from '../../src/ledger/scratch.ts'
import type { NewRow, RowStore } from '../../src/model/index.ts'

function add(store: RowStore, file: number, key: string | undefined, more: Partial<NewRow> = {}): void {
  const seq = more.seq ?? store.next()
  store.add({
    seq,
    place: { file, line: seq + 1, start: seq, end: seq + 1 },
    cells: `["${key ?? ''}"]`,
    owned: true,
    links: [],
    ...(key === undefined ? {} : { key: { text: key, drawn: key.toLowerCase() } }),
    ...more,
  })
}

const walked = (store: RowStore): unknown[] =>
  [...store.walk()].flatMap(({ rows }) => rows.map(({ key, seq }) => [key, seq]))

describe('scratch', () => {
  test('rows of a key come together, keys in the order of their first rows, lone rows among them', () => {
    const store = openScratch()
    for (const key of ['b', 'a', undefined, 'b', 'c', 'a']) add(store, 0, key)
    add(store, 1, undefined)
    store.index([])
    expect(walked(store)).toEqual([
      ['b', 1],
      ['b', 4],
      ['a', 2],
      ['a', 6],
      [undefined, 3],
      ['c', 5],
    ])
    store.close()
  })

  test('a row that was noted and comes late still counts as its first', () => {
    const store = openScratch()
    const early = store.next()
    store.note('early')
    for (const key of ['a', 'b']) add(store, 0, key)
    expect([...store.notes()]).toEqual(['early'])
    expect([...store.notes()]).toEqual([])
    expect([store.known('b'), store.known('x')]).toEqual([true, false])
    add(store, 0, 'b', { seq: early })
    store.index([])
    expect(walked(store)).toEqual([
      ['b', 1],
      ['b', 3],
      ['a', 2],
    ])
    store.close()
  })

  test('rows of a key that follow each other come back as they came, however many of them are kept as one', () => {
    const store = openScratch()
    const came: unknown[] = []
    const put = (key: string, more: Partial<NewRow> = {}): void => {
      const seq = more.seq ?? store.next()
      const place = { file: 0, line: 2 * seq, start: 10 * seq, end: 10 * seq + 9 }
      const row = { seq, place, cells: `["${key}","row ${seq}"]`, print: -seq, owned: true, ...more }
      store.add({ links: [], ...row, key: { text: key, drawn: key } })
      came.push([key, seq, place, row.print, row.faults, [key, `row ${seq}`]])
    }
    const late = store.next()
    for (let at = 0; at < 100; at += 1) put('a')
    put('a', { faults: '[]' })
    put('a')
    put('b', { cells: JSON.stringify(['b', `row ${late + 103}`, 'x'.repeat(70_000)]) })
    put('b')
    const filtered = store.next()
    put('b')
    put('b', { seq: late })
    store.index([])
    const runs = [...store.walk()]
    const went = runs.flatMap(({ rows, cells = '' }) =>
      rows.map(({ key, seq, place, print, faults }, at) => {
        return [key, seq, place, print, faults, (JSON.parse(cells) as string[][])[at]?.slice(0, 2)]
      }),
    )
    // The row that came late is the first of `b`, which is first then.
    expect(went).toEqual([...came.slice(-1), ...came.slice(102, -1), ...came.slice(0, 102)])
    expect(runs.map(({ rows }) => rows.length)).toEqual([1, 1, 1, 1, 64, 36, 1, 1])
    expect(filtered).toBe(late + 105)
    store.close()
  })

  test('claims: first and last, children, orphans', () => {
    const store = openScratch()
    add(store, 0, 'a', { links: [[1, 'x']] })
    add(store, 0, 'b', { links: [[1, 'x']] })
    add(store, 0, 'c', { links: [[1, 'y']] })
    for (const value of ['x', 'y', 'z']) add(store, 1, undefined, { links: [[2, value]] })
    store.index([{ node: 1, parent: 0, ours: 1, theirs: 2, owns: true }])
    const [shared] = store.matches(2, 'x')
    expect(store.claimants(shared?.rows[0]?.id ?? 0)).toEqual({ first: 1, last: 2 })
    expect(store.children(1).map(({ rows }) => rows[0]?.seq)).toEqual([4])
    expect(store.children(2)).toEqual([])
    expect([...store.orphans(1)].map(({ rows }) => rows[0]?.seq)).toEqual([6])
    expect(() => add(store, 0, 'd')).toThrow('bug')
    store.close()
  })

  test('twins, aliases and what was dropped', () => {
    const store = openScratch()
    for (const key of ['a', 'b', 'A']) add(store, 0, key)
    store.alias(1, 'a.0', 'a')
    store.alias(1, 'a.0', 'a')
    store.drop(2, 'x')
    store.drop(2, 'x')
    expect(store.aliases(1, 'a.0')).toEqual(['a'])
    expect([store.dropped(2, 'x'), store.dropped(1, 'x')]).toEqual([true, false])
    store.index([])
    expect(store.twin({ text: 'a', drawn: 'a' })?.line).toBe(4)
    expect(store.twin({ text: 'b', drawn: 'b' })).toBeUndefined()
    store.close()
  })
})
