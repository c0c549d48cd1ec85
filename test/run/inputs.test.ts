/** Files of a job and what stands in for them: names, paths, words of the command line, and rows that come only once. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadJob } from '../../src/job/index.ts'
import { privateModes } from '../../src/lots/index.ts'
import type { Job } from '../../src/model/index.ts'
import { openInputs } from '../../src/run/plan/inputs.ts'
import type { Replacement } from '../../src/run/request.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'platen-inputs-'))
  mkdirSync(join(folder, 'jobs'))
  for (const name of ['bills.csv', 'my customers.csv', 'a.csv'])
    writeFileSync(join(folder, 'jobs', name), `n\n${name}\n`)
  for (const inner of ['one', 'two']) {
    mkdirSync(join(folder, 'jobs', inner))
    writeFileSync(join(folder, 'jobs', inner, 'rates.csv'), `n\n${inner}\n`)
  }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function job(): Job {
  const text = `template: bill
data:
  file: bills.csv
  key: number
  fields:
    customer: { file: my customers.csv, on: n }
    one: { file: one/rates.csv, on: n }
    two: { file: two/rates.csv, on: n }
channels: { pdf: {} }
`
  const source = { file: join(folder, 'jobs/bills.yaml'), text }
  const loaded = loadJob({ name: 'bills', source, read: () => undefined, channels: ['pdf'] })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  return loaded.value
}

const open = (replacements: readonly Replacement[], signal?: AbortSignal) =>
  openInputs(job(), replacements, {
    folder: join(folder, 'out'),
    modes: privateModes,
    ...(signal === undefined ? {} : { signal }),
  })

async function shown(replacements: readonly Replacement[]) {
  const opened = await open(replacements)
  if (!opened.ok) return opened.faults.map(({ message, hint }) => `${message}; ${hint}`)
  opened.value.close()
  return opened.value.shown.map(path => path.replace(`${folder}/jobs/`, ''))
}

describe('which file is meant', () => {
  const other = (): string => join(folder, 'jobs/a.csv')

  test('the first without a name; others by any name that the job has', async () => {
    expect(await shown([{ words: other() }])).toEqual(['a.csv', 'my customers.csv', 'one/rates.csv', 'two/rates.csv'])
    expect((await shown([{ words: `my customers=${other()}` }]))[1]).toBe('a.csv')
    expect((await shown([{ words: `bills=${other()}` }]))[0]).toBe('a.csv')
    expect((await shown([{ name: 'my customers', source: other() }]))[1]).toBe('a.csv')
  })

  test('files that share a name are told apart by path', async () => {
    expect(await shown([{ words: `rates=${other()}` }])).toEqual([
      'rates is the name of 2 files of this job: one/rates.csv, two/rates.csv; tell them apart by path, as the job writes it: --data one/rates.csv=FILE',
    ])
    expect(await shown([{ words: `two/rates.csv=${other()}` }])).toEqual([
      'bills.csv',
      'my customers.csv',
      'one/rates.csv',
      'a.csv',
    ])
  })

  test('what the job does not have, what is named twice, what is not there', async () => {
    expect(await shown([{ words: `ratez=${other()}` }])).toEqual([
      '--data names ratez, which is not a file of this job; did you mean "rates"?',
    ])
    expect(await shown([{ words: other() }, { words: `bills=${other()}` }])).toEqual([
      '--data names bills twice; a file of the job is replaced by one file',
    ])
    expect((await shown([{ words: 'no/such=file.csv' }]))[0]).toContain('is not there')
  })

  test('a file whose name has an = is a file', async () => {
    const odd = join(folder, 'bills=a.csv')
    writeFileSync(odd, 'n\n')
    expect((await shown([{ words: odd }]))[0]).toBe(odd)
  })
})

describe('rows that come only once', () => {
  const left = (): readonly string[] => readdirSync(join(folder, 'out'))

  test('are written as JSON Lines, and gone when closed', async () => {
    const opened = await open([{ source: [{ n: 1 }, null, { n: 2 }] as object[] }])
    if (!opened.ok) throw new Error('not opened')
    expect(readFileSync(opened.value.paths[0] ?? '', 'utf8')).toBe('{"n":1}\nnull\n{"n":2}\n')
    expect(opened.value.job.data.format).toBe('jsonl')
    opened.value.close()
    expect(left()).toEqual([])
  })

  test('a source that waits for ever is let go when the signal comes, and nothing of it is left', async () => {
    let returned = false
    const endless: AsyncIterable<object> = {
      [Symbol.asyncIterator]: () => {
        let given = false
        return {
          next: () => {
            if (given) return new Promise(() => {})
            given = true
            return Promise.resolve({ done: false, value: { n: 1 } })
          },
          return: () => {
            returned = true
            return new Promise(() => {})
          },
        }
      },
    }
    const controller = new AbortController()
    const reason = new Error('enough')
    const opening = open([{ source: endless }], controller.signal)
    setTimeout(() => controller.abort(reason), 50)
    await expect(opening).rejects.toBe(reason)
    expect(returned).toBe(true)
    expect(left()).toEqual([])
  })

  test('what a source throws is the cause of the fault, whatever its code', async () => {
    const denied = Object.assign(new Error('the database says no'), { code: 'EACCES' })
    async function* broken() {
      yield { n: 1 }
      throw denied
    }
    await expect(open([{ source: broken() }])).rejects.toMatchObject({
      cause: denied,
      faults: [
        {
          code: 'intake.file',
          message: expect.stringContaining('the database says no'),
          place: { file: 'bills.jsonl' },
        },
      ],
    })
    expect(left()).toEqual([])
  })

  test('bytes and text are no rows; what JSON cannot say is told', async () => {
    await expect(open([{ source: [Buffer.from('n\n')] }])).rejects.toThrow(/yields text or bytes/)
    await expect(open([{ source: [{ n: 1n }] }])).rejects.toThrow(/BigInt/)
  })
})

describe('what can be read only once', () => {
  const pipe = (): string => {
    const path = join(folder, 'jobs/pipe')
    execFileSync('mkfifo', [path])
    return path
  }

  test('a pipe is kept, and read from there as often as it takes', async () => {
    const path = pipe()
    const opened = open([{ words: path }])
    await writeFile(path, 'n\n1\n')
    const found = await opened
    if (!found.ok) throw new Error(JSON.stringify(found.faults))
    expect(found.value.shown[0]).toBe(path)
    expect(readFileSync(found.value.paths[0] ?? '', 'utf8')).toBe('n\n1\n')
    found.value.close()
    expect(readdirSync(join(folder, 'out'))).toEqual([])
  })

  test('a pipe that nobody writes into is let go with the signal', async () => {
    const controller = new AbortController()
    const opened = open([{ words: pipe() }], controller.signal)
    setTimeout(() => controller.abort(new Error('enough')), 50)
    await expect(opened).rejects.toThrow('enough')
  })
})
