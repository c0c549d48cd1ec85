/** The gallery of mistakes: each ends as it should, with one fault that says what, where and what to do; every code has one. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { codes, type FaultCode, describe as inWords } from '../../src/model/index.ts'
import { elsewhere, provoke, rooms } from './mistakes/index.ts'

/** What no fault may quote: the customers of the small factory. */
const secrets = ["O'Brien", 'Олена', 'customer1@', 'customer2@', '4477009']

/** Faults about the command line have no place but the option that their message names. */
const placeless = new Set(['usage.option'])

describe.each(rooms)('$name', ({ mistakes, mail = false }) => {
  test.each(mistakes.map(mistake => [mistake.what, mistake] as const))('%s', async (_, mistake) => {
    const { code, exit, says, hint, also = [] } = mistake
    const { told, lots } = await provoke(mistake, { mail })
    expect(told.map(one => one.exit)).toEqual(told.map(() => exit))
    const faults = told.flatMap(one => one.faults)
    const [first] = faults.filter(fault => fault.code === code)
    expect(first && { says: inWords(first), hint: first.hint }, JSON.stringify(faults, null, 2)).toEqual({ says, hint })
    // Rejects come with the refusal of the run, and the numbers of the small factory are too short to be looked for.
    const along: readonly string[] = ['run.rejects', 'run.unwatched']
    const others = faults.map(fault => fault.code).filter(other => other !== code && !along.includes(other))
    expect([...new Set(others)].sort()).toEqual([...also].sort())
    if (exit === 2 || exit === 5) expect(lots).toEqual([])
    for (const fault of faults) {
      const words = `${inWords(fault)} ${fault.hint}`
      expect(fault.hint, words).toBeTruthy()
      expect(fault.place !== undefined || placeless.has(fault.code), words).toBe(true)
      expect(fault.message, words).toMatch(/^(?![A-Z][a-z])[^\n]*[^.\n]$/)
      for (const secret of secrets) expect(words).not.toContain(secret)
    }
  })
})

describe('the gallery', () => {
  const all = rooms.flatMap(room => room.mistakes)

  test('has a mistake for every code that can be brought about', () => {
    const shown = new Set<FaultCode>([...all, ...elsewhere].map(({ code }) => code))
    expect(Object.keys(codes).filter(code => !shown.has(code as FaultCode))).toEqual([])
    expect(elsewhere.filter(({ code }) => all.some(mistake => mistake.code === code))).toEqual([])
  })

  test.each(elsewhere)('$code is shown by $shown', ({ code, shown, says }) => {
    const text = readFileSync(shown, 'utf8')
    expect(text).toContain(code)
    expect(text).toContain(says)
  })

  test('has each mistake once', () => {
    const phrases = all.map(({ code, what }) => `${code}: ${what}`)
    expect(phrases.filter((phrase, at) => phrases.indexOf(phrase) !== at)).toEqual([])
  })
})
