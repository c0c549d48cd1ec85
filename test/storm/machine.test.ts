/** What a machine can do to a run: the order in which it writes, a full disk, and no more files to open. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Factory, platenBin } from '../run/factory.ts'
import { whole } from './chance.ts'
import { examine } from './examine.ts'
import { tornBy } from './order.ts'
import { options, stormFactory } from './place.ts'

const run = 'bills-2026-03'
let factory: Factory
let reference: Readonly<Record<string, unknown>>
beforeAll(() => {
  factory = stormFactory()
  expect(factory.platen('run', ...args('reference')).status).toBe(0)
  reference = examine(join(factory.folder, 'reference'), run)
})
afterAll(() => factory.close())

const args = (out: string): readonly string[] => ['jobs/bills.yaml', ...options, '--out', out]
const has = (program: string): boolean => spawnSync(program, ['-V']).status === 0

describe('the order of a trace', () => {
  const good = [
    '1 mkdir("/o/r/lot-0001.partial", 0700) = 0',
    '1 openat(AT_FDCWD, "/o/r/lot-0001.partial/a", O_WRONLY|O_CREAT|O_EXCL, 0600) = 5',
    '1 write(5, "x", 1) = 1',
    '1 fsync(5) = 0',
    '1 openat(AT_FDCWD, "/o/r/lot-0001.partial", O_RDONLY) = 6',
    '1 fsync(6) = 0',
    '1 rename("/o/r/lot-0001.partial", "/o/r/lot-0001") = 0',
    '1 openat(AT_FDCWD, "/o/r", O_RDONLY) = 7',
    '1 fsync(7) = 0',
    '2 openat(AT_FDCWD, "/o/r/run.db-wal", O_RDWR|O_CREAT, 0600) = 8',
    '2 fdatasync(8) = 0',
  ]
  const without = (line: string): string => good.filter(one => one !== line).join('\n')

  test('is sound where each thing is on disk before the next counts on it', () => {
    expect(tornBy(good.join('\n'))).toEqual([])
  })

  test.each([
    ['1 fsync(5) = 0', '/o/r/lot-0001 gets its name before /o/r/lot-0001.partial/a is flushed'],
    ['1 fsync(6) = 0', '/o/r/lot-0001 gets its name before the folder /o/r/lot-0001.partial is flushed'],
    ['1 fsync(7) = 0', 'the ledger is committed before the folder of /o/r/lot-0001 is flushed'],
  ])('is torn without %s', (line, words) => {
    expect(tornBy(without(line))).toEqual([words])
  })
})

test('files are on disk before their names are, folders before the ledger says so', { timeout: 120_000 }, context => {
  if (!has('strace')) return context.skip('strace is not here')
  const log = join(factory.folder, 'trace')
  // One lot: with more, one is committed while the next is being named.
  const lots = options.map(word => (word === '4' ? '50' : word))
  const traced = spawnSync(
    'strace',
    [
      '-f',
      '-qq',
      '-s',
      '300',
      '-e',
      'trace=openat,write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,mkdir,mkdirat',
      '-o',
      log,
    ].concat([process.execPath, platenBin, 'run', 'jobs/bills.yaml', ...lots, '--out', join(factory.folder, 'traced')]),
    { cwd: factory.folder, encoding: 'utf8' },
  )
  if (/ptrace|Operation not permitted/i.test(traced.stderr)) return context.skip('strace may not trace here')
  expect(traced.status, traced.stderr).toBe(0)
  const trace = readFileSync(log, 'utf8')
  expect(trace).toContain('lot-0001.partial')
  expect(tornBy(trace)).toEqual([])
})

test('with too few files to open it says so, and goes on later', { timeout: 120_000 }, () => {
  for (const limit of whole ? [20, 22, 24, 28, 32, 36, 40, 44, 48, 52] : [24, 40]) {
    const out = `few-${limit}`
    const line = `ulimit -n ${limit}; exec "$0" "$@"`
    const few = spawnSync('bash', ['-c', line, process.execPath, platenBin, 'run', ...args(out)], {
      cwd: factory.folder,
      encoding: 'utf8',
    })
    // Below some twenty Node itself does not start.
    if (limit > 22 || few.status === 130) {
      expect([0, 130], `${limit}: ${few.stderr}`).toContain(few.status)
      if (few.status === 130)
        expect(few.stderr, `${limit}`).toContain('too many files are open (EMFILE)\n  hint: raise ulimit -n')
      if (limit === 40) expect(few.status).toBe(130)
    }
    const again = factory.platen('run', ...args(out))
    expect(again.status, again.said).toBe(0)
    expect(examine(join(factory.folder, out), run), `${limit}`).toEqual(reference)
  }
})

test('where few files may be open, files wait for the disk one after the other', { timeout: 120_000 }, () => {
  for (const [limit, workers] of [
    [76, 4],
    [128, 4],
  ] as const) {
    const out = `enough-${limit}`
    const line = `ulimit -n ${limit}; exec "$0" "$@"`
    const words = [platenBin, 'run', ...args(out), '--workers', String(workers)]
    const made = spawnSync('bash', ['-c', line, process.execPath, ...words], { cwd: factory.folder, encoding: 'utf8' })
    expect(made.status, `${limit}: ${made.stderr}`).toBe(0)
    expect(examine(join(factory.folder, out), run), `${limit}`).toEqual(reference)
  }
})

test('workers hold a part of the files that may be open, and no more than is good', () => {
  const program = `
    import { filesUnderWay } from ${JSON.stringify(new URL('../../src/run/openfiles.ts', import.meta.url).href)}
    process.stdout.write(JSON.stringify([1, 4, 64].map(filesUnderWay)))`
  const asked = (limit: number): unknown => {
    const line = `ulimit -n ${limit}; exec "$0" "$@"`
    const words = ['-c', line, process.execPath, '--input-type=module', '-e', program]
    return JSON.parse(spawnSync('bash', words, { encoding: 'utf8' }).stdout)
  }
  const [one, four, many] = asked(128) as [number, number, number]
  expect(one).toBeGreaterThan(40)
  expect(one).toBeLessThan(64)
  expect([four, many]).toEqual([Math.floor(one / 4), 0])
  expect((asked(4096) as number[])[1]).toBe(128)
})

test(
  'files that run out on the way are told as that, also where SQLite only cannot open one',
  { timeout: 60_000 },
  () => {
    const program = `
    import { closeSync, openSync } from 'node:fs'
    import { troubleOf } from ${JSON.stringify(new URL('../../src/run/trouble.ts', import.meta.url).href)}
    const error = { code: 'ERR_SQLITE_ERROR', errcode: 14 }
    const before = troubleOf(error)
    const opened = []
    try { for (;;) opened.push(openSync(process.execPath, 'r')) } catch {}
    const after = troubleOf(error)
    for (const one of opened) closeSync(one)
    process.stdout.write(JSON.stringify([before, after].map(({ exit, fault }) => [exit, fault.message])))`
    const line = 'ulimit -n 120; exec "$0" "$@"'
    const told = spawnSync('bash', ['-c', line, process.execPath, '--input-type=module', '-e', program], {
      encoding: 'utf8',
    })
    expect(JSON.parse(told.stdout), told.stderr).toEqual([
      [2, 'the ledger cannot be opened (SQLITE 14)'],
      [130, 'too many files are open (EMFILE)'],
    ])
  },
)

/** At a step between its lots, or before its first row: all of the process stops there. */
const ends = [
  ['goes on when it is told to', { end: 'SIGCONT', at: 101, exit: 0 }],
  ['ends within five seconds when it is told to', { end: 'SIGTERM', at: 40, exit: 130 }],
  ['leaves its run to the next when it is killed', { end: 'SIGKILL', at: 101, exit: 'SIGKILL' }],
] as const

test.each(ends)(
  'a process that is stopped keeps its run, and %s',
  { timeout: 60_000 },
  async (_, { end, at, exit }) => {
    const out = `stopped-${end}`
    const counter = join(factory.folder, `.${out}`)
    const failpoint = fileURLToPath(new URL('failpoint.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', failpoint, platenBin, 'run', ...args(out)], {
      cwd: factory.folder,
      stdio: 'ignore',
      env: { ...process.env, STORM_COUNT: counter, STORM_AT: String(at), STORM_HOW: 'stop' },
    })
    const ended = new Promise(resolve => child.once('exit', (code, signal) => resolve(signal ?? code)))
    try {
      while ((statSync(counter, { throwIfNoEntry: false })?.size ?? 0) < at)
        await new Promise(done => setTimeout(done, 20))
      const second = factory.platen('run', ...args(out))
      expect(second.status, second.said).toBe(6)
      expect(second.said).toContain(`another process has the run ${run}`)
    } finally {
      if (end !== 'SIGCONT') child.kill(end)
      if (end !== 'SIGKILL') child.kill('SIGCONT')
    }
    const told = Date.now()
    expect(await ended).toBe(exit)
    if (end === 'SIGTERM') expect(Date.now() - told).toBeLessThan(5_000)
    if (exit !== 0) expect(factory.platen('run', ...args(out)).status).toBe(0)
    expect(examine(join(factory.folder, out), run)).toEqual(reference)
  },
)

test('on a full disk it says so, and goes on once there is room', { timeout: 60_000 }, context => {
  const disk = mkdtempSync(join(tmpdir(), 'platen-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0
  try {
    if (!mounted) return context.skip('no disk may be mounted here')
    // Filled but for less than a kit and a ledger take; then a little more room each time.
    for (const free of whole ? [1, 3, 12, 40, 80] : [3, 60]) {
      const out = join(disk, `out-${free}`)
      mkdirSync(out)
      const { bavail, bsize } = statfsSync(disk)
      const filler = join(disk, 'filler')
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - free * 8192)))
      const full = factory.platen('run', ...args(out))
      expect([0, 130], full.said).toContain(full.status)
      if (full.status === 130) expect(full.said).toContain('the disk is full')
      rmSync(filler)
      const again = factory.platen('run', ...args(out))
      expect(again.status, again.said).toBe(0)
      expect(examine(out, run), `${free} blocks`).toEqual(reference)
      rmSync(out, { recursive: true })
    }
  } finally {
    if (mounted) spawnSync('umount', [disk])
    if (existsSync(disk)) rmSync(disk, { recursive: true })
  }
})
