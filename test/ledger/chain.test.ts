/** The chain of events: whatever is done to an event, or to their order, is found. */

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkChain, type EventOnRecord, Ledger } from '../../src/ledger/index.ts'

let ledger: Ledger
beforeEach(() => {
  ledger = new Ledger('')
})
afterEach(() => ledger.close())

function chain(length: number): readonly EventOnRecord[] {
  for (let at = 1; at <= length; at += 1) ledger.record(`kind${at % 3}`, `2026-01-01T00:00:0${at % 10}Z`, { at })
  return ledger.events()
}

/** Eight events, and the head that was noted when they were all. */
function eight(): { readonly events: readonly EventOnRecord[]; readonly head: ReturnType<Ledger['chainHead']> } {
  const events = chain(8)
  return { events, head: ledger.chainHead() }
}

describe('a chain of events', () => {
  it('holds as it was written, up to every head that was noted on the way', () => {
    const first = chain(3)
    const noted = ledger.chainHead()
    expect(checkChain(first, [noted])).toEqual([])
    const events = chain(2)
    expect(checkChain(events, [noted, ledger.chainHead()])).toEqual([])
    expect(ledger.chainHead()).toEqual({ events: 5, head: events[4]?.hash })
  })

  it('shows an event that is edited in any of its parts', () => {
    const { events, head } = eight()
    const changes = {
      at: '2027-01-01T00:00:00Z',
      kind: 'other',
      body: '{"at":99}',
      hash: 'f'.repeat(64),
      number: 99,
    }
    fc.assert(
      fc.property(fc.nat(7), fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])), (at, part) => {
        const edited = events.map((event, place) => (place === at ? { ...event, [part]: changes[part] } : event))
        expect(checkChain(edited, [head])).not.toEqual([])
      }),
    )
  })

  it('shows events that are deleted, put in, or moved, also where they are numbered anew', () => {
    const { events, head } = eight()
    const renumber = (list: readonly EventOnRecord[]): readonly EventOnRecord[] =>
      list.map((event, at) => ({ ...event, number: at + 1 }))
    fc.assert(
      fc.property(fc.nat(7), fc.nat(7), fc.constantFrom('delete', 'insert', 'move'), (at, to, how) => {
        const list = [...events]
        const [one] = list.splice(at, 1)
        if (one === undefined || (how === 'move' && at === to)) return
        if (how === 'insert') list.splice(at, 0, one, { ...one, body: '{}' })
        if (how === 'move') list.splice(to, 0, one)
        expect(checkChain(list, [head])).not.toEqual([])
        expect(checkChain(renumber(list), [head])).not.toEqual([])
      }),
    )
  })

  it('names what is missing, changed or cut off at the end', () => {
    const { events, head } = eight()
    expect(checkChain(events.filter(({ number }) => number !== 3 && number !== 4))[0]).toBe(
      'the events 3 to 4 are missing',
    )
    const edited = events.map(event => (event.number === 5 ? { ...event, body: '{}' } : event))
    expect(checkChain(edited)).toEqual([
      'the event 5 (kind2) is not what was written, or not behind what it was written',
    ])
    // Without a head that was noted, nobody can tell that there was more.
    expect(checkChain(events.slice(0, 7))).toEqual([])
    expect(checkChain(events.slice(0, 7), [head])).toEqual(['the event 8, which was the last one once, is missing'])
  })
})
