/** A run that would make nothing, since all that is in its data is rejected, is refused whatever it allows. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Factory, makeFactory } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 3, mail: false })
})
afterEach(() => factory.close())

const spoil = (...bills: readonly number[]): void => {
  const lines = factory.read('data/bills.csv').split('\n')
  const spoiled = lines.map(line =>
    bills.some(bill => line.startsWith(`B-${bill};`)) ? line.replace(/\d,\d\d/g, 'x') : line,
  )
  factory.write('data/bills.csv', spoiled.join('\n'))
}

test.each(['100%', '3'])('with %s allowed, in check too', allowed => {
  spoil(1, 2, 3)
  factory.write('jobs/bills.yaml', `${factory.read('jobs/bills.yaml')}rejects: ${allowed}\nallowEmpty: true\n`)
  for (const command of ['check', 'run']) {
    const ran = factory.platen(command, factory.job)
    expect(ran.status, ran.said).toBe(5)
    expect(ran.said).toContain('jobs/bills.yaml: 3 of 3 communications are rejects, and nothing is left to make')
    expect(ran.said).toContain('mend the data: no allowance begins a run that makes nothing')
  }
  expect(factory.exists('out/bills-2026-03/lot-0001')).toBe(false)
  expect(factory.read('out/bills-2026-03/rejects.csv')).toContain('B-3')
})

test('one communication that can be made is enough', () => {
  spoil(1, 2)
  const ran = factory.platen('run', factory.job, '--rejects', '100%')
  expect(ran.status, ran.said).toBe(0)
})
