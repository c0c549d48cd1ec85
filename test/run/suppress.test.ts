/** Who is not written to: skipped with the reason, accounted for, named nowhere; check says what run does. */

import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Issued } from '../../src/ledger/index.ts'
import type { CheckReport, Fault, Report } from '../../src/model/index.ts'
import {
  check,
  checkLines,
  conduct,
  explain,
  hashSuppressionList,
  purge,
  type RunRequest,
  release,
  reportLines,
  storyLines,
  verify,
} from '../../src/run/index.ts'
import { good } from '../outcome.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

let factory: Factory
let foretold: CheckReport
let made: Report | undefined
const warned: Fault[] = []
const key = 'not to be found anywhere else'

beforeAll(async () => {
  factory = makeFactory({ bills: 6 })
  factory.mend('jobs/bills.yaml', '  pdf: {}\n  email: { attach: pdf }\n', '')
  factory.write('jobs/bills.yaml', `${factory.read('jobs/bills.yaml')}suppress: { file: ../no.csv, key: ../no.key }\n`)
  // The second and third customer share a telephone, the fourth's is suppressed, the fifth has none.
  const data = rows(6).replaceAll('+447700900003', '+44 7700 900002').replaceAll('+447700900005', '')
  factory.write('data/bills.csv', data)
  factory.write('no.key', `${key}\n`)
  factory.write('plain.csv', 'channel,purpose,address\nsms,*,07700 900004\nsms,marketing,+447700900006\n')
  factory.write(
    'no.csv',
    good(
      await hashSuppressionList(join(factory.folder, 'plain.csv'), {
        keyFile: join(factory.folder, 'no.key'),
        country: 'GB',
      }),
    ),
  )
  const request: RunRequest = {
    job: join(factory.folder, 'jobs/bills.yaml'),
    out: join(factory.folder, 'out'),
    workers: 1,
    date: '2026-03-31',
  }
  foretold = await check(
    request,
    () => {},
    () => new Date(),
  )
  const { exit, report } = await conduct(request, event => {
    if (event.kind === 'warned') warned.push(event.fault)
  })
  expect(exit).toBe(0)
  made = report
})
afterAll(() => factory.close())

describe('a run with a suppression list', () => {
  test('skips with the reason, and every communication is accounted for', () => {
    const ledger = new DatabaseSync(join(factory.folder, 'out/bills-2026-03/run.db'), { readOnly: true })
    const pieces = ledger.prepare('SELECT seq, outcome, reason FROM piece ORDER BY seq').all()
    ledger.close()
    expect(pieces.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      'rendered',
      'rendered',
      'rendered',
      'suppressed (sms, service)',
      'no address',
      'rendered',
    ])
    expect(foretold.found?.channels).toEqual({ sms: { pieces: 4, skipped: 2 } })
  })

  test('is foretold by check in the words that the run ends with', () => {
    const aboutSkipped = (lines: readonly string[]): readonly string[] =>
      lines.flatMap(text => /\d+ skipped.*|suppression .*/.exec(text) ?? [])
    const told = aboutSkipped(reportLines(made as Report, 'out'))
    expect(told).toEqual([
      '2 skipped (1 no address, 1 suppressed)',
      'suppression     2 entries in the list, 1 of them met somebody',
    ])
    expect(aboutSkipped(checkLines(foretold))).toEqual(told)
  })

  test('tells each decision as an event, to whom it was made', async () => {
    const told = async (id: string) =>
      storyLines(good(await explain({ out: join(factory.folder, 'out'), run: 'bills-2026-03', id })))
        .map(line => line.trim().replace(/\d{4}-\d\d-\d\d \d\d:\d\d\S*/, 'then'))
        .filter(line => /^(sms|left-out|address(-shared)?) /.test(line))
    const shared = 'address-shared  then UTC, sms'
    const bills = join(factory.folder, 'data/bills.csv')
    expect((await told('B-2')).slice(-2)).toEqual([shared, `address         shared on sms with B-3 (${bills}:6)`])
    expect((await told('B-3')).slice(-2)).toEqual([shared, `address         shared on sms with B-2 (${bills}:4)`])
    expect(await told('B-4')).toEqual([
      'sms             skipped: suppressed (sms, service)',
      'left-out        then UTC, suppressed (sms, service)',
    ])
    expect(await told('B-5')).toEqual(['sms             skipped: no address'])
  })

  test('names the lines of those who share an address; who is suppressed is no mistake', () => {
    const words = warned.map(({ message }) => message)
    expect(words).toEqual([
      '2 of 6 communications have no piece on any channel (1 × suppressed; 1 × no address)',
      `1 address gets more than one piece on sms, 2 in all (${join(factory.folder, 'data/bills.csv')}:4, 6)`,
    ])
    const foreseen = foretold.warnings.filter(({ code }) => code !== 'run.unwatched')
    expect(foreseen.map(({ message }) => message)).toEqual(words)
  })

  test('after a purge others are known by their keyed ids alone', async () => {
    const [out, run] = [join(factory.folder, 'out'), 'bills-2026-03']
    expect(await purge({ out, olderThan: '1d', by: 'maria' }, () => new Date('2036-01-01'))).toMatchObject({
      runs: [run],
    })
    const { sharedWith } = good(await explain({ out, run, id: 'B-2' }))
    expect(sharedWith).toEqual([{ channel: 'sms', others: [{ id: expect.stringMatching(/^[\w-]{43}$/) }], more: 0 }])
  })

  test('neither the key nor a hash of an address leaves the list', () => {
    const hash = /sms,.*hmac-sha256:([0-9a-f]{64})/.exec(factory.read('no.csv'))?.[1] ?? ''
    const walk = (folder: string): readonly string[] =>
      readdirSync(folder).flatMap(name => {
        const path = join(folder, name)
        return statSync(path).isDirectory() ? walk(path) : [path]
      })
    const files = walk(join(factory.folder, 'out'))
    expect(files.length).toBeGreaterThan(5)
    for (const file of files) {
      const bytes = readFileSync(file, 'latin1')
      expect(bytes.includes(key), file).toBe(false)
      expect(bytes.includes(hash), file).toBe(false)
    }
  })
})

/** An empty list; and B-2 and B-3 have more lines than a page has room for columns: their paper fails, their messages are held. */
function holdMessages(bills: Factory): void {
  const job = bills.read('jobs/bills.yaml')
  bills.write('jobs/bills.yaml', `${job}suppress: { file: ../no.csv, allowEmpty: true }\n`)
  bills.write('no.csv', 'channel,purpose,address\n')
  bills.mend(
    'templates/bill/pdf.hbs',
    '<h1>',
    '<table columns="* *"><tr>{{#each lines}}<td>{{item}}</td>{{/each}}</tr></table><h1>',
  )
  const more = [2, 3].flatMap(at => Array.from({ length: 12 }, () => rows(1, { from: at }).split('\n')[1]))
  bills.write('data/bills.csv', `${rows(4)}${more.join('\n')}\n`)
}

test('a retry asks the list again: who asked not to be written to since gets nothing, and explain says so', async () => {
  const bills = makeFactory({ bills: 4, mail: false })
  try {
    holdMessages(bills)
    const out = join(bills.folder, 'out')
    const run = 'bills-2026-03'
    const start = (options: Partial<RunRequest> = {}) =>
      conduct({ job: join(bills.folder, 'jobs/bills.yaml'), out, workers: 1, date: '2026-03-31', ...options }, () => {})
    expect((await start()).exit).toBe(3)
    bills.write('no.csv', 'channel,purpose,address\nsms,*,+44 7700 900003\n')
    bills.mend('templates/bill/pdf.hbs', '<table columns="* *">', '<table>')
    const { exit, report } = await start({ retry: true })
    expect(reportLines(report as Report, out).join('\n')).toMatch(
      /suppression +0 entries in the list, 0 of them met somebody; at a retry 1 entry in the list, 1 of them met somebody\n/,
    )
    expect([exit, report?.suppression, report?.pieces]).toEqual([
      0,
      { entries: 0, matched: 0, retries: [{ entries: 1, matched: 1 }] },
      {
        pdf: { rendered: 4, skipped: 0, held: 0, failed: 0 },
        sms: { rendered: 3, skipped: 1, held: 0, failed: 0 },
      },
    ])
    expect(bills.read(`out/${run}/lot-0002/sms/messages.jsonl`)).toContain('"B-2"')
    expect(bills.read(`out/${run}/lot-0002/sms/messages.jsonl`)).not.toContain('"B-3"')
    expect(bills.exists(`out/${run}/held/lot-0001/sms/messages.jsonl`)).toBe(false)
    const story = storyLines(good(await explain({ out, run, id: 'B-3' }))).join('\n')
    expect(story).toMatch(/sms +skipped: suppressed \(sms, service\)/)
    expect(story).toMatch(/skipped +\S+ \S+ UTC, suppressed \(sms, service\)\n +retried /)
    // Made again from the second kit, and everything accounted for.
    expect(await verify({ out, run })).toMatchObject({
      exit: 0,
      faults: [],
      found: { kits: 2, again: { made: 4, of: 4 } },
    })
  } finally {
    bills.close()
  }
})

test('a retry after which nobody is left to write to makes nothing, needs no kit, and frees what nobody got', async () => {
  const bills = makeFactory({ bills: 2, mail: false })
  try {
    bills.write(
      'jobs/bills.yaml',
      `${bills.read('jobs/bills.yaml').replace('  pdf: {}\n', '')}suppress: { file: ../no.csv, allowEmpty: true }\n`,
    )
    bills.write('no.csv', 'channel,purpose,address\n')
    bills.mend('templates/bill/sms.hbs', "amount=(fact 'total')", 'amount=total')
    const out = join(bills.folder, 'out')
    const start = (options: Partial<RunRequest> = {}) =>
      conduct({ job: join(bills.folder, 'jobs/bills.yaml'), out, workers: 1, date: '2026-03-31', ...options }, () => {})
    expect((await start()).exit).toBe(4)
    bills.write('no.csv', 'channel,purpose,address\nsms,*,+447700900001\n*,*,+447700900002\n')
    // Killed before it is free, the next start frees it.
    vi.spyOn(Issued.prototype, 'freeSome').mockImplementationOnce(() => {
      throw new Error('killed')
    })
    await expect(start({ retry: true })).rejects.toThrow('killed')
    expect(await verify({ out, run: 'bills-2026-03' })).toMatchObject({ exit: 2 })
    expect(await start()).toMatchObject({ exit: 0, faults: [], report: { lots: 1 } })
    expect(bills.exists('out/bills-2026-03/kit-0002')).toBe(false)
    expect(await verify({ out, run: 'bills-2026-03' })).toMatchObject({ exit: 0, faults: [] })
    const told = storyLines(good(await explain({ out, run: 'bills-2026-03', id: 'B-2' }))).join('\n')
    expect(told).toMatch(/issued +by no run: its document is free\n/)
    expect(told).toMatch(/goes-nowhere +/)
    const issued = new DatabaseSync(join(out, 'issued.db'), { readOnly: true })
    const freed = issued.prepare("SELECT body FROM event WHERE kind = 'freed'").all()
    issued.close()
    expect(freed.map(({ body }) => JSON.parse(String(body)))).toEqual([
      { run: 'bills-2026-03', documents: 1, because: 'skipped when they were to be made again' },
    ])
    bills.mend('templates/bill/sms.hbs', 'amount=total', "amount=(fact 'total')")
    bills.write('no.csv', 'channel,purpose,address\n')
    expect(await start({ run: 'later' })).toMatchObject({
      exit: 0,
      report: { communications: { made: 1, alreadyIssued: 1 }, pieces: { sms: { rendered: 1 } } },
    })
  } finally {
    bills.close()
  }
})

test('a release asks the list again: who was put on it since gets nothing of what was held, and explain says so', async () => {
  const bills = makeFactory({ bills: 4, mail: false })
  try {
    holdMessages(bills)
    const out = join(bills.folder, 'out')
    const run = 'bills-2026-03'
    const request: RunRequest = { job: join(bills.folder, 'jobs/bills.yaml'), out, workers: 1, date: '2026-03-31' }
    expect((await conduct(request, () => {})).exit).toBe(3)
    const asked = { out, run, ids: ['B-2', 'B-3'], why: 'paper goes by hand' }

    // A list that is not there, or cannot be read, is no list without entries.
    bills.remove('no.csv')
    expect(await release(asked)).toMatchObject({
      exit: 2,
      faults: [{ code: 'usage.file', message: 'the file is not there', place: { file: join(bills.folder, 'no.csv') } }],
    })
    bills.write('no.csv', 'channel,purpose,address\nsms,*,+44 7700 900003\n')
    // Nor is a kit that somebody took the list out of.
    const frozen = bills.read(`out/${run}/kit/job/bills.yaml`)
    bills.mend(`out/${run}/kit/job/bills.yaml`, 'suppress:', '# suppress:')
    expect(await release(asked)).toMatchObject({ exit: 2, faults: [{ code: 'run.kit' }] })
    bills.write(`out/${run}/kit/job/bills.yaml`, frozen)
    expect(await release(asked)).toMatchObject({ exit: 3, faults: [], released: 1, withheld: 1 })
    expect(bills.read(`out/${run}/lot-0002/sms/messages.jsonl`)).toContain('"B-2"')
    expect(bills.read(`out/${run}/lot-0002/sms/messages.jsonl`)).not.toContain('"B-3"')
    expect(bills.read(`out/${run}/lot-0002/manifest.jsonl`)).not.toContain('B-3')
    expect(bills.exists(`out/${run}/held/lot-0001/sms/messages.jsonl`)).toBe(false)
    expect(JSON.parse(bills.read(`out/${run}/report.json`)).pieces.sms).toEqual({
      rendered: 3,
      skipped: 1,
      held: 0,
      failed: 0,
    })
    const story = storyLines(good(await explain({ out, run, id: 'B-3' }))).join('\n')
    expect(story).toMatch(/sms +skipped: suppressed \(sms, service\)/)
    expect(story).toMatch(/skipped +\S+ \S+ UTC, suppressed \(sms, service\)/)
    expect(story).not.toMatch(/released/)
    expect(await verify({ out, run })).toMatchObject({ exit: 0, faults: [] })
  } finally {
    bills.close()
  }
})

test('a release after which nobody is left to write to publishes nothing, and frees what nobody got', async () => {
  const bills = makeFactory({ bills: 2, mail: false })
  try {
    const job = bills.read('jobs/bills.yaml').replace('  pdf: {}\n', '')
    bills.write('jobs/bills.yaml', `${job}suppress: { file: ../no.csv, allowEmpty: true }\n`)
    bills.write('no.csv', 'channel,purpose,address\n')
    bills.mend('templates/bill/sms.hbs', "amount=(fact 'total')", 'amount=total')
    expect(bills.platen('run', 'jobs/bills.yaml').status).toBe(4)
    bills.write('no.csv', 'channel,purpose,address\nsms,*,+447700900002\n')
    const out = join(bills.folder, 'out')
    // Killed before it is free, and the run copied from there: whatever comes next frees it.
    cpSync(out, join(bills.folder, 'killed'), { recursive: true })
    vi.spyOn(Issued.prototype, 'freeSome').mockImplementationOnce(() => {
      throw new Error('killed')
    })
    const asked = { out: join(bills.folder, 'killed'), run: 'bills-2026-03', ids: ['B-2'], why: 'read by hand' }
    await expect(release(asked)).rejects.toThrow('killed')
    expect(bills.platen('run', 'jobs/bills.yaml', '--out', 'killed').status).toBe(0)
    expect(await verify(asked)).toMatchObject({ exit: 0, faults: [] })
    expect(good(await explain({ ...asked, id: 'B-2' })).issuedBy).toBeUndefined()

    const ran = bills.platen('release', 'bills-2026-03', 'B-2', '--why', 'read by hand')
    expect([ran.status, ran.stdout, ran.stderr]).toEqual([
      0,
      'bills-2026-03: 0 released; 1 held piece skipped: suppressed since the run\n',
      '',
    ])
    expect(bills.exists('out/bills-2026-03/lot-0002')).toBe(false)
    expect(await verify({ out, run: 'bills-2026-03' })).toMatchObject({ exit: 0, faults: [] })
    const told = storyLines(good(await explain({ out, run: 'bills-2026-03', id: 'B-2' }))).join('\n')
    expect(told).toMatch(/issued +by no run: its document is free\n/)
    expect(told).toMatch(/goes-nowhere +/)
  } finally {
    bills.close()
  }
})

test('who goes nowhere has nothing issued: the same row can be made later, once; until then nothing is left', async () => {
  const bills = makeFactory({ bills: 3, mail: false })
  try {
    const job = bills.read('jobs/bills.yaml').replace('  pdf: {}\n', '')
    bills.write('jobs/bills.yaml', `${job}suppress: { file: ../no.csv, allowEmpty: true }\n`)
    bills.write('no.csv', 'channel,purpose,address\nsms,*,+447700900002\nsms,*,+447700900099\n')
    const out = join(bills.folder, 'out')
    const start = (options: Partial<RunRequest> = {}) =>
      conduct({ job: join(bills.folder, 'jobs/bills.yaml'), out, workers: 1, date: '2026-03-31', ...options }, () => {})
    const first = await start()
    expect(first).toMatchObject({ exit: 0, report: { suppression: { entries: 2, matched: 1 } } })
    expect(reportLines(first.report as Report, 'out').join('\n')).toMatch(
      /2 rendered, .*, 1 skipped \(1 suppressed\)\n +suppression +2 entries in the list, 1 of them met somebody/,
    )
    expect(await verify({ out, run: 'bills-2026-03' })).toMatchObject({ exit: 0, faults: [] })
    const told = storyLines(good(await explain({ out, run: 'bills-2026-03', id: 'B-2' }))).join('\n')
    expect(told).toMatch(/issued +by no run: its document is free\n +goes-nowhere/)

    const again = await start({ run: 'again' })
    expect(again).toMatchObject({
      exit: 5,
      faults: [
        { code: 'run.issued', message: '2 documents were issued before, and the other communication goes nowhere' },
      ],
    })
    bills.write('no.csv', 'channel,purpose,address\n')
    expect(await start({ run: 'later' })).toMatchObject({
      exit: 0,
      report: { communications: { made: 1, rejected: 2, alreadyIssued: 2 }, pieces: { sms: { rendered: 1 } } },
    })
    expect(await verify({ out, run: 'bills-2026-03' })).toMatchObject({ exit: 0, faults: [] })
    expect(await start({ run: 'twice' })).toMatchObject({
      exit: 5,
      faults: [{ message: 'all 3 documents were issued before' }],
    })
  } finally {
    bills.close()
  }
})

test('a list is read as the channels read recipients: what they could not send to is refused, spellings are one address', async () => {
  const bills = makeFactory({ bills: 1 })
  try {
    bills.write('no.key', `${key}\n`)
    const keyFile = join(bills.folder, 'no.key')
    const hashed = async (lines: readonly string[], country?: string) => {
      bills.write('list.csv', ['channel,purpose,address', ...lines].join('\n'))
      return hashSuppressionList(join(bills.folder, 'list.csv'), { keyFile, country })
    }
    const bad = [
      'sms,*,0151 23456780',
      'email,*,kaputt',
      'email,*,Name <n0@example.org>',
      'sms,*,n1@example.org',
      '*,*,kaputt',
    ]
    const refused = await hashed([...bad, 'pdf,*,n2@example.org'])
    expect(refused.ok ? [] : refused.faults.map(({ place }) => place?.line)).toEqual([2, 3, 4, 5, 6, 7])
    expect(JSON.stringify(refused)).not.toMatch(/kaputt|n0@|n1@|n2@|0151/)
    for (const [one, other] of [
      ['sms,*,0151 23456780', 'sms,*,+49 (151) 2345-6780'],
      ['email,*,n8@example.org.', 'email,*, N8@Example.ORG '],
      ['email,*,n8@b\u00fccher.example', 'email,*,n8@xn--bcher-kva.example'],
      ['*,*,0049 151 23456780', '*,*,+4915123456780'],
    ] as const)
      expect(good(await hashed([one], 'DE')), one).toBe(good(await hashed([other], 'DE')))
    // For all channels, a number with words beside it is none of a house, and paper does not take it for one.
    expect(good(await hashed(['*,*,tel:+44 7911 123456']))).toBe(good(await hashed(['*,*,+447911123456'])))
    const named = ['Jean, +44 7911 123456', 'Jean +44 7911 123456', 'Jean, 07911 123456', 'Jean: 07911/123456']
    const neither = await hashed(
      named.map(one => `*,*,"${one}"`),
      'GB',
    )
    expect(neither.ok ? [] : neither.faults.map(({ place }) => place?.line)).toEqual([2, 3, 4, 5])
    for (const house of ['Main St 1, 10115 Berlin', '12 Rua Um, 01310-100, Brasil', '2-7-2 Marunouchi, 100-0005 Tokyo'])
      expect(good(await hashed([`*,*,"${house}"`], 'GB')), house).toBe(
        good(await hashed([`pdf,*,"${house.replaceAll(',', '')}"`], 'GB')).replace('pdf,', '*,'),
      )
    // An address of several lines stands in quotes, and lines behind it keep their numbers.
    expect(good(await hashed(['pdf,*,"Main St 1\r\n10115 ""Mitte"" Berlin"', 'email,*,a@b.org']))).toBe(
      good(await hashed(['pdf,*,"Main St 1, 10115 ""Mitte"" Berlin"', 'email,*,a@b.org'])),
    )
    const behind = await hashed(['pdf,*,"Main St 1', '10115 Berlin"', 'sms,*,1', '', 'pdf,*,"Main St 1', 'fax,*,1'])
    expect(behind.ok ? [] : behind.faults).toMatchObject([
      { place: { line: 4 } },
      {
        code: 'route.suppressed',
        message: 'the suppression list has a line with a quote that is not closed, or stands inside of an address',
        place: { line: 6 },
        hint: 'an address with a comma, or of several lines, stands in quotes, and a quote inside of it is doubled',
      },
      { message: 'the suppression list has a line that names no channel', place: { line: 7 } },
    ])
    const hints = async (country?: string) => {
      const { faults } = (await hashed(['sms,*,1', '*,*,0151 23456780'], country)) as { faults: readonly Fault[] }
      return faults.map(({ hint }) => hint)
    }
    const written = (number: string) =>
      `write one mail address and no name, ${number}, or the lines of a postal address`
    const unknown = written('a number with + and its country (or say where those without + are dialled: --country UA)')
    expect(await hints()).toEqual([unknown, unknown])
    expect(await hints('de')).toEqual([written('a number with + and its country or as it is dialled in DE')])
    for (const country of ['XX', 'Germany', ''])
      expect(await hashed([], country)).toEqual({
        ok: false,
        faults: [
          {
            code: 'usage.option',
            message: `--country is no country (found "${country}")`,
            hint: 'write its two letters (ISO 3166-1), like UA',
          },
        ],
      })
    expect(good(await hashed(['sms,*,020 7946 0958'], 'UK'))).toBe(good(await hashed(['sms,*,+44 20 7946 0958'])))
  } finally {
    bills.close()
  }
})

test('where the data says where numbers are dialled, nobody can say it of those in the list: only + names its country', async () => {
  const bills = makeFactory({ bills: 1, mail: false })
  try {
    bills.mend('jobs/bills.yaml', '  pdf: {}\n', '')
    bills.mend('jobs/bills.yaml', 'locale: locale }', 'locale: locale, country: item }')
    bills.mend('jobs/bills.yaml', '  sms: {}', '  sms: { country: customer.country }')
    bills.mend('templates/bill/schema.json', '"locale": {', '"country": { "type": "string" }, "locale": {')
    bills.write('jobs/bills.yaml', `${bills.read('jobs/bills.yaml')}suppress: { file: ../no.csv }\n`)
    const head = 'number;customer;email;phone;locale;issued;item;amount'
    bills.write('data/bills.csv', `${head}\nB-1;Olena;;0501234567;en-GB;2026-03-01;UA;1,20\n`)
    const start = (line: string) => {
      bills.write('no.csv', `channel,purpose,address\n${line}\n`)
      return conduct(
        { job: join(bills.folder, 'jobs/bills.yaml'), out: join(bills.folder, 'out'), workers: 1, date: '2026-03-31' },
        () => {},
      )
    }
    for (const line of ['sms,*,0501234567', '*,*,0501234567'])
      expect(await start(line), line).toMatchObject({
        exit: 2,
        faults: [
          {
            code: 'route.suppressed',
            place: { line: 2 },
            hint: 'write one mail address and no name, a number with + and its country, or the lines of a postal address',
          },
        ],
      })
    expect(await start('sms,*,+380 50 123 45 67')).toMatchObject({
      exit: 0,
      report: { suppression: { entries: 1, matched: 1 }, pieces: { sms: { rendered: 0, skipped: 1 } } },
    })
  } finally {
    bills.close()
  }
})

test('another key than the list was hashed with is exit 2; a list that does not say which is warned of where it met nobody', async () => {
  const bills = makeFactory({ bills: 2, mail: false })
  try {
    const job = bills.read('jobs/bills.yaml').replace('  pdf: {}\n', '')
    bills.write('jobs/bills.yaml', `${job}suppress: { file: ../no.csv, key: ../no.key }\n`)
    bills.write('no.key', `${key}\n`)
    bills.write('plain.csv', 'channel,purpose,address\nsms,*,+447700900002\n')
    const hashed = async (keyFile: string) =>
      hashSuppressionList(join(bills.folder, 'plain.csv'), { keyFile: join(bills.folder, keyFile) })
    bills.write('no.csv', good(await hashed('no.key')))
    const request: RunRequest = {
      job: join(bills.folder, 'jobs/bills.yaml'),
      out: join(bills.folder, 'out'),
      workers: 1,
      date: '2026-03-31',
    }
    const checked = () =>
      check(
        request,
        () => {},
        () => new Date(),
      )
    const unsure = ({ warnings }: CheckReport) => warnings.filter(({ code }) => code === 'route.suppressed')
    expect(unsure(await checked())).toEqual([])

    bills.write('no.key', 'another key that nobody made the list with\n')
    const other = { exit: 2, faults: [{ code: 'route.suppressed', message: expect.stringContaining('another key') }] }
    expect(await checked()).toMatchObject(other)
    expect(await conduct(request, () => {})).toMatchObject(other)

    // As lists were written before they said it.
    bills.write('no.csv', bills.read('no.csv').replace(/^key,.*\n/m, ''))
    expect(unsure(await checked())).toMatchObject([{ message: expect.stringMatching(/^nobody of this batch is in /) }])
    const warnings: Fault[] = []
    const { exit, report } = await conduct(request, event => event.kind === 'warned' && warnings.push(event.fault))
    expect([exit, report?.suppression]).toEqual([0, { entries: 1, matched: 0 }])
    expect(warnings.filter(({ code }) => code === 'route.suppressed')).toHaveLength(1)

    for (const wrong of ['data/bills.csv', 'plain.csv', 'jobs/bills.yaml'])
      expect(await hashed(wrong), wrong).toMatchObject({
        faults: [
          { code: 'route.suppressed', message: 'the file is no key of a suppression list, but a text or table' },
        ],
      })
    const lines = `${'Ab1+'.repeat(16)}\n${'Ab1/'.repeat(5)}==\n`
    for (const fine of ['0f'.repeat(32), 'words that nobody guesses, or so', lines, '\0\u0001\n'.repeat(10)]) {
      bills.write('other.key', fine)
      expect((await hashed('other.key')).ok, JSON.stringify(fine)).toBe(true)
    }
  } finally {
    bills.close()
  }
})
