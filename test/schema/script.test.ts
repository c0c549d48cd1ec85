import { describe, expect, it } from 'vitest'
import { loadScript, threwAt, unrepeatable } from '../../src/schema/index.ts'
import { rehearseScript } from '../../src/schema/rehearse.ts'
import { faultsOf, good } from '../outcome.ts'

const load = (text: string) => loadScript({ file: 'clean.js', text })

function thrownBy(script: () => unknown): unknown {
  try {
    script()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('loadScript', () => {
  it('gives the default function', async () => {
    const add = good(await load('const one = 1\nexport default (a) => a + one\n'))
    expect(add(2)).toBe(3)
  })

  it('gives each load a module of its own', async () => {
    const text = 'let calls = 0\nexport default () => (calls += 1)\n'
    const [first, second] = [good(await load(text)), good(await load(text))]
    expect([first(), first(), second()]).toEqual([1, 2, 1])
  })

  it('takes any character: quotes, percent signs, other scripts', async () => {
    expect(good(await load("export default () => 'їжак 100% #1 `x`'\n"))()).toBe('їжак 100% #1 `x`')
  })

  const own = 'a script sees only its arguments; `decimal` and `date` are handed to it'
  const plain = 'write `export default function (…) { … }`'
  it.each([
    ["// first\nimport fs from 'node:fs'\nexport default () => 1", `clean.js:2: the script imports "node:fs" | ${own}`],
    [
      "export default async () => (await import('node:fs')).readFileSync",
      `clean.js:1: the script imports "node:fs" | ${own}`,
    ],
    ['export default () => import.meta.url', `clean.js:1: the script imports something | ${own}`],
    ["export * from 'node:fs'\nexport default () => 1", `clean.js:1: the script imports "node:fs" | ${own}`],
    ['export default 42', `clean.js: the script has no default function | ${plain}`],
    ['export const clean = row => row', `clean.js: the script has no default function | ${plain}`],
    ['', `clean.js: the script has no default function | ${plain}`],
    [
      "throw new Error('no luck')\nexport default () => 1",
      'clean.js:1:7: the script cannot be loaded: no luck | try `node --check` on it',
    ],
  ])('refuses %j', async (text, fault) => {
    expect(faultsOf(await load(text))).toEqual([`schema.script | ${fault}`])
  })

  const repeatable =
    'the same rows have to give the same pieces: let it depend on what it is handed; the day of the run is run.date in prepare.js'
  it.each([
    ['new Date()', 'new Date() asks the clock'],
    ['Date()', 'Date() asks the clock'],
    ['Date.now()', 'Date.now() asks the clock'],
    ['performance.now()', 'performance asks the clock'],
    ['Math.random()', 'Math.random() asks chance'],
    ['crypto.randomUUID()', 'crypto asks chance'],
  ])('%s throws, while it is loaded and later', async (call, said) => {
    expect(faultsOf(await load(`export default row => row\nconst first = ${call}\n`))).toEqual([
      `schema.script | clean.js:2:${15 + (call.startsWith('new') ? 0 : call.indexOf('.') + 1)}: the script cannot be loaded: ${said} | ${repeatable}`,
    ])
    const script = good(await load(`// first\nexport default () => ${call}`))
    const thrown = thrownBy(script)
    expect(unrepeatable(thrown)).toBe(said)
    expect(threwAt(thrown, { file: 'clean.js', text: '' })).toMatchObject({ file: 'clean.js', line: 2 })
  })

  it('leaves what depends on nothing but its arguments, and what a script calls its own', async () => {
    const days = good(
      await load(`const crypto = 1, performance = { now: () => 2 }
export default text => [new Date(text).getUTCFullYear(), Date.UTC(2026, 0), new Date(0) instanceof Date, Math.max(1, crypto), performance.now()] // end`),
    )
    expect(days('2026-03-31')).toEqual([2026, Date.UTC(2026, 0), true, 1, 2])
    expect(unrepeatable(new Error('new Date() asks the clock'))).toBeUndefined()
  })

  const outside = 'outside of its functions a script only declares: look there for a loop or a wait without end'
  it.each([
    ['await new Promise(() => {})', 'the script waits for ever while it is loaded, or leaves'],
    ['process.exit(0)', 'the script waits for ever while it is loaded, or leaves'],
    ['process.exit(4)', 'the script waits for ever while it is loaded, or leaves'],
    [
      'const all = []; for (;;) all.push(new Array(99_999).fill(0.5))',
      'the script takes all memory while it is loaded',
    ],
  ])('refuses what would take the process with it: %s', async (text, said) => {
    expect(faultsOf(await load(`export default row => row\n${text}\n`))).toEqual([
      `schema.script | clean.js: ${said} | ${outside}`,
    ])
  })

  it.each([
    'for (;;);',
    'setInterval(() => {}, 10)',
    `/^(a+)+$/.test("${'a'.repeat(60)}b")`,
  ])('ends what never comes to an end: %s', async text => {
    const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(`${text}\nexport default row => row`)}`
    expect(await rehearseScript(url, 600)).toBe('the script is not loaded within 0.6 seconds')
  })

  it('says what is wrong with the syntax', async () => {
    const [fault] = faultsOf(await load('export default function (row) {\n  return row.\n}\n'))
    expect(fault).toMatch(
      /^schema.script \| clean.js.*: the script cannot be loaded: unexpected token .* \| try `node --check` on it$/,
    )
  })
})

describe('threwAt', () => {
  it('names the line in the script where it threw', async () => {
    const source = {
      file: 'clean.js',
      text: 'export default row => {\n  const name = row.name\n  return name.trim()\n}\n',
    }
    const script = good(await loadScript(source))
    let thrown: unknown
    try {
      script({})
    } catch (error) {
      thrown = error
    }
    expect(threwAt(thrown, source)).toEqual({ file: 'clean.js', line: 3, column: 15 })
  })

  it('names the file alone for what is no error', () => {
    expect(threwAt('just text', { file: 'clean.js', text: '' })).toEqual({ file: 'clean.js' })
  })
})
