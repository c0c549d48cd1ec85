/** bin/platen.js: which Node it starts with. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { platenBin } from '../run/factory.ts'

test('an old Node hands over to the one that npm installed, wherever above it lies', () => {
  const home = mkdtempSync(join(tmpdir(), 'platen-bin-'))
  const installed = join(home, 'node_modules/platen')
  for (const folder of ['bin', 'dist']) mkdirSync(join(installed, folder), { recursive: true })
  cpSync(platenBin, join(installed, 'bin/platen.js'))
  writeFileSync(join(installed, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(installed, 'dist/cli.js'), '')
  // Says that it is old, and goes on: what `process.versions` of an old Node would say.
  writeFileSync(join(home, 'old.cjs'), "Object.defineProperty(process.versions, 'node', { value: '18.0.0' })\n")
  const start = () =>
    spawnSync(process.execPath, ['--require', join(home, 'old.cjs'), join(installed, 'bin/platen.js'), 'check'], {
      encoding: 'utf8',
    })
  const without = start()
  expect(without.status).toBe(2)
  expect(without.stderr).toContain('needs Node 24 or later (found 18.0.0)')
  mkdirSync(join(home, 'node_modules/node/bin'), { recursive: true })
  writeFileSync(join(home, 'node_modules/node/bin/node'), '#!/bin/sh\necho taken over: $2\nexit 7\n', { mode: 0o755 })
  const handed = start()
  expect(handed.stdout).toBe('taken over: check\n')
  expect(handed.status).toBe(7)
  rmSync(home, { recursive: true })
})
