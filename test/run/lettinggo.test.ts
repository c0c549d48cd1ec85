/** What is known of each communication while a run is read is let go of before the workers need the memory, and so is what they were given. */
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test } from 'vitest'
import { Ledger } from '../../src/ledger/index.ts'
import { conduct } from '../../src/run/index.ts'
import { Addresses } from '../../src/run/stage/addresses.ts'
import { DecidedTable } from '../../src/run/stage/decided.ts'
import { type Factory, makeFactory } from './factory.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

type Method = (this: object, ...words: readonly unknown[]) => unknown

let factory: Factory
const restore: (() => void)[] = []
afterEach(() => {
  for (const one of restore.splice(0)) one()
  factory.close()
})

/** Hears of each object that a method is called of, with what it gives. */
function hear(prototype: object, method: string, heard: (one: object, given: unknown) => void): void {
  const own = Reflect.get(prototype, method) as Method
  const instead: Method = function (...words) {
    const given = own.call(this, ...words)
    heard(this, given)
    return given
  }
  Reflect.set(prototype, method, instead)
  restore.push(() => Reflect.set(prototype, method, own))
}

test('where messages go and what was decided is gone once the run is allocated', async () => {
  factory = makeFactory({ bills: 3, mail: false })
  const held: WeakRef<object>[] = []
  const left: (object | undefined)[] = []
  for (const [prototype, method] of [
    [Addresses.prototype, 'add'],
    [DecidedTable.prototype, 'set'],
  ] as const)
    hear(prototype, method, one => held.push(new WeakRef(one)))
  const job = join(factory.folder, factory.job)
  const out = join(factory.folder, 'out')
  const { exit } = await conduct({ job, out, workers: 1, date: '2026-03-31' }, ({ kind }) => {
    if (kind !== 'allocated') return
    collect()
    left.push(...held.map(one => one.deref()))
  })
  expect(exit).toBe(0)
  expect(left.length).toBeGreaterThan(3)
  expect(left.filter(one => one !== undefined)).toEqual([])
})

test('what a worker was given to make is gone while it makes it', async () => {
  factory = makeFactory({ bills: 3, mail: false })
  let published = false
  const left: { readonly order: object | undefined; readonly published: boolean }[] = []
  hear(Ledger.prototype, 'work', (_, works) => {
    const order = new WeakRef(works as object)
    // A worker takes longer to load.
    setTimeout(() => {
      collect()
      left.push({ order: order.deref(), published })
    }, 10)
  })
  const job = join(factory.folder, factory.job)
  const out = join(factory.folder, 'out')
  const { exit } = await conduct({ job, out, workers: 1, date: '2026-03-31' }, ({ kind }) => {
    published ||= kind === 'published'
  })
  expect(exit).toBe(0)
  expect(left).toEqual([{ order: undefined, published: false }])
})
