/** The young generation of the process: held where it is, and in threads at what they may grow to. */
import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

const script = `
import { getHeapSpaceStatistics } from 'node:v8'
import { isMainThread, Worker } from 'node:worker_threads'
const young = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 1048576
const work = () => {
  const kept = []
  for (let at = 0; at < 6e5; at += 1) kept[at % 100_000] = { at, of: [at] }
}
const { keepMemoryFlat } = await import(process.argv[1])
keepMemoryFlat()
work()
const main = young()
const body = 'const work = ' + work + '; work(); const { getHeapSpaceStatistics } = require("node:v8"); const young = ' + young + '; require("node:worker_threads").parentPort.postMessage(young())'
const thread = new Worker(body, { eval: true, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 24 } })
thread.once('message', worker => console.log(JSON.stringify({ main, worker })))
`

it('does not grow any more, and threads are not kept at the size that they begin with', () => {
  const path = new URL('../../dist/cli/memory.js', import.meta.url).href
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', script, path], {
    encoding: 'utf8',
    // Writing compiled modules takes of it, too.
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
  })
  const { main, worker } = JSON.parse(text) as Record<string, number>
  expect(main).toBeLessThanOrEqual(4)
  expect(worker).toBeGreaterThanOrEqual(8)
  expect(worker).toBeLessThanOrEqual(24)
})
