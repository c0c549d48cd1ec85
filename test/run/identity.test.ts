/** The watch over what identifies others, by itself: a finished text is altered, and what stands in it now is somebody else's. */
import { expect, test } from 'vitest'
import type { Communication } from '../../src/model/index.ts'
import type { PressPlan } from '../../src/run/plan/plan.ts'
import { gatherIdentities, type IdentitySource } from '../../src/run/prove/identities.ts'
import { openWatch, type Watch } from '../../src/run/prove/identity.ts'

const template = { facts: [{ name: 'who', value: 'name', as: 'text', on: ['sms'], identity: true }] } as const
const plan = {
  template: { ...template, sources: { 'sms.hbs': 'Шановний клієнте' }, wording: {} },
  brand: {},
  channels: [],
} as unknown as PressPlan
const run = { name: 'bills', date: '2026-03-31', set: {} }
/** Cyrillic letters of these names in Latin ones; by one locale another way than by the other. */
const respell = (text: string, locale: string): readonly string[] => [
  text.replace(/[а-яєі]/gi, letter => {
    const at = 'абвгдеиіклмнорстушєх'.indexOf(letter.toLowerCase())
    const latin = locale === 'uk-UA' && letter.toLowerCase() === 'г' ? 'h' : 'abvgdeyiklmnorstu#ex'[at]
    return latin === '#' ? 'sh' : (latin ?? '')
  }),
]

/** Where something is found, alone. */
const positions =
  ({ foreign }: Watch): ((...args: Parameters<Watch['foreign']>) => readonly number[]) =>
  (...args) =>
    foreign(...args).map(({ position }) => position)

function communication(seq: number, name: string, locale = 'uk-UA'): Communication {
  return { seq, id: `B-${seq}`, locale, recipient: {}, data: { name }, rows: [] } as unknown as Communication
}

const people = [
  communication(1, 'Олена Коваленко'),
  communication(2, 'Сергій Марченко'),
  communication(3, 'Olena Kovalenko', 'en-GB'),
]
const ledger: IdentitySource = {
  locales: () => ['en-GB', 'uk-UA'],
  identities: () =>
    people.map(({ id, data }, at) => ({ id, line: at + 2, values: [String(data['name'])], brought: [] })),
}

test('a name in Latin letters is its owner’s, and found in the message of anybody else', async () => {
  const identities = (await gatherIdentities(ledger, template as never, { spellings: [respell] }))!
  const foreign = positions(openWatch(identities, plan, run))
  const [olena, serhii] = people as [Communication, Communication]
  const message = `Shanovnyi kliente ${respell('Сергій Марченко', 'uk-UA')[0]}: 10 UAH`
  expect(foreign([message], serhii, respell)).toEqual([])
  // The message that is altered shows the other's name, by whatever locale it is written.
  const altered = (locale: string): string =>
    message.replace(respell('Сергій Марченко', 'uk-UA')[0]!, respell('Сергій Марченко', locale)[0]!)
  for (const locale of ['uk-UA', 'en-GB']) expect(foreign([altered(locale)], olena, respell)).toEqual([0])
  // Her own name in Latin letters is another's as that one writes it, and hers all the same.
  expect(foreign([`${respell('Олена Коваленко', 'uk-UA')[0]}: 10 UAH`], olena, respell)).toEqual([])
  // A channel that writes everything as the data has it is not searched for other spellings.
  expect(foreign([altered('uk-UA')], olena)).toEqual([])
})

test('what identifies twenty thousand is found in tables that grow', async () => {
  const many = Array.from({ length: 20_000 }, (_, at) => ({
    id: `R${at + 1000}`,
    line: at + 2,
    values: [`K${at}-X`],
    brought: [],
  }))
  const identities = (await gatherIdentities({ locales: () => [], identities: () => many }, template as never))!
  const foreign = positions(openWatch(identities, plan, run))
  const texts = [0, 31, 32, 8_191, 19_999].flatMap(at => [`see R${at + 1000}.`, `see K${at}-X.`])
  expect(foreign([...texts, 'see R21000.'], communication(1, 'x'))).toEqual(texts.map((_, at) => at))
  expect(identities.given.table.byteLength).toBeLessThanOrEqual(48 * 40_000)
})

test('a text of any length is searched to its end, and nothing of it is found in the next one', async () => {
  const two = [1000, 1001].map(at => ({ id: `R${at}-long`, line: at, values: [undefined], brought: [] }))
  const identities = (await gatherIdentities({ locales: () => [], identities: () => two }, template as never))!
  const foreign = positions(openWatch(identities, plan, run))
  const long = 'ab 12\t\u{10400} '.repeat(20_000)
  expect(foreign([`${long}R1000-LONG`, 'R1000-l', `${long}R1000-\nlong`, ''], communication(1, 'x'))).toEqual([0, 2])
})

test('a key of its own data is its own, unless prepare.js may have made it', async () => {
  const identities = (await gatherIdentities(ledger, template as never))!
  const owner = { ...communication(1, 'x'), data: { name: 'x', shares: { 'Сергій Марченко': '1' } } } as Communication
  const text = 'Сергій Марченко: 1'
  expect(positions(openWatch(identities, plan, run))([text], owner)).toEqual([])
  const made = { ...plan, template: { ...plan.template, prepare: { file: 'prepare.js', text: '' } } } as PressPlan
  expect(positions(openWatch(identities, made, run))([text], owner)).toEqual([0])
  expect(positions(openWatch(identities, plan, run))([text], communication(1, 'x'))).toEqual([0])
})

test('months and numbers in words are the kit’s own, as the language of the reader has them', async () => {
  const named = ['August', 'Hundred', 'серпня', 'Augustin'].map((name, at) => communication(at + 1, name, 'en-GB'))
  const source = {
    ...ledger,
    identities: () =>
      named.map(({ id, data }, at) => ({ id, line: at + 2, values: [String(data['name'])], brought: [] })),
  }
  const identities = (await gatherIdentities(source, template as never))!
  const foreign = positions(openWatch(identities, plan, run))
  const reader = communication(9, 'Ann', 'en-GB')
  expect(foreign(['Due by 5 August 2026: One hundred euros 00 cents'], reader)).toEqual([])
  expect(foreign(['Due by 5 August 2026', 'Dear Augustin', 'до 5 серпня 2026 р.'], reader)).toEqual([1, 2])
  expect(foreign(['до 5 серпня 2026 р.', 'Dear August'], communication(9, 'Ганна', 'uk-UA'))).toEqual([1])
})

test('says which fact it is, and where the other one stands in the data', async () => {
  const many = Array.from({ length: 3_000 }, (_, at) => ({
    id: `R${at + 10_000}`,
    line: at * 2 + 2,
    values: [undefined, `K${at}-X`],
    brought: [],
  }))
  const facts = [
    { name: 'name', value: 'name', identity: true },
    { name: 'account', value: 'account', identity: true },
  ]
  const identities = (await gatherIdentities({ locales: () => [], identities: () => many }, { facts } as never))!
  const { foreign } = openWatch(identities, plan, run)
  expect(foreign(['no', 'see R10007', 'see K2999-X, K1-X'], communication(1, 'x'))).toEqual([
    { position: 1, line: 16 },
    { position: 2, fact: 'account', line: 6000 },
  ])
})
