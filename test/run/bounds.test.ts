/** Bounds: against the middle of earlier runs, not one of them; confirmed with words that stay. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { conduct, type RunRequest } from '../../src/run/index.ts'
import { clock } from '../docs/mistakes/provoke.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

let factory: Factory
const home = process.cwd()
beforeAll(() => {
  factory = makeFactory({ mail: false })
  factory.write('jobs/bills.yaml', factory.read('jobs/bills.yaml').replace(/ {2}pdf: .*\n/, ''))
  factory.mend('jobs/bills.yaml', 'period: 2026-03', 'period: month')
  factory.write('jobs/bills.yaml', `${factory.read('jobs/bills.yaml')}bounds: { communications: 50% }\n`)
  process.chdir(factory.folder)
})
afterAll(() => {
  process.chdir(home)
  factory.close()
})

let issued = 1
async function month(period: string, bills: number, confirm?: string) {
  factory.write('data/bills.csv', rows(bills, { from: issued }))
  const [year, number] = period.split('-').map(Number) as [number, number]
  const { exit, faults, report } = await conduct(
    {
      job: 'jobs/bills.yaml',
      workers: 1,
      period: { text: period, unit: 'month', start: `${period}-01`, end: `${year}-${number}-28` },
      ...(confirm === undefined ? {} : { confirm }),
    },
    () => {},
    clock,
  )
  if (exit !== 5) issued += bills
  return {
    exit,
    said: faults.map(({ message }) => message),
    warned: (report?.warnings ?? []).filter(({ code }) => code === 'run.bounds'),
  }
}

test('a year of one factory', async () => {
  expect(await month('2026-01', 4)).toMatchObject({ exit: 0 })
  expect(await month('2026-02', 7)).toMatchObject({
    exit: 5,
    said: ['communications are 7, and the run before had 4; 50 % more or less is allowed'],
  })
  const confirmed = await month('2026-02', 20, 'a campaign')
  expect(confirmed).toMatchObject({ exit: 0, warned: [{ code: 'run.bounds', hint: 'confirmed: a campaign' }] })
  // A refused run counts for nothing, and one month out of the way is not what is usual.
  expect(await month('2026-03', 30)).toMatchObject({ exit: 5 })
  expect(await month('2026-03', 6)).toMatchObject({
    exit: 0,
  })
  expect(await month('2026-04', 2)).toMatchObject({
    exit: 5,
    said: ['communications are 2, and the middle of 3 earlier runs had 6; 50 % more or less is allowed'],
  })
  expect(await month('2026-04', 3)).toMatchObject({ exit: 0 })
})

test('rejects that are mended are held against the other periods together with the run that had them', async () => {
  const asked = (data: string, more: Partial<RunRequest> = {}) =>
    conduct(
      {
        job: 'jobs/bills.yaml',
        workers: 1,
        rejects: { count: 2 },
        period: { text: '2026-06', unit: 'month', start: '2026-06-01', end: '2026-06-30' },
        data: [{ words: data }],
        ...more,
      },
      () => {},
      clock,
    )
  // Six bills, of which two are rejects: one by an amount, one without a number.
  const good = rows(6, { from: 500 })
  factory.write(
    'data/june.csv',
    good
      .replace('500,10', '500,1x')
      .replace(/^B-501;/m, ';')
      .replace(/^B-501;.*\n/m, ''),
  )
  expect(await asked('data/june.csv')).toMatchObject({ exit: 0, report: { communications: { made: 4, rejected: 2 } } })
  const rejected = factory.read('out/bills-2026-06/rejects/june.csv')
  factory.write('data/mended.csv', rejected.replace('500,1x', '500,10').replace(/^;/m, 'B-501;'))
  // A file of the month that is no mended one is held against what is usual as it is, and so is more than is usual.
  factory.write('data/fresh.csv', rows(20, { from: 600 }))
  expect((await asked('data/fresh.csv', { run: 'fresh' })).faults.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^communications are 20, and the middle of \d earlier runs had /),
  ])
  const mended = await asked('data/mended.csv', { run: 'mended' })
  expect(mended).toMatchObject({ exit: 0, faults: [], report: { communications: { made: 2, rejected: 0 } } })
  expect((await asked('data/fresh.csv', { run: 'fresh' })).exit).toBe(5)
  issued = 700
})

test('without a period, rejects are known by their ids', async () => {
  factory.write('jobs/plain.yaml', factory.read('jobs/bills.yaml').replace('period: month\n', ''))
  const asked = async (run: string, text: string) => {
    factory.write(`data/${run}.csv`, text)
    const { exit, report } = await conduct(
      { job: 'jobs/plain.yaml', workers: 1, run, rejects: { count: 2 }, data: [{ words: `data/${run}.csv` }] },
      () => {},
      clock,
    )
    return [exit, report?.communications.made]
  }
  expect(await asked('one', rows(6, { from: 800 }))).toEqual([0, 6])
  expect(await asked('two', rows(6, { from: 810 }).replace('810,10', 'x').replace('811,10', 'x'))).toEqual([0, 4])
  expect(await asked('few', rows(2, { from: 820 }))).toEqual([5, 2])
  expect(await asked('righted', rows(2, { from: 810 }))).toEqual([0, 2])
})

test('an earlier run whose report is damaged has to be looked at, and is no bug', async () => {
  const path = 'out/bills-2026-04/report.json'
  const whole = factory.read(path)
  for (const text of [whole.slice(0, 100), 'null']) {
    factory.write(path, text)
    expect(await month('2026-05', 4)).toMatchObject({
      exit: 5,
      said: ['an earlier run cannot be compared with: its report is damaged'],
    })
  }
  factory.write(path, whole)
  expect(await month('2026-05', 4)).toMatchObject({ exit: 0 })
})
