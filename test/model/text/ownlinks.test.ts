/** Links of a finished message that its own words do not say. */
import { expect, test } from 'vitest'
import { isPutTogether, mayHaveOtherLinks } from '../../../src/model/text/ownlinks.ts'
import { says } from '../../../src/model/text/ownwords.ts'

const telling = (name: string, retell: (name: string) => string | undefined) => ({
  communication: { data: { name }, recipient: {} },
  links: new Set<string>(),
  spellings: (value: string) => [value],
  retell: (values: { data: unknown }) => retell(String((values.data as { name: string }).name)),
})

test('a value that reads as a host of a hundred thousand signs is one, and nothing breaks', () => {
  const name = 'aa dot '.repeat(30_000)
  const told = telling(name, other => `${other} in Leith`)
  expect(isPutTogether(`${name} in Leith`, new Set(), told)).toBe(true)
})

test.each([
  ['pay at →nord.example', true],
  ['pay at ❤nord.example', true],
  ['pay at →\u200Bnord.example', true],
  ['pay at nord.example→.com', true],
  ['pay at evil·com', true],
  ['No. 417 · Kim Nowak, every day 8–\u206020', false],
])('%j may have a link besides nord.example: %s', (message, may) => {
  expect(mayHaveOtherLinks(message, new Set(['nord.example']))).toBe(may)
})

test('a word that values of one letter make together is not the wording’s own', () => {
  const k = ['S', 'T', 'O', 'P']
  const told = {
    communication: { data: { k, size: 'S' }, recipient: {} },
    links: new Set<string>(),
    spellings: (value: string) => [value],
  }
  const demand = { words: 'STOP', said: /(?<!\p{L})STOP(?!\p{L})/u, byLink: false }
  const retell = (write: (k: readonly string[]) => string) => (values: { data: unknown }) =>
    write((values.data as { k: readonly string[] }).k)
  expect(says('STOP', demand, { ...told, retell: retell(own => own.join('')) })).toBe(false)
  expect(says('S T: STOP', demand, { ...told, retell: retell(own => `${own[0]} ${own[1]}: STOP`) })).toBe(true)
})

test('a value of any length is struck from what the wording says', () => {
  const name = `STOP ${'x'.repeat(200_000)}`
  const demand = { words: 'STOP', said: /STOP/u, byLink: false }
  const told = telling(name, () => undefined)
  expect(says(`Dear ${name}`, demand, told)).toBe(false)
  expect(says(`Dear ${name}: STOP`, demand, told)).toBe(true)
})
