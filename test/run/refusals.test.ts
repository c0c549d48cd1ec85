/** What is refused while it is read: the words of a fault that all have are held once. */
import { expect, it } from 'vitest'
import type { Fault } from '../../src/model/index.ts'
import { Refusals } from '../../src/run/stage/refusals.ts'

const wrong = (message: string): readonly Fault[] => [
  { code: 'template.helper', message, place: { file: 'a.hbs', line: 3 }, hint: 'mend it' },
]

it('tells all in their order, each with its own words', () => {
  const refusals = new Refusals()
  const words = ['a', 'b', 'a', 'c', 'b']
  for (const [at, message] of words.entries()) refusals.add(at + 1, wrong(message))
  expect(refusals.all()).toEqual(words.map((message, at) => ({ seq: at + 1, issued: false, faults: wrong(message) })))
})

it('holds the same words once, and of too many wordings the later ones by themselves', () => {
  const refusals = new Refusals()
  for (const seq of [1, 2]) refusals.add(seq, wrong('of all'))
  for (let seq = 3; seq < 10_010; seq += 1) refusals.add(seq, wrong(`of ${seq}`))
  for (const seq of [20_001, 20_002]) refusals.add(seq, wrong('of two'))
  refusals.add(20_003, wrong('of all'))
  const all = refusals.all()
  expect(all[1]?.faults).toBe(all[0]?.faults)
  expect(all.at(-1)?.faults).toBe(all[0]?.faults)
  expect(all.at(-2)).toEqual({ seq: 20_002, issued: false, faults: wrong('of two') })
  expect(all.at(-2)?.faults).not.toBe(all.at(-3)?.faults)
})
