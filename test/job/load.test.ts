import { describe, expect, it } from 'vitest'
import { loadJob } from '../../src/job/index.ts'
import { faultsOf, good } from '../outcome.ts'

const beside: Readonly<Record<string, string>> = {
  'clean.js': 'export default row => row',
  '../data/control.yaml': 'rows: 42481\ncommunications: 2025\nsum: { lines.amount: 748957.02 }\n',
  'wrong.yaml': 'row: 5\n',
}

function request(text: string) {
  const read = (path: string) => {
    const found = beside[path]
    return found === undefined ? undefined : { file: `jobs/${path}`, text: found }
  }
  return { name: 'invoices', source: { file: 'jobs/invoices.yaml', text }, read, channels: ['pdf', 'email', 'sms'] }
}

const load = (text: string) => good(loadJob(request(text)))
const faults = (text: string) => faultsOf(loadJob(request(text)))

const least = 'template: invoice\ndata: { file: a.csv, key: id }\nchannels: { pdf: {} }\n'

describe('loadJob', () => {
  it('takes the least that a job has to say, with defaults for the rest', () => {
    expect(load(least)).toEqual({
      name: 'invoices',
      file: 'jobs/invoices.yaml',
      template: 'invoice',
      data: {
        file: 'a.csv',
        name: 'a',
        format: 'csv',
        encoding: 'utf-8',
        delimiter: ',',
        quote: '"',
        decimal: '.',
        null: [''],
        key: 'id',
      },
      channels: { pdf: {} },
      rejects: { count: 0 },
      set: {},
      allowEmpty: false,
    })
  })

  it('takes all that a job can say', () => {
    const job = load(`
template: invoice
period: 2010-12
set: { days: 14, note: "0042", strict: true }
data:
  file: ../data/2010-12.csv
  key: InvoiceNo
  clean: clean.js
  fields: { number: InvoiceNo }
channels: { sms: , pdf: {}, email: { attach: pdf } }
route:
  - { when: 'has(recipient.email)', to: [email] }
  - { to: [pdf] }
rejects: 10%
expect: ../data/control.yaml
allowEmpty: true
assets: ../../assets
templates: ../../templates
`)
    expect(job).toMatchObject({
      period: { unit: 'month', fixed: { text: '2010-12', start: '2010-12-01', end: '2010-12-31' } },
      set: { days: '14', note: '0042', strict: 'true' },
      data: { name: '2010-12', key: 'InvoiceNo', clean: { file: 'jobs/clean.js', text: 'export default row => row' } },
      route: [
        { when: 'has(recipient.email)', to: ['email'], line: 12 },
        { to: ['pdf'], line: 13 },
      ],
      rejects: { share: 0.1 },
      expect: {
        file: 'jobs/../data/control.yaml',
        rows: 42481,
        communications: 2025,
        sum: { 'lines.amount': '748957.02' },
      },
      allowEmpty: true,
      assets: '../../assets',
      templates: '../../templates',
    })
    expect(Object.keys(job.channels)).toEqual(['pdf', 'email', 'sms'])
    expect(job.channels['email']).toEqual({ attach: 'pdf' })
  })

  it.each(['month', 'quarter', 'year'])('leaves the %s to the operator', unit => {
    expect(load(`${least}period: ${unit}\n`).period).toEqual({ unit })
  })

  it('takes a year as a number, and control totals in the job itself', () => {
    const job = load(`${least}period: 2010\nexpect: { rows: 5, sum: { total: "10.00", tax: 2 } }\n`)
    expect(job.period?.fixed?.text).toBe('2010')
    expect(job.expect).toEqual({ file: 'jobs/invoices.yaml', rows: 5, sum: { total: '10.00', tax: '2' } })
  })

  it.each([
    [
      'period: March',
      'job.value | jobs/invoices.yaml:4:1: period is not a period (found "March") | write one of month, quarter, year, or a fixed one such as 2010-12, 2010-Q4, 2010',
    ],
    [
      'rejects: 101%',
      'job.value | jobs/invoices.yaml:4:1: rejects is neither a count nor a share (found "101%") | write 12 or 10%',
    ],
    [
      'rejects: 0.5',
      'job.value | jobs/invoices.yaml:4:1: rejects is neither a count nor a share (found "0.5") | write 12 or 10%',
    ],
    [
      'expect: none.yaml',
      'job.value | jobs/invoices.yaml:4:1: the control totals none.yaml are not there | paths in a job are relative to the job file',
    ],
    ['expect: wrong.yaml', 'schema.unknown | jobs/wrong.yaml:1:1: row is not a known name | did you mean "rows"?'],
    ['expect: {}', 'schema.value | jobs/invoices.yaml:4:1: expect has fewer than 1 entry | write at least 1'],
    [
      'expect: { sum: { total: 12,50 } }',
      'schema.value | jobs/invoices.yaml:4:28: expect.sum.50 is not text or a whole number (found nothing) | write text or a whole number',
    ],
    [
      'expect: { sum: { total: "12,50" } }',
      'schema.value | jobs/invoices.yaml:4:18: expect.sum.total is not a decimal number such as "748957.02" (found "12,50") | write a decimal number such as "748957.02"',
    ],
    [
      'route: [{ to: [sms] }]',
      'job.value | jobs/invoices.yaml:4:16: the rule sends to sms, which is not a channel of this job | known: pdf',
    ],
    [
      'route: [{ to: [pfd] }]',
      'job.value | jobs/invoices.yaml:4:16: the rule sends to pfd, which is not a channel of this job | did you mean "pdf"?',
    ],
    [
      'route: [{ to: [pdf] }, { when: "true", to: [] }]',
      'job.value | jobs/invoices.yaml:4:9: a rule without `when` always holds, so the rules after it are never reached | move it to the end',
    ],
    ['route: []', 'schema.value | jobs/invoices.yaml:4:1: route has fewer than 1 element | write at least 1'],
    [
      'set: { 2nd: 1 }',
      'schema.value | jobs/invoices.yaml:4:1: set has a name that is not allowed: "2nd" | write a name of letters, digits and _ that begins with a letter',
    ],
    ['chanels: {}', 'schema.unknown | jobs/invoices.yaml:4:1: chanels is not a known name | did you mean "channels"?'],
    [
      'allowEmpty: yes',
      'schema.value | jobs/invoices.yaml:4:1: allowEmpty is not true or false (found "yes") | write true or false',
    ],
  ])('%s', (line, fault) => {
    expect(faults(`${least}${line}\n`)).toEqual([fault])
  })

  it('wants the name of a folder as template, and a channel that there is', () => {
    expect(faults('template: ../invoice\ndata: { file: a.csv, key: id }\nchannels: { fax: {} }')).toEqual([
      'schema.value | jobs/invoices.yaml:1:1: template is not the name of a template\'s folder (found "../invoice") | write the name of a template\'s folder',
    ])
    expect(faults('template: invoice\ndata: { file: a.csv, key: id }\nchannels: { fax: {}, pfd: {} }')).toEqual([
      'job.value | jobs/invoices.yaml:3:13: fax is not a channel | known: pdf, email, sms',
      'job.value | jobs/invoices.yaml:3:22: pfd is not a channel | did you mean "pdf"?',
    ])
  })

  it.each([
    ['delimiter: "§"', 'data.delimiter is not one ASCII character, such as ";" or "\\t" (found "§")'],
    ['quote: "«"', 'data.quote is not one ASCII character such as \'"\', or empty for none (found "«")'],
  ])('%s', (setting, message) => {
    const [fault, ...others] = faults(
      `template: invoice\ndata:\n  file: a.csv\n  key: id\n  ${setting}\nchannels: { pdf: {} }`,
    )
    expect(others).toEqual([])
    expect(fault).toContain(`schema.value | jobs/invoices.yaml:5:3: ${message}`)
  })

  it('says all that is missing at once', () => {
    expect(faults('period: month')).toEqual([
      'schema.missing | jobs/invoices.yaml:1:1: template is missing | add template: to the file',
      'schema.missing | jobs/invoices.yaml:1:1: data is missing | add data: to the file',
      'schema.missing | jobs/invoices.yaml:1:1: channels is missing | add channels: to the file',
    ])
  })

  it('reports all faults by line, those of other files last', () => {
    const text = `template: invoice
expect: wrong.yaml
rejects: some
data: { file: a.xls, key: id }
channels: { fax: {} }
period: never
`
    expect(faults(text).map(fault => fault.split(' | ')[1]?.replace(/: .*/, ''))).toEqual([
      'jobs/invoices.yaml:3:1',
      'jobs/invoices.yaml:4:9',
      'jobs/invoices.yaml:5:13',
      'jobs/invoices.yaml:6:1',
      'jobs/wrong.yaml:1:1',
    ])
  })
})
