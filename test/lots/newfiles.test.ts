import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NewFiles, privateModes } from '../../src/lots/index.ts'
import { type Failpoint, failpointName } from '../../src/model/index.ts'

let folder = ''
const place = globalThis as { [failpointName]?: Failpoint }
/** How many descriptors of this process lead into the folder (Linux). */
const open = (): number => {
  const leads = (descriptor: string): boolean => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(folder)
    } catch {
      // Closed since it was listed.
      return false
    }
  }
  return readdirSync('/proc/self/fd').filter(leads).length
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'platen-newfiles-'))
})
afterEach(() => {
  delete place[failpointName]
  rmSync(folder, { recursive: true, force: true })
})

describe('new files', () => {
  it('hold what was written, for their owner alone, and are all flushed once settled', async () => {
    const flushed = new Set<string>()
    place[failpointName] = (step, path) => {
      if (step === 'flush') flushed.add(path)
    }
    const files = new NewFiles(privateModes)
    const paths = Array.from({ length: 300 }, (_, at) => join(folder, `${at}`))
    for (const path of paths) files.write(path, `bytes of ${path}`)
    await files.settled()
    for (const path of paths) expect(readFileSync(path, 'utf8')).toBe(`bytes of ${path}`)
    expect([...flushed].toSorted()).toEqual(paths.toSorted())
    expect((statSync(paths[0]!).mode & 0o777).toString(8)).toBe('600')
    expect(() => files.write(paths[0]!, '')).toThrow(/EEXIST/)
  })

  it.runIf(process.platform === 'linux')(
    'hold few descriptors however many are written, and none once settled',
    async () => {
      for (const most of [0, 1, 16, 100]) {
        const files = new NewFiles(privateModes, most)
        for (let at = 0; at < 250; at += 1) {
          files.write(join(folder, `${most} ${at}`), 'x')
          if (at % 50 === 49) {
            expect(open()).toBeLessThanOrEqual(most)
            await files.keepUp()
          }
        }
        await files.settled()
        expect(open()).toBe(0)
      }
    },
  )

  it('are all flushed, those too that there was no room for at first', async () => {
    const flushed: string[] = []
    place[failpointName] = (step, path) => {
      if (step === 'flush') flushed.push(path)
    }
    const files = new NewFiles(privateModes, 2)
    const paths = Array.from({ length: 40 }, (_, at) => join(folder, `${at}`))
    for (const path of paths) files.write(path, 'x')
    await files.settled()
    expect(flushed.toSorted()).toEqual(paths.toSorted())
  })

  it('say the first failure once nothing is under way any more', async () => {
    for (const most of [2, 100]) {
      const files = new NewFiles(privateModes, most)
      let flushes = 0
      place[failpointName] = step => {
        if (step === 'flush') flushes += 1
        if (step === 'flush' && flushes === 6) throw new Error('EIO')
        if (step === 'flush' && flushes === 9) throw new Error('another')
      }
      for (let at = 0; at < 40; at += 1) files.write(join(folder, `${most} ${at}`), 'x')
      await files.keepUp()
      await expect(files.settled()).rejects.toThrow('EIO')
      if (process.platform === 'linux') expect(open()).toBe(0)
    }
  })

  it('are let go of without a word where they are to be removed', async () => {
    place[failpointName] = step => {
      if (step === 'flush') throw new Error('EIO')
    }
    const files = new NewFiles(privateModes)
    files.write(join(folder, 'one'), 'x')
    await expect(files.ended()).resolves.toBeUndefined()
  })
})
