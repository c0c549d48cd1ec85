import { describe, expect, it } from 'vitest'
import { loadJob } from '../../src/job/index.ts'
import { faultsOf, good } from '../outcome.ts'

function load(fields: string) {
  const text = `template: t\nchannels: { pdf: {} }\ndata:\n  file: a.csv\n  key: id\n  delimiter: ";"\n  fields:\n${fields.replace(/^/gm, '    ')}\n`
  return loadJob({ name: 'j', source: { file: 'j.yaml', text }, read: () => undefined, channels: ['pdf'] })
}

describe('fields', () => {
  it('draw columns, groups and rows', () => {
    expect(
      good(load('number: InvoiceNo\nto: { name: Name, place: { city: City } }\nlines: [{ code: Code, at: { x: X } }]'))
        .data.fields,
    ).toEqual({
      number: { kind: 'column', column: 'InvoiceNo' },
      to: {
        kind: 'group',
        fields: {
          name: { kind: 'column', column: 'Name' },
          place: { kind: 'group', fields: { city: { kind: 'column', column: 'City' } } },
        },
      },
      lines: {
        kind: 'rows',
        fields: {
          code: { kind: 'column', column: 'Code' },
          at: { kind: 'group', fields: { x: { kind: 'column', column: 'X' } } },
        },
      },
    })
  })

  it('draw one row of another file, and all matching rows', () => {
    const { fields } = good(
      load(`customer: { file: customers.csv, on: { id: CustomerID }, missing: absent }
transactions: [{ file: t.csv, on: account, sort: [date, no], fields: { date: date, notes: [{ file: n.csv, on: no, sort: at }] } }]`),
    ).data
    expect(fields).toMatchObject({
      customer: {
        kind: 'one',
        join: { theirs: 'id', ours: 'CustomerID', missing: 'absent', file: { name: 'customers', delimiter: ';' } },
      },
      transactions: {
        kind: 'many',
        sort: ['date', 'no'],
        join: {
          theirs: 'account',
          ours: 'account',
          missing: 'fault',
          fields: { notes: { kind: 'many', sort: ['at'], join: { file: { name: 'n' } } } },
        },
      },
    })
    expect(fields?.['customer']).not.toHaveProperty('join.fields')
  })

  it('take a group with a `file` or an `on` alone for a group', () => {
    expect(good(load('upload: { file: FileName, size: Size }')).data.fields).toMatchObject({
      upload: { kind: 'group', fields: { file: { kind: 'column', column: 'FileName' } } },
    })
  })

  const lines = 'write `lines: [{ code: StockCode, … }]`: one element stands for many rows'
  it.each([
    ['lines: [Code]', `j.yaml:8:5: lines is not a list of one drawing | ${lines}`],
    ['lines: []', `j.yaml:8:5: lines is not a list of one drawing | ${lines}`],
    ['lines: [{ a: A }, { b: B }]', `j.yaml:8:5: lines is not a list of one drawing | ${lines}`],
    [
      'lines: [{ parts: [{ a: A }] }]',
      'j.yaml:8:15: parts is a list inside a list of the same file | a file gives one level of lists; draw the inner list from a file of its own',
    ],
    [
      'customer: { file: c.csv, on: id, fields: { rows: [{ a: A }] } }',
      'j.yaml:8:48: rows is a list inside a list of the same file | a file gives one level of lists; draw the inner list from a file of its own',
    ],
    [
      'customer: { file: c.csv, on: id, sort: name }',
      'j.yaml:8:5: customer has a sort, but is one row | write it as a list, `[{ file: …, on: …, sort: … }]`, for many rows',
    ],
    [
      'number: 5',
      'j.yaml:8:5: number is neither a column, a list nor a group | write the name of a column, `[{ … }]` for many rows, or `{ … }` for a group',
    ],
    [
      'number:',
      'j.yaml:8:5: number is neither a column, a list nor a group | write the name of a column, `[{ … }]` for many rows, or `{ … }` for a group',
    ],
    ['c: { file: c.csv, on: id, feilds: {} }', 'j.yaml:8:31: feilds is not a known name | did you mean "fields"?'],
    ['c: { file: c.csv, on: { a: b, c: d } }', 'j.yaml:8:23: on has more than 1 entry | write at most 1'],
    [
      'c: { file: c.csv, on: id, missing: ignore }',
      'j.yaml:8:31: missing is none of "fault", "absent" (found "ignore") | write one of "fault", "absent"',
    ],
  ])('%s', (drawn, fault) => {
    expect(faultsOf(load(drawn))).toEqual([`job.fields | ${fault}`])
  })

  it('describe a joined file as faulty as the first one', () => {
    expect(faultsOf(load('c: { file: c.xls, on: id }'))).toEqual([
      'job.data | j.yaml:8:10: the format of c.xls is not known from its name | set format: to one of csv, tsv, jsonl, json',
    ])
  })
})
