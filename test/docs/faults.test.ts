/** docs/faults.md has a line for every code, in the order and in the words of src/model/codes.ts. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codes } from '../../src/model/index.ts'

const page = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8')
const lines = [...page.matchAll(/^\| `([a-z]+\.[a-z]+)` \| (.*?) \| (.*?) \| (.*?) \|$/gm)].map(
  ([, code = '', meaning = '', example = '', remedy = '']) => ({ code, meaning, example, remedy }),
)

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

  it('gives an example and a remedy for each', () => {
    const bare = lines.filter(({ example, remedy }) => example.trim().length < 8 || remedy.trim().length < 8)
    expect(bare.map(({ code }) => code)).toEqual([])
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
