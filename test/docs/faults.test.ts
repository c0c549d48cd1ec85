/** docs/faults.md has a line for every code, in the words of src/model/codes.ts, with what the first mistake of the gallery says. */
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codes } from '../../src/model/index.ts'
import { elsewhere, rooms } from './mistakes/index.ts'

const file = new URL('../../docs/faults.md', import.meta.url)

/** What the first mistake of each code says, as the page shows it. */
const examples = new Map<string, string>()
for (const { code, says } of [...rooms.flatMap(room => room.mistakes), ...elsewhere]) {
  const fence = says.includes('`') ? '``' : '`'
  if (!examples.has(code)) examples.set(code, `${fence}${says.replaceAll('|', '\\|')}${fence}`)
}

const line = /^\| `([a-z]+\.[a-z]+)` \| (.*?) \| (.*?) \| (.*?) \|$/gm

/** `UPDATE=1` writes the examples anew. */
if (process.env['UPDATE'] === '1') {
  const written = readFileSync(file, 'utf8').replace(
    line,
    (_, code: string, meaning: string, before: string, remedy: string) =>
      `| \`${code}\` | ${meaning} | ${examples.get(code) ?? before} | ${remedy} |`,
  )
  writeFileSync(file, written)
}

const page = readFileSync(file, 'utf8')
const lines = [...page.matchAll(line)].map(([, code = '', meaning = '', example = '', remedy = '']) => ({
  code,
  meaning,
  example,
  remedy,
}))

describe('docs/faults.md', () => {
  it('has every code, with what it stands for', () => {
    const wanted = Object.entries(codes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
    expect(lines.map(({ code, meaning }) => `| \`${code}\` | ${meaning} |`).toSorted()).toEqual(wanted.toSorted())
  })

  it('has them by room, in the order of the list', () => {
    const order = Object.keys(codes)
    expect(lines.map(({ code }) => code)).toEqual(order)
    const rooms = order.map(code => code.split('.')[0])
    const runs = rooms.filter((room, at) => room !== rooms[at - 1])
    expect(runs, 'the codes of a room stand together').toEqual([...new Set(runs)])
  })

  it('gives as an example what the first mistake of each code says', () => {
    expect(lines.map(({ code, example }) => `${code} ${example}`)).toEqual(
      lines.map(({ code }) => `${code} ${examples.get(code)}`),
    )
  })

  it('gives a remedy for each', () => {
    expect(lines.filter(({ remedy }) => remedy.trim().length < 8).map(({ code }) => code)).toEqual([])
  })
})

describe('codes', () => {
  it('say what they stand for as faults do: lower case, no full stop', () => {
    for (const [code, meaning] of Object.entries(codes)) {
      expect(code).toMatch(/^[a-z]+\.[a-z]+$/)
      expect(meaning).toMatch(/^(?:[a-z]|MJML)[^|]*[^.]$/)
    }
  })
})
