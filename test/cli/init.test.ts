/** platen init: whole or not at all, and in words that a shell takes. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { initFactory } from '../../src/run/index.ts'
import { type Factory, makeFactory } from '../run/factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 1 })
})
afterEach(() => factory.close())

test('prints a folder as a shell takes it', () => {
  const { status, stdout } = factory.platen('init', "my sister's factory")
  expect(status).toBe(0)
  const line = /^ {2}(cd .*)$/m.exec(stdout)?.[1] ?? ''
  const entered = spawnSync('sh', ['-ec', `${line}; ls`], { cwd: factory.folder, encoding: 'utf8' })
  expect(entered.stdout.split('\n')).toContain('jobs')
})

test('makes a factory whole or not at all', () => {
  const parts = join(factory.folder, 'package')
  for (const part of ['starter', 'assets', 'templates']) mkdirSync(join(parts, part), { recursive: true })
  writeFileSync(join(parts, 'starter/gitignore'), 'out\n')
  const folder = join(factory.folder, 'new')
  // The last part is not there: what was copied before it has to go.
  const hint = 'run npm run build in the sources of Platen, or install the package again'
  expect(initFactory(folder, parts)).toMatchObject({ faults: [{ code: 'usage.file', hint }] })
  expect(existsSync(folder)).toBe(false)
  mkdirSync(join(parts, 'schemas'))
  // What a killed start left is no reason to refuse.
  mkdirSync(join(folder, '.init.partial/half'), { recursive: true })
  expect(initFactory(folder, parts)).toMatchObject({ ok: true })
  expect(readdirSync(folder).sort()).toEqual(['.gitignore', 'assets', 'schemas', 'templates'])
})

test('what the machine has against it names another folder, not an option that is not there', () => {
  factory.write('file', '')
  const { status, stderr } = factory.platen('init', 'file/inner')
  expect(status).toBe(2)
  expect(stderr).toMatch(
    /^file\/inner: a file stands where a folder is needed .*\n {2}hint: nothing was made: see to it, or name another folder\n$/,
  )
})
