/** The READMEs, typed as they stand; the jobs of the examples are run on all of their data. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openTerminal, shellBlocks } from './typed.ts'

const out = mkdtempSync(join(tmpdir(), 'platen-readmes-'))
const started = openTerminal()
const here = openTerminal({ from: process.cwd(), out })
afterAll(() => {
  rmSync(out, { recursive: true, force: true })
  started.close()
  here.close()
})

test('README.md: a factory of one’s own, and what the starter’s README says inside it', { timeout: 180_000 }, () => {
  const [first = '', ...blocks] = shellBlocks('README.md')
  expect(first).toContain('npm ci && npm start')
  expect(first).toContain('npm ci && npm test')
  const said = blocks.map(started.type).join('\n')
  expect(said).toContain('ready to run')
  expect(said).toContain('proof/pdf/')
  expect(said).toMatch(/invoices-2026-03 +done, exit 0/)
  const again = shellBlocks(join(started.folder(), 'README.md')).map(started.type).join('\n')
  expect(again).toContain('invoices-2026-03 is done: nothing was made')
})

/** What differs from machine to machine and day to day. */
const steady = (text: string): string =>
  text
    .replace(/dated [\d-]+, [^)]*\)/, 'dated …)')
    .replace(/[\d.]+ (kB|MB)/g, '… $1')
    .replace(/events +\d+, head \w+…?/, 'events …')
    .replaceAll(/\S*(invoices-2010-12)\//g, '$1/')

describe.each(['retail', 'telecom'])('examples/%s/README.md', example => {
  test.each(shellBlocks(`examples/${example}/README.md`).flatMap(block => block.trim().split('\n')))(
    '%s',
    { timeout: 300_000 },
    command => {
      const said = here.type(command)
      expect(said).toMatch(/^\S+: done \(/m)
      expect(said).toContain('as expected')
      const [, shown = ''] = /```\n(invoices-2010-12: done[\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? []
      if (command.includes('retail/jobs/invoices.yaml')) expect(steady(said)).toBe(steady(shown))
    },
  )
})
