/** Mistakes as the shell sees them: options that do not exist, exit codes, and no stack trace whatever happens. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Factory, makeFactory } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 3, mail: false })
})
afterEach(() => factory.close())

const noTrace = /\n\s+at .*:\d+:\d+/

describe('what the command line does not take', () => {
  test.each([
    [
      'an option that does not exist',
      ['run', 'jobs/bills.yaml', '--perod', '2026-03'],
      ["unknown option '--perod'", 'Did you mean --period?'],
    ],
    ['a command that does not exist', ['chek', 'jobs/bills.yaml'], ["unknown command 'chek'", 'Did you mean check?']],
    ['no job', ['run'], ["missing required argument 'job'"]],
    [
      'a day that the calendar does not have',
      ['run', 'jobs/bills.yaml', '--date', '2026-02-30'],
      ['2026-02-30', 'write a real day as 2026-03-23'],
    ],
    ['a period without its zero', ['check', 'jobs/bills.yaml', '--period', '2026-3'], ['2026-3', 'write a month as']],
    ['more workers than 64', ['run', 'jobs/bills.yaml', '--workers', '500'], ['500', 'from 1 to 64']],
    [
      'permissions that lock the owner out',
      ['run', 'jobs/bills.yaml', '--mode', '0444'],
      ['0444', 'the owner can read and write'],
    ],
    [
      'metrics in a folder that is not there',
      ['run', 'jobs/bills.yaml', '--metrics', 'nowhere/bills.prom'],
      ['--metrics names a file in a folder that is not there (found "nowhere/bills.prom")', 'make the folder first'],
    ],
    [
      'a run with a slash in its name',
      ['run', 'jobs/bills.yaml', '--run', 'a/b'],
      ['a/b', 'use letters, digits, dot, dash and underscore'],
    ],
    ['a run that is not there', ['status', 'bills'], ['there is no run bills in out', 'there is none at all']],
  ])('%s', (_, args, says) => {
    const { status, stdout, said } = factory.platen(...args)
    for (const words of says) expect(said).toContain(words)
    expect(said).not.toMatch(noTrace)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(factory.exists('out')).toBe(false)
  })
})

describe('faults', () => {
  test('of a job end with 2: all of them on standard error, place and message above the hint, in order', () => {
    factory.mend('jobs/bills.yaml', 'period: 2026-03', 'period: soon')
    factory.mend('jobs/bills.yaml', '  sms: {}', '  smss: {}\nrejects: some')
    const { status, stdout, stderr } = factory.platen('run', factory.job)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.split('\n')).toEqual([
      'jobs/bills.yaml:2:1: period is not a period (found "soon")',
      '  hint: write one of month, quarter, year, or a fixed one such as 2010-12, 2010-Q4, 2010',
      'jobs/bills.yaml:15:3: smss is not a channel',
      '  hint: did you mean "sms"?',
      'jobs/bills.yaml:16:1: rejects is neither a count nor a share (found "some")',
      '  hint: write 12 or 10%',
      '',
    ])
  })

  test('of data end with 5, and stand in rejects.csv with their codes', () => {
    factory.mend('data/bills.csv', '2,10', '2,1x')
    const { status, said } = factory.platen('run', factory.job)
    expect(status).toBe(5)
    expect(said).not.toMatch(noTrace)
    expect(said).toContain('1 of 3 communications are rejects, 0 are allowed')
    expect(factory.read('out/bills-2026-03/rejects.csv')).toContain(
      'data/bills.csv,4,B-2,intake.unreadable,"lines[0].amount is not a number (found ""2,1x"")',
    )
  })

  test('carry their codes with --json', () => {
    factory.mend('jobs/bills.yaml', 'template: bill', 'template: bil')
    const { status, stdout } = factory.platen('run', factory.job, '--json')
    const [first] = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(status).toBe(2)
    expect(first).toEqual({
      kind: 'fault',
      fault: {
        code: 'job.value',
        message: 'there is no template bil in templates',
        place: { file: 'jobs/bills.yaml', path: 'template' },
        hint: 'did you mean "bill"?',
      },
    })
  })
})
