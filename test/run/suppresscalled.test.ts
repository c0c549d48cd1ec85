/** Entries of a suppression list that name a customer and no address: nobody is written to who stands there so. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Fault } from '../../src/model/index.ts'
import { check, conduct, type RunRequest, release } from '../../src/run/index.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

const listed = (...lines: readonly string[]) => `${['channel,purpose,address', ...lines].join('\n')}\n`

const named = (bills: Factory, line: number) => ({
  code: 'route.suppressed',
  message:
    'the suppression list has a line that is the name of somebody in this batch, and no address, so that it keeps nobody from being written to',
  place: { file: join(bills.folder, 'no.csv'), line },
  hint: 'write the addresses, a line for each: the mail address, the telephone number, the lines of the postal address',
})

function open(bills: Factory) {
  bills.write('jobs/bills.yaml', `${bills.read('jobs/bills.yaml')}suppress: { file: ../no.csv, allowEmpty: true }\n`)
  const out = join(bills.folder, 'out')
  const request: RunRequest = { job: join(bills.folder, 'jobs/bills.yaml'), out, workers: 1, date: '2026-03-31' }
  const told = async (options: Partial<RunRequest> = {}) => {
    const warnings: Fault[] = []
    const ended = await conduct({ ...request, ...options }, event => {
      if (event.kind === 'warned' && event.fault.code === 'route.suppressed') warnings.push(event.fault)
    })
    return { ...ended, warnings }
  }
  const checked = async () => {
    const { exit, faults, warnings } = await check(
      request,
      () => {},
      () => new Date(),
    )
    return { exit, faults, warnings: warnings.filter(({ code }) => code === 'route.suppressed') }
  }
  return { out, told, checked }
}

test('check and run are refused where one is the name of somebody who would be written to', async () => {
  const bills = makeFactory({ bills: 2, mail: false })
  try {
    const { told, checked } = open(bills)
    bills.write('no.csv', listed('sms,*,+447700900099', '*,*,Олена Коваленко', '*,marketing,Олена Коваленко'))
    const refused = { exit: 5, faults: [named(bills, 3)] }
    expect(await checked()).toMatchObject(refused)
    expect(await told()).toMatchObject(refused)
    expect(bills.exists('out/bills-2026-03/lot-0001')).toBe(false)
    expect(bills.read('out/bills-2026-03/report.json')).not.toContain('Коваленко')
    // With their addresses instead, it runs.
    bills.write('no.csv', listed('sms,*,+447700900099', 'sms,*,+447700900002'))
    expect(await told()).toMatchObject({ exit: 0, report: { suppression: { entries: 2, matched: 1 } } })
  } finally {
    bills.close()
  }
})

test('check and run warn of those that read like a name and met nobody, with their lines', async () => {
  const bills = makeFactory({ bills: 1, mail: false })
  try {
    const { told, checked } = open(bills)
    const names = ['Anna Kowalska', '"Kowalska, Anna"', 'CU 10442', 'Jan Nowak', 'Ewa Nowak', 'Iwo Nowak', 'Ida Nowak']
    bills.write('no.csv', listed('*,*,"Hauptstr. 5, 1010 Wien"', ...names.map(name => `*,*,${name}`)))
    const warnings = [
      {
        code: 'route.suppressed',
        message:
          '7 entries of the suppression list met nobody of this batch, and read like names or numbers of customers, not like addresses (lines 3, 4, 5, 6, 7 and 2 more)',
        place: { file: join(bills.folder, 'no.csv') },
        hint: 'an entry stops an address alone: write the mail address, the telephone number, or all lines of the postal address',
      },
    ]
    expect(await checked()).toEqual({ exit: 0, faults: [], warnings })
    expect(await told()).toMatchObject({ exit: 0, warnings })
  } finally {
    bills.close()
  }
})

test('a retry and a release are refused alike', async () => {
  const bills = makeFactory({ bills: 2, mail: false })
  try {
    const { out, told } = open(bills)
    bills.write('no.csv', listed())
    // More lines than a page has room for columns: the paper of B-2 fails, its message is held.
    bills.mend(
      'templates/bill/pdf.hbs',
      '<h1>',
      '<table columns="* *"><tr>{{#each lines}}<td>{{item}}</td>{{/each}}</tr></table><h1>',
    )
    const more = Array.from({ length: 12 }, () => rows(1, { from: 2 }).split('\n')[1])
    bills.write('data/bills.csv', `${rows(2)}${more.join('\n')}\n`)
    expect((await told()).exit).toBe(3)
    bills.write('no.csv', listed('*,*,Олена Коваленко'))
    const refused = { exit: 2, faults: [named(bills, 2)] }
    expect(await release({ out, run: 'bills-2026-03', ids: ['B-2'], why: 'by hand' })).toMatchObject(refused)
    expect(await told({ retry: true })).toMatchObject(refused)
    expect(bills.exists('out/bills-2026-03/lot-0002')).toBe(false)
  } finally {
    bills.close()
  }
})
