/** From files to communications: the drawing, joins, coercion, and what is rejected, with text, place and hint. */
import { describe, expect, test } from 'vitest'
import { done, failed } from '../../src/model/index.ts'
import { file, intake, many, one, words } from './batch.ts'

const decimal = { type: 'string', format: 'decimal' }

describe('the drawing', () => {
  test('rows of one key may stand anywhere; communications come in the order of their first rows', async () => {
    const { made, summary } = await intake({
      files: { 'a.csv': 'id,name,code\nB,bob,1\nA,al,2\nB,bob,3\n' },
      fields: { id: 'id', who: { name: 'name' }, lines: [{ code: 'code' }] },
    })
    expect(made.map(({ id, data }) => [id, data])).toEqual([
      ['B', { id: 'B', who: { name: 'bob' }, lines: [{ code: '1' }, { code: '3' }] }],
      ['A', { id: 'A', who: { name: 'al' }, lines: [{ code: '2' }] }],
    ])
    expect(made[0]?.rows.map(({ line, start, end }) => [line, start, end])).toEqual([
      [2, 13, 21],
      [4, 28, 36],
    ])
    expect(summary.rows).toEqual({ read: 3, communications: 3, rejected: 0, filtered: 0 })
  })

  test('rows with quotes and without are read as they stand, whatever ends their lines', async () => {
    const rows = ['"1","a ""b"""', '2,c', '"3","d\n\re"', '"4",f', '5,g', '6,""', '"7","h"']
    for (const end of ['\n', '\r\n', '\r']) {
      const { made } = await intake({
        files: { 'a.csv': ['id,name', ...rows].join(end) },
        fields: { id: 'id', name: 'name' },
      })
      expect(made.map(({ data }) => data)).toEqual([
        { id: '1', name: 'a "b"' },
        { id: '2', name: 'c' },
        { id: '3', name: 'd\n\re' },
        { id: '4', name: 'f' },
        { id: '5', name: 'g' },
        { id: '6' },
        { id: '7', name: 'h' },
      ])
    }
  })

  test('null texts are absent; a group of which nothing is there is absent; nothing is trimmed', async () => {
    const { made } = await intake({
      files: { 'a.csv': 'id,a,b,c\n1, ,-,  x\n' },
      root: { null: ['', ' ', '-'] },
      fields: { id: 'id', group: { a: 'a', b: 'b' }, c: 'c' },
    })
    expect(made[0]?.data).toEqual({ id: '1', c: '  x' })
  })

  test('what is drawn once has to be the same in all rows', async () => {
    const { rejects } = await intake({
      files: { 'a.csv': 'id,name,secret,n\n1,a,x,1\n1,a,y,2\n1,b,y,3\n' },
      fields: { name: 'name', secret: 'secret', lines: [{ n: 'n' }] },
      schema: { properties: { secret: { type: 'string', private: true } } },
    })
    expect(words(rejects[0]?.faults ?? [])).toEqual([
      'intake.differs a.csv:3: secret is not the same in all rows: here, in line 2 -- mend the rows, draw it inside the list, or let clean.js decide',
      'intake.differs a.csv:4: name is not the same in all rows: here ("b"), in line 2 ("a") -- mend the rows, draw it inside the list, or let clean.js decide',
    ])
    expect(rejects[0]?.rows).toHaveLength(3)
  })

  test('without a list a second row is a fault', async () => {
    const { rejects, made } = await intake({ files: { 'a.csv': 'id\n1\n2\n1\n' }, fields: { id: 'id' } })
    expect(made.map(({ id }) => id)).toEqual(['2'])
    expect(words(rejects[0]?.faults ?? [])).toEqual([
      'intake.duplicate a.csv:4: a second row for the same id (the first is line 2) -- keep one of the rows, or draw a list: lines: [{ … }]',
    ])
  })

  test('without fields all columns, or the whole JSON object, come under their own names', async () => {
    const csv = await intake({ files: { 'a.csv': 'id,n,__proto__\n1,2,3\n' } })
    expect(JSON.stringify(csv.made[0]?.data)).toBe('{"id":"1","n":"2","__proto__":"3"}')
    const schema = {
      properties: {
        id: { type: 'string' },
        total: decimal,
        lines: { type: 'array', items: { properties: { n: { type: 'integer' }, price: decimal } } },
      },
    }
    const json = await intake({
      files: {
        'a.json':
          '[{"id": 7, "total": 12.50, "note": null, "lines": [{"n": 2, "price": 0.10}]},\n {"id": 8, "total": 90071992547409931.1}]',
      },
      schema,
    })
    expect(json.made.map(({ data }) => data)).toEqual([
      { id: '7', total: '12.50', lines: [{ n: 2, price: '0.10' }] },
      { id: '8', total: '90071992547409931.1' },
    ])
  })

  test('columns of JSON lines may be deeper; a broken line rejects its communication, or itself', async () => {
    const { made, rejects } = await intake({
      files: {
        'a.jsonl': '{"id":"1","who":{"name":"a"}}\n\n{"id":"2","who":{"name":}\n{"id":"2"}\n[1]\n{"id":"3","id":"4"}',
      },
      fields: { id: 'id', name: 'who.name' },
    })
    expect(made.map(({ data }) => data)).toEqual([{ id: '1', name: 'a' }])
    expect(rejects.map(({ id, faults }) => [id, words(faults)])).toEqual([
      [
        '2',
        [
          'intake.json a.jsonl:3: the row is not JSON -- each row has to be one JSON object, without a name that stands twice',
        ],
      ],
      [
        undefined,
        [
          'intake.json a.jsonl:5: the row is not a JSON object -- each row has to be one JSON object, without a name that stands twice',
        ],
      ],
      [
        '3',
        [
          'intake.json a.jsonl:6: a name stands twice in one object -- each row has to be one JSON object, without a name that stands twice',
        ],
      ],
    ])
  })

  test('a file without rows is no fault', async () => {
    for (const files of [{ 'a.jsonl': '' }, { 'a.json': '[]' }, { 'a.csv': 'id' }])
      expect(await intake({ files: files as never, fields: { id: 'id' } })).toMatchObject({ faults: [], assembled: [] })
  })

  test('encodings: a byte order mark wins over the declared one', async () => {
    const text = 'id;name\n1;Їжак\n'
    const names = async (bytes: Uint8Array, encoding: string) => {
      const { made } = await intake({
        files: { 'a.csv': bytes },
        root: { encoding, delimiter: ';' },
        fields: { name: 'name' },
      })
      return made.map(({ data }) => data['name'])
    }
    expect(await names(Buffer.from(`\ufeff${text}`), 'windows-1251')).toEqual(['Їжак'])
    expect(await names(Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-8')).toEqual(['Їжак'])
    expect(await names(Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'utf-8')).toEqual(['Їжак'])
    expect(await names(Buffer.from(text, 'utf16le'), 'utf-16le')).toEqual(['Їжак'])
    expect(
      await names(
        Buffer.concat([Buffer.from('id;name\n1;'), Buffer.from([0xaf, 0xe6, 0xe0, 0xea, 0x0a])]),
        'windows-1251',
      ),
    ).toEqual(['Їжак'])
    expect(
      await names(Buffer.concat([Buffer.from('id;name\n1;'), Buffer.from([0xb7, 0xd6, 0xc1, 0xcb, 0x0a])]), 'koi8-u'),
    ).toEqual(['Їжак'])
  })
})

describe('coercion', () => {
  const schema = {
    properties: {
      amount: decimal,
      count: { type: 'integer' },
      share: { $ref: '#/$defs/share' },
      paid: { type: 'boolean' },
      due: { type: 'string', format: 'date' },
      at: { type: 'string', format: 'date-time' },
      pin: { ...decimal, private: true },
    },
    $defs: { share: { type: ['number', 'null'] } },
  }
  const fields = { amount: 'amount', count: 'count', share: 'share', paid: 'paid', due: 'due', at: 'at', pin: 'pin' }

  test('text becomes what the schema says, in the conventions of the file', async () => {
    const { made } = await intake({
      files: {
        'a.csv':
          'id;amount;count;share;paid;due;at;pin\n1;-1.234,50;007;0,25;Yes;24.12.2010 08:26;24.12.2010 08:26;1\n',
      },
      root: { delimiter: ';', decimal: ',', thousands: '.', date: 'dd.MM.yyyy HH:mm' },
      fields,
      schema,
    })
    expect(made[0]?.data).toEqual({
      amount: '-1234.50',
      count: 7,
      share: 0.25,
      paid: true,
      due: '2010-12-24',
      at: '2010-12-24T08:26:00',
      pin: '1',
    })
  })

  test('what cannot be read is a fault with a hint; private text is not quoted', async () => {
    const { rejects } = await intake({
      files: {
        'a.csv':
          'id,amount,count,share,paid,due,at,pin\n1,"12,50",1.5,x,maybe,24.12.2010,2010-12-24,CANARY\n2,1 000.00, 7,,,,,\n3,(12.50),,,,,,\n4,"(1,012.50)",,,,,,\n',
      },
      fields,
      schema,
    })
    expect(words(rejects[0]?.faults ?? [])).toEqual([
      'intake.unreadable a.csv:2: amount is not a number (found "12,50") -- set decimal: "," in the job',
      'intake.unreadable a.csv:2: count is not a whole number (found "1.5") -- mend the value, or let clean.js do it',
      'intake.unreadable a.csv:2: share is not a number (found "x") -- mend the value, or let clean.js do it',
      'intake.unreadable a.csv:2: paid is not true or false (found "maybe") -- true, yes, y, 1, false, no, n and 0 are understood; clean.js can translate others',
      'intake.unreadable a.csv:2: due is not a date (found "24.12.2010") -- set date: in the job to how the file writes dates, for example dd.MM.yyyy, or mend the value',
      'intake.unreadable a.csv:2: at is not a date with a time (found "2010-12-24") -- set date: in the job to how the file writes dates, for example yyyy-MM-dd HH:mm, or mend the value',
      'intake.unreadable a.csv:2: pin is not a number -- mend the value, or let clean.js do it',
    ])
    expect(words(rejects[1]?.faults ?? [])).toEqual([
      'intake.unreadable a.csv:3: amount is not a number (found "1 000.00") -- set thousands: " " in the job',
      'intake.unreadable a.csv:3: count is not a whole number (found " 7") -- it has blanks around it, which clean.js can trim',
    ])
    expect(rejects.slice(2).flatMap(({ faults }) => words(faults))).toEqual([
      'intake.unreadable a.csv:4: amount is not a number (found "(12.50)") -- parentheses may mean a minus: let clean.js write one, or take them away',
      'intake.unreadable a.csv:5: amount is not a number (found "(1,012.50)") -- parentheses may mean a minus: let clean.js write one, or take them away',
    ])
  })

  test('a blank that is declared is any blank; a year that lost two digits is no date', async () => {
    const { made, rejects } = await intake({
      files: {
        'a.csv': 'id;amount;due;at\n1;1\u00a0234\u202f567,50;;\n2;;31.03.0026;\n3;;;01.01.0001 00:00\n4;;01.01.0001;\n',
      },
      root: { delimiter: ';', decimal: ',', thousands: ' ', date: 'dd.MM.yyyy' },
      fields: { amount: 'amount', due: 'due', at: 'at' },
      schema,
    })
    expect(made.map(({ data }) => data)).toEqual([{ amount: '1234567.50' }])
    expect(rejects.flatMap(({ faults }) => words(faults))).toEqual([
      'intake.unreadable a.csv:3: due is not a date of the year 1583 or later (found "31.03.0026") -- write the year in four digits; if the value stands for none, list it under null: in the job',
      'intake.unreadable a.csv:4: at is not a date with a time of the form dd.MM.yyyy (found "01.01.0001 00:00") -- set date: in the job to how the file writes dates, for example yyyy-MM-dd HH:mm, or mend the value',
      'intake.unreadable a.csv:5: due is not a date of the year 1583 or later (found "01.01.0001") -- write the year in four digits; if the value stands for none, list it under null: in the job',
    ])
  })

  test('text of nothing that is seen is as empty as an empty cell', async () => {
    const blanks = [' ', '\u00a0\u2003', '\u200b', '\ufeff', '\u3164', '\u2800']
    const text = (null_: readonly string[]) =>
      intake({
        files: {
          'a.csv': `id,name,note\n${blanks.map((blank, at) => `${at},${blank},${blank}`).join('\n')}\n9,\u200bAnn ,n\n`,
          'b.jsonl': `{"id":"9","more":{"name":"\u200b ","list":[" "]}}\n`,
        },
        root: { null: null_ },
        fields: {
          name: 'name',
          note: 'note',
          other: one(file('b.jsonl', { null: null_ }), 'id', 'id', undefined, 'absent'),
        },
        schema: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string' }, note: { type: 'string' }, other: { type: 'object' } },
        },
      })
    const { made, rejects } = await text([''])
    expect(rejects.map(({ faults }) => words(faults))).toEqual(
      blanks.map((_, at) => [
        `intake.value a.csv:${at + 2} (name): name is missing -- mend the data, or let schema.json allow it`,
      ]),
    )
    expect(made[0]?.data).toEqual({ name: '\u200bAnn ', note: 'n', other: { id: '9', more: { list: [' '] } } })
    // Where an empty cell is a text, so are blanks.
    expect((await text(['NA'])).made).toHaveLength(7)
  })

  test('blanks where a number should be are no number, and not absent', async () => {
    const { rejects } = await intake({
      files: { 'a.csv': 'id,amount\n1,"  "\n' },
      fields: { amount: 'amount' },
      schema,
    })
    expect(rejects[0]?.faults.map(({ message }) => message)).toEqual(['amount is not a number (found "  ")'])
  })

  test('digits other than 0 to 9 are told as such, and not read', async () => {
    const { rejects } = await intake({
      files: { 'a.csv': 'id,amount,count,share,paid,due,at,pin\n1,١٢٫٥٠,１２,,,٢٠١٠-١٢-٢٤,,१२\n2,1２.50,,,,,,\n' },
      fields,
      schema,
    })
    const hint = 'write its digits as 0 to 9: clean.js can translate them'
    expect(rejects.flatMap(({ faults }) => words(faults))).toEqual([
      `intake.unreadable a.csv:2: amount is not a number (found "١٢٫٥٠") -- ${hint}`,
      `intake.unreadable a.csv:2: count is not a whole number (found "１２") -- ${hint}`,
      `intake.unreadable a.csv:2: due is not a date (found "٢٠١٠-١٢-٢٤") -- ${hint}`,
      `intake.unreadable a.csv:2: pin is not a number -- ${hint}`,
      `intake.unreadable a.csv:3: amount is not a number (found "1２.50") -- ${hint}`,
    ])
  })

  test('what the schema does not know is there for prepare, dropped after it, and named once', async () => {
    const seen: unknown[] = []
    const { made, summary } = await intake({
      files: { 'a.csv': 'id,n,x\n1,2,3\n1,4,3\n' },
      fields: { id: 'id', extra: 'x', lines: [{ n: 'n', raw: 'n' }] },
      schema: { properties: { id: {}, lines: { items: { properties: { n: { type: 'integer' } } } } } },
      more: {
        prepare: data => {
          seen.push(data)
          return done({ ...data, made: 1 })
        },
        prepareText: 'export default data => ({ ...data, made: 1 })',
      },
    })
    expect(seen).toEqual([
      {
        id: '1',
        extra: '3',
        lines: [
          { n: 2, raw: '2' },
          { n: 4, raw: '4' },
        ],
      },
    ])
    expect(made[0]?.data).toEqual({ id: '1', lines: [{ n: 2 }, { n: 4 }] })
    expect(summary.dropped).toEqual({ named: ['extra', 'lines.raw', 'made'], others: 0 })
  })

  test('what does not fit the schema names path and row; faults of prepare get the first row', async () => {
    const schema = {
      required: ['name'],
      properties: { lines: { items: { properties: { n: { type: 'integer', maximum: 5 } } } } },
    }
    const batch = { files: { 'a.csv': 'id,n\n1,2\n1,7\n' }, fields: { lines: [{ n: 'n' }] as const }, schema }
    const { rejects } = await intake(batch)
    expect(rejects[0]?.faults.map(({ place, message }) => [place, message])).toEqual([
      [{ file: 'a.csv', line: 2, path: 'name' }, 'name is missing'],
      [{ file: 'a.csv', line: 3, path: 'lines[1].n' }, 'lines[1].n is not at most 5 (found "7")'],
    ])
    const second = await intake({ ...batch, more: { prepare: () => failed({ code: 'clean.threw', message: 'no' }) } })
    expect(second.rejects[0]?.faults).toEqual([
      { code: 'clean.threw', message: 'no', place: { file: 'a.csv', line: 2 } },
    ])
  })
})

describe('clean.js', () => {
  const clean = (body: string) => ({
    clean: { file: 'clean.js', text: `export default (row, { decimal, date, file, line, reject }) => {\n${body}\n}` },
  })

  test('may change, add and filter; decimals it sets are read whatever the conventions', async () => {
    const { made, figures, summary } = await intake({
      files: { 'a.csv': 'id;q;p;d\n1.0;2;1,25;x\n1.0;3;2,00;x\n9;1;1,00;x\n' },
      root: {
        delimiter: ';',
        decimal: ',',
        date: 'dd.MM.yyyy',
        ...clean(`if (row.id === '9') return null
          return { ...row, id: row.id.replace('.0', ''), amount: decimal(row.p.replace(',', '.')).times(row.q), when: date.plusDays('2010-12-31', 1), at: file + line }`),
      },
      fields: { id: 'id', when: 'when', lines: [{ price: 'p', amount: 'amount', at: 'at' }] },
      schema: {
        properties: {
          id: {},
          when: { type: 'string', format: 'date' },
          lines: { items: { properties: { price: decimal, amount: decimal, at: {} } } },
        },
      },
      more: { sums: ['lines.amount'] },
    })
    expect(made.map(({ data }) => data)).toEqual([
      {
        id: '1',
        when: '2011-01-01',
        lines: [
          { price: '1.25', amount: '2.50', at: 'a.csv2' },
          { price: '2.00', amount: '6.00', at: 'a.csv3' },
        ],
      },
    ])
    expect(figures[0]).toMatchObject({ rows: 3, filtered: 1 })
    expect(summary.rows).toEqual({ read: 3, communications: 2, rejected: 0, filtered: 1 })
    expect(summary.sums).toEqual({ 'lines.amount': { accepted: '8.50', rejected: '0', total: '8.50', unreadable: 0 } })
  })

  test('that throws, rejects or returns nonsense rejects the communication, found by what it made of the key elsewhere', async () => {
    const { made, rejects } = await intake({
      files: { 'a.csv': 'id,n,pin\n1.0,bad,P\n1.0,2,P\n2.0,3,P\n2.0,neg,P\n3.0,odd,P\n4.0,leak,CANARY\n5.0,5,P\n' },
      root: clean(`row.id = row.n === 'bad' ? row.id : row.id.replace('.0', '')
        if (row.n === 'bad') throw new Error('boom')
        if (row.n === 'neg') reject('negative', 'n')
        if (row.n === 'odd') return [1]
        if (row.n === 'leak') throw new Error('what is ' + row.pin)
        return row`),
      fields: { lines: [{ n: 'n' }], pin: 'pin' },
      schema: { properties: { lines: {}, pin: { private: true } } },
    })
    expect(made.map(({ id }) => id)).toEqual(['5'])
    expect(rejects.map(({ id, faults, rows }) => [id, rows.map(({ line }) => line), words(faults)])).toEqual([
      [
        '1',
        [2, 3],
        [
          'clean.threw a.csv:2: clean.js:3 threw at this row: boom -- mend the script, or let it call reject() with a reason',
        ],
      ],
      ['2', [4, 5], ['clean.rejected a.csv:5 (n): negative -- clean.js wants it so: mend the row, or the script']],
      [
        '3',
        [6],
        [
          'clean.value a.csv:6: clean.js returned a list for this row -- return the row, or null to filter it; it may not be async',
        ],
      ],
      [
        '4',
        [7],
        [
          'clean.threw a.csv:7: clean.js:6 threw at this row: Error -- mend the script, or let it call reject() with a reason',
        ],
      ],
    ])
  })
})

describe('joins', () => {
  const customers = file('customers.csv')
  const payments = file('payments.csv', { decimal: ',', date: 'dd.MM.yyyy' })

  test('n:1: an empty key leaves the field absent, without fields all columns come', async () => {
    const { made } = await intake({
      files: { 'a.csv': 'id,c\n1,7\n2,\n3,8\n', 'customers.csv': 'no,name,city\n7,ann,x\n' },
      fields: { id: 'id', customer: one(customers, 'no', 'c', undefined, 'absent') },
    })
    expect(made.map(({ data }) => data)).toEqual([
      { id: '1', customer: { no: '7', name: 'ann', city: 'x' } },
      { id: '2' },
      { id: '3' },
    ])
  })

  test('n:1: no match', async () => {
    const { rejects } = await intake({
      files: { 'a.csv': 'id,c\n1,7\n', 'customers.csv': 'c,pin\n8,1\n' },
      fields: { id: 'id', customer: one(customers, 'c', 'c', { pin: 'pin' }), secret: 'c' },
      schema: { properties: { secret: { private: true } } },
    })
    expect(words(rejects[0]?.faults ?? [])).toEqual([
      'intake.missing a.csv:2: customer: no row of customers.csv has c -- add the row, or set missing: absent on the join',
    ])
  })

  test('n:1: no match, two matches, and a line that cannot be read', async () => {
    const { rejects, made } = await intake({
      files: { 'a.csv': 'id,c\n1,7\n2,8\n3,9\n4,5\n', 'customers.csv': 'no,name\n8,a\n8,b\n9,c,d\n5,ok\n' },
      fields: { id: 'id', customer: one(customers, 'no', 'c', { name: 'name' }) },
    })
    expect(made.map(({ id }) => id)).toEqual(['4'])
    expect(rejects.map(({ id, faults }) => [id, ...words(faults)])).toEqual([
      [
        '1',
        'intake.missing a.csv:2: customer: no row of customers.csv has no = c "7", and some of its lines cannot be read -- mend the lines of customers.csv that are listed as rejects',
      ],
      [
        '2',
        'intake.ambiguous a.csv:3: customer: lines 2 and 3 of customers.csv both have c "8" -- keep one of the two rows in customers.csv, or draw a list',
      ],
      [
        '3',
        'intake.fields customers.csv:4: 3 fields where the header has 2 -- put quotes around a field that contains the delimiter',
      ],
      [
        undefined,
        'intake.fields customers.csv:4: 3 fields where the header has 2 -- put quotes around a field that contains the delimiter',
      ],
    ])
    expect(rejects.map(({ rows }) => rows.map(({ file, line }) => [file, line]))).toEqual([
      [[0, 2]],
      [[0, 3]],
      [[0, 4]],
      [[1, 4]],
    ])
  })

  test('n:1: a line whose key is lost makes every key without a match doubtful', async () => {
    const { rejects, made } = await intake({
      files: { 'a.csv': 'id,c\n1,7\n2,8\n', 'customers.csv': 'name,no\n"x\ny,7\n' },
      fields: { id: 'id', customer: one(customers, 'no', 'c', { name: 'name' }, 'absent') },
    })
    expect(made.map(({ id }) => id)).toEqual(['1'])
    expect(rejects.map(({ id, faults }) => [id, ...words(faults)])).toEqual([
      [
        '2',
        'intake.missing a.csv:3: customer: no row of customers.csv has no = c "8", and some of its lines cannot be read -- mend the lines of customers.csv that are listed as rejects',
      ],
      [
        undefined,
        'intake.quote customers.csv:2: a quote is opened and not closed where the field ends -- close the quote, or write a quote inside a field twice',
      ],
    ])
  })

  test('1:n: sorted by type, stable, with joins inside; orphans are rejects of their own', async () => {
    const { made, rejects, summary } = await intake({
      files: {
        'a.csv': 'id\nA\nB\n',
        'payments.csv':
          'no,acc,date,amount,kind\n10,A,02.01.2010,"1,50",x\n9,A,02.01.2010,"10,00",y\n1,A,15.12.2009,"2,00",x\n7,C,01.01.2010,"5,00",x\n',
        'kinds.csv': 'code,label\nx,Ex\ny,Why\n',
      },
      fields: {
        id: 'id',
        payments: many(
          payments,
          'acc',
          'id',
          { date: 'date', amount: 'amount', kind: one(file('kinds.csv'), 'code', 'kind', { label: 'label' }) },
          ['date', 'no'],
        ),
      },
      schema: {
        properties: {
          id: {},
          payments: { items: { properties: { date: { type: 'string', format: 'date' }, amount: decimal, kind: {} } } },
        },
      },
      more: { sums: ['payments.amount'] },
    })
    expect(made.map(({ data, sums }) => [data, sums])).toEqual([
      [
        {
          id: 'A',
          payments: [
            { date: '2009-12-15', amount: '2.00', kind: { label: 'Ex' } },
            { date: '2010-01-02', amount: '10.00', kind: { label: 'Why' } },
            { date: '2010-01-02', amount: '1.50', kind: { label: 'Ex' } },
          ],
        },
        { 'payments.amount': '13.50' },
      ],
      [{ id: 'B', payments: [] }, { 'payments.amount': '0' }],
    ])
    expect(words(rejects[0]?.faults ?? [])).toEqual([
      'intake.orphan payments.csv:5: there is no row with the id that this row names (found "C") -- add the row that it belongs to, or let clean.js filter it',
    ])
    expect(rejects[0]).toMatchObject({ rows: [{ file: 1, line: 5 }], sums: { 'payments.amount': '5.00' } })
    expect(summary.sums['payments.amount']).toEqual({
      accepted: '13.50',
      rejected: '5.00',
      total: '18.50',
      unreadable: 0,
    })
  })

  test('1:n: numbers are sorted exactly, rows without a value first, what is neither number nor date as text', async () => {
    const order = async (values: readonly string[]): Promise<unknown> => {
      const { made } = await intake({
        files: { 'a.csv': 'id\nA\n', 'n.csv': `id,n\n${values.map(value => `A,${value}\n`).join('')}` },
        fields: { list: many(file('n.csv'), 'id', 'id', { n: 'n' }, ['n']) },
      })
      return (made[0]?.data['list'] as { n?: string }[]).map(({ n }) => n ?? null)
    }
    expect(await order(['10', '9', '', '9007199254740993.2', '9007199254740993.1'])).toEqual([
      null,
      '9',
      '10',
      '9007199254740993.1',
      '9007199254740993.2',
    ])
    expect(await order(['2010-02-01', '2009-12-31'])).toEqual(['2009-12-31', '2010-02-01'])
    expect(await order(['b', '10', '9'])).toEqual(['10', '9', 'b'])
  })

  test('1:n: a child that two communications claim is a fault of both and counts once', async () => {
    const { rejects, made } = await intake({
      files: { 'a.csv': 'id,c\n1,7\n2,7\n3,8\n', 'payments.csv': 'c,n\n7,1\n8,2\n' },
      fields: { id: 'id', payments: many(payments, 'c', 'c', { n: 'n' }) },
    })
    expect(made.map(({ id }) => id)).toEqual(['3'])
    expect(rejects.map(({ id, faults, rows }) => [id, rows.length, ...words(faults)])).toEqual([
      [
        '1',
        2,
        'intake.shared payments.csv:2: this row belongs to two communications -- join it on a column that is different for each communication',
      ],
      [
        '2',
        1,
        'intake.shared payments.csv:2: this row belongs to two communications -- join it on a column that is different for each communication',
      ],
    ])
  })

  test('1:n inside 1:n; children of a filtered parent are filtered with it', async () => {
    const text = `export default row => row.id === 'B' ? null : row`
    const { made, rejects } = await intake({
      files: { 'a.csv': 'id\nA\nB\n', 'boxes.csv': 'box,id\nx,A\ny,B\n', 'items.csv': 'item,box\n1,x\n2,x\n3,z\n' },
      root: { clean: { file: 'clean.js', text } },
      fields: {
        id: 'id',
        boxes: many(file('boxes.csv'), 'id', 'id', {
          box: 'box',
          items: many(file('items.csv'), 'box', 'box', { item: 'item' }),
        }),
      },
    })
    expect(made.map(({ data }) => data)).toEqual([
      { id: 'A', boxes: [{ box: 'x', items: [{ item: '1' }, { item: '2' }] }] },
    ])
    expect(rejects.flatMap(({ rows }) => rows.map(({ file, line }) => [file, line]))).toEqual([[2, 4]])
  })
})

describe('children of rejects', () => {
  const payments = file('payments.csv')
  const places = (rows: readonly { file: number; line: number }[]) => rows.map(({ file, line }) => [file, line])

  test('go with their parent, though nothing was looked up: the rows differ, or come twice', async () => {
    const files = { 'a.csv': 'id,c,x\n1,7,a\n1,8,b\n2,9,c\n', 'payments.csv': 'c,n\n7,1\n8,2\n8,x\n9,4\n' }
    for (const list of [{}, { lines: [{ x: 'x' }] as const }]) {
      const { made, rejects, summary } = await intake({
        files,
        fields: { ...list, payments: many(payments, 'c', 'c', { n: 'n' }) },
        more: { sums: ['payments.n'] },
      })
      expect(made.map(({ id }) => id)).toEqual(['2'])
      expect(rejects.map(({ id, rows }) => [id, places(rows)])).toEqual([
        [
          '1',
          [
            [0, 2],
            [0, 3],
            [1, 2],
            [1, 3],
            [1, 4],
          ],
        ],
      ])
      expect(summary.sums['payments.n']).toEqual({ accepted: '4', rejected: '3', unreadable: 1 })
    }
  })

  test('go with a parent whose line is damaged, and are no orphans', async () => {
    const { made, rejects } = await intake({
      files: { 'a.csv': 'id,name\n1,a,b\n2,x\n', 'payments.csv': 'id,n\n1,1\n2,2\n1,3\n' },
      fields: { name: 'name', payments: many(payments, 'id', 'id', { n: 'n' }) },
    })
    expect(made.map(({ id }) => id)).toEqual(['2'])
    expect(rejects.map(({ id, rows, faults }) => [id, places(rows), faults.length])).toEqual([
      [
        '1',
        [
          [0, 2],
          [1, 2],
          [1, 4],
        ],
        1,
      ],
    ])
  })
})

describe('damage', () => {
  const fields = { id: 'id', lines: [{ n: 'n', m: 'm' }] } as const

  test('a malformed line rejects its communication with all its rows, all reasons at once', async () => {
    const { made, rejects, summary } = await intake({
      files: { 'a.csv': 'id,n,m\n1,1,1\n2,2,2\n1,x"y,1\n2,"2,2\n3,3,3\n1,a,b\n' },
      fields,
      schema: { properties: { id: {}, lines: { items: { properties: { n: { type: 'integer' }, m: decimal } } } } },
      more: { sums: ['lines.m'] },
    })
    expect(made.map(({ id }) => id)).toEqual(['3'])
    expect(
      rejects.map(({ id, rows, sums, faults }) => [id, rows.map(({ line }) => line), sums, ...words(faults)]),
    ).toEqual([
      [
        '1',
        [2, 4, 7],
        {},
        'intake.quote a.csv:4: a quote stands inside a field that is not quoted -- put quotes around the field, and write the quote inside it twice',
        'intake.unreadable a.csv:7: lines[1].n is not a whole number (found "a") -- mend the value, or let clean.js do it',
        'intake.unreadable a.csv:7: lines[1].m is not a number (found "b") -- mend the value, or let clean.js do it',
      ],
      [
        '2',
        [3, 5],
        {},
        'intake.quote a.csv:5: a quote is opened and not closed where the field ends -- close the quote, or write a quote inside a field twice',
      ],
    ])
    expect(summary.sums['lines.m']).toEqual({ accepted: '3', rejected: '3', unreadable: 3 })
    expect(summary.rows).toEqual({ read: 6, communications: 1, rejected: 5, filtered: 0 })
  })

  test('a line with a wrong number of fields is held against every communication that it may belong to, and counts once', async () => {
    const { made, rejects } = await intake({
      files: { 'a.csv': 'n,id,m\n1,A,1\n1,B,1\n1,C,1\nx,A,B,1\nonly\n9,Z\n' },
      fields,
    })
    expect(made.map(({ id }) => id)).toEqual(['C'])
    expect(
      rejects.map(({ id, rows, faults }) => [id, rows.map(({ line }) => line), faults.map(({ message }) => message)]),
    ).toEqual([
      ['A', [2, 5], ['4 fields where the header has 3']],
      ['B', [3], ['4 fields where the header has 3']],
      [undefined, [6], ['1 field where the header has 3']],
      ['Z', [7], ['2 fields where the header has 3']],
    ])
  })

  test('a malformed child rejects the communication that its key names, or itself', async () => {
    const payments = file('payments.csv')
    const { made, rejects } = await intake({
      files: { 'a.csv': 'id\n1\n2\n', 'payments.csv': 'id,n\n1,5,6\n2,5\n"9\n' },
      fields: { id: 'id', payments: many(payments, 'id', 'id', { n: 'n' }) },
      more: { sums: ['payments.n'] },
    })
    expect(made.map(({ id }) => id)).toEqual(['2'])
    expect(
      rejects.map(({ id, rows, faults }) => [
        id,
        rows.map(({ file, line }) => [file, line]),
        faults.map(({ message }) => message),
      ]),
    ).toEqual([
      [
        '1',
        [
          [0, 2],
          [1, 2],
        ],
        ['3 fields where the header has 2'],
      ],
      [undefined, [[1, 4]], ['a quote is opened and not closed where the field ends']],
    ])
  })
})

describe('ids', () => {
  test('an empty key is a reject of its own row', async () => {
    const { rejects } = await intake({ files: { 'a.csv': 'id,n\n,1\n,2\n' }, fields: { lines: [{ n: 'n' }] } })
    expect(rejects.map(({ id, rows, faults }) => [id, rows.length, ...words(faults)])).toEqual([
      [
        undefined,
        1,
        'intake.key a.csv:2: id is empty -- every row needs the key of its communication; clean.js can filter rows that belong to none',
      ],
      [
        undefined,
        1,
        'intake.key a.csv:3: id is empty -- every row needs the key of its communication; clean.js can filter rows that belong to none',
      ],
    ])
  })

  test('so is a key of blanks', async () => {
    const { rejects } = await intake({ files: { 'a.csv': 'id,n\n   ,1\n' }, fields: { n: 'n' } })
    expect(rejects.map(({ id, faults }) => [id, faults[0]?.code])).toEqual([[undefined, 'intake.key']])
  })

  test('ids that file names cannot keep apart are all rejects', async () => {
    const { rejects, made } = await intake({ files: { 'a.csv': 'id\nä1\nB\nÄ1\nA\u03081\nC\n' }, fields: { id: 'id' } })
    expect(made.map(({ id }) => id)).toEqual(['B', 'C'])
    expect(rejects.map(({ faults }) => words(faults)[0])).toEqual(
      [
        [2, 4],
        [4, 2],
        [5, 2],
      ].map(
        ([line, other]) =>
          `intake.twin a.csv:${line}: id differs from that of line ${other} only in case, blanks or Unicode form -- ids become file names, which such differences do not keep apart; let clean.js write them alike`,
      ),
    )
  })

  test('ids that no file name can be made from', async () => {
    const { rejects, made } = await intake({
      files: { 'a.csv': `id\n${'я'.repeat(33)}\n${'я'.repeat(34)}\na\u0007b\na\u200bb\n` },
      fields: { id: 'id' },
    })
    expect(made).toHaveLength(1)
    expect(rejects.map(({ faults }) => words(faults)[0])).toEqual([
      'intake.id a.csv:3: id gives a file name of 204 bytes, and 200 are the most -- use a shorter key',
      'intake.id a.csv:4: id has a control or invisible character in it -- remove it: ids become file names',
      'intake.id a.csv:5: id has a control or invisible character in it -- remove it: ids become file names',
    ])
  })
})
