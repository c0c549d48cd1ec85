/** The process that presses MJML: called in before there is something to ask, and never in the way. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ask, callPresser } from '../../../../src/channels/email/press/ask.ts'
import { troubleOf } from '../../../../src/run/trouble.ts'

const mail = '<mjml><mj-body><mj-section><mj-column><mj-text>Hello</mj-text></mj-column></mj-section></mj-body></mjml>'
const html = { html: expect.stringContaining('Hello') }

let temporary: string
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'platen-ask-'))
  vi.stubEnv('TMPDIR', temporary)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(temporary, { recursive: true, force: true })
})
/** Processes that work in a folder of ours. */
const pressers = () =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(temporary)
      } catch {
        return false
      }
    })
const endPresser = () => {
  expect(pressers()).toHaveLength(1)
  for (const pid of pressers()) process.kill(pid, 'SIGKILL')
}
const folders = () => readdirSync(temporary).filter(name => name.startsWith('platen-mjml-'))

test('the one that waits is asked, others after it, and no folder is left', async () => {
  callPresser()
  callPresser()
  expect(folders()).toHaveLength(1)
  const asked = ask(mail)
  expect(folders()).toHaveLength(1)
  const another = ask(mail)
  expect(folders()).toHaveLength(2)
  expect(await Promise.all([asked, another])).toEqual([html, html])
  expect(folders()).toEqual([])
})

test.skipIf(!existsSync('/proc/self/task'))('another is asked where the one that waited was ended', async () => {
  callPresser()
  endPresser()
  // Nobody can know yet that it is gone.
  expect(await ask(mail)).toEqual(html)
  expect(folders()).toEqual([])
})

test.skipIf(!existsSync('/proc/self/task'))(
  'of one that was ended, and that nobody asks, nothing is left',
  async () => {
    callPresser()
    endPresser()
    await vi.waitFor(() => expect(folders()).toEqual([]), 10_000)
    expect(await ask(mail)).toEqual(html)
  },
)

const place = new URL('../../../../src/channels/email/press/ask.ts', import.meta.url).href
const calls = `const { callPresser } = await import(${JSON.stringify(place)}); callPresser()`
const words = ['--input-type=module', '-e']

test('a program that asks nothing ends all the same, and what it called in goes with it', async () => {
  const ended = spawnSync(process.execPath, [...words, calls], { timeout: 20_000 })
  expect([ended.status, ended.signal]).toEqual([0, null])
  await vi.waitFor(() => expect(folders()).toEqual([]), 10_000)
})

test.skipIf(!existsSync('/proc/self/task'))('so does one that is killed', async () => {
  const child = spawn(process.execPath, [...words, `${calls}; setInterval(() => {}, 1_000)`], { stdio: 'ignore' })
  await vi.waitFor(() => expect(pressers()).toHaveLength(1), 10_000)
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(folders()).toEqual([]), 10_000)
})

test.skipIf(!existsSync('/proc/self/task'))(
  'what a terminal tells all of its processes it leaves to others',
  async () => {
    callPresser()
    // SIGHUP, which is the lowest bit, nothing of Node's own catches.
    const listens = () => /^SigCgt:\s*\S*[13579bdf]$/m.test(readFileSync(`/proc/${pressers()[0]}/status`, 'utf8'))
    await vi.waitFor(() => expect(listens()).toBe(true), 10_000)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.kill(pressers()[0] ?? Number.NaN, signal)
    expect(await ask(mail)).toEqual(html)
  },
)

test('so does one that nobody asks for a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  callPresser()
  vi.advanceTimersByTime(60_000)
  vi.useRealTimers()
  expect(folders()).toHaveLength(1)
  await vi.waitFor(() => expect(folders()).toEqual([]), 10_000)
  expect(await ask(mail)).toEqual(html)
})

test('where no folder can be made for it, whoever asks is told', async () => {
  vi.stubEnv('TMPDIR', join(temporary, 'gone'))
  expect(() => callPresser()).toThrow('ENOENT')
  const why = await ask(mail).catch(error => error)
  expect(troubleOf(why)).toMatchObject({
    exit: 2,
    fault: { message: 'no temporary folder can be made (ENOENT)', place: { file: join(temporary, 'gone') } },
  })
})
