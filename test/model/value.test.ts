import { expect, it } from 'vitest'
import { lookup, stepsOf } from '../../src/model/index.ts'

it('looks paths up by own names alone, however many were asked for before', () => {
  const names = Array.from({ length: 2_500 }, (_, at) => `name${at}`)
  const data = { group: Object.fromEntries(names.map(name => [name, { value: name }])), list: ['first'] }
  for (const round of [1, 2])
    for (const name of names) expect([round, lookup(data, `group.${name}.value`)]).toEqual([round, name])
  expect(lookup(data, 'group.toString.name')).toBeUndefined()
  expect(lookup(data, 'group.name1.value.length')).toBeUndefined()
  expect(lookup(data, 'list.0')).toBe('first')
  expect(lookup(data, '')).toBeUndefined()
  expect(stepsOf('group.name1')).toEqual(['group', 'name1'])
})
