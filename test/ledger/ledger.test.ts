import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Allotment,
  countPlanned,
  counts,
  factSums,
  Ledger,
  readGivenUp,
  readHeldFiles,
  totals,
} from '../../src/ledger/index.ts'
import type { Fault, Outcome, Receipt } from '../../src/model/index.ts'
import { forever, holdInChild, kill } from './children.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  path = join(folder, 'run.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open<T>(work: (ledger: Ledger) => T, file = ''): T {
  const ledger = new Ledger(file)
  try {
    return work(ledger)
  } finally {
    ledger.close()
  }
}

const rowOf = (seq: number) => ({ file: 0, line: seq + 1, start: seq * 10, end: seq * 10 + 10 })
const fault: Fault = {
  code: 'intake.value',
  message: 'amount is not a number',
  place: { file: 'a.csv', line: 3 },
  hint: 'mend it',
}
const stage = (ledger: Ledger, ...seqs: readonly number[]): void => {
  for (const seq of seqs)
    ledger.stage({ seq, id: `id${seq}`, text: `{"id":"id${seq}"}`, rows: [rowOf(seq)], sums: { total: `${seq}.10` } })
}
const allot = (seq: number, lot: number, to: readonly string[] = ['pdf', 'sms'], skipped = {}): Allotment => ({
  seq,
  lot,
  to,
  skipped,
})
const rendered = (seq: number, channel: string): Receipt => ({
  seq,
  id: `id${seq}`,
  channel,
  outcome: 'rendered',
  file: `${channel}/id${seq}`,
  sha256: 'abc',
  byteLength: 100,
  measures: channel === 'pdf' ? { pages: 2 } : { parts: 1, encoding: 'gsm-7' },
  facts: { total: { value: '1.10', shown: '£1.10' } },
})
const ended = (seq: number, channel: string, outcome: 'failed' | 'held', file?: string): Receipt => ({
  seq,
  id: `id${seq}`,
  channel,
  outcome,
  ...(outcome === 'held' ? { reason: 'a sibling failed' } : { reason: 'pdf.fit at pdf.hbs:3', codes: ['pdf.fit'] }),
  ...(file === undefined ? {} : { file }),
})
const run = { kit: 1, meta: { state: 'allocated' } }

describe('staging', () => {
  it('gives back communications in input order, however they came', () => {
    open(ledger => {
      stage(ledger, 3, 1, 2)
      expect([...ledger.staged()]).toEqual([1, 2, 3].map(seq => ({ seq, id: `id${seq}`, text: `{"id":"id${seq}"}` })))
    })
  })

  it('is read in pages, with none left out where one ends and numbers missing', () => {
    open(ledger => {
      const seqs = Array.from({ length: 1100 }, (_, at) => at * 2 + 1)
      stage(ledger, ...seqs)
      expect([...ledger.staged()].map(({ seq }) => seq)).toEqual(seqs)
      expect([...ledger.stagedIds()].map(({ seq }) => seq)).toEqual(seqs)
    })
  })

  it('reads pages of any number of communications, also while they are rejected on the way', () => {
    open(ledger => {
      stage(ledger, ...Array.from({ length: 1201 }, (_, at) => at + 1))
      let seen = 0
      for (const { seq } of ledger.staged()) {
        seen += 1
        ledger.rejectStaged([{ seq, issued: false, faults: [fault] }])
      }
      expect(seen).toBe(1201)
      expect([...ledger.staged()]).toEqual([])
      expect([...ledger.rejects()]).toHaveLength(1201)
    })
  })

  it('keeps of a reject all that people need to mend it', () => {
    open(ledger => {
      const rows = [rowOf(1), rowOf(2), { file: 1, line: 7, start: 0, end: 5 }]
      ledger.reject({ seq: 2, id: 'x', issued: true, faults: [fault, fault], rows, sums: { total: '5.00' } })
      ledger.reject({ seq: 1, issued: false, faults: [fault], rows: [], sums: {} })
      expect([...ledger.rejects()]).toEqual([
        { seq: 1, issued: false, faults: [fault], rows: [], sums: {} },
        {
          seq: 2,
          id: 'x',
          issued: true,
          faults: [fault, fault],
          rows: [
            { file: 0, line: 2, start: 10, end: 30 },
            { file: 1, line: 7, start: 0, end: 5 },
          ],
          sums: { total: '5.00' },
        },
      ])
    })
  })

  it('turns what a gate found into a reject, with its rows and sums', () => {
    open(ledger => {
      stage(ledger, 1, 2)
      ledger.rejectStaged([{ seq: 2, issued: true, faults: [fault] }])
      expect([...ledger.staged()].map(({ seq }) => seq)).toEqual([1])
      expect([...ledger.rejects()]).toEqual([
        { seq: 2, id: 'id2', issued: true, faults: [fault], rows: [rowOf(2)], sums: { total: '2.10' } },
      ])
    })
  })

  it('rejects all that a gate found, or none', () => {
    open(ledger => {
      stage(ledger, 1)
      const refused = [1, 9].map(seq => ({ seq, issued: false, faults: [fault] }))
      expect(() => ledger.rejectStaged(refused)).toThrow('communication 9 is not staged')
      expect([...ledger.staged()]).toHaveLength(1)
      expect([...ledger.rejects()]).toEqual([])
    })
  })

  it('is on disk once it is flushed, and only then', () => {
    const ledger = new Ledger(path)
    stage(ledger, 1)
    expect(open(other => [...other.staged()].length, path)).toBe(0)
    ledger.flush()
    expect(open(other => [...other.staged()].length, path)).toBe(1)
    ledger.close()
  })

  it('is gone where a process ends without flushing, and numbers and ids can be read alone', () => {
    open(ledger => stage(ledger, 1), path)
    open(ledger => {
      expect([...ledger.stagedIds()]).toEqual([])
      stage(ledger, 2, 1)
      expect([...ledger.stagedIds()]).toEqual([
        { seq: 1, id: 'id1' },
        { seq: 2, id: 'id2' },
      ])
    }, path)
  })

  it('refuses the same id twice: that is a bug of ours', () => {
    open(ledger => {
      stage(ledger, 1)
      expect(() => ledger.stage({ seq: 2, id: 'id1', text: '', rows: [], sums: {} })).toThrow(/UNIQUE/)
    })
  })
})

describe('allocation', () => {
  it('lists every piece that must exist, and who presses what', () => {
    open(ledger => {
      stage(ledger, 1, 2, 3)
      ledger.allocate(
        [
          allot(1, 1),
          allot(2, 1, ['sms'], { pdf: 'not chosen by the route' }),
          allot(3, 2, [], { pdf: 'no rule holds', sms: 'no rule holds' }),
        ],
        run,
      )
      expect(ledger.meta('state')).toBe('allocated')
      expect(ledger.lots()).toEqual([
        { number: 1, kit: 1, state: 'planned' },
        { number: 2, kit: 1, state: 'planned' },
      ])
      expect(countPlanned(ledger)).toBe(3)
      expect(ledger.work(1)).toEqual([
        { seq: 1, text: '{"id":"id1"}', to: ['pdf', 'sms'], released: [] },
        { seq: 2, text: '{"id":"id2"}', to: ['sms'], released: [] },
      ])
      expect(ledger.work(2)).toEqual([])
      expect([1, 2].map(lot => ledger.workCount(lot))).toEqual([2, 0])
      expect(ledger.pieces(2)).toEqual([
        { seq: 3, id: 'id3', channel: 'pdf', outcome: 'skipped', reason: 'no rule holds' },
        { seq: 3, id: 'id3', channel: 'sms', outcome: 'skipped', reason: 'no rule holds' },
      ])
    })
  })

  it('hands what was rendered in another lot along with what is still to be made', () => {
    open(ledger => {
      stage(ledger, 1, 2)
      ledger.allocate([allot(1, 1, ['sms', 'pdf', 'email']), allot(2, 1, ['pdf'])], run)
      ledger.commitLot(1, [
        rendered(1, 'sms'),
        rendered(1, 'pdf'),
        ended(1, 'email', 'held', 'held'),
        rendered(2, 'pdf'),
      ])
      ledger.allocate([allot(1, 2, ['email']), allot(2, 2, [], { sms: 'no rule holds' })], run)
      const released = ['pdf', 'sms'].map(channel => ({ channel, lot: 1, file: `${channel}/id1`, sha256: 'abc' }))
      expect(ledger.work(2)).toEqual([{ seq: 1, text: '{"id":"id1"}', to: ['email'], released }])
    })
  })

  it('is one transaction: interrupted, nothing of it is there', () => {
    open(ledger => {
      stage(ledger, 1, 2)
      function* interrupted() {
        yield allot(1, 1)
        throw new Error('interrupted')
      }
      expect(() => ledger.allocate(interrupted(), run)).toThrow('interrupted')
      expect(ledger.meta('state')).toBeUndefined()
      expect(ledger.lots()).toEqual([])
      expect(countPlanned(ledger)).toBe(0)
      ledger.allocate([allot(1, 1), allot(2, 1)], run)
      expect(countPlanned(ledger)).toBe(4)
    })
  })

  it('lets other work in between, and is one transaction all the same', async () => {
    const ledger = new Ledger(path)
    const other = new Ledger(path, { readOnly: true })
    stage(ledger, 1, 2)
    ledger.flush()
    let turns = 0
    const inStretches = (end: () => void) =>
      ledger.overTurns(async () => {
        for (const seq of [1, 2]) {
          setImmediate(() => {
            turns += 1
          })
          ledger.plan([allot(seq, seq)], 1)
          await new Promise(resolve => setTimeout(resolve, 1))
          expect(countPlanned(other)).toBe(0)
        }
        ledger.setMeta(run.meta)
        end()
      })
    const interrupted = (): void => {
      throw new Error('interrupted')
    }
    await expect(inStretches(interrupted)).rejects.toThrow('interrupted')
    expect([countPlanned(ledger), ledger.lots(), ledger.meta('state')]).toEqual([0, [], undefined])
    await inStretches(() => {})
    expect([countPlanned(other), other.lots().length, other.meta('state')]).toEqual([4, 2, 'allocated'])
    expect(turns).toBe(4)
    other.close()
    ledger.close()
  })

  it('finds the pieces of a lot without looking at those of all', () => {
    open(ledger => {
      const plan = ledger.reader.prepare('EXPLAIN QUERY PLAN SELECT seq FROM piece WHERE lot = 1 ORDER BY seq, channel')
      expect(plan.all().map(({ detail }) => detail)).toEqual(['SEARCH piece USING COVERING INDEX piece_lot (lot=?)'])
    })
  })

  it('is there after kill -9, whole or not at all', async () => {
    const child = await holdInChild(
      `import { Ledger } from '../../src/ledger/ledger.ts'
       const ledger = new Ledger(${JSON.stringify(path)})
       for (let seq = 1; seq <= 3; seq += 1) ledger.stage({ seq, id: 'id' + seq, text: '', rows: [], sums: {} })
       ledger.allocate([1, 2].map(seq => ({ seq, lot: 1, to: ['pdf'], skipped: {} })), { kit: 1, meta: { state: 'allocated' } })
       try {
         ledger.allocate((function* () {
           yield { seq: 3, lot: 2, to: ['pdf'], skipped: {} }
           console.log('in the middle')
           for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)
         })(), { kit: 2, meta: { state: 'again' } })
       } finally {}
       ${forever}`,
    )
    await kill(child)
    open(ledger => {
      expect(ledger.meta('state')).toBe('allocated')
      expect(ledger.lots()).toEqual([{ number: 1, kit: 1, state: 'planned' }])
      expect(countPlanned(ledger)).toBe(2)
    }, path)
  })

  it('takes a piece only for what is staged', () => {
    open(ledger => {
      expect(() => ledger.allocate([allot(7, 1)], run)).toThrow(/FOREIGN KEY/)
    })
  })
})

describe('lots', () => {
  it('are committed with all their receipts, which come back as they were', () => {
    open(ledger => {
      stage(ledger, 1, 2)
      ledger.allocate([allot(1, 1), allot(2, 1)], run)
      const receipts = [
        rendered(1, 'pdf'),
        rendered(1, 'sms'),
        ended(2, 'pdf', 'failed'),
        ended(2, 'sms', 'held', 'held/lot-0001/sms/messages.jsonl'),
      ]
      ledger.commitLot(1, receipts)
      expect(ledger.pieces(1)).toEqual(receipts)
      expect(ledger.lots()[0]?.state).toBe('published')
      expect(countPlanned(ledger)).toBe(0)
    })
  })

  it.each([
    ['a channel that was not planned', rendered(1, 'email')],
    ['a communication of another lot', rendered(2, 'pdf')],
    ['a communication that does not exist', rendered(9, 'pdf')],
  ])('refuse a receipt for %s, and with it the lot', (_, stranger) => {
    open(ledger => {
      stage(ledger, 1, 2)
      ledger.allocate([allot(1, 1), allot(2, 2)], run)
      expect(() => ledger.commitLot(1, [rendered(1, 'pdf'), stranger])).toThrow(
        'lot 1 has a receipt for a piece that was not planned',
      )
      expect(countPlanned(ledger)).toBe(4)
      expect(ledger.lots()[0]?.state).toBe('planned')
    })
  })

  it('refuse to be published without an outcome for every piece', () => {
    open(ledger => {
      stage(ledger, 1)
      ledger.allocate([allot(1, 1)], run)
      expect(() => ledger.commitLot(1, [rendered(1, 'pdf')])).toThrow('lot 1 came back without receipts for 1 pieces')
      expect(countPlanned(ledger)).toBe(2)
    })
  })

  it('adds facts up over documents, not over pieces', () => {
    open(ledger => {
      stage(ledger, 1, 2, 3)
      ledger.allocate([allot(1, 1), allot(2, 1), allot(3, 1)], run)
      const more = { facts: { total: { value: '-0.30', shown: '' }, due: { value: '2026-03-01', shown: '' } } }
      ledger.commitLot(1, [
        rendered(1, 'pdf'),
        { ...rendered(1, 'sms'), facts: { amount: { value: '7', shown: '' } } },
        { ...rendered(2, 'pdf'), ...more },
        { ...rendered(2, 'sms'), ...more },
        ended(3, 'pdf', 'failed'),
        ended(3, 'sms', 'held', 'held/x'),
      ])
      expect(factSums(ledger, ['total', 'amount', 'fee'])).toEqual({
        total: { documents: 2, sum: '0.80' },
        amount: { documents: 1, sum: '7' },
      })
    })
  })

  it('are pressed again where pieces failed, with another kit, and the rest stays as it is', () => {
    open(ledger => {
      stage(ledger, 1, 2, 3, 4)
      ledger.allocate([allot(1, 1), allot(2, 1), allot(3, 2), allot(4, 2, ['pdf'], { sms: 'no address' })], run)
      ledger.commitLot(1, [
        rendered(1, 'pdf'),
        rendered(1, 'sms'),
        ended(2, 'pdf', 'failed'),
        ended(2, 'sms', 'held', 'held/lot-0001/sms/messages.jsonl'),
      ])
      ledger.commitLot(2, [ended(3, 'pdf', 'failed'), ended(3, 'sms', 'failed'), ended(4, 'pdf', 'failed')])
      expect([...readHeldFiles(ledger)]).toEqual(['held/lot-0001/sms/messages.jsonl'])
      const again = ledger.toMakeAgain()
      expect(again).toEqual([
        { seq: 2, to: ['pdf', 'sms'] },
        { seq: 3, to: ['pdf', 'sms'] },
        { seq: 4, to: ['pdf'] },
      ])
      ledger.allocate(
        again.map((one, at) => ({ ...one, lot: 3 + Math.floor(at / 2), skipped: {} })),
        { kit: 2, meta: { state: 'again' } },
      )
      expect([...readHeldFiles(ledger)]).toEqual([])
      expect(ledger.meta('state')).toBe('again')
      expect(ledger.lots()).toEqual([
        { number: 1, kit: 1, state: 'published' },
        { number: 2, kit: 1, state: 'published' },
        { number: 3, kit: 2, state: 'planned' },
        { number: 4, kit: 2, state: 'planned' },
      ])
      expect([3, 4].flatMap(lot => ledger.work(lot)).map(({ seq, to }) => [seq, ...to])).toEqual([
        [2, 'pdf', 'sms'],
        [3, 'pdf', 'sms'],
        [4, 'pdf'],
      ])
      expect(ledger.pieces(1).map(({ seq }) => seq)).toEqual([1, 1])
      expect(ledger.pieces(3)[0]).toEqual({ seq: 2, id: 'id2', channel: 'pdf', outcome: null })
      expect(counts(ledger).pieces['sms']).toEqual({ rendered: 1, skipped: 1, held: 0, failed: 0, planned: 2 })
    })
  })

  it('are skipped where they are not to be made again, and given up whole where no piece is left', () => {
    open(ledger => {
      stage(ledger, 1, 2)
      ledger.allocate([allot(1, 1), allot(2, 1)], run)
      ledger.commitLot(1, [
        ended(1, 'pdf', 'failed'),
        ended(1, 'sms', 'held', 'held/lot-0001/sms/messages.jsonl'),
        rendered(2, 'pdf'),
        ended(2, 'sms', 'failed'),
      ])
      ledger.withhold([{ seq: 1, channel: 'sms', reason: 'suppressed (sms, service)' }])
      expect(ledger.toMakeAgain()).toEqual([
        { seq: 1, to: ['pdf'] },
        { seq: 2, to: ['sms'] },
      ])
      expect([...readHeldFiles(ledger)]).toEqual([])
      expect(readGivenUp(ledger).size).toBe(0)
      ledger.discard([1, 2])
      expect([...readGivenUp(ledger)]).toEqual([1])
    })
  })

  it('stay as they are where nothing failed', () => {
    open(ledger => {
      stage(ledger, 1)
      ledger.allocate([allot(1, 1)], run)
      ledger.commitLot(1, [rendered(1, 'pdf'), rendered(1, 'sms')])
      expect(ledger.toMakeAgain()).toEqual([])
    })
  })
})

describe('counts and totals', () => {
  it('add up: every communication is made or rejected, every piece has one outcome', () => {
    const fate = fc.constantFrom<Outcome | 'rejected' | 'gated'>(
      'rendered',
      'skipped',
      'held',
      'failed',
      'rejected',
      'gated',
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fate, fc.integer({ min: 1, max: 9 }))), fates => {
        open(ledger => {
          const allotments: Allotment[] = []
          const receipts: Receipt[] = []
          const gated: number[] = []
          fates.forEach(([outcome, rows], at) => {
            const seq = at + 1
            const one = { seq, rows: Array.from({ length: rows }, () => rowOf(seq)), sums: { total: `${seq}.05` } }
            if (outcome === 'rejected') {
              ledger.reject({ ...one, issued: false, faults: [fault] })
              return
            }
            ledger.stage({ ...one, id: `id${seq}`, text: '' })
            if (outcome === 'gated') gated.push(seq)
            else if (outcome === 'skipped') allotments.push(allot(seq, 1, [], { pdf: 'no address' }))
            else {
              allotments.push(allot(seq, 1, ['pdf']))
              receipts.push(outcome === 'rendered' ? rendered(seq, 'pdf') : ended(seq, 'pdf', outcome))
            }
          })
          ledger.rejectStaged(gated.map(seq => ({ seq, issued: true, faults: [fault] })))
          ledger.allocate(allotments, run)
          if (allotments.length > 0) ledger.commitLot(1, receipts)

          const of = (...wanted: readonly string[]) => fates.filter(([outcome]) => wanted.includes(outcome))
          const rows = (some: typeof fates) => some.reduce((sum, [, n]) => sum + n, 0)
          const found = counts(ledger)
          const rejected = of('rejected', 'gated')
          expect(found.communications).toEqual({ made: fates.length - rejected.length, rejected: rejected.length })
          expect(found.rejectedWithId).toBe(of('gated').length)
          expect(found.issued).toBe(of('gated').length)
          expect(found.rows).toEqual({ communications: rows(fates) - rows(rejected), rejected: rows(rejected) })
          for (const outcome of ['rendered', 'skipped', 'held', 'failed'] as const) {
            expect(found.pieces['pdf']?.[outcome] ?? 0).toBe(of(outcome).length)
          }
          expect(found.measures['pdf']?.pages ?? 0).toBe(of('rendered').length * 2)
          expect(found.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(of('skipped', 'held', 'failed').length)

          const cents = (isRejected: boolean): number =>
            fates.reduce(
              (sum, [outcome], at) =>
                (outcome === 'rejected' || outcome === 'gated') === isRejected ? sum + (at + 1) * 100 + 5 : sum,
              0,
            )
          const total = totals(ledger)['total']
          expect(Math.round(Number(total?.accepted ?? 0) * 100)).toBe(cents(false))
          expect(Math.round(Number(total?.rejected ?? 0) * 100)).toBe(cents(true))
        })
      }),
      { numRuns: 30 },
    )
  })

  it('add decimals exactly, path by path', () => {
    open(ledger => {
      ledger.stage({ seq: 1, id: 'a', text: '', rows: [], sums: { 'lines.amount': '0.1', tax: '1' } })
      ledger.stage({ seq: 2, id: 'b', text: '', rows: [], sums: { 'lines.amount': '0.20' } })
      ledger.reject({
        seq: 3,
        issued: false,
        faults: [],
        rows: [],
        sums: { 'lines.amount': '-99999999999999999999.01' },
      })
      ledger.flush()
      expect(totals(ledger)).toEqual({
        'lines.amount': { accepted: '0.30', rejected: '-99999999999999999999.01' },
        tax: { accepted: '1', rejected: '0' },
      })
    })
  })

  it('name rejects by their first fault, the most frequent first, with the places of the first few', () => {
    open(ledger => {
      const codes = ['intake.value', 'intake.key', 'intake.value', 'clean.threw'] as const
      codes.forEach((code, at) => {
        const first = { ...fault, code, place: { file: 'a.csv', line: at + 2, path: 'customer.name' } }
        ledger.reject({ seq: at + 1, issued: false, faults: [first, fault], rows: [], sums: {} })
      })
      ledger.flush()
      expect(counts(ledger).rejects).toEqual([
        {
          code: 'intake.value',
          count: 2,
          places: [
            { file: 'a.csv', line: 2 },
            { file: 'a.csv', line: 4 },
          ],
        },
        { code: 'clean.threw', count: 1, places: [{ file: 'a.csv', line: 5 }] },
        { code: 'intake.key', count: 1, places: [{ file: 'a.csv', line: 3 }] },
      ])
    })
  })

  it('place a reject whose fault says no place by its first row', () => {
    open(ledger => {
      ledger.setMeta({ summary: JSON.stringify({ files: [{ file: 'a.csv' }, { file: 'b.csv' }] }) })
      const { place: _, ...bare } = { place: undefined, ...fault }
      const rows = [{ file: 1, line: 7, start: 90, end: 99 }]
      ledger.reject({ seq: 1, issued: false, faults: [bare], rows, sums: {} })
      ledger.flush()
      expect(counts(ledger).rejects[0]?.places).toEqual([{ file: 'b.csv', line: 7 }])
    })
  })

  it('give few places of many rejects', () => {
    open(ledger => {
      for (let seq = 1; seq <= 50; seq += 1) ledger.reject({ seq, issued: false, faults: [fault], rows: [], sums: {} })
      ledger.flush()
      const [only] = counts(ledger).rejects
      expect(only?.count).toBe(50)
      expect(only?.places.length).toBeLessThan(10)
    })
  })
})

describe('a ledger', () => {
  it('keeps what is known of the run', () => {
    open(ledger => {
      expect(ledger.meta('state')).toBeUndefined()
      ledger.setMeta({ state: 'staging', run: 'a' })
      ledger.setMeta({ state: 'done' })
      expect([ledger.meta('state'), ledger.meta('run')]).toEqual(['done', 'a'])
    })
  })

  it('keeps what happened, in order', () => {
    open(ledger => {
      ledger.record('started', '2026-01-01T00:00:00Z', { run: 'a' })
      ledger.record('finished', '2026-01-01T00:01:00Z')
      expect(ledger.reader.prepare('SELECT number, kind, body FROM event ORDER BY number').all()).toEqual([
        { number: 1, kind: 'started', body: '{"run":"a"}' },
        { number: 2, kind: 'finished', body: '{}' },
      ])
    })
  })

  it('is readable by its owner only', () => {
    open(() => {}, path)
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
  })

  it('writes durably, and can be read while another process writes', () => {
    const ledger = new Ledger(path)
    const pragma = (name: string) => Object.values(ledger.reader.prepare(`PRAGMA ${name}`).get() ?? {})[0]
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1])
    stage(ledger, 1)
    expect(open(other => counts(other).communications.made, path)).toBe(0)
    ledger.close()
  })
})
