/** Proofs: what a choice means for a job and for a template, what is passed over, and what each exit stands for. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { proofJob, proofTemplate, type RunOptions, readRequest } from '../../src/run/index.ts'
import { type Factory, makeFactory, platenBin, rows } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 6 })
})
afterEach(() => factory.close())

const clock = () => new Date('2031-07-01T12:00:00Z')
const at = (path: string): string => join(factory.folder, path)

function request(job: string, asked: RunOptions) {
  const read = readRequest(asked, { job })
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.value
}

const ofJob = (ids: readonly string[], asked: RunOptions = {}) =>
  proofJob(
    request(at('jobs/bills.yaml'), { channels: ['sms'], ...asked }),
    { ids, folder: at('proof') },
    () => {},
    clock,
  )

const ofTemplate = (
  asked: RunOptions = {},
  choice: { ids?: readonly string[]; limit?: number } = {},
  folder = at('templates/bill'),
) => proofTemplate(folder, { ids: [], folder: at('proof'), ...choice, request: request(folder, asked) }, clock)

const names = (files: readonly string[]): readonly string[] => files.map(file => relative(at('proof'), file))

describe('of a job', () => {
  test('rejects that are passed over are counted, with the first reasons', async () => {
    for (const at of [1, 2, 3, 5, 6]) factory.mend('data/bills.csv', `;${at},10`, `;${at},x0`)
    const { exit, files, passed } = await ofJob([])
    expect(exit).toBe(0)
    expect(names(files)).toEqual(['sms/B-4.json'])
    expect(passed).toMatchObject({ count: 5, of: 6 })
    expect(passed?.reasons).toHaveLength(3)
    expect(passed?.reasons[0]).toMatchObject({ place: { line: 2 } })
    factory.mend('data/bills.csv', ';4,10', ';4,x0')
    expect(await ofJob([])).toMatchObject({ exit: 5, files: [], passed: { count: 6, of: 6 } })
  })

  test('what an earlier proof made of the same communication is gone, and nothing else is', async () => {
    for (const file of [
      'sms/B-4.json',
      'pdf/B-4.pdf',
      'email/B-4.375-dark.png',
      'email/B-4.eml',
      'sms/B-40.json',
      'pdf/B-4.notes.txt',
    ]) {
      factory.write(`proof/${file}`, 'old')
      chmodSync(at(`proof/${file}`), 0o600)
    }
    factory.write('proof/notes/B-4.pdf', 'somebody else’s')
    chmodSync(at('proof/notes/B-4.pdf'), 0o644)
    expect(names((await ofJob(['B-4'])).files)).toEqual(['sms/B-4.json'])
    const left = readdirSync(at('proof'), { recursive: true })
      .map(String)
      .filter(name => name.includes('.'))
    expect(left.sort()).toEqual(['notes/B-4.pdf', 'pdf/B-4.notes.txt', 'sms/B-4.json', 'sms/B-40.json'])
    expect(factory.read('proof/sms/B-4.json')).not.toBe('old')
  })

  test('of more than are shown, each channel and each language is among them', async () => {
    factory.write(
      'data/bills.csv',
      rows(12)
        .replace(/^(B-[1-8];[^;]*;[^;]*;)[^;]*/gm, '$1')
        .replaceAll('en-GB', 'uk-UA')
        .replace(/^(B-11;.*;)uk-UA/gm, '$1en-GB'),
    )
    const some = (limit?: number) =>
      proofJob(
        request(at('jobs/bills.yaml'), { channels: ['pdf', 'sms'] }),
        { ids: [], folder: at('proof'), ...(limit === undefined ? {} : { limit }) },
        () => {},
        clock,
      )
    const { files, taken } = await some()
    expect(taken).toEqual({ ids: ['B-1', 'B-2', 'B-3', 'B-9', 'B-11'], of: 12, unseen: [] })
    expect(names(files).filter(name => name.startsWith('sms/'))).toEqual(['sms/B-9.json', 'sms/B-11.json'])
    expect((await some(2)).taken).toEqual({ ids: ['B-1', 'B-9'], of: 12, unseen: ['en-GB'] })
    expect((await some(12)).taken).toBeUndefined()
  })

  test('what is noticed is of the pieces that were made, not of all that the data has', async () => {
    factory.write('data/bills.csv', factory.read('data/bills.csv').replaceAll('B-6;', `B-6${'0'.repeat(80)};`))
    const warned = async (id: string) => (await ofJob([id], { channels: ['email'] })).warnings?.map(({ code }) => code)
    expect(await warned(`B-6${'0'.repeat(80)}`)).toContain('email.length')
    expect(await warned('B-1')).not.toContain('email.length')
  })

  test('an id that is a reject is the fault of the data: 5; one that is not there: 2', async () => {
    factory.mend('data/bills.csv', ';2,10', ';2,x0')
    expect(await ofJob(['B-1', 'B-2'])).toMatchObject({ exit: 5, files: [expect.stringContaining('B-1')] })
    expect(await ofJob(['B-2', 'B-99'])).toMatchObject({ exit: 2, faults: [{ code: 'usage.option' }, {}] })
    expect((await ofJob(['B-1'])).passed).toBeUndefined()
  })

  test('a communication that goes nowhere is told, with the reasons', async () => {
    const job = factory.read('jobs/bills.yaml').replace('  pdf: {}\n  email: { attach: pdf }\n', '')
    factory.write('jobs/bills.yaml', `${job}suppress: ../no.csv\n`)
    factory.write('no.csv', 'channel,purpose,address\nsms,*,+447700900002\n')
    expect(await ofJob(['B-1', 'B-2'])).toMatchObject({
      exit: 0,
      faults: [],
      files: [expect.stringContaining('B-1')],
      unshown: [{ id: 'B-2', all: true, skipped: { sms: 'suppressed (sms, service)' } }],
    })
    expect((await ofJob(['B-1'])).unshown).toBeUndefined()
    const { status, stderr } = platenIn('.', 'proof', 'jobs/bills.yaml', 'B-2', '--into', at('proof'))
    expect([status, stderr]).toEqual([0, 'B-2: nothing to show: suppressed (sms, service)\n'])
  })

  test('channels that a communication goes without are told, with the reasons', async () => {
    factory.write('data/bills.csv', rows(7).replaceAll('+447700900005', ''))
    factory.write('jobs/bills.yaml', `${factory.read('jobs/bills.yaml')}suppress: ../no.csv\n`)
    factory.write('no.csv', 'channel,purpose,address\nsms,*,+447700900006\n')
    const { status, stderr } = platenIn('.', 'proof', 'jobs/bills.yaml', 'B-5', 'B-6', 'B-4', '--no-pictures')
    expect([status, stderr.split('\n').filter(line => /^B-\d/.test(line))]).toEqual([
      0,
      ['B-5: no email and no sms: no address', 'B-6: no sms: suppressed (sms, service)'],
    ])
  })
})

describe('of a template', () => {
  beforeEach(() => {
    const sample = (number: string, issued: string) => ({
      number,
      issued,
      customer: { name: 'Ada', email: 'ada@example.com', phone: '+447700900001', locale: 'en-GB' },
      lines: [{ item: 'One', amount: '1.10' }],
    })
    factory.write('templates/bill/samples/long.json', JSON.stringify(sample('L-1', '2026-03-01')))
    factory.write('templates/bill/samples/short.json', JSON.stringify(sample('S-1', '2026-03-09')))
  })

  test('all samples on all channels, or what is chosen', async () => {
    const all = await ofTemplate()
    expect(all.faults).toEqual([])
    expect(all.files).toHaveLength(6)
    expect(names((await ofTemplate({ channels: ['sms'] })).files)).toEqual(['sms/long.json', 'sms/short.json'])
    expect(names((await ofTemplate({ channels: ['sms'] }, { limit: 1 })).files)).toEqual(['sms/long.json'])
    expect(names((await ofTemplate({ channels: ['sms'] }, { ids: ['short'] })).files)).toEqual(['sms/short.json'])
  })

  test('a sample that goes without a channel says so', async () => {
    factory.mend('templates/bill/samples/long.json', ',"phone":"+447700900001"', '')
    expect(await ofTemplate()).toMatchObject({ exit: 0, unshown: [{ id: 'long', skipped: { sms: 'no address' } }] })
  })

  test('a template without samples has nothing to show: 2', async () => {
    factory.remove('templates/bill/samples')
    expect(await ofTemplate()).toMatchObject({
      exit: 2,
      faults: [
        { code: 'usage.file', message: 'the template has no samples', place: { file: at('templates/bill/samples') } },
      ],
    })
  })

  test('what means nothing is refused: 2', async () => {
    expect(await ofTemplate({ data: 'x.csv' })).toMatchObject({
      exit: 2,
      faults: [{ message: '--data means nothing for a template: it is proved with its own samples' }],
    })
    expect(await ofTemplate({ channels: ['smss'] })).toMatchObject({
      exit: 2,
      faults: [{ hint: 'did you mean "sms"?' }],
    })
    expect(await ofTemplate({}, { ids: ['shrt'] })).toMatchObject({
      exit: 2,
      faults: [{ hint: 'did you mean "short"?' }],
    })
    expect(existsSync(at('proof'))).toBe(false)
  })

  test('settings and period are seen; without --period, that of --date, else that of the samples, never that of the clock', async () => {
    factory.mend('templates/bill/template.yaml', 'once: ever', 'once: period')
    factory.mend('templates/bill/sms.hbs', '\n', ' {{run.period.text}} {{run.set.days}}\n')
    const said = async (asked: RunOptions) => {
      const { files, faults } = await ofTemplate(
        { channels: ['sms'], set: { days: '14' }, ...asked },
        { ids: ['long'] },
      )
      expect(faults).toEqual([])
      return JSON.parse(factory.read(relative(factory.folder, files[0] ?? ''))).text
    }
    expect(await said({ period: '2025-12' })).toContain('2025-12 14')
    expect(await said({ date: '2026-05-02' })).toContain('2026-05 14')
    expect(await said({})).toContain('2026-03 14')
  })

  test('where it stands does not matter: also `proof .` in its folder', () => {
    const into = ['--into', at('proof'), '--channel', 'sms']
    const here = platenIn('templates/bill', 'proof', '.', ...into)
    expect(here.said).toContain('sms/long.json')
    expect(here.status).toBe(0)
    expect(platenIn('templates', 'proof', 'bill', ...into).status).toBe(0)
  })
})

function platenIn(folder: string, ...args: readonly string[]) {
  const ran = spawnSync(process.execPath, [platenBin, ...args], { cwd: at(folder), encoding: 'utf8' })
  return { ...ran, said: `${ran.stdout}${ran.stderr}` }
}
