/** Data of which nothing can be made is more often the wrong file than an empty month, and no run of it is done. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Factory, makeFactory } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 3, mail: false })
  factory.write('data/notes.csv', 'number;note\n')
  factory.mend(
    'jobs/bills.yaml',
    '    number: number',
    '    number: number\n    notes: [{ file: ../data/notes.csv, on: number, fields: { note: note } }]',
  )
})
afterEach(() => factory.close())

test('it refuses the run, in check too', () => {
  for (const command of ['check', 'run']) {
    const ran = factory.platen(command, factory.job)
    expect(ran.status, ran.said).toBe(5)
    expect(ran.said).toContain('data/notes.csv: the file has no rows')
    expect(ran.said).toContain('set allowEmpty: true beside file: in the job if that may be')
  }
  expect(factory.exists('out/bills-2026-03/lot-0001')).toBe(false)
})

test('beside its file, or for the whole job, it can be allowed', () => {
  const job = factory.read('jobs/bills.yaml')
  factory.write('jobs/bills.yaml', job.replace('notes.csv, on', 'notes.csv, allowEmpty: true, on'))
  expect(factory.platen('check', factory.job).status).toBe(0)
  factory.write('jobs/bills.yaml', `${job}allowEmpty: true\n`)
  expect(factory.platen('check', factory.job).status).toBe(0)
})

test('a batch that is rejected as a whole is refused, however many rejects are allowed', () => {
  factory.write('data/notes.csv', 'number;note\nB-1;a\n')
  const header = factory.read('data/bills.csv').split('\n', 1)[0]
  factory.write(
    'data/bills.csv',
    factory
      .read('data/bills.csv')
      .replaceAll(',', 'x')
      .replace(/^.*/, header ?? ''),
  )
  for (const command of ['check', 'run']) {
    const ran = factory.platen(command, factory.job, '--rejects', '100%')
    expect(ran.status, ran.said).toBe(5)
    expect(ran.said).toContain('jobs/bills.yaml: nothing is left to be made: 3 of 3 communications are rejects')
  }
  expect(factory.exists('out/bills-2026-03/rejects.csv')).toBe(true)
})
