/** Killed at any moment and started again: the same lots, rejects and report, byte for byte, as a run never interrupted. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Factory, makeFactory, platenBin, promised, rows } from './factory.ts'

const bills = 40
const args = ['run', 'jobs/bills.yaml', '--date', '2026-03-31', '--lot-size', '6', '--rejects', '5']

/** Seeded, so that a failure can be repeated: PLATEN_SEED=n. */
const seed = Number(process.env['PLATEN_SEED'] ?? Math.floor(Math.random() * 1e9))
let state = seed
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}

let reference: Readonly<Record<string, string>>
let wholeMs: number
const factories: Factory[] = []

function batch(): Factory {
  const factory = makeFactory({ bills })
  factory.write('data/bills.csv', rows(bills).replace('4,10', '4,1x'))
  factories.push(factory)
  return factory
}

beforeAll(() => {
  const factory = batch()
  const before = Date.now()
  const ran = factory.platen(...args)
  wholeMs = Date.now() - before
  expect(ran.status, ran.said).toBe(0)
  reference = promised(join(factory.folder, 'out/bills-2026-03'))
})
afterAll(() => {
  for (const factory of factories) factory.close()
})

test(`kill -9 at random moments (seed ${seed})`, { timeout: 300_000 }, async () => {
  const factory = batch()
  let kills = 0
  for (let start = 0; start < 25; start += 1) {
    const killed = await startAndKill(factory, 50 + random() * wholeMs * 0.9)
    if (!killed) break
    kills += 1
  }
  expect(kills).toBeGreaterThan(0)
  const last = factory.platen(...args)
  expect(last.status, last.said).toBe(0)
  expect(promised(join(factory.folder, 'out/bills-2026-03'))).toEqual(reference)
})

test('interrupted by SIGTERM: exit 130 within five seconds, then it goes on', { timeout: 120_000 }, async () => {
  const factory = batch()
  const child = spawn(process.execPath, [platenBin, ...args, '--json'], { cwd: factory.folder })
  await new Promise<void>(resolve =>
    child.stdout.on('data', chunk => String(chunk).includes('"allocated"') && resolve()),
  )
  const before = Date.now()
  child.kill('SIGTERM')
  const code = await new Promise(resolve => child.once('exit', resolve))
  expect(code).toBe(130)
  expect(Date.now() - before).toBeLessThan(5_000)
  const last = factory.platen(...args)
  expect(last.status, last.said).toBe(0)
  expect(promised(join(factory.folder, 'out/bills-2026-03'))).toEqual(reference)
})

/** Whether the run was still going when the time came. */
async function startAndKill(factory: Factory, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [platenBin, ...args], { cwd: factory.folder, stdio: 'ignore' })
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve))
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
  const code = await exited
  clearTimeout(timer)
  return code === null
}
