/** Where storms rage: a folder in memory where there is one, since what is rehearsed is the order of steps and not the speed of a disk. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Factory, makeFactory, rows } from '../run/factory.ts'

if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm'

export const bills = 10

/**
 * A factory of ten bills for SMS, in lots of four; one is a reject. With `paper` they are printed, too, and one fails there, so that
 * its SMS is held. Made of no more than it takes, since each file of its kit is a step to fail at.
 */
export function stormFactory({ paper = false }: { readonly paper?: boolean } = {}): Factory {
  const factory = makeFactory({ bills, mail: false })
  factory.write('data/bills.csv', rows(bills).replace('4,10', '4,1x'))
  if (paper) {
    const cells = '{{#each lines}}<td>{{item}}</td>{{/each}}'
    factory.mend('templates/bill/pdf.hbs', '<h1>', `<table columns="* *"><tr>${cells}</tr></table><h1>`)
    const more = Array.from({ length: 12 }, () => rows(1, { from: 3 }).split('\n')[1])
    factory.write('data/bills.csv', `${factory.read('data/bills.csv')}${more.join('\n')}\n`)
    return factory
  }
  factory.mend('jobs/bills.yaml', '  pdf: {}\n', '')
  for (const file of ['email.mjml.hbs', 'pdf.hbs']) factory.remove(join('templates/bill', file))
  factory.mend('templates/bill/template.yaml', 'on: [pdf, email, sms]', 'on: [sms]')
  factory.mend('templates/bill/template.yaml', 'on: [pdf, email]', 'on: [sms]')
  factory.mend('templates/bill/sms.hbs', '}}\n', "}} {{fact 'number'}}\n")
  return factory
}

/** The options that every run of it is started with; only the number of workers may be another each time. */
export function optionsBy(workers: number): readonly string[] {
  return ['--date', '2026-03-31', '--lot-size', '4', '--rejects', '5', '--workers', String(workers)]
}

/** For storms that count steps: by one worker these come in the same order each time. */
export const options = optionsBy(1)
