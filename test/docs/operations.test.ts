/** docs/operations.md: the worked example of the trail, typed as it stands, comes to what the text says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openTerminal, shellBlocks } from './typed.ts'

const terminal = openTerminal()
afterAll(terminal.close)

test('the trail of a run, from its end to its being void', { timeout: 120_000 }, () => {
  const block = shellBlocks('docs/operations.md').find(text => text.includes('platen explain')) ?? ''
  const said = terminal.type(block)
  expect(said).toContain('2026-0301: a communication of invoices-2026-03')
  expect(said).toContain('invoices-2026-03: as it was made')
  expect(said).toMatch(/made again +1 of \d+ communications, seed 7/)
  expect(said).toMatch(/void since .*by Maria \(as .*\): sent to the wrong month/)
  expect(said).toContain('nothing to purge')
  const { chain } = JSON.parse(readFileSync(join(terminal.folder(), 'out/invoices-2026-03/report.json'), 'utf8'))
  expect(said).toContain(chain.head)
})
