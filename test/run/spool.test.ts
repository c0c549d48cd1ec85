/** Spools hold customers' data: each has a lock as long as it lives, and none outlives its process for longer than to the next start. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { privateModes } from '../../src/lots/index.ts'
import { openSpool, sweepSpools } from '../../src/run/plan/spool.ts'

const { takeLock } = vi.hoisted(() => ({ takeLock: vi.fn<typeof import('../../src/ledger/index.ts').takeLock>() }))
vi.mock('../../src/ledger/index.ts', async original => ({ ...(await original<object>()), takeLock }))
const real = (await vi.importActual<typeof import('../../src/ledger/index.ts')>('../../src/ledger/index.ts')).takeLock

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'platen-spool-'))
  takeLock.mockReset().mockImplementation(real)
})
afterEach(() => rmSync(folder, { recursive: true }))

test('one whose process lives stays, one whose process is gone goes, also where its lock is gone before it', () => {
  const spool = openSpool({ folder, modes: privateModes })
  writeFileSync(spool.path, 'canary')
  writeFileSync(join(folder, '.spool-killed'), 'canary')
  writeFileSync(join(folder, '.spool-killed.lock'), '')
  writeFileSync(join(folder, '.spool-unlocked'), 'canary')
  sweepSpools(folder)
  const left = readdirSync(folder).map(name => join(folder, name))
  expect(left.filter(path => !path.endsWith('-journal'))).toEqual([spool.path, `${spool.path}.lock`])
  spool.remove()
  expect(readdirSync(folder)).toEqual([])
})

test('one that another start swept before it was locked, or has its hands on, is given up for another', () => {
  takeLock.mockImplementationOnce((path, options) => {
    const lock = real(path, options)
    rmSync(path)
    return lock
  })
  takeLock.mockImplementationOnce(() => undefined)
  const { path, remove } = openSpool({ folder, modes: privateModes })
  expect(existsSync(`${path}.lock`)).toBe(true)
  expect(real(`${path}.lock`, { patienceMs: 0 })).toBeUndefined()
  remove()
})

test('a lock has no name any more when it is let go of: who waits for it then sees that it is nobody’s', () => {
  const named: boolean[] = []
  takeLock.mockImplementation((path, options) => {
    const lock = real(path, options)
    return (
      lock && {
        release: () => {
          named.push(existsSync(path))
          lock.release()
        },
      }
    )
  })
  openSpool({ folder, modes: privateModes }).remove()
  writeFileSync(join(folder, '.spool-killed.lock'), '')
  sweepSpools(folder)
  expect(named).toEqual([false, false])
})
