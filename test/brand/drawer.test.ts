/** Images are drawn by a process of its own, and in this one where there is none, or where it is ended. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { askDrawer } from '../../src/brand/askdrawer.ts'
import type { Drawn } from '../../src/brand/drawn.ts'

const root = join(import.meta.dirname, '../..')
const logo = new Uint8Array(readFileSync(join(root, 'assets/logo.svg')))
const orders = [
  { path: 'a.svg', bytes: logo, widthPx: 10 },
  { path: 'b.png', bytes: Buffer.from('no image') },
  { path: 'c.svg', bytes: logo, widthPx: 30 },
]

afterEach(() => {
  vi.doUnmock('node:child_process')
  vi.resetModules()
})

const told = (answers: readonly Drawn[]) =>
  answers.map(answer => ('message' in answer ? answer.message : answer.mail.widthPx))
const expected = [20, expect.stringContaining('"b.png" cannot be read as an image'), 60]

it('each order has its answer, also where another one has none', async () => {
  expect(told(await askDrawer(orders))).toEqual(expected)
})

it('nothing of it keeps a program from ending', () => {
  // In a program of its own: the test runner has handles of its own.
  const code = `import { readFileSync } from 'node:fs'
    import { askDrawer } from './src/brand/askdrawer.ts'
    const before = process.getActiveResourcesInfo()
    await askDrawer([{ path: 'a.svg', bytes: readFileSync('assets/logo.svg') }])
    const after = process.getActiveResourcesInfo()
    process.stdout.write(JSON.stringify([before, after]))`
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: root, encoding: 'utf8' })
  const [before, after] = JSON.parse(said) as [string[], string[]]
  const held = (kinds: readonly string[]) => kinds.filter(kind => /Pipe|Process/.test(kind))
  expect(held(after)).toEqual(held(before))
})

/** Asks with another way to start a process. */
async function askBy(start: (...asked: Parameters<typeof fork>) => ChildProcess): Promise<readonly Drawn[]> {
  vi.resetModules()
  vi.doMock('node:child_process', async original => ({ ...(await original<object>()), fork: start }))
  const { askDrawer: ask } = await import('../../src/brand/askdrawer.ts')
  return ask(orders)
}

it.each<[string, Parameters<typeof askBy>[0]]>([
  [
    'may not be started',
    () => {
      throw new Error('ERR_ACCESS_DENIED')
    },
  ],
  ['cannot be started', (script, words, options) => fork(script, words, { ...options, execPath: '/nowhere/node' })],
  ['ends at once', (_, words, options) => fork(join(root, 'nowhere.js'), words, options)],
  ['is ended while it draws', (script, words, options) => fork(script, words, { ...options, timeout: 1 })],
])('are drawn here where the process %s', async (_, start) => {
  expect(await askBy(start)).toEqual(await askDrawer(orders))
})
