import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder, modesOf, openDurably, privateModes, writeDurably } from '../../src/lots/index.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'durable-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const permissions = (path: string): string => (statSync(path).mode & 0o777).toString(8)

describe('openDurably', () => {
  it('gives a file its name only once it is whole', () => {
    const path = join(folder, 'a.csv')
    const file = openDurably(path, privateModes)
    file.write('one ')
    file.write(Buffer.from('two'))
    expect(existsSync(path)).toBe(false)
    file.commit()
    expect(readFileSync(path, 'utf8')).toBe('one two')
    expect(existsSync(`${path}.partial`)).toBe(false)
  })

  it('leaves the old file alone when it is discarded, and what a crash left behind is no hindrance', () => {
    const path = join(folder, 'a.csv')
    writeFileSync(path, 'old')
    writeFileSync(`${path}.partial`, 'left by a crash')
    const file = openDurably(path, privateModes)
    file.write('new')
    file.discard()
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(existsSync(`${path}.partial`)).toBe(false)
  })
})

describe('writeDurably', () => {
  it('replaces a file', () => {
    const path = join(folder, 'report.json')
    writeDurably(path, 'one', privateModes)
    writeDurably(path, 'two', privateModes)
    expect(readFileSync(path, 'utf8')).toBe('two')
  })

  it('throws where there is no folder', () => {
    expect(() => writeDurably(join(folder, 'none', 'a'), '', privateModes)).toThrow(/ENOENT/)
  })
})

describe('modes', () => {
  it('keep files to their owner', () => {
    const inner = join(folder, 'run')
    makeFolder(inner, privateModes)
    writeDurably(join(inner, 'a'), '', privateModes)
    expect([permissions(inner), permissions(join(inner, 'a'))]).toEqual(['700', '600'])
  })

  it.each([
    [0o600, 0o700],
    [0o640, 0o750],
    [0o644, 0o755],
    [0o660, 0o770],
  ])('%o for files is %o for folders', (file, wanted) => expect(modesOf(file)).toEqual({ file, folder: wanted }))
})
