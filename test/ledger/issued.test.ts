import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Identity, Issued, type Wanted } from '../../src/ledger/index.ts'
import { foldName } from '../../src/model/index.ts'
import { forever, holdInChild, kill } from './children.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'issued-'))
  path = join(folder, 'issued.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open<T>(work: (issued: Issued) => T): T {
  const issued = new Issued(path)
  try {
    return work(issued)
  } finally {
    issued.close()
  }
}
const wanted = (...ids: readonly string[]) =>
  ids.map((id, at) => ({ seq: at + 1, identity: { template: 'invoice', id } }))
const claim = (issued: Issued, run: string, all: Iterable<Wanted>) => {
  issued.want(all)
  const others = issued.claim(run, `${run}'s start`)
  const refused = [...issued.taken()]
  expect(others).toEqual([...new Set(refused.map(({ run: other }) => other))].sort())
  issued.letGo()
  return refused
}
const refusedIds = (run: string, ...ids: readonly string[]) =>
  open(issued => claim(issued, run, wanted(...ids)).map(({ seq, run: holder }) => `${ids[seq - 1]}: ${holder}`))

describe('Issued', () => {
  it('gives a document to the first run that claims it, for good', () => {
    expect(refusedIds('december', '1', '2')).toEqual([])
    expect(refusedIds('mended', '2', '3')).toEqual(['2: december'])
    expect(refusedIds('december', '3')).toEqual(['3: mended'])
  })

  it('gives a run its own documents again', () => {
    expect(refusedIds('december', '1', '2')).toEqual([])
    expect(refusedIds('december', '1', '2')).toEqual([])
  })

  it('frees the documents of one run, and no other', () => {
    refusedIds('a', '1')
    refusedIds('b', '2')
    open(issued => issued.free('a', { at: '2026-01-01T00:00:00Z', why: {} }))
    expect(refusedIds('c', '1', '2')).toEqual(['2: b'])
  })

  it('tells who holds a document without claiming it', () => {
    const identity: Identity = { template: 'invoice', id: '1' }
    expect(open(issued => issued.holder(identity))).toBeUndefined()
    refusedIds('december', '1')
    expect(open(issued => issued.holder(identity))).toBe('december')
  })

  it('knows documents by template, id and period', () => {
    const refused = (identity: Identity, run: string) =>
      open(issued => claim(issued, run, [{ seq: 1, identity }]).length)
    expect(refused({ template: 'statement', id: '1', period: '1993-01' }, 'a')).toBe(0)
    expect(refused({ template: 'statement', id: '1', period: '1993-02' }, 'b')).toBe(0)
    expect(refused({ template: 'statement', id: '1' }, 'c')).toBe(0)
    expect(refused({ template: 'notice', id: '1', period: '1993-01' }, 'd')).toBe(0)
    expect(refused({ template: 'statement', id: '1', period: '1993-01' }, 'e')).toBe(1)
  })

  it.each([
    ['c537416', 'C537416'],
    ['Їжак', 'їжак'],
    ['e\u0301', 'é'],
    ['É', 'e\u0301'],
    ['Straße', 'STRASSE'],
    ['ΣΑΣ', 'σας'],
    [' 417', '417 '],
  ])('takes %j and %j for one document', (first, second) => {
    refusedIds('a', first)
    expect(refusedIds('b', second)).toEqual([`${second}: a`])
  })

  describe('ids that are drawn alike', () => {
    const alike = (issued: Issued, run: string, ...ids: readonly string[]) => {
      issued.want(wanted(...ids))
      const found = issued.alike(run)
      issued.letGo()
      return found.map(({ seq, run: other }) => `${ids[seq - 1]}: ${other}`)
    }

    it.each([
      ['KB 20417', 'КВ 20417'],
      ['КВ 20417', 'kb 20417'],
      ['КВ\u201120417', 'KВ\u201320417'],
    ])('%j and %j', (first, second) => {
      refusedIds('a', first)
      expect(open(issued => alike(issued, 'b', second, 'other'))).toEqual([`${second}: a`])
      expect(open(issued => alike(issued, 'a', second))).toEqual([])
      expect(refusedIds('b', second)).toEqual([])
      // Each is its own document now, whoever asks.
      expect(open(issued => [alike(issued, 'c', first), alike(issued, 'c', second)])).toEqual([[], []])
      open(issued => ['a', 'b'].map(run => issued.free(run, { at: '2026-01-01T00:00:00Z', why: {} })))
      expect(open(issued => [alike(issued, 'c', first), alike(issued, 'c', second)])).toEqual([[], []])
    })

    it('are not asked about for what goes nowhere, and can be let go of', () => {
      refusedIds('a', 'KB-1', 'KB-2')
      open(issued => {
        const [first, second] = wanted('КВ-1', 'КВ-2') as [Wanted, Wanted]
        issued.want([{ ...first, asksOnly: true }, second])
        expect(issued.alike('b')).toEqual([{ seq: 2, run: 'a' }])
        issued.letGoOf([2])
        issued.claim('b', 'start')
        expect(issued.claims('b')).toBe(0)
      })
    })

    it('are found in a file of an earlier version where it has them in Latin, and else once they are asked for', () => {
      refusedIds('a', 'KB-1', 'КВ-2')
      const old = new DatabaseSync(path)
      old.exec('DROP TABLE drawn')
      old.close()
      expect(open(issued => alike(issued, 'b', 'КВ-1', 'KB-2'))).toEqual(['КВ-1: a'])
      refusedIds('c', 'КВ-2')
      expect(open(issued => alike(issued, 'b', 'КВ-1', 'KB-2'))).toEqual(['КВ-1: a', 'KB-2: a'])
    })
  })

  it('folds ids as intake does, so that twins of two runs are found as twins of one are', () => {
    const id = fc.string({ unit: fc.constantFrom(...'aAéÉßẞsSїЇıIİi \u0301Kk\u212a'), maxLength: 4 })
    const issued = new Issued(join(folder, 'twins.db'))
    let run = 0
    fc.assert(
      fc.property(id, id, (a, b) => {
        run += 1
        const [template, first, second] = [`t${run}`, `a${run}`, `b${run}`]
        claim(issued, first, [{ seq: 1, identity: { template, id: a } }])
        const refused = claim(issued, second, [{ seq: 1, identity: { template, id: b } }])
        expect(refused.length === 1).toBe(foldName(a) === foldName(b))
      }),
    )
    issued.close()
  })

  it('keeps no id: identities are hashes, by a key of this folder alone', () => {
    refusedIds('december', 'Kateryna-417')
    expect(readFileSync(path).includes('Kateryna-417')).toBe(false)
    const identities = (file: string): unknown[] => {
      const database = new DatabaseSync(file)
      const found = database.prepare('SELECT identity FROM document').all()
      database.close()
      return found
    }
    const other = new Issued(join(folder, 'other.db'))
    claim(other, 'december', wanted('Kateryna-417'))
    other.close()
    expect(identities(path)).not.toEqual(identities(join(folder, 'other.db')))
  })

  it('keeps nobody waiting while documents are only wanted, and gives them to who claims first', () => {
    const [slow, quick] = [new Issued(path), new Issued(path)]
    slow.want(wanted('1', '2'))
    expect(claim(quick, 'quick', wanted('2'))).toEqual([])
    slow.want([{ seq: 3, identity: { template: 'invoice', id: '3' }, asksOnly: true }])
    expect(slow.claim('slow', 'start')).toEqual(['quick'])
    quick.free('quick', { at: '2026-01-01T00:00:00Z', why: {} })
    // It was not claimed, and has to be told so, although it is free by now.
    expect([...slow.taken()]).toEqual([{ seq: 2, run: 'quick' }])
    // What is wanted stays so: once it is free it can be claimed after all.
    expect(slow.claim('slow', 'start')).toEqual([])
    expect([...slow.taken()]).toEqual([])
    expect([slow.claims('slow'), slow.holder({ template: 'invoice', id: '3' })]).toEqual([2, undefined])
    slow.letGo()
    slow.close()
    quick.close()
  })

  it('claims all or nothing', () => {
    function* broken() {
      yield* wanted('1', '2')
      throw new Error('interrupted')
    }
    expect(() => open(issued => claim(issued, 'a', broken()))).toThrow('interrupted')
    expect(refusedIds('b', '1', '2')).toEqual([])
  })

  it('keeps what a process claimed that was killed right after', async () => {
    const child = await holdInChild(
      `import { Issued } from '../../src/ledger/issued.ts'
       const issued = new Issued(${JSON.stringify(path)})
       issued.want([{ seq: 1, identity: { template: 'invoice', id: '1' } }])
       issued.claim('killed', 'start')
       console.log('claimed')
       ${forever}`,
    )
    await kill(child)
    expect(refusedIds('b', '1')).toEqual(['1: killed'])
  })

  it('gives each document to exactly one of two processes that claim the same at once', async () => {
    const script = (run: string) =>
      `import { writeFileSync } from 'node:fs'
       import { Issued } from '../../src/ledger/issued.ts'
       const issued = new Issued(${JSON.stringify(path)})
       const won = []
       for (let id = 0; id < 50; id += 1) {
         issued.want([{ seq: 1, identity: { template: 'invoice', id: String(id) } }])
         if (issued.claim('${run}', 'start').length === 0) won.push(id)
         issued.letGo()
       }
       writeFileSync(${JSON.stringify(folder)} + '/${run}.json', JSON.stringify(won))
       console.log('done')
       ${forever}`
    const children = await Promise.all([holdInChild(script('a')), holdInChild(script('b'))])
    await Promise.all(children.map(kill))
    // Each knows by itself what it may make: together that is every document, and none of them twice.
    const won = ['a', 'b'].flatMap(run => JSON.parse(readFileSync(join(folder, `${run}.json`), 'utf8')) as number[])
    expect(won.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 50 }, (_, id) => id))
    open(issued => expect(issued.claims('a') + issued.claims('b')).toBe(50))
  })
})
