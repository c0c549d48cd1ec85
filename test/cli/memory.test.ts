/** What V8 is told: how large the young generation is, here and in threads, and when and how the old one is looked through. */
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
const { keepMemoryFlat, leaveRoom } = await import(process.argv[1])
keepMemoryFlat()
leaveRoom(Number(process.argv[2]))
work()
const main = young()
const body = 'const work = ' + work + '; work(); const { getHeapSpaceStatistics } = require("node:v8"); const young = ' + young + '; require("node:worker_threads").parentPort.postMessage(young())'
const thread = new Worker(body, { eval: true, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 24 } })
thread.once('message', worker => console.log(JSON.stringify({ main, worker })))
`

it.each([
  [1, 16],
  [2, 12],
])('does not grow any more, and of %i workers each has %i MB that are young', (workers, youngMb) => {
  const path = new URL('../../src/cli/memory.ts', import.meta.url).href
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', script, path, String(workers)], {
    encoding: 'utf8',
    // Writing compiled modules takes of it, too.
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
  })
  const { main, worker } = JSON.parse(text) as Record<string, number>
  expect(main).toBeLessThanOrEqual(4)
  expect(worker).toBeCloseTo(youngMb, 0)
})

const steady = `
import { constants, PerformanceObserver } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
const { keepMemoryFlat, leaveRoom } = await import(process.argv[1])
keepMemoryFlat()
leaveRoom(Number(process.argv[2]))
let looks = 0
let mostMb = 0
new PerformanceObserver(list => {
  looks += list.getEntries().filter(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR).length
}).observe({ entryTypes: ['gc'] })
const held = Array.from({ length: 300_000 }, (_, at) => ({ at, of: [at] }))
const lately = []
for (let round = 0; round < 1_200; round += 1) {
  for (let at = 0; at < 20_000; at += 1) {
    const one = { at, of: [at, round], text: [at] }
    if (at % 40 === 0) lately[(at / 40 + round * 500) % 20_000] = one
  }
  mostMb = Math.max(mostMb, getHeapStatistics().total_heap_size / 1048576)
  await new Promise(setImmediate)
}
await new Promise(resolve => setTimeout(resolve, 50))
console.log(JSON.stringify({ looks, mostMb: Math.round(mostMb), held: held.length }))
`

it('looks through the old generation seldom, and makes no rubbish old meanwhile', () => {
  const path = new URL('../../src/cli/memory.ts', import.meta.url).href
  const lookedFor = (workers: number): Record<string, number> =>
    JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', steady, path, String(workers)], {
        encoding: 'utf8',
      }),
    )
  const [one, two] = [lookedFor(1), lookedFor(2)]
  // 14 with --heap-growing-percent=20; 86 MB without --no-separate-gc-phases.
  expect(two['looks']).toBeGreaterThan(0)
  expect(two['looks']).toBeLessThanOrEqual(9)
  expect(two['mostMb']).toBeLessThanOrEqual(72)
  expect(one['looks']).toBeLessThan(two['looks'] ?? 0)
  expect(one['mostMb']).toBeLessThanOrEqual(84)
})
