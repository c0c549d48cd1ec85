/** Hostile input, end to end: what stands in the working directory, in data, in schemas. Each is a fault, or harmless. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileCheck } from '../src/schema/index.ts'
import { good } from './outcome.ts'
import { type Factory, interrupt, makeFactory, platenBin, rows, tree } from './run/factory.ts'

const has = (command: string): boolean => spawnSync(command, ['--version']).error === undefined

/** Customers who would like to be somebody else: names, addresses and numbers of letters that mean something to some program. */
const hostileRows: readonly (readonly [number: string, name: string, item: string])[] = [
  ['../../../../tmp/stolen', 'Robert"); DROP TABLE piece;--', '=HYPERLINK("http://evil.example";"x")'],
  ['..', '{{constructor.constructor "return process"}}', '\u00a0=1+1'],
  ['CON', '<script>alert(1)</script>', '<image src="../../../etc/passwd"/>'],
  ['-rf', '</mj-text><mj-include path="/etc/passwd"/>', '{{> legal}}'],
  ['.hidden', '\u202e05,284 1\u202c', 'brand:../../etc/passwd'],
  ['a/b\\c:d', '&#60;b&#62; &amp; $HOME', "'; -- %n%s%x"],
  ['__proto__', 'constructor', '__proto__'],
  ['=2+5𝕏', 'zero\u200bwidth\ufeff\u2060', 'x'.repeat(3_000)],
]

describe('a run over hostile data, in a hostile folder', () => {
  let factory: Factory
  let said = ''
  beforeAll(() => {
    factory = makeFactory({ bills: 1 })
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const lines = hostileRows.map(
      ([number, name, item]) =>
        `${quoted(number)};${quoted(name)};a@example.com;+447700900001;en-GB;2026-03-01;${quoted(item)};1,00`,
    )
    factory.write('data/bills.csv', `number;customer;email;phone;locale;issued;item;amount\n${lines.join('\n')}\n`)
    // What MJML, its minifier, Node or npm would read or run in a working directory.
    const evil =
      "require('node:fs').writeFileSync(require('node:path').join(__dirname, 'ran'), '')\nmodule.exports = {}\n"
    for (const name of [
      'evil.js',
      '.htmlnanorc.js',
      'htmlnano.config.js',
      '.mjmlconfig.js',
      'mjml.config.js',
      '.pnp.cjs',
    ])
      factory.write(name, evil)
    factory.write('.mjmlconfig', '{ "packages": ["./evil.js"], "options": { "filePath": "/etc" } }')
    factory.write('package.json', '{ "main": "evil.js", "htmlnano": { "preset": "./evil.js" } }')
    factory.write('.env', 'NODE_OPTIONS=--require ./evil.js\n')
    factory.write('node_modules/mjml/index.js', evil)
    factory.write('node_modules/mjml/package.json', '{ "name": "mjml", "main": "index.js" }')
    said = factory.platen('run', factory.job, '--rejects', '100%').said
  })
  afterAll(() => factory.close())

  test('runs nothing of the working directory', () => {
    expect(said).toContain('bills-2026-03: done')
    expect(existsSync(join(factory.folder, 'ran'))).toBe(false)
  })

  test('accounts for every row: what no font can show is a reject, the rest are documents', () => {
    expect(said).toContain(`rows            ${hostileRows.length} read`)
    const { communications, pieces } = JSON.parse(factory.read('out/bills-2026-03/report.json')) as {
      communications: { made: number; rejected: number }
      pieces: Record<string, { rendered: number; skipped: number }>
    }
    expect(communications.made + communications.rejected).toBe(hostileRows.length)
    expect(pieces['pdf']?.rendered).toBe(communications.made)
    expect(communications).toMatchObject({ made: 7, rejected: 1 })
  })

  test('writes into its own folders only, under names that are harmless everywhere', () => {
    expect(existsSync('/tmp/stolen')).toBe(false)
    const made = Object.keys(tree(join(factory.folder, 'out'))).map(path => path.split('/').at(-1)!)
    for (const name of made) expect(name).toMatch(/^[A-Za-z0-9_%-][A-Za-z0-9_.%-]*$/)
  })

  test('shows what the data says, and takes none of it for markup, templates or files', async () => {
    const lot = 'out/bills-2026-03/lot-0001'
    const mails = readdirSync(join(factory.folder, lot, 'email'))
    expect(mails.length).toBe(7)
    for (const name of mails) {
      const { html = '', text = '', subject = '' } = await PostalMime.parse(factory.read(`${lot}/email/${name}`))
      for (const word of ['<script', '<mj-', 'fonts.googleapis', 'src="http']) expect(html).not.toContain(word)
      for (const word of ['root:x:', 'native code']) expect(`${html}${text}${subject}`).not.toContain(word)
    }
    expect(factory.read(`${lot}/sms/messages.jsonl`)).not.toContain('root:x:')
  })

  test('disarms what a spreadsheet would take for a formula', () => {
    expect(factory.read('out/bills-2026-03/rejects.csv')).toContain(",'=2+5𝕏,")
  })
})

test.skipIf(!has('strace'))(
  'no network, and no file outside the factory, the job’s data, Platen’s own and the system’s (strace)',
  () => {
    const factory = makeFactory({ bills: 3 })
    const apart = mkdtempSync(join(tmpdir(), 'platen-trace-'))
    try {
      const log = join(apart, 'log')
      const words = ['-f', '-qq', '-e', 'trace=connect,sendto,openat,open', '-o', log, process.execPath, platenBin]
      const ran = spawnSync('strace', [...words, 'run', factory.job, '--workers', '1'], {
        cwd: factory.folder,
        encoding: 'utf8',
      })
      expect(ran.stderr).toBe('')
      expect(ran.status).toBe(0)
      const calls = readFileSync(log, 'utf8').split('\n')
      expect(calls.filter(call => /AF_INET/.test(call))).toEqual([])
      const root = fileURLToPath(new URL('..', import.meta.url))
      const allowed = [
        factory.folder,
        root,
        join(tmpdir(), 'platen-'),
        '/proc/',
        '/sys/',
        '/etc/',
        '/dev/',
        '/usr/',
        '/lib',
      ]
      const opened = calls.flatMap(call => /open(?:at)?\((?:AT_FDCWD, )?"(\/[^"]*)".* = \d+$/.exec(call)?.[1] ?? [])
      expect(opened.length).toBeGreaterThan(100)
      expect(opened.filter(path => !allowed.some(start => path.startsWith(start)))).toEqual([])
    } finally {
      factory.close()
      rmSync(apart, { recursive: true })
    }
  },
)

describe('links to somewhere else, in the folder of a run', () => {
  const run = 'out/bills-2026-03'
  const mine = { 'mine.txt': 'somebody else’s' }
  const links = ['lot-0001', 'lot-0001.partial', 'report.json', 'report.html', 'report.json.partial', 'failed.csv']
  let factory: Factory
  let apart: string
  beforeAll(() => {
    factory = makeFactory({ mail: false })
    factory.mend('jobs/bills.yaml', '  pdf: {}\n', '')
    // The third bill is a reject; the fourth is held, since its message shows another amount.
    factory.write('data/bills.csv', rows(4).replace('3,10', '3,1x'))
    factory.write('templates/bill/sms.hbs', "{{#if (gt total 8)}}{{money 1}}{{else}}{{fact 'total'}}{{/if}}\n")
    apart = mkdtempSync(join(tmpdir(), 'platen-else-'))
    writeFileSync(join(apart, 'mine.txt'), mine['mine.txt'])
  })
  afterAll(() => {
    factory.close()
    rmSync(apart, { recursive: true })
  })
  const link = (name: string): void => {
    rmSync(join(factory.folder, run, name), { recursive: true, force: true })
    symlinkSync(name.includes('.') ? join(apart, 'mine.txt') : apart, join(factory.folder, run, name))
  }
  const untouched = (): void => {
    const files = readdirSync(apart)
    expect(Object.fromEntries(files.map(name => [name, readFileSync(join(apart, name), 'utf8')]))).toEqual(mine)
  }
  const linked = (): readonly string[] =>
    readdirSync(join(factory.folder, run), { withFileTypes: true }).flatMap(entry =>
      entry.isSymbolicLink() ? [entry.name] : [],
    )

  test('a refused run begins over them: they go, what they lead to stays', async () => {
    expect(factory.platen('run', factory.job).status).toBe(5)
    expect(factory.exists(`${run}/rejects/bills.csv`)).toBe(true)
    for (const name of [...links, 'kit', 'held', 'rejects', 'rejects.csv']) link(name)
    await interrupt(factory, ['run', factory.job, '--workers', '1', '--rejects', '1'], '"allocated"')
    expect(linked()).toEqual([])
    expect(factory.read(`${run}/rejects/bills.csv`)).toContain('3,1x')
    untouched()
  })

  test('an interrupted run goes on beside them: each becomes the run’s own, and nothing is written through one', () => {
    for (const name of links) link(name)
    const ended = factory.platen('run', factory.job, '--rejects', '1')
    expect(ended.status, ended.said).toBe(4)
    expect(ended.said).toContain('sms             2 rendered, 2 parts')
    expect(linked()).toEqual([])
    expect(factory.read(`${run}/lot-0001/manifest.jsonl`).trim().split('\n')).toHaveLength(2)
    expect(factory.read(`${run}/failed.csv`)).toContain('B-4')
    expect(factory.read(`${run}/report.json`)).toContain('"held": 1')
    untouched()
  })

  test('a frozen kit that is one is no kit', async () => {
    rmSync(join(factory.folder, 'out'), { recursive: true })
    await interrupt(factory, ['run', factory.job, '--workers', '1', '--rejects', '1'], '"allocated"')
    link('kit')
    const ended = factory.platen('run', factory.job, '--rejects', '1')
    expect([ended.status, ended.said]).toEqual([2, expect.stringContaining('the frozen kit of this run is missing')])
    untouched()
  })

  test.each([
    'held',
    'rejects',
  ])('%s that is one, in a run that goes on: a fault, and what it leads to stays', async name => {
    rmSync(join(factory.folder, 'out'), { recursive: true })
    await interrupt(factory, ['run', factory.job, '--workers', '1', '--rejects', '1'], '"allocated"')
    rmSync(join(factory.folder, run, name), { recursive: true, force: true })
    link(name)
    const ended = factory.platen('run', factory.job, '--rejects', '1')
    expect([ended.status, ended.said]).toEqual([2, expect.stringContaining('a link stands where the run has a folder')])
    untouched()
  })
})

describe('schemas that would trick their checker', () => {
  test('$data, which lets data bring a pattern of its own', () => {
    const schema = { type: 'object', properties: { a: { type: 'string', pattern: { $data: '1/b' } }, b: {} } }
    expect(compileCheck(schema as never, 's.json')).toMatchObject({ ok: false })
  })

  test('a required name that every object inherits', () => {
    const check = good(compileCheck({ type: 'object', required: ['constructor', 'toString'] }, 's.json'))
    expect(check({}).map(({ path }) => path)).toEqual(['constructor', 'toString'])
    expect(check(JSON.parse('{"constructor":1,"toString":2}'))).toEqual([])
  })

  test('a schema that refers to somewhere else', () => {
    expect(compileCheck({ $ref: 'https://evil.example/s.json' }, 's.json')).toMatchObject({ ok: false })
    expect(compileCheck({ $ref: '../../etc/passwd' }, 's.json')).toMatchObject({ ok: false })
  })
})
