/** Numbers of France and its departments overseas: however one is written, one number is sent to, and whoever is in a suppression list gets nothing. */
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sms } from '../../../src/channels/sms/index.ts'
import { homeOf } from '../../../src/channels/sms/overseas.ts'
import { phone as read } from '../../../src/channels/sms/phone.ts'
import { hasBeginning } from '../../../src/channels/sms/plans.ts'
import { readSmallTable } from '../../../src/intake/index.ts'
import { hashSuppression, type ListFile, readSuppression, type Suppression } from '../../../src/route/index.ts'
import { addressed } from '../../../src/run/plan/suppress.ts'
import { good } from '../../outcome.ts'

const key = Buffer.from('0123456789abcdef')
const spare = Buffer.from('of this process alone')
const numbers = 'a number as it is dialled in FR'
const listOf = (text: string): ListFile => ({ file: 'no.csv', records: readSmallTable(text, 3) })
const lineOf = (address: string): string => `channel,purpose,address\nsms,*,${address}\n`

function suppression(list: ListFile, dialled: string): Suppression {
  return good(readSuppression(list, { channels: [addressed(sms, dialled)], key, spare, numbers }))
}

function holds({ holds }: Suppression, address: string): boolean {
  return holds({ channel: 'sms', purpose: 'service', address })
}

/** As lists have it that `platen suppress` hashed when a number had this form. */
function hashedAs(form: string): ListFile {
  return listOf(lineOf(`hmac-sha256:${createHmac('sha256', key).update(form).digest('hex')}`))
}

const countries = ['FR', 'GP', 'BL', 'MF', 'GF', 'MQ', 'RE', 'YT']
const codes = ['33', '590', '594', '596', '262']

test.each([
  ['690 12 34 56', 'FR', '+590690123456', 'GP'],
  ['+33 690 12 34 56', undefined, '+590690123456', 'GP'],
  ['+33 (0)6 90 12 34 56', undefined, '+590690123456', 'GP'],
  ['0033 692 12 34 56', 'UA', '+262692123456', 'RE'],
  ['612345678', 'RE', '+33612345678', 'FR'],
  ['+262 612 34 56 78', undefined, '+33612345678', 'FR'],
  ['+262 639 12 34 56', undefined, '+262639123456', 'YT'],
  ['+262 0639 12 34 56', 'FR', '+262639123456', 'YT'],
  ['0639 12 34 56', 'FR', '+262639123456', 'YT'],
  ['+594 0 70 93 51 234', undefined, '+262709351234', 'YT'],
  ['+33 0 70 93 11 234', undefined, '+594709311234', 'GF'],
  ['0590 27 12 34', 'FR', '+590590271234', 'BL'],
  ['+33 590 27 12 34', 'FR', '+590590271234', 'BL'],
  // What begins with 8 and 9 is each department's own.
  ['0801 12 34 56', 'RE', '+262801123456', 'RE'],
  ['+33 976 12 34 56', 'RE', '+33976123456', 'FR'],
])('%j in %s is %s of %s', (text, dialled, number, country) => {
  expect(read(text, dialled)).toEqual({ number, country })
})

/** Nine digits, as heads of every department and of France have them. */
const own = fc
  .tuple(
    fc
      .constantFrom('590', '690', '691', '7090', '594', '694', '70931', '596', '696', '7091', '262', '263', '692')
      .chain(head =>
        fc.constantFrom(head, '693', '7092', '269', '2689', '639', '70937', '612', '695', '145', '269', '339'),
      ),
    fc.stringMatching(/^\d{8}$/),
  )
  .map(([head, more]) => (head + more).slice(0, 9))

/** Every way to write it. */
function waysOf(digits: string): readonly string[] {
  const starts = ['0', '', ...codes.flatMap(code => [`+${code}`, `00${code} `, `+${code} (0)`, `(+${code}) `])]
  const pairs = [digits.slice(0, 1), ...(digits.slice(1).match(/../g) ?? [])]
  return starts.flatMap(start => [start + digits, `${start}${pairs.join(' ')}`, `${start}${pairs.join('.')}`])
}

test('however a number is written, and wherever it is dialled, one number is sent to', () => {
  fc.assert(
    fc.property(own, digits => {
      const sentTo = countries.flatMap(dialled => waysOf(digits).map(way => JSON.stringify(read(way, dialled))))
      expect([...new Set(sentTo)]).toEqual([expect.stringMatching(`^{"number":"\\+\\d+${digits}","country":"`)])
    }),
    { numRuns: 60 },
  )
})

test('a list with any of the ways, plain or hashed, holds all the others', () => {
  fc.assert(
    fc.property(own, fc.constantFrom(...countries), fc.nat(), (digits, dialled, at) => {
      const ways = waysOf(digits)
      const plain = listOf(lineOf(ways[at % ways.length] ?? ''))
      const hashes = good(hashSuppression(plain, { channels: [addressed(sms, dialled)], key, numbers }))
      for (const list of [plain, listOf(hashes)]) {
        const suppressed = suppression(list, dialled)
        for (const way of ways) {
          const sentTo = read(way, dialled)
          expect('number' in sentTo && holds(suppressed, sentTo.number), way).toBe(true)
        }
        expect(suppressed.count()).toEqual({ entries: 1, matched: 1 })
      }
    }),
    { numRuns: 30 },
  )
})

test('so does a list that was hashed when a number kept the code that it was written with', () => {
  for (const digits of ['690123456', '692123456', '639123456', '612345678', '709311234'])
    for (const code of codes) {
      const sentTo = read(`0${digits}`, 'FR')
      const suppressed = suppression(hashedAs(`+${code}${digits}`), 'FR')
      expect('number' in sentTo && holds(suppressed, sentTo.number), `+${code}${digits}`).toBe(true)
      expect(suppressed.count()).toEqual({ entries: 1, matched: 1 })
    }
  // What begins with 8 and 9 is each department's own.
  expect(holds(suppression(hashedAs('+33801123456'), 'FR'), '+262801123456')).toBe(false)
  expect(holds(suppression(hashedAs('+33690123457'), 'FR'), '+590690123456')).toBe(false)
})

test('the heads know all numbers that the tables give to departments overseas', () => {
  const unknown = (country: string, code: string, head: string): readonly string[] => {
    if (!hasBeginning(head, country)) return []
    if (head.length === 5) return homeOf(`${head}1234`, code)?.country === country ? [] : [head]
    return [...'0123456789'].flatMap(digit => unknown(country, code, head + digit))
  }
  for (const [country, code] of [
    ['GP', '590'],
    ['GF', '594'],
    ['MQ', '596'],
    ['RE', '262'],
    ['YT', '262'],
  ] as const)
    expect(
      [...'1234567'].flatMap(digit => unknown(country, code, digit)),
      country,
    ).toEqual([])
})

test('an Italian mobile number is held by a list that was hashed when the 0 of before 2001 was taken, a fixed line is not', () => {
  expect(holds(suppression(hashedAs('+3903471234567'), 'IT'), '+393471234567')).toBe(true)
  expect(holds(suppression(hashedAs('+390335123456'), 'IT'), '+39335123456')).toBe(true)
  expect(holds(suppression(hashedAs('+390332123456'), 'IT'), '+39332123456')).toBe(false)
})

test('a plain entry that no number has any more is told', () => {
  for (const [address, dialled] of [
    ['0347 1234567', 'IT'],
    ['+39 0347 1234567', 'IT'],
    ['+52 1 55 1234 5678', 'MX'],
    ['044 55 1234 5678', 'MX'],
    ['+225 07 12 34 56', 'CI'],
  ] as const)
    for (const channel of ['sms', '*']) {
      const list = listOf(`channel,purpose,address\n${channel},*,${address}\n`)
      const channels = [addressed(sms, dialled)]
      for (const told of [
        readSuppression(list, { channels, key, spare, numbers }),
        hashSuppression(list, { channels, key, numbers }),
      ])
        expect(told, address).toMatchObject({ ok: false, faults: [{ code: 'route.suppressed', place: { line: 2 } }] })
    }
})
