/** A joined file with a header and no rows is more often the wrong file than an empty month. */
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
