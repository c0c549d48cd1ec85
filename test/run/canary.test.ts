/** What a customer is called stands in no event, report or ledger entry, not even where their file has no header. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Factory, makeFactory } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 2 })
})
afterEach(() => factory.close())

const canaries = ['Canary-Kovalenko', '12 Canary Street', 'canary@example.com', '+447700900001', 'CANARY-1001']

/** All that a run says and keeps, but for staging, pieces and rejects. */
function everythingSaid(ran: { readonly said: string }): string {
  const run = 'out/bills-2026-03'
  const kept = ['report.json', 'report.html'].map(file =>
    factory.exists(`${run}/${file}`) ? factory.read(`${run}/${file}`) : '',
  )
  const events: string[] = []
  if (factory.exists(`${run}/run.db`)) {
    const db = new DatabaseSync(join(factory.folder, run, 'run.db'), { readOnly: true })
    const tables = db.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[]
    for (const { name } of tables.filter(table => !/^(communication|reject)$/.test(table.name)))
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
