import { describe, expect, it } from 'vitest'
import { fileReader } from '../../src/job/files.ts'
import type { FileSettings } from '../../src/job/settings.ts'
import { type DataFile, describe as describeFault, type Fault } from '../../src/model/index.ts'

function read(
  first: FileSettings,
  other?: FileSettings,
): { readonly file: DataFile; readonly faults: readonly string[] } {
  const faults: Fault[] = []
  const reader = fileReader({
    first,
    at: steps => ({ file: 'job.yaml', path: steps.join('.') }),
    script: path => (path === 'clean.js' ? { file: path, text: 'x' } : undefined),
    faults,
  })
  if (other !== undefined) reader.read(first, ['data'])
  const file = reader.read(other ?? first, other === undefined ? ['data'] : ['joined'])
  return { file, faults: faults.map(fault => `${fault.code} | ${describeFault(fault)} | ${fault.hint}`) }
}

describe('input files', () => {
  it.each([
    ['a.csv', 'csv', ','],
    ['a.CSV', 'csv', ','],
    ['a.tsv', 'tsv', '\t'],
    ['a.jsonl', 'jsonl', ','],
    ['a.json', 'json', ','],
    ['-', 'csv', ','],
  ])('%s is read as %s', (file, format, delimiter) => {
    expect(read({ file })).toMatchObject({ file: { format, delimiter }, faults: [] })
  })

  it.each([
    ['../data/2010-12.csv', '2010-12'],
    ['C:\\data\\rows.csv', 'rows'],
    ['-', 'stdin'],
  ])('%s is called %s', (file, name) => expect(read({ file, format: 'csv' }).file.name).toBe(name))

  const first: FileSettings = {
    file: 'a.csv',
    format: 'csv',
    encoding: 'windows-1251',
    delimiter: ';',
    quote: "'",
    decimal: ',',
    thousands: ' ',
    date: 'dd.MM.yyyy',
    null: ['-'],
    clean: 'clean.js',
  }

  it('takes its conventions from the first file; format and clean are its own', () => {
    expect(read(first, { file: 'b.jsonl' })).toEqual({
      faults: [],
      file: {
        file: 'b.jsonl',
        name: 'b',
        format: 'jsonl',
        encoding: 'windows-1251',
        delimiter: ';',
        quote: "'",
        decimal: ',',
        thousands: ' ',
        date: 'dd.MM.yyyy',
        null: ['-'],
      },
    })
  })

  it('may override each of them', () => {
    const own = {
      encoding: 'utf-8',
      delimiter: '|',
      quote: '"',
      decimal: '.',
      thousands: ',',
      date: 'yyMMdd',
      null: [],
    }
    expect(read(first, { file: 'b.csv', ...own } as FileSettings)).toMatchObject({ faults: [], file: own })
  })

  it('is cut at tabs where it is .tsv, whatever the first file is cut at', () => {
    expect(read(first, { file: 'b.tsv' }).file.delimiter).toBe('\t')
    expect(read(first, { file: 'b.tsv', delimiter: '|' }).file.delimiter).toBe('|')
  })

  it.each<[FileSettings, string]>([
    [
      { file: 'a.xls' },
      'job.data | job.yaml (data.file): the format of a.xls is not known from its name | set format: to one of csv, tsv, jsonl, json',
    ],
    [
      { file: 'data' },
      'job.data | job.yaml (data.file): the format of data is not known from its name | set format: to one of csv, tsv, jsonl, json',
    ],
    [
      { file: 'a.csv', thousands: '.' },
      'job.data | job.yaml (data.thousands): thousands and decimal are the same mark | set decimal: ",", or take the other away',
    ],
    [
      { file: 'a.csv', thousands: ',', decimal: ',' },
      'job.data | job.yaml (data.thousands): thousands and decimal are the same mark | set thousands: ".", or take the other away',
    ],
    [
      { file: 'a.csv', encoding: 'cyrillic-ish' },
      'job.data | job.yaml (data.encoding): the encoding cyrillic-ish is not known | use a label of the Encoding standard: utf-8, windows-1251, koi8-u, utf-16le',
    ],
    [
      { file: 'a.csv', encoding: 'shift_jis' },
      'job.data | job.yaml (data.encoding): the encoding shift_jis cannot be cut into rows | convert the file to utf-8; utf-16 and encodings of one byte, such as windows-1251, are read as they are',
    ],
    [
      { file: 'a.csv', date: 'dd.mm.yyyy' },
      'job.data | job.yaml (data.date): the date pattern dd.mm.yyyy has no month (MM or M) | write it as yyyy-MM-dd HH:mm:ss, dd.MM.yyyy or yyMMdd',
    ],
    [
      { file: 'a.csv', clean: 'clear.js' },
      'job.data | job.yaml (data.clean): the script clear.js is not there | paths in a job are relative to the job file',
    ],
  ])('%j', (settings, fault) => {
    expect(read(settings).faults).toEqual([fault])
    expect(read(settings, { file: 'b.csv' }).faults).toEqual([fault])
  })

  it.each<[string, FileSettings, string]>([
    ['a quote that is the default delimiter', { file: 'a.csv', quote: ',' }, 'quote'],
    ['a delimiter that is the quote', { file: 'a.csv', quote: "'", delimiter: "'" }, 'quote'],
    ['the same in JSON, for what is joined to it', { file: 'a.jsonl', quote: ',' }, 'quote'],
  ])('refuses %s, once', (_, first, setting) => {
    const fault = `job.data | job.yaml (data.${setting}): delimiter and quote are the same mark | set quote: to the mark that stands around fields, or to "" for none`
    expect(read(first).faults).toEqual([fault])
    expect(read(first, { file: 'b.csv' }).faults).toEqual([fault])
  })

  it('lets one mark be where there is no quote, or another delimiter', () => {
    expect(read({ file: 'a.csv', quote: '' }).faults).toEqual([])
    expect(read({ file: 'a.csv', quote: ',', delimiter: ';' }).faults).toEqual([])
    expect(read({ file: 'a.tsv', quote: ',' }).faults).toEqual([])
  })

  it('says where what is inherited gives one mark', () => {
    const words = 'delimiter and quote are the same mark'
    expect(read({ file: 'a.csv', quote: ';' }, { file: 'b.csv', delimiter: ';' }).faults[0]).toContain(
      `(joined.delimiter): ${words}`,
    )
    expect(read({ file: 'a.tsv', quote: ',' }, { file: 'b.csv' }).faults[0]).toContain(`(joined.file): ${words}`)
  })

  it('says where a joined file contradicts what it inherits', () => {
    expect(read({ file: 'a.csv', thousands: ',' }, { file: 'b.csv', decimal: ',' }).faults).toEqual([
      'job.data | job.yaml (joined.decimal): thousands and decimal are the same mark | set thousands: ".", or take the other away',
    ])
  })
})
