/** Communications that run into a bug, or take workers down: each fails alone, and failed.csv says so. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { conduct } from '../../src/run/index.ts'
import type { WorkerLimits } from '../../src/run/press/pool.ts'
import { type Factory, makeFactory } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 2, mail: false })
})
afterEach(() => factory.close())

/** Runs the job on a channel from outside that does this with the first bill, in line 9 of its module. */
async function runWith(body: string, limits: WorkerLimits = {}): Promise<readonly string[]> {
  factory.write('fax.js', channel(body))
  factory.mend('jobs/bills.yaml', '  sms: {}', '  fax: {}')
  factory.write('templates/bill/fax.hbs', "{{fact 'total'}} {{fact 'number'}}\n")
  const out = join(factory.folder, 'out')
  const module = pathToFileURL(join(factory.folder, 'fax.js')).href
  const job = join(factory.folder, factory.job)
  const { exit } = await conduct({ job, out, workers: 1, channelModules: [module], limits }, () => {})
  expect(exit).toBe(3)
  // The other bill is none the worse for it.
  expect(factory.exists('out/bills-2026-03/lot-0001/pdf/B-2.pdf')).toBe(true)
  // The folder's path is this machine's.
  return factory
    .read('out/bills-2026-03/failed.csv')
    .replaceAll(`${pathToFileURL(factory.folder).href}/`, '')
    .trim()
    .split('\r\n')
}

const channel = (body: string): string => `export default {
  name: 'fax', files: ['fax.hbs'], escape: 'none', settings: { type: 'object' }, encloses: [],
  output: { folder: 'fax', extension: 'txt' },
  prepare: async ({ sources }) => ({ ok: true, value: { texts: { text: { ...sources['fax.hbs'], escape: 'none' } } } }),
  open: async () => ({
    render: async ({ communication, texts }) => {
      const bytes = new TextEncoder().encode(texts.text)
      if (communication.id === 'B-1') {
        ${body}
      }
      return { ok: true, value: { bytes, mediaType: 'text/plain', measures: {} } }
    },
    read: async bytes => ({ text: new TextDecoder().decode(bytes) }),
    close: async () => {},
  }),
}
`

test('run.bug: the communication fails with the place of the bug, and nothing of what it was holding', async () => {
  const [header, ...lines] = await runWith('communication.recipient.name.missing.field')
  expect(header).toBe('id,channel,outcome,reason,detail')
  const told =
    'run.bug: TypeError at fax.js:9,a bug in Platen: TypeError at fax.js:9; report it; --retry makes the communication again with a mended Platen'
  expect(lines).toEqual([`B-1,fax,failed,${told}`, `B-1,pdf,failed,${told}`])
})

test('run.crashed: the communication that three workers died on is left out', { timeout: 150_000 }, async () => {
  const [, ...lines] = await runWith('process.exit(1)')
  const told =
    'run.crashed,"three workers died or hung on this communication; look at it with platen proof, and report it"'
  expect(lines).toEqual([`B-1,fax,failed,${told}`, `B-1,pdf,failed,${told}`])
})

/** What takes a worker down, in other ways than by leaving. */
test.each([
  ['loops for ever', 'for (;;);', { patienceMs: 1_200 }],
  ['takes memory without end', 'const all = []; for (;;) all.push({ a: [all.length] })', { memoryMb: 96 }],
])('run.crashed: a communication that %s', { timeout: 150_000 }, async (_, body, limits) => {
  const [, ...lines] = await runWith(body, limits)
  expect(lines.map(line => line.split(',').slice(0, 4).join())).toEqual([
    'B-1,fax,failed,run.crashed',
    'B-1,pdf,failed,run.crashed',
  ])
})

test('run.bug: an overflown stack takes down its communication, and no worker', async () => {
  const [, ...lines] = await runWith('const down = () => down() + 1; down()')
  expect(lines[0]).toMatch(/^B-1,fax,failed,run\.bug: RangeError at fax\.js:9,/)
})
