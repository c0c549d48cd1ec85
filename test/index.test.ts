/** The library's door: one piece, a batch, events, faults, and nothing left open. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FaultError, openFactory, type RunEvent } from '../src/index.ts'
import { type Factory as Fixture, makeFactory } from './run/factory.ts'

let fixture: Fixture
beforeEach(() => {
  fixture = makeFactory({ bills: 4, mail: false })
})
afterEach(() => fixture.close())

const bill = {
  number: 'B-1',
  issued: '2026-03-01',
  customer: { name: "O'Brien & Sons", email: 'a@example.com', phone: '+447700900001', locale: 'en-GB' },
  lines: [
    { item: 'Item 1', amount: '1.10' },
    { item: 'Item 2', amount: '1.20' },
  ],
}
const options = { id: 'B-1', date: '2026-03-31' }

async function* rows() {
  for (const at of [1, 2, 3]) {
    for (const item of ['one', 'two']) {
      yield {
        number: `B-${at}`,
        customer: 'Ada',
        email: '',
        phone: '',
        locale: 'en-GB',
        issued: '2026-03-01',
        item,
        amount: `${at}.50`,
      }
    }
  }
}

describe('render', () => {
  test('gives one piece, the same one every time', async () => {
    const factory = await openFactory(fixture.folder)
    const first = await factory.render('bill', 'pdf', bill, options)
    const other = await factory.render(
      'bill',
      'pdf',
      { ...bill, customer: { name: 'Somebody Else' } },
      { ...options, id: 'B-2' },
    )
    const again = await factory.render('bill', 'pdf', bill, options)
    expect(first.mediaType).toBe('application/pdf')
    expect(first.measures.pages).toBe(1)
    expect(Buffer.compare(first.bytes, again.bytes)).toBe(0)
    expect(Buffer.compare(first.bytes, other.bytes)).not.toBe(0)
    const message = await factory.render('bill', 'sms', bill, options)
    // Nothing of anybody else's in the memory that is handed out.
    expect(message.bytes.buffer.byteLength).toBe(message.bytes.length)
    expect(Buffer.from(message.bytes).toString()).toContain('To pay: £2.30')
    await factory.close()
  })

  test("loads a template for the channel that is asked for: what is wrong with another is in nobody's way", async () => {
    fixture.write('templates/bill/sms.hbs', '{{#if number}}never closed')
    const factory = await openFactory(fixture.folder)
    expect((await factory.render('bill', 'pdf', bill, options)).measures.pages).toBe(1)
    await expect(factory.render('bill', 'sms', bill, options)).rejects.toThrow(/never closed/)
    await factory.close()
  })

  test('rejects with every fault of the data, of the template, and of the channel', async () => {
    const factory = await openFactory(fixture.folder)
    const broken = factory.render('bill', 'pdf', { ...bill, issued: 'soon', number: 7 }, options)
    await expect(broken).rejects.toThrow(FaultError)
    await expect(broken).rejects.toMatchObject({ faults: [{ code: 'schema.value' }, { code: 'schema.value' }] })
    await expect(factory.render('bil', 'pdf', bill)).rejects.toThrow(/the folder is not there/)
    await expect(factory.render('bill', 'fax', bill)).rejects.toMatchObject({ faults: [{ code: 'run.template' }] })
    await factory.close()
  })
})

describe('run', () => {
  test('rows from objects; events in order; a report', async () => {
    const factory = await openFactory(fixture.folder)
    const run = factory.run('bills', { data: rows(), date: '2026-03-31', period: '2026-03' })
    const seen: RunEvent['kind'][] = []
    for await (const event of run) seen.push(event.kind)
    expect(seen.filter(kind => kind !== 'pressing' && kind !== 'reading')).toEqual([
      'started',
      'read',
      'allocated',
      'published',
      'finished',
    ])
    const report = await run.report
    expect(report).toMatchObject({
      exit: 0,
      run: 'bills-2026-03',
      rows: { read: 6, communications: 6 },
      communications: { made: 3 },
    })
    expect(fixture.exists('out/bills-2026-03/lot-0001/pdf/B-3.pdf')).toBe(true)
    await factory.close()
  })

  test('text in objects is canonical, whatever conventions the file has', async () => {
    fixture.mend('jobs/bills.yaml', 'decimal: ","', 'decimal: ","\n  thousands: "."\n  date: dd.MM.yyyy')
    const amounts = async function* () {
      for await (const row of rows()) yield { ...row, amount: '1.230' }
    }
    const factory = await openFactory(fixture.folder)
    const control = join(fixture.folder, 'jobs/control.yaml')
    fixture.write('jobs/control.yaml', 'sum: { lines.amount: "7.38" }\n')
    const report = await factory.run('bills', { data: amounts(), expect: control, date: '2026-03-31' }).report
    expect(report).toMatchObject({ exit: 0, rejects: [], sums: { 'lines.amount': { read: '7.380' } } })
    await factory.close()
  })

  test('awaiting the report alone drives it; a refused input is a report too; a wrong job is a FaultError', async () => {
    const factory = await openFactory(fixture.folder)
    fixture.mend('data/bills.csv', '2,10', '2,1x')
    expect((await factory.run('bills').report).exit).toBe(5)
    await expect(factory.run('bils').report).rejects.toThrow(/bils.yaml: the job is not there/)
    await expect(factory.run('bills', { period: 'March' }).report).rejects.toThrow(/not a period/)
    await factory.close()
  })

  test('only the signal stops it, and its reason is what the report rejects with', async () => {
    const factory = await openFactory(fixture.folder)
    const controller = new AbortController()
    const reason = new Error('enough')
    const run = factory.run('bills', { signal: controller.signal })
    const iterate = (async () => {
      for await (const event of run) if (event.kind === 'allocated') controller.abort(reason)
    })()
    await expect(run.report).rejects.toBe(reason)
    await expect(iterate).rejects.toBe(reason)
    expect((await factory.run('bills').report).exit).toBe(0)
    await factory.close()
  })

  test('options of a factory are checked when it is opened', async () => {
    for (const wrong of [{ assets: 5 }, { out: '' }, { channels: 'x.js' }, { channels: [7] }, { templatess: 'x' }])
      await expect(openFactory(fixture.folder, wrong as object)).rejects.toMatchObject({
        name: 'FaultError',
        faults: [{ code: 'usage.option' }],
      })
  })

  test('options are checked at the door, and nothing is made of what cannot be used', async () => {
    const factory = await openFactory(fixture.folder)
    for (const wrong of [
      { run: '../../escaped' },
      { date: '2026-02-30' },
      { mode: 0 },
      { data: { '': 'x.csv' } },
      { lotsize: 3 },
    ])
      await expect(factory.run('bills', wrong as object).report).rejects.toMatchObject({
        name: 'FaultError',
        faults: [{ code: 'usage.option' }],
      })
    await expect(factory.run('').report).rejects.toThrow(/neither a name nor a path/)
    await expect(factory.render('bill', 'sms', bill, { date: 'soon' })).rejects.toThrow(/date is not a day/)
    await expect(factory.render('bill', 'sms', [bill] as object)).rejects.toThrow(/the data is not an object/)
    expect(fixture.exists('out')).toBe(false)
    await factory.close()
    await expect(openFactory(fixture.folder, { asets: 'x' } as object)).rejects.toThrow(/no option "asets"/)
  })

  test('a file: URL is the file that it names', async () => {
    const factory = await openFactory(fixture.folder)
    fixture.write('data/one.csv', fixture.read('data/bills.csv').split('\n').slice(0, 3).join('\n'))
    const data = pathToFileURL(join(fixture.folder, 'data/one.csv'))
    const report = await factory.run('bills', { data, rejects: '10%', mode: '0640' }).report
    expect(report.communications.made).toBe(1)
    expect(report.data.files).toEqual([
      {
        file: join(fixture.folder, 'data/one.csv'),
        rows: 2,
        filtered: 0,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
    await factory.close()
  })

  test('a source that waits for ever keeps neither the signal nor close waiting; one that throws is the cause', async () => {
    const factory = await openFactory(fixture.folder)
    async function* stuck() {
      yield bill
      await new Promise(() => {})
    }
    const reason = new Error('enough')
    const controller = new AbortController()
    const run = factory.run('bills', { data: stuck(), signal: controller.signal })
    setTimeout(() => controller.abort(reason), 200)
    await expect(run.report).rejects.toBe(reason)
    const lost = Object.assign(new Error('connection lost'), { code: 'ENOSPC' })
    async function* broken() {
      yield bill
      throw lost
    }
    await expect(factory.run('bills', { data: broken() }).report).rejects.toMatchObject({
      name: 'FaultError',
      cause: lost,
    })
    await factory.close()
  })

  test('close waits for what is under way, and nothing begins after it', async () => {
    const factory = await openFactory(fixture.folder)
    let rendered = false
    const piece = factory.render('bill', 'sms', bill, options).then(() => {
      rendered = true
    })
    const closing = factory.close()
    const late = factory.run('bills')
    await expect(factory.render('bill', 'sms', bill)).rejects.toThrow(/this factory is closed/)
    await closing
    expect(rendered).toBe(true)
    await piece
    await expect(late.report).rejects.toThrow(/this factory is closed/)
    const iterate = async () => {
      for await (const _ of late);
    }
    await expect(iterate()).rejects.toThrow(/this factory is closed/)
    await factory.close()
    expect(fixture.exists('out')).toBe(false)
  })

  test('two factories at once never mix', async () => {
    const other = makeFactory({ bills: 4 })
    other.mend('assets/brand.yaml', 'name: Nord & Sohn', 'name: Other & Co')
    const [a, b] = await Promise.all([openFactory(fixture.folder), openFactory(other.folder)])
    const reports = await Promise.all([a.run('bills').report, b.run('bills').report])
    expect(reports.map(({ exit }) => exit)).toEqual([0, 0])
    expect(fixture.read('out/bills-2026-03/lot-0001/sms/messages.jsonl')).not.toContain('Other & Co')
    expect(other.read('out/bills-2026-03/lot-0001/sms/messages.jsonl')).not.toContain('Nord & Sohn')
    await Promise.all([a.close(), b.close()])
    other.close()
  })

  test('a channel from outside works like one of ours, also in workers', async () => {
    fixture.write('fax.js', outsideChannel)
    fixture.write('templates/bill/fax.hbs', 'FAX {{number}} {{fact "total"}}\n')
    fixture.mend('jobs/bills.yaml', '  sms: {}', '  fax: {}')
    const url = `file://${join(fixture.folder, 'fax.js')}`
    const factory = await openFactory(fixture.folder, { channels: [url] })
    const report = await factory.run('bills').report
    expect(report.pieces['fax']).toEqual({ rendered: 4, skipped: 0, held: 0, failed: 0 })
    expect(fixture.read('out/bills-2026-03/lot-0001/fax/B-1.txt')).toBe('FAX B-1 £2.30\n')
    expect((await factory.explain('bills-2026-03', 'B-1')).pieces.map(({ facts }) => facts?.['total'])).toContain(
      '£2.30',
    )
    expect(await factory.verify('bills-2026-03')).toMatchObject({
      exit: 0,
      faults: [],
      found: { again: { otherwise: [] } },
    })
    // Another module by that name need not make the same: that is no difference.
    fixture.write('fax.js', `${outsideChannel}// mended\n`)
    expect(await factory.verify('bills-2026-03')).toMatchObject({
      exit: 0,
      found: {
        again: { otherwise: [{ tools: expect.stringContaining('channels from outside'), different: 0, unmade: 0 }] },
      },
    })
    await factory.close()
    // Elsewhere the channel is not known: all else is looked at, and what was not is said.
    const told = fixture.platen('verify', 'bills-2026-03')
    expect(told.stdout).toMatch(/^bills-2026-03: as it was made, as far as it was looked at\n/)
    expect(told.stdout).toContain('0 of 4 communications')
    expect(told.stderr).toContain('nothing was made again: "fax" is a channel from outside, and not given here')
    expect(told.status).toBe(2)
    expect(fixture.platen('explain', 'bills-2026-03', 'B-1').stdout).toContain('fact total: £2.30')
    await expect(openFactory(fixture.folder, { channels: ['file:///nowhere.js'] })).rejects.toThrow(/cannot be loaded/)
  })
})

test('the example runs, and leaves nothing open', () => {
  const folder = fileURLToPath(new URL('../examples/embed', import.meta.url))
  const ran = spawnSync(process.execPath, ['embed.js'], { cwd: folder, encoding: 'utf8', timeout: 60_000 })
  expect(ran.stderr).toBe('')
  expect(ran.stdout.split('\n')).toEqual([
    'one piece: application/pdf, 1 page',
    'a fault: issued is not a date such as 2026-03-23 (found "yesterday")',
    'lot 1: 2 pieces',
    'a batch: 2 made from 4 rows, exit 0',
    '',
  ])
  expect(ran.status).toBe(0)
})

const outsideChannel = `
export default {
  name: 'fax', files: ['fax.hbs'], escape: 'none', settings: { type: 'object' }, encloses: [],
  output: { folder: 'fax', extension: 'txt' },
  prepare: async ({ sources }) => ({ ok: true, value: { texts: { body: { ...sources['fax.hbs'], escape: 'none' } } } }),
  open: async () => ({
    render: async ({ texts }) => ({ ok: true, value: { bytes: Buffer.from(texts.body), mediaType: 'text/plain', measures: {} } }),
    read: async bytes => Buffer.from(bytes).toString(),
    close: async () => {},
  }),
}
`
