/** Mistakes in data: files that cannot be read, headers that do not fit, values that are not what they should be. */
import type { Factory } from '../../run/factory.ts'
import type { Mistake } from './mistake.ts'

const data = 'data/bills.csv'
const job = 'jobs/bills.yaml'

/** Changes every place of the data. */
const each = (from: string | RegExp, to: string) => ({
  make: (f: Factory): void => f.write(data, f.read(data).replaceAll(from, to)),
})

/** Changes the first place of the data. */
const first = (from: string, to: string) => ({ make: (f: Factory): void => f.mend(data, from, to) })

export const intake: readonly Mistake[] = [
  {
    what: 'a column by another name than in the job',
    code: 'intake.column',
    ...first('amount', 'amnt'),
    exit: 5,
    says: 'data/bills.csv:1: the column amount is not in the file',
    hint: 'did you mean "amnt"?',
  },
  {
    what: 'a language that the job does not draw',
    code: 'intake.column',
    make: f => f.mend(job, ', locale: locale', ', lang: locale'),
    exit: 0,
    says: 'jobs/bills.yaml: the fields of the job draw no customer.locale, where recipient.locale of templates/bill/template.yaml looks for it (customer.locale): all read en-GB',
    hint: 'known: name, email, phone, lang; if the data has none, take recipient.locale out of template.yaml',
    also: ['run.dropped'],
  },
  {
    what: 'another delimiter than the job says',
    code: 'intake.column',
    make: f => f.mend(job, 'delimiter: ";"', 'delimiter: "|"'),
    exit: 5,
    says: 'data/bills.csv:1: the header is one column for the delimiter "|" (found "number;customer;email;phone;locale;issued;item;amount")',
    hint: 'set delimiter: ";" in the job',
  },
  {
    what: 'a file that a spreadsheet saved with commas',
    code: 'intake.column',
    ...each(';', ','),
    exit: 5,
    says: 'data/bills.csv:1: the header is one column for the delimiter ";" (found "number,customer,email,phone,locale,issued,item,amount")',
    hint: 'set delimiter: "," in the job',
  },
  {
    what: 'a file without a header',
    code: 'intake.column',
    make: f => f.write(data, f.read(data).replace(/.*\n/, '')),
    exit: 5,
    says: 'data/bills.csv:1: the first line does not look like a header: none of its 8 columns has a name that the job knows',
    hint: 'put a line with the names of the columns first: number, issued, customer, email, phone, locale, item, amount',
  },
  {
    what: 'a key that is no column',
    code: 'intake.column',
    make: f => f.mend(job, 'key: number', 'key: Number'),
    exit: 5,
    says: 'data/bills.csv:1: the column Number is not in the file',
    hint: 'did you mean "number"?',
  },
  {
    what: 'two dates on one bill',
    code: 'intake.differs',
    ...first('2026-03-01;Item 2', '2026-03-02;Item 2'),
    exit: 5,
    says: 'data/bills.csv:3: issued is not the same in all rows: here ("2026-03-02"), in line 2 ("2026-03-01")',
    hint: 'mend the rows, draw it inside the list, or let clean.js decide',
  },
  {
    what: 'two spellings of one customer',
    code: 'intake.differs',
    ...first(
      "O'Brien & Sons;customer1@example.com;+447700900001;en-GB;2026-03-01;Item 2",
      "O'Brien and Sons;customer1@example.com;+447700900001;en-GB;2026-03-01;Item 2",
    ),
    exit: 5,
    says: 'data/bills.csv:3: customer.name is not the same in all rows: here, in line 2',
    hint: 'mend the rows, draw it inside the list, or let clean.js decide',
  },
  {
    what: 'an empty data file',
    code: 'intake.empty',
    make: f => f.write(data, ''),
    exit: 5,
    says: 'data/bills.csv: the file is empty',
    hint: 'a file has to begin with a line that names its columns',
  },
  {
    what: 'a row with a field too many',
    code: 'intake.fields',
    ...first('Item 2;2,20', 'Item 2;blue;2,20'),
    exit: 5,
    says: 'data/bills.csv:5: 9 fields where the header has 8',
    hint: 'put quotes around a field that contains the delimiter',
  },
  {
    what: 'a row broken in two',
    code: 'intake.fields',
    ...first('Item 2;2,20', 'Item\n2;2,20'),
    exit: 5,
    says: 'data/bills.csv:5: 7 fields where the header has 8',
    hint: 'look for a line that was broken in two',
  },
  {
    what: 'a line of totals at the end',
    code: 'intake.fields',
    make: f => f.write(data, `${f.read(data)}Total;12,90\n`),
    exit: 5,
    says: 'data/bills.csv:8: 2 fields where the header has 8',
    hint: 'look for a line that was broken in two',
  },
  {
    what: 'a column named twice',
    code: 'intake.header',
    ...first('phone', 'email'),
    exit: 5,
    says: 'data/bills.csv:1: columns 3 and 4 have the same name (found "email")',
    hint: 'give each column a name of its own',
  },
  {
    what: 'a column without a name',
    code: 'intake.header',
    ...first('number;customer;email', 'number;customer;;email'),
    exit: 5,
    says: 'data/bills.csv:1: column 3 has no name',
    hint: 'the first line of the file has to name its columns',
  },
  {
    what: 'a file of two bytes for each character, read as one',
    code: 'intake.header',
    make: f => f.write(data, Buffer.from(f.read(data), 'utf16le')),
    exit: 5,
    says: 'data/bills.csv:1: the names of the columns have zero bytes between their letters',
    hint: 'set encoding: utf-16le in the job',
  },
  {
    what: 'a header of delimiters alone',
    code: 'intake.header',
    make: f => f.write(data, f.read(data).replace(/.*/, ';;;;;;;')),
    exit: 5,
    says: 'data/bills.csv:1: the header names no columns',
    hint: 'the first line of the file has to name its columns',
  },
  {
    what: 'an invisible character in a key',
    code: 'intake.id',
    ...each('B-1;', 'B-1\u200b;'),
    exit: 5,
    says: 'data/bills.csv:2: number has a control or invisible character in it',
    hint: 'remove it: ids become file names',
  },
  {
    what: 'a key as long as a letter',
    code: 'intake.id',
    ...each('B-1;', `${'B'.repeat(220)};`),
    exit: 5,
    says: 'data/bills.csv:2: number gives a file name of 220 bytes, and 200 are the most',
    hint: 'use a shorter key',
  },
  {
    what: 'a row that is no JSON',
    code: 'intake.json',
    make: f => jsonLines(f, '{"number": "B-4", "customer": "Anna",}\n'),
    exit: 5,
    says: 'data/bills.jsonl:7: the row is not JSON',
    hint: 'each row has to be one JSON object, without a name that stands twice',
  },
  {
    what: 'a row of JSON with two names that differ in a blank',
    code: 'intake.json',
    make: f => jsonLines(f, '{"number": "B-4", "customer": "Anna", " customer": "Anton"}\n'),
    exit: 5,
    says: 'data/bills.jsonl:7: two names differ only in blanks around them or in Unicode form',
    hint: 'each row has to be one JSON object, without a name that stands twice',
  },
  {
    what: 'a row of JSON with a name that stands twice',
    code: 'intake.json',
    make: f => jsonLines(f, '{"number": "B-4", "number": "B-5"}\n'),
    exit: 5,
    says: 'data/bills.jsonl:7: a name stands twice in one object',
    hint: 'each row has to be one JSON object, without a name that stands twice',
  },
  {
    what: 'JSON that is not a list',
    code: 'intake.json',
    make: f => {
      f.mend(job, 'bills.csv', 'bills.json')
      f.write('data/bills.json', '{ "bills": [] }')
    },
    exit: 5,
    says: 'data/bills.json:1: the file is not a list',
    hint: 'a .json file has to be one list of objects; one object per line is .jsonl',
  },
  {
    what: 'a row without a key',
    code: 'intake.key',
    ...first('B-2;', ';'),
    exit: 5,
    says: 'data/bills.csv:4: number is empty',
    hint: 'every row needs the key of its communication; clean.js can filter rows that belong to none',
  },
  {
    what: 'a quote inside a field',
    code: 'intake.quote',
    ...first('Item 2;2,20', 'Item 2" long;2,20'),
    exit: 5,
    says: 'data/bills.csv:5: a quote stands inside a field that is not quoted',
    hint: 'put quotes around the field, and write the quote inside it twice',
  },
  {
    what: 'a quote that is not closed',
    code: 'intake.quote',
    ...first('Item 2;2,20', '"Item 2;2,20'),
    exit: 5,
    says: 'data/bills.csv:5: a quote is opened and not closed where the field ends',
    hint: 'close the quote, or write a quote inside a field twice',
  },
  {
    what: 'something behind a closing quote',
    code: 'intake.quote',
    ...first('Item 2;2,20', '"Item" 2;2,20'),
    exit: 5,
    says: 'data/bills.csv:5: something stands between a closing quote and the end of its field',
    hint: 'write a quote inside a quoted field twice',
  },
  {
    what: 'a control sum over a column by its own name',
    code: 'intake.sum',
    make: f => f.write(job, `${f.read(job)}expect: { sum: { amount: "12.90" } }\n`),
    exit: 2,
    says: 'jobs/bills.yaml: the sum amount is no field of the job that holds a value',
    hint: 'known: number, issued, customer.name, customer.email, customer.phone, customer.locale, lines.item, lines.amount',
  },
  {
    what: 'bounds for a sum over nothing',
    code: 'intake.sum',
    make: f => f.write(job, `${f.read(job)}bounds: { sum: { lines.amout: 20% } }\n`),
    exit: 2,
    says: 'jobs/bills.yaml: the sum lines.amout is no field of the job that holds a value',
    hint: 'did you mean "lines.amount"?',
  },
  {
    what: 'keys that differ in their case only',
    code: 'intake.twin',
    make: f => f.write(data, `${f.read(data)}b-1;Anna;;;en-GB;2026-03-01;Item 1;4,10\n`),
    exit: 5,
    says: 'data/bills.csv:2: number differs from that of line 8 only in case, blanks or Unicode form',
    hint: 'ids become file names, which such differences do not keep apart; let clean.js write them alike',
  },
  {
    what: 'a blank behind a key',
    code: 'intake.twin',
    ...first(
      "B-1;O'Brien & Sons;customer1@example.com;+447700900001;en-GB;2026-03-01;Item 2",
      "B-1 ;O'Brien & Sons;customer1@example.com;+447700900001;en-GB;2026-03-01;Item 2",
    ),
    exit: 5,
    says: 'data/bills.csv:2: number differs from that of line 3 only in case, blanks or Unicode form',
    hint: 'ids become file names, which such differences do not keep apart; let clean.js write them alike',
  },
  {
    what: 'bytes that are not the encoding of the job',
    code: 'intake.undecodable',
    make: f => f.write(data, Buffer.concat([Buffer.from(f.read(data)), Buffer.from([0xc3, 0x28, 0x0a])])),
    exit: 5,
    says: 'data/bills.csv:8: the file is not utf-8: byte 0xC3 at offset 588 is no text',
    hint: 'set encoding: in the job to what the file was written in, for example windows-1250, windows-1251 or windows-1252',
  },
  {
    what: 'a file of an old system',
    code: 'intake.undecodable',
    make: f => f.write(data, Buffer.from(f.read(data).replaceAll('Олена Коваленко', 'Jörg Müller'), 'latin1')),
    exit: 5,
    says: 'data/bills.csv:4: the file is not utf-8: byte 0xF6 at offset 227 is no text',
    hint: 'set encoding: in the job to what the file was written in, for example windows-1250, windows-1251 or windows-1252',
  },
  {
    what: 'a file that was cut off',
    code: 'intake.undecodable',
    make: f => f.write(data, Buffer.from(`${f.read(data)}B-9;О`).subarray(0, -1)),
    exit: 5,
    says: 'data/bills.csv:8: the file is not utf-8: byte 0xD0 at offset 592 is no text',
    hint: 'set encoding: in the job to what the file was written in, for example windows-1250, windows-1251 or windows-1252',
  },
]

/** The data as JSON Lines, with one more row. */
function jsonLines(f: Factory, row: string): void {
  const [header = '', ...lines] = f.read(data).trim().split('\n')
  const names = header.split(';')
  const rows = lines.map(line => {
    const cells = line.split(';').map((cell, at) => [names[at], cell])
    return `${JSON.stringify(Object.fromEntries(cells))}\n`
  })
  f.mend(job, 'bills.csv', 'bills.jsonl')
  f.write('data/bills.jsonl', rows.join('') + row)
}
