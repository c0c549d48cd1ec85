/** Mistakes at the command line: files that are not there, options that do not fit the job. */
import { mkdirSync, renameSync, symlinkSync, truncateSync } from 'node:fs'
import { proofJob, proofTemplate } from '../../../src/run/index.ts'
import type { Mistake } from './mistake.ts'
import { clock, request } from './provoke.ts'

const month = { text: '2026-03', unit: 'month', start: '2026-03-01', end: '2026-03-31' } as const

export const usage: readonly Mistake[] = [
  {
    what: 'a job that is not there',
    code: 'usage.file',
    asked: { job: 'jobs/bill.yaml' },
    exit: 2,
    says: 'jobs/bill.yaml: the job is not there',
    hint: 'did you mean "bills.yaml"?',
  },
  {
    what: 'a job looked for in a folder without jobs',
    code: 'usage.file',
    asked: { job: 'bills.yaml' },
    exit: 2,
    says: 'bills.yaml: the job is not there',
    hint: 'name a job file, such as jobs/invoices.yaml',
  },
  {
    what: 'a folder named instead of a job',
    code: 'usage.file',
    asked: { job: 'jobs' },
    exit: 2,
    says: 'jobs: the job cannot be read',
    hint: 'a job is a text file: save it as UTF-8',
  },
  {
    what: 'a job that was saved as UTF-16',
    code: 'usage.file',
    make: f => f.write('jobs/bills.yaml', Buffer.from(f.read('jobs/bills.yaml'), 'utf16le')),
    exit: 2,
    says: 'jobs/bills.yaml: the job cannot be read',
    hint: 'a job is a text file: save it as UTF-8',
  },
  {
    what: 'a data file that is not there',
    code: 'usage.file',
    make: f => f.remove('data/bills.csv'),
    exit: 5,
    says: 'data/bills.csv: the file is not there',
    hint: 'name the data with --data FILE',
  },
  {
    what: 'a folder where the data file should be',
    code: 'usage.file',
    make: f => {
      f.remove('data/bills.csv')
      mkdirSync('data/bills.csv')
    },
    exit: 5,
    says: 'data/bills.csv: the file is a folder, not a file',
    hint: 'check the path, and who may read it',
  },
  {
    what: 'another data file, mistyped',
    code: 'usage.file',
    asked: { data: [{ source: 'data/bils.csv' }] },
    exit: 5,
    says: 'data/bils.csv: the file is not there',
    hint: 'did you mean "bills.csv"?',
  },
  {
    what: 'control totals that are not there',
    code: 'usage.file',
    asked: { expect: 'data/control.yaml' },
    exit: 2,
    says: 'data/control.yaml: the file is not there',
    hint: 'check the path, and who may read it',
  },
  {
    what: 'a link among the files of the brand',
    code: 'usage.file',
    make: () => {
      renameSync('assets/brand.yaml', 'brand.yaml')
      symlinkSync('../brand.yaml', 'assets/brand.yaml')
    },
    exit: 2,
    says: 'assets/brand.yaml: this is a link; brands and templates hold plain files',
    hint: 'copy the file here',
  },
  {
    what: 'a photograph of 60 MB in the brand',
    code: 'usage.file',
    make: f => {
      f.write('assets/photo.tif', '')
      truncateSync('assets/photo.tif', 60 * 1024 * 1024)
    },
    exit: 2,
    says: 'assets/photo.tif: the file is larger than 50 MB',
    hint: 'brands and templates hold small files only',
  },
  {
    what: 'a retry of a run that is not there',
    code: 'usage.option',
    asked: { retry: true },
    unchecked: 'check retries nothing',
    exit: 2,
    says: 'there is no run bills-2026-03 to retry',
    hint: 'platen status lists the runs',
  },
  {
    what: 'a set value that the job does not declare',
    code: 'usage.option',
    asked: { set: { days: '14' } },
    exit: 2,
    says: '--set names days, which the job does not declare',
    hint: 'declare it under set: in the job',
  },
  {
    what: 'a set value with a letter too few',
    code: 'usage.option',
    make: f => f.write('jobs/bills.yaml', `${f.read('jobs/bills.yaml')}set: { days: 14 }\n`),
    asked: { set: { day: '30' } },
    exit: 2,
    says: '--set names day, which the job does not declare',
    hint: 'did you mean "days"?',
  },
  {
    what: 'a channel that the job does not have',
    code: 'usage.option',
    asked: { channels: ['print'] },
    exit: 2,
    says: '--channel names print, which is not a channel of this job',
    hint: 'known: pdf, sms',
  },
  {
    what: 'a period for a job without one',
    code: 'usage.option',
    make: f => f.mend('jobs/bills.yaml', 'period: 2026-03\n', ''),
    asked: { period: month },
    exit: 2,
    says: '--period is given, and the job has no period',
    hint: 'set period: month in the job',
  },
  {
    what: 'a month for a job of quarters',
    code: 'usage.option',
    make: f => f.mend('jobs/bills.yaml', 'period: 2026-03', 'period: quarter'),
    asked: { period: month },
    exit: 2,
    says: '--period is a month, and the job wants a quarter',
    hint: 'write it as 2010-Q4',
  },
  {
    what: 'a period that is not named',
    code: 'usage.option',
    make: f => f.mend('jobs/bills.yaml', 'period: 2026-03', 'period: month'),
    exit: 2,
    says: 'the job wants a month, and none is named',
    hint: 'run it with --period, such as --period 2010-12',
  },
  {
    what: 'data under a name that no file of the job has',
    code: 'usage.option',
    asked: { data: [{ name: 'bill', source: 'data/bills.csv' }] },
    exit: 2,
    says: '--data names bill, which is not a file of this job',
    hint: 'did you mean "bills"?',
  },
  {
    what: 'two files from standard input',
    code: 'usage.option',
    make: f =>
      f.mend('jobs/bills.yaml', '    issued: issued', '    issued: issued\n    extra: { file: more.csv, on: number }'),
    asked: {
      data: [
        { name: 'bills', source: '-' },
        { name: 'more', source: '-' },
      ],
    },
    exit: 2,
    says: 'two files are to be read from standard input',
    hint: 'name one of them with --data NAME=FILE',
  },
  {
    what: 'a proof of a bill that is not in the data',
    code: 'usage.option',
    by: () => proofJob(request, { ids: ['B-99'], limit: 1, folder: 'proof' }, () => {}, clock),
    exit: 2,
    says: 'there is no communication B-99 in the data',
    hint: 'ids are the values of the key column',
  },
  {
    what: 'a proof of a sample that the template does not have',
    code: 'usage.option',
    make: f => {
      f.remove('templates/bill/email.mjml.hbs')
      f.write('templates/bill/samples/first.json', '{}')
    },
    by: () =>
      proofTemplate('templates/bill', { request: { job: 'templates/bill' }, ids: ['frist'], folder: 'proof' }, clock),
    exit: 2,
    says: 'the template has no sample frist',
    hint: 'did you mean "first"?',
  },
]
