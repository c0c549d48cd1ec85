/** The command line's own words: options that cannot be used, interruptions, statuses. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Factory, makeFactory, platenBin } from '../run/factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 2 })
})
afterEach(() => factory.close())

test('options that cannot be used: all of them, exit 2, nothing made', () => {
  const { status, stderr } = factory.platen('run', factory.job, '--date', '2026-02-30', '--run', 'issued.db')
  expect(status).toBe(2)
  expect(stderr).toContain('--date is not a day (found "2026-02-30")\n  hint: write a real day')
  expect(stderr).toContain('--run is not the name of a run')
  expect(factory.exists('out')).toBe(false)
})

test('interrupted while standard input waits: it says so, without a name that is not known', async () => {
  const child = spawn(process.execPath, [platenBin, 'run', factory.job, '--data', '-'], { cwd: factory.folder })
  let said = ''
  child.stderr.on('data', chunk => {
    said += String(chunk)
  })
  await new Promise<void>(resolve => {
    const look = setInterval(() => {
      const out = join(factory.folder, 'out')
      if (!existsSync(out) || readdirSync(out).filter(name => name.startsWith('.spool-')).length < 2) return
      clearInterval(look)
      resolve()
    }, 50)
  })
  child.kill('SIGINT')
  expect(await new Promise(resolve => child.once('close', resolve))).toBe(130)
  expect(said).toBe('interrupted before the run began; start it again to go on\n')
})

test('a run that cannot be read does not hide the others from status', () => {
  expect(factory.platen('run', factory.job, '--date', '2026-03-31', '--channel', 'sms').status).toBe(0)
  mkdirSync(join(factory.folder, 'out/junk'), { recursive: true })
  factory.write('out/junk/run.db', 'this is no database, and long enough to be looked at as one')
  const { status, stdout } = factory.platen('status')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^bills-2026-03 +done, exit 0/m)
  expect(stdout).toMatch(/^junk +cannot be read: the ledger is no database/m)
  const one = factory.platen('status', 'junk')
  expect(one.status).toBe(2)
  expect(one.stderr).toMatch(/^out\/junk: the ledger is no database/)
})
