/** docs/tutorial.md, typed as it stands: shell blocks are run, diffs and files are applied to what the text before them names. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { platenBin } from '../run/factory.ts'
import { openTerminal } from './typed.ts'

const text = readFileSync('docs/tutorial.md', 'utf8')
const terminal = openTerminal()
afterAll(terminal.close)

let file = ''

function patch(diff: string): void {
  const side = (mark: string): string =>
    diff
      .split('\n')
      .filter(line => line.startsWith(mark))
      .map(line => line.slice(1))
      .join('\n')
  const path = join(terminal.folder(), file)
  const before = readFileSync(path, 'utf8')
  expect(before).toContain(side('-'))
  writeFileSync(path, before.replace(side('-'), side('+')))
}

test('every step works, and comes to what the text says', { timeout: 180_000 }, () => {
  const said: string[] = []
  for (const [, prose, kind, body = ''] of text.matchAll(/([^`]*(?:`[^`\n]+`[^`]*)*)```(\w+)\n([\s\S]*?)```/g)) {
    const named = [...(prose ?? '').matchAll(/[Ii]n `([\w./-]+\.\w+)`/g)].at(-1)?.[1]
    if (named !== undefined) file = named
    if (kind === 'sh') said.push(terminal.type(body))
    else if (kind === 'diff') patch(body.trimEnd())
    else if (kind === 'csv') writeFileSync(join(terminal.folder(), file), body)
  }
  // Its first check, of a starter that nobody has touched, has nothing to warn of.
  expect(said[0]).toContain('ready to run')
  expect(said[0]).not.toContain('warning')
  expect(said[1]).toContain('proof/pdf/')
  expect(said.find(words => words.includes('9.5O'))).toMatch(/april\.csv:5.*2026-0402/)
  const runs = said.find(words => words.includes('nothing was made')) ?? ''
  expect(runs).toContain('2 made, 0 rejected')
  const messages = readFileSync(join(terminal.folder(), 'out/invoices-2026-04/lot-0001/email/2026-0401.eml'), 'utf8')
  expect(messages).toContain('Meadow Power')
  expect(existsSync(join(terminal.folder(), 'proof/pdf/2026-0401.pdf'))).toBe(true)
})

test('init writes over nothing', () => {
  writeFileSync(join(terminal.home, 'something'), '')
  const ran = spawnSync(process.execPath, [platenBin, 'init', terminal.home], { encoding: 'utf8' })
  expect(ran.status).toBe(2)
  expect(ran.stderr).toContain('the folder is not empty')
})
