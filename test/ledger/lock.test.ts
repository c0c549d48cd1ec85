import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeLock } from '../../src/ledger/index.ts'
import { forever, holdInChild, kill } from './children.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
  path = join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const holding = (): string =>
  `import { takeLock } from '../../src/ledger/lock.ts'
   const lock = takeLock(${JSON.stringify(path)})
   console.log(lock === undefined ? 'refused' : 'held')
   ${forever}`

describe('takeLock', () => {
  it('is refused while it is held in this process, and given once it is free', () => {
    const first = takeLock(path)
    expect(first).toBeDefined()
    expect(takeLock(path)).toBeUndefined()
    first?.release()
    const second = takeLock(path)
    expect(second).toBeDefined()
    second?.release()
  })

  it('is refused while another process holds it, and freed by kill -9', async () => {
    const child = await holdInChild(holding())
    expect(takeLock(path)).toBeUndefined()
    await kill(child)
    const lock = takeLock(path)
    expect(lock).toBeDefined()
    lock?.release()
  })

  it('is one for each file', () => {
    const first = takeLock(path)
    const other = takeLock(`${path}-2`)
    expect(other).toBeDefined()
    first?.release()
    other?.release()
  })

  it('is readable by its owner only', () => {
    takeLock(path)?.release()
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
  })

  it('throws for a file that is something else', () => {
    writeFileSync(path, 'not a lock, but a text that is long enough not to be taken for an empty database'.repeat(20))
    expect(() => takeLock(path)).toThrow(/not a database/)
  })
})
