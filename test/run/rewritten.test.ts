/** Input that somebody rewrites while the run is on, and folders of the run that are links: neither changes whose line a reject is. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { conduct } from '../../src/run/index.ts'
import { type Factory, makeFactory } from './factory.ts'

const run = 'out/bills-2026-03'
let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 3, mail: false })
  factory.mend('jobs/bills.yaml', 'channels:', 'rejects: 1\nchannels:')
  factory.write('data/bills.csv', factory.read('data/bills.csv').replace(/^(B-2;.*;)[^;]+$/m, '$1soon'))
})
afterEach(() => factory.close())

/** Runs the job, and does something to it once its rows are read. */
const rewriting = (work: () => void) =>
  conduct(
    {
      job: join(factory.folder, factory.job),
      out: join(factory.folder, 'out'),
      workers: 1,
      date: '2026-03-31',
      channels: ['sms'],
    },
    ({ kind }) => {
      if (kind === 'read') work()
    },
  )

const changed = { exit: 5, faults: [{ code: 'run.data', message: 'the file changed while it was read' }] }

test('a rejected line that is rewritten before it is handed back stops the run, and goes on once it is as it was', async () => {
  const before = factory.read('data/bills.csv')
  const ending = await rewriting(() => factory.write('data/bills.csv', before.replace('B-2;', 'Z-9;')))
  expect(ending).toMatchObject(changed)
  expect(factory.exists(`${run}/rejects`)).toBe(false)
  factory.write('data/bills.csv', before)
  expect((await rewriting(() => {})).exit).toBe(0)
  expect(factory.read(`${run}/rejects/bills.csv`)).toContain('B-2;')
})

test('a file that becomes shorter is no bug', async () => {
  const before = factory.read('data/bills.csv')
  expect(await rewriting(() => factory.write('data/bills.csv', before.slice(0, 60)))).toMatchObject(changed)
})

test('a link in place of the folder of a run', async () => {
  const apart = mkdtempSync(join(tmpdir(), 'platen-else-'))
  mkdirSync(join(factory.folder, 'out'))
  symlinkSync(apart, join(factory.folder, run))
  expect(await rewriting(() => {})).toMatchObject({
    exit: 2,
    faults: [{ code: 'run.machine', message: 'a link stands where the run has a folder of its own' }],
  })
  expect(readdirSync(apart)).toEqual([])
  rmSync(apart, { recursive: true })
})
