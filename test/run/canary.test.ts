/** What a customer is called stands in no event, report or ledger entry, not even where their file has no header. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Ledger } from '../../src/ledger/index.ts'
import { kindAndPlace } from '../../src/run/index.ts'
import { type Factory, makeFactory, tree } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 2 })
})
afterEach(() => factory.close())

const canaries = ['Canary-Kovalenko', '12 Canary Street', 'canary@example.com', '+447700900001', 'CANARY-1001']

/** All that a run says and keeps, but for staging, pieces and rejects. */
function everythingSaid(ran: { readonly said: string }, staged = /^(communication|reject)$/): string {
  const run = 'out/bills-2026-03'
  const kept = ['report.json', 'report.html'].map(file =>
    factory.exists(`${run}/${file}`) ? factory.read(`${run}/${file}`) : '',
  )
  const events: string[] = []
  if (factory.exists(`${run}/run.db`)) {
    const db = new DatabaseSync(join(factory.folder, run, 'run.db'), { readOnly: true })
    const tables = db.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[]
    for (const { name } of tables.filter(table => !staged.test(table.name)))
      events.push(JSON.stringify(db.prepare(`select * from "${name}"`).all()))
    db.close()
  }
  return [ran.said, ...kept, ...events].join('\n')
}

test.each([
  ['no header', `${canaries.join(';')};en-GB;10\n${canaries.join(';')};en-GB;11\n`],
  ['no header, and names twice', `${canaries[0]};${canaries.join(';')}\n`],
  ['no header, and a line break in a name', `"${canaries[0]}\n";${canaries.join(';')}\n`],
  ['no header, and another delimiter', `${canaries.join(',')}\n`],
])('%s', (_, text) => {
  factory.close()
  factory = makeFactory({ bills: 2, mail: false })
  factory.write('data/bills.csv', text)
  for (const args of [
    ['run', factory.job],
    ['run', factory.job, '--json'],
    ['check', factory.job],
  ]) {
    const ran = factory.platen(...args)
    expect(ran.status).toBe(5)
    expect(ran.said).toContain(args.includes('--json') ? 'intake.' : 'header')
    for (const canary of canaries) expect(everythingSaid(ran)).not.toContain(canary)
  }
  const report = readFileSync(join(factory.folder, 'out/bills-2026-03/report.json'), 'utf8')
  expect(JSON.parse(report)).toMatchObject({ exit: 5 })
})

test('a value that is in the way where the schema marks it private', () => {
  const lines = factory.read('data/bills.csv').split('\n')
  lines[1] = (lines[1] as string).replace(/;[^;]*@example\.com/, ';canary at example.com')
  lines[2] = (lines[2] as string).replace(/;[^;]*@example\.com/, ';canary at example.com')
  factory.write('data/bills.csv', lines.join('\n'))
  const ran = factory.platen('run', factory.job, '--json')
  expect(ran.status).toBe(5)
  expect(ran.said).toContain('"code":"intake.value"')
  expect(everythingSaid(ran)).not.toContain('canary at')
})

test('what objects of JSON are keyed by: in no warning, not before a purge and not after it', () => {
  const job = factory.read('jobs/bills.yaml').replace(/data:\n.*/s, '')
  factory.write('jobs/bills.yaml', `${job}data: { file: ../data/bills.jsonl, key: number }\nchannels: { sms: {} }\n`)
  const lines = [{ item: 'a', amount: '1.00', 'canary item': 1 }]
  const customer = { name: 'x', phone: '+447700900002', locale: 'en-GB', 'canary@example.com': 'x' }
  const bill = { number: 'B-1', issued: '2026-03-01', customer, lines, 'Canary Kovalenko': 1, amount: 1 }
  factory.write('data/bills.jsonl', `${JSON.stringify(bill)}\n`)
  factory.mend('templates/bill/prepare.js', '{ ...data,', '{ ...data, subtotal: total.toString(),')
  const left = 'left out: amount, subtotal, and 3 whose names are only in the data'
  for (const args of [
    ['check', factory.job],
    ['run', factory.job, '--json'],
    ['purge', '--older-than', '2100-01-01'],
  ]) {
    const told = factory.platen(...args)
    expect(told.status, told.said).toBe(0)
    if (args[0] !== 'purge') expect(told.said).toContain(left)
    expect(everythingSaid(told)).not.toMatch(/canary/i)
  }
  const warned = JSON.parse(factory.read('out/bills-2026-03/report.json')).warnings
  expect(warned).toMatchObject([{ code: 'run.dropped', message: expect.not.stringContaining('left out: ') }])
  // A name that is the key's by a slip of the pen is told, and no other.
  const { number, ...rest } = bill
  factory.write('data/bills.jsonl', `${JSON.stringify({ ...rest, numbr: number })}\n`)
  const slip = factory.platen('run', factory.job, '--run', 'slip')
  expect(slip.said).toContain('did you mean "numbr"?')
  factory.write('data/bills.jsonl', `${JSON.stringify(rest)}\n`)
  const none = factory.platen('run', factory.job, '--run', 'none')
  expect(none.status, none.said).toBe(5)
  expect(`${slip.said}${none.said}`).not.toMatch(/canary/i)
})

test('an error that nobody foresaw is told by its kind and its place, what it says only to those who debug', () => {
  const folder = 'out/bills-2026-03'
  factory.write(`${folder}/report.json`, '{"exit":0}')
  const ledger = new Ledger(join(factory.folder, folder, 'run.db'))
  ledger.record('started', '2026-03-31T12:00:00Z')
  // As a damaged ledger has it: what cannot be parsed is quoted by the error.
  ledger.setMeta({ state: 'done', run: 'bills-2026-03', closing: 'Canary-Kovalenko' })
  ledger.close()
  const bug = factory.platen('verify', 'bills-2026-03')
  expect(bug.status, bug.said).toBe(1)
  expect(bug.stderr).toMatch(/^platen: this is a bug in Platen, not in your files: SyntaxError at \S+:\d+\n/m)
  const purged = factory.platen('purge', '--older-than', '2100-01-01')
  expect(purged.stderr).toMatch(/the ledger or the report cannot be read: SyntaxError at \S+:\d+/)
  for (const { said } of [bug, purged]) expect(said).not.toContain('Canary')
  // A message of several lines that looks like a place.
  expect(kindAndPlace(new TypeError('x\n    at Canary (Canary Street:12:1)'))).toMatch(/^TypeError at \S*canary\.test/)
})

test('whatever is asked of a run, and done with it, from its first page to its purge', { timeout: 120_000 }, () => {
  const [name = '', , email = '', phone = ''] = canaries
  const words = [name, email, phone, phone.slice(1), 'Canary', 'canary@']
  // Pieces are named after ids, which no event, report or metric is.
  const id = 'CANARY-100'
  const pieces = /^(communication|reject|piece)$/
  const lines = factory.read('data/bills.csv').trim().split('\n')
  const soiled = (line: string, number: string): string =>
    line.replace(/^[^;]*;[^;]*;[^;]*;[^;]*/, [number, name, email, phone].join(';'))
  // The first bill is made, the second is a reject by a figure, and the third is not shown right by its template.
  const third = lines.slice(3, 5).map(line => soiled(line, 'CANARY-1002').replace(/;2,/, ';7,'))
  factory.write(
    'data/bills.csv',
    `${[...lines.slice(0, 1), ...lines.slice(1, 3).map(line => soiled(line, 'CANARY-1001')), ...lines.slice(3, 5).map(line => soiled(line, 'CANARY-1003').replace(/;2,/, ';x,')), ...third].join('\n')}\n`,
  )
  factory.write('jobs/bills.yaml', factory.read('jobs/bills.yaml').replace(/ {2}email: .*\n/, ''))
  factory.write('templates/bill/sms.hbs', "{{#if (gt total 13)}}{{money 1}}{{else}}{{fact 'total'}}{{/if}}\n")
  const run = 'bills-2026-03'
  const started = factory.platen('run', factory.job, '--rejects', '1', '--metrics', 'bills.prom', '--json')
  expect(started.status, started.said).toBe(4)
  const metrics = factory.read('bills.prom')
  expect(metrics).toContain(`platen_run_exit{job="bills",run="${run}"} 4\n`)
  expect(metrics).toContain(`platen_run_pieces{job="bills",run="${run}",channel="sms",outcome="held"} 1\n`)
  expect(metrics).toMatch(/\n# EOF\n$/)
  for (const word of words) expect(`${everythingSaid(started)}${metrics}`, word).not.toContain(word)
  expect(`${everythingSaid(started, pieces)}${metrics}`).not.toContain(id)

  const asked: readonly (readonly string[])[] = [
    ['status', run],
    ['explain', run, 'CANARY-1001', '--json'],
    ['explain', run, 'CANARY-1002'],
    ['explain', run, 'CANARY-1003'],
    ['verify', run],
    ['run', factory.job],
    ['discard', run, 'CANARY-1002', '--why', 'a mistake', '--by', 'Maria'],
    ['void', run, '--why', 'a test', '--by', 'Maria'],
    ['status'],
    ['purge', '--older-than', '2100-01-01'],
  ]
  for (const args of asked) {
    const told = factory.platen(...args)
    // Whoever asks by an id is answered by it, and by the names of its files.
    const itself = args.find(word => word.startsWith(id))
    for (const word of itself === undefined ? [...words, id] : words)
      expect(told.said, `${args.join(' ')}: ${word}`).not.toContain(word)
  }
  for (const word of words) expect(everythingSaid({ said: '' }), word).not.toContain(word)
  // After the purge there is nothing left of anybody, in no file.
  const left = Object.entries(tree(join(factory.folder, 'out'), path => !/kit/.test(path)))
  for (const [path, bytes] of left) {
    const text = `${path} ${Buffer.from(bytes, 'base64').toString('latin1')}`
    for (const word of [...words, id]) expect(text.includes(word), `${path}: ${word}`).toBe(false)
  }
})
