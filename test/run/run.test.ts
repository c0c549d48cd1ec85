/** A run from outside: what it makes, how it ends, what starting it again does. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Ledger } from '../../src/ledger/index.ts'
import { type Factory, interrupt, makeFactory, platenBin, promised, rows, tree } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ mail: false })
})
afterEach(() => factory.close())

const run = (...more: readonly string[]) => factory.platen('run', factory.job, '--date', '2026-03-31', ...more)
const report = (name = 'bills-2026-03') => JSON.parse(factory.read(`out/${name}/report.json`))

describe('a batch', () => {
  beforeEach(() => {
    factory.close()
    factory = makeFactory()
  })

  test('every communication ends on every channel in exactly one outcome, and the sums agree', () => {
    const { status, stdout } = run()
    expect(status).toBe(0)
    expect(stdout).toContain('24 read = 24 in communications + 0 in rejects + 0 filtered')
    const { rows: counted, communications, pieces, exit } = report()
    expect(counted).toEqual({ read: 24, communications: 24, rejected: 0, filtered: 0 })
    expect(communications).toEqual({ made: 12, rejected: 0, alreadyIssued: 0 })
    expect(pieces).toEqual({
      pdf: { rendered: 12, skipped: 0, held: 0, failed: 0 },
      email: { rendered: 10, skipped: 2, held: 0, failed: 0 },
      sms: { rendered: 11, skipped: 1, held: 0, failed: 0 },
    })
    expect(exit).toBe(0)
  })

  test('the out folder holds what DESIGN lists, each piece in its manifest with digest and facts', () => {
    run('--lot-size', '5')
    const lots = [1, 2, 3].map(number => `out/bills-2026-03/lot-000${number}`)
    const listed = lots.flatMap(lot =>
      factory
        .read(`${lot}/manifest.jsonl`)
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    )
    expect(listed).toHaveLength(33)
    expect(listed[0]).toMatchObject({ id: 'B-1', channel: 'pdf', file: 'pdf/B-1.pdf', pages: 1 })
    expect(listed[0].facts.total).toEqual({ value: '2.30', shown: '£2.30', read: '2.30' })
    expect(factory.exists('out/bills-2026-03/kit/job/bills.yaml')).toBe(true)
    expect(factory.exists('out/bills-2026-03/kit/templates/bill/pdf.hbs')).toBe(true)
    expect(factory.exists('out/bills-2026-03/rejects.csv')).toBe(false)
    const message = JSON.parse(factory.read(`${lots[0]}/sms/messages.jsonl`).split('\n')[1] ?? '')
    expect(Object.keys(message)).toEqual(['id', 'from', 'to', 'text', 'encoding', 'parts'])
    expect(message).toMatchObject({ id: 'B-2', encoding: 'UCS-2', parts: 1 })
  })

  test('everything is readable by its owner only, unless --mode says otherwise', () => {
    run()
    for (const file of [
      'run.db',
      'report.json',
      'lot-0001/manifest.jsonl',
      'lot-0001/pdf/B-1.pdf',
      'kit/job/bills.yaml',
    ]) {
      expect(statSync(join(factory.folder, 'out/bills-2026-03', file)).mode & 0o777, file).toBe(0o600)
    }
    expect(statSync(join(factory.folder, 'out/bills-2026-03/lot-0001')).mode & 0o777).toBe(0o700)
    run('--run', 'open', '--out', 'out2', '--mode', '0644')
    expect(statSync(join(factory.folder, 'out2/open/lot-0001/pdf/B-1.pdf')).mode & 0o777).toBe(0o644)
    expect(statSync(join(factory.folder, 'out2/open/lot-0001')).mode & 0o777).toBe(0o755)
  })

  test('one worker and two, small lots and large, make the same pieces', () => {
    run('--out', 'one', '--lot-size', '4')
    const two = makeFactory({ workers: 2 })
    two.platen('run', two.job, '--date', '2026-03-31', '--out', 'one', '--lot-size', '4')
    expect(promised(join(two.folder, 'one/bills-2026-03'))).toEqual(promised(join(factory.folder, 'one/bills-2026-03')))
    two.close()
  })

  test('--json: one JSON line per event, the last with the exit', () => {
    const lines = run('--json')
      .stdout.trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['started', 'read', 'allocated', 'published', 'finished']),
    )
    expect(lines.at(-1)).toMatchObject({ kind: 'ended', exit: 0, run: 'bills-2026-03' })
  })

  test('data from standard input is the same data', () => {
    const text = factory.read('data/bills.csv')
    factory.write('in.csv', text)
    factory.mend('jobs/bills.yaml', '../data/bills.csv', "'-'")
    factory.mend('jobs/bills.yaml', 'period: 2026-03\n', '')
    const first = factory.platen('run', factory.job, '--data', 'in.csv', '--date', '2026-03-31')
    expect(first.status, first.said).toBe(0)
    const name = /^(bills-[0-9a-f]{8}): done/m.exec(first.stdout)?.[1] ?? ''
    expect(report(name).communications.made).toBe(12)
  })
})

describe('starting it again', () => {
  test('done: nothing is made, exit 0, and it says so', () => {
    run()
    const before = tree(join(factory.folder, 'out/bills-2026-03'), path => path.startsWith('lot-'))
    const written = statSync(join(factory.folder, 'out/bills-2026-03/lot-0001')).mtimeMs
    const { status, stdout } = run()
    expect(status).toBe(0)
    expect(stdout).toContain('bills-2026-03 is done: nothing was made')
    expect(statSync(join(factory.folder, 'out/bills-2026-03/lot-0001')).mtimeMs).toBe(written)
    expect(tree(join(factory.folder, 'out/bills-2026-03'), path => path.startsWith('lot-'))).toEqual(before)
  })

  test('done, asked for otherwise: still nothing is made, and it says what it did not do', () => {
    run()
    const { status, stdout, said } = run('--channel', 'pdf')
    expect(status).toBe(0)
    expect(stdout).toContain('bills-2026-03 is done: nothing was made')
    expect(said).toContain('the run bills-2026-03 was started with another --channel')
  })

  test('the same name with other data: exit 5', () => {
    run()
    factory.write('data/bills.csv', rows(13))
    const { status, said } = run()
    expect(status).toBe(5)
    expect(said).toContain('the run bills-2026-03 exists with other data')
  })

  test('the same documents under another name: all issued, exit 5; some new: only those are made', () => {
    run()
    const again = run('--run', 'again')
    expect(again.status).toBe(5)
    expect(again.said).toContain('all 12 documents were issued before')
    factory.write('data/bills.csv', rows(14))
    const more = run('--run', 'more')
    expect(more.status, more.said).toBe(0)
    expect(report('more').communications).toEqual({ made: 2, rejected: 12, alreadyIssued: 12 })
    expect(factory.read('out/more/rejects.csv')).toMatch(/B-1,run\.issued,.*issued before, by the run bills-2026-03/)
  })

  test('refused: rejects and report are there to read, and the next start replaces it', () => {
    factory.mend('data/bills.csv', '2,10', '2,1x')
    expect(run().status).toBe(5)
    expect(report().exit).toBe(5)
    expect(factory.read('out/bills-2026-03/rejects/bills.csv').split('\n').slice(0, 3)).toEqual([
      'number;customer;email;phone;locale;issued;item;amount',
      'B-2;Олена Коваленко;customer2@example.com;+447700900002;uk-UA;2026-03-01;Item 1;2,1x',
      'B-2;Олена Коваленко;customer2@example.com;+447700900002;uk-UA;2026-03-01;Item 2;2,20',
    ])
    expect(factory.read('out/bills-2026-03/rejects.csv')).toMatch(/bills\.csv,4,B-2,/)
    factory.mend('data/bills.csv', '2,1x', '2,10')
    const { status, said } = run()
    expect(status, said).toBe(0)
    expect(factory.exists('out/bills-2026-03/rejects.csv')).toBe(false)
  })

  test('mended rejects are a new run: only those are made', () => {
    factory.mend('data/bills.csv', '2,10', '2,1x')
    expect(run('--rejects', '1').status).toBe(0)
    expect(report().communications).toEqual({ made: 11, rejected: 1, alreadyIssued: 0 })
    const mended = factory.read('out/bills-2026-03/rejects/bills.csv').replace('2,1x', '2,10')
    factory.write('mended.csv', mended)
    const { status, said } = run('--data', 'mended.csv', '--run', 'mended')
    expect(status, said).toBe(0)
    expect(report('mended').communications.made).toBe(1)
    expect(factory.exists('out/mended/lot-0001/pdf/B-2.pdf')).toBe(true)
  })

  test('a resumed run shares its options, goes on with its frozen kit, and names what changed and what was warned of', async () => {
    factory.write('data/bills.csv', factory.read('data/bills.csv').replaceAll('900003', '900002'))
    await interrupt(factory, ['run', factory.job, '--date', '2026-03-31', '--lot-size', '2'], '"allocated"')
    factory.mend('templates/bill/sms.hbs', '{{brand.name}}', 'Changed')
    const other = run('--lot-size', '7')
    expect(other.status).toBe(2)
    expect(other.said).toContain('was started with another --lot-size')
    expect(other.said).toContain('go on as it was started, --lot-size 2 (only')
    const { status, said } = run('--lot-size', '2')
    expect(status, said).toBe(0)
    expect(said).toContain('changed since: templates/bill/sms.hbs')
    expect(said).toContain('1 address gets more than one piece on sms')
    expect(factory.read('out/bills-2026-03/lot-0006/sms/messages.jsonl')).not.toContain('Changed')
  })
})

describe('pieces that fail', () => {
  /** One bill has more columns than its table: known only when the page is laid out. */
  beforeEach(() => {
    factory.close()
    factory = makeFactory()
    factory.mend(
      'templates/bill/pdf.hbs',
      '<h1>',
      '<table columns="* *"><tr>{{#each lines}}<td>{{item}}</td>{{/each}}</tr></table><h1>',
    )
    const extra = Array.from(
      { length: 12 },
      (_, at) => `B-3;O'Brien & Sons;customer3@example.com;+447700900003;en-GB;2026-03-01;More ${at};1,00`,
    )
    factory.write('data/bills.csv', `${rows(12)}${extra.join('\n')}\n`)
  })

  test('a communication is published on all its channels or on none', () => {
    const { status, stdout } = run()
    expect(status).toBe(3)
    expect(report().pieces).toEqual({
      pdf: { rendered: 11, skipped: 0, held: 0, failed: 1 },
      email: { rendered: 9, skipped: 2, held: 0, failed: 1 },
      sms: { rendered: 10, skipped: 1, held: 1, failed: 0 },
    })
    expect(stdout).toMatch(/1 × pdf failed: pdf\./)
    expect(stdout).toContain('1 × sms held: waits for pdf (failed) and email (failed)')
    expect(factory.read('out/bills-2026-03/failed.csv')).toMatch(/^B-3,pdf,failed,pdf\.fit.*columns/m)
    expect(factory.read('out/bills-2026-03/held/lot-0001/sms/messages.jsonl')).toContain('B-3')
    expect(factory.read('out/bills-2026-03/lot-0001/sms/messages.jsonl')).not.toContain('B-3"')
    expect(run().status).toBe(3)
  })

  test('--retry makes it again, on all channels, in a new lot with the present kit', () => {
    run()
    const before = tree(join(factory.folder, 'out/bills-2026-03/lot-0001'))
    factory.mend('templates/bill/pdf.hbs', '<table columns="* *">', '<table>')
    const { status, said } = run('--retry')
    expect(status, said).toBe(0)
    expect(tree(join(factory.folder, 'out/bills-2026-03/lot-0001'))).toEqual(before)
    expect(factory.exists('out/bills-2026-03/lot-0002/pdf/B-3.pdf')).toBe(true)
    expect(factory.exists('out/bills-2026-03/held/lot-0001/sms/messages.jsonl')).toBe(false)
    expect(factory.exists('out/bills-2026-03/kit-0002/templates/bill/pdf.hbs')).toBe(true)
    expect(report().pieces.sms).toEqual({ rendered: 11, skipped: 1, held: 0, failed: 0 })
    expect(report().lots).toBe(2)
    expect(factory.exists('out/bills-2026-03/failed.csv')).toBe(false)
  })
})

describe('what must not be lost', () => {
  test('a retry with other options is refused, and nothing is harmed by it', () => {
    const broken = Array.from(
      { length: 12 },
      (_, at) => `B-3;O'Brien & Sons;customer3@example.com;+447700900003;en-GB;2026-03-01;More ${at};1,00`,
    )
    factory.mend(
      'templates/bill/pdf.hbs',
      '<h1>',
      '<table columns="* *"><tr>{{#each lines}}<td>{{item}}</td>{{/each}}</tr></table><h1>',
    )
    factory.write('data/bills.csv', `${rows(12)}${broken.join('\n')}\n`)
    expect(run().status).toBe(3)
    const other = run('--retry', '--channel', 'sms')
    expect(other.status).toBe(2)
    expect(other.said).toContain('was started with another --channel')
    expect(factory.exists('out/bills-2026-03/held/lot-0001/sms/messages.jsonl')).toBe(true)
    expect(report().pieces.sms).toEqual({ rendered: 10, skipped: 1, held: 1, failed: 0 })
  })

  test('a run whose ledger is gone is not run again: its documents were issued', () => {
    run()
    for (const file of ['run.db', 'run.db-wal', 'run.db-shm']) {
      if (factory.exists(`out/bills-2026-03/${file}`)) factory.remove(`out/bills-2026-03/${file}`)
    }
    const { status, said } = run()
    expect(status).toBe(5)
    expect(said).toContain('its ledger is gone')
    expect(factory.exists('out/bills-2026-03/lot-0001/pdf/B-1.pdf')).toBe(true)
    factory.remove('out/bills-2026-03')
    expect(run().status).toBe(5)
  })

  test('claims of a run that was killed before its allocation hold nobody up', () => {
    run()
    const ledger = new Ledger(join(factory.folder, 'out/bills-2026-03/run.db'))
    ledger.setMeta({ state: 'staging' })
    ledger.close()
    for (const left of ['lot-0001', 'report.json', 'report.html']) factory.remove(`out/bills-2026-03/${left}`)
    const { status, said } = run('--run', 'other')
    expect(status, said).toBe(0)
    expect(report('other').communications).toEqual({ made: 12, rejected: 0, alreadyIssued: 0 })
  })

  test('a frozen kit that was changed is not gone on with', async () => {
    await interrupt(factory, ['run', factory.job, '--date', '2026-03-31', '--lot-size', '2'], '"allocated"')
    factory.mend('out/bills-2026-03/kit/templates/bill/sms.hbs', '{{brand.name}}', 'Tampered')
    const { status, said } = run('--lot-size', '2')
    expect(status).toBe(2)
    expect(said).toContain('the frozen kit of this run is not what the run began with')
  })

  test('standard input that never ends does not keep a signal waiting, and leaves nothing behind', async () => {
    const child = spawn(process.execPath, [platenBin, 'run', factory.job, '--data', '-'], {
      cwd: factory.folder,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    child.stdin.write('number;customer\n')
    await new Promise<void>(resolve => {
      const look = setInterval(() => {
        const folder = join(factory.folder, 'out')
        if (
          !existsSync(folder) ||
          !readdirSync(folder).some(name => name.startsWith('.spool-') && !name.endsWith('.lock'))
        )
          return
        clearInterval(look)
        resolve()
      }, 50)
    })
    child.kill('SIGTERM')
    expect(await new Promise(resolve => child.once('exit', resolve))).toBe(130)
    expect(readdirSync(join(factory.folder, 'out')).filter(name => name.startsWith('.spool-'))).toEqual([])
  })

  test('what a killed process spooled is removed by the next', async () => {
    const child = spawn(process.execPath, [platenBin, 'run', factory.job, '--data', '-'], {
      cwd: factory.folder,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const spools = () =>
      factory.exists('out') ? readdirSync(join(factory.folder, 'out')).filter(name => name.startsWith('.spool-')) : []
    await new Promise<void>(resolve => {
      const look = setInterval(() => {
        if (spools().length < 2) return
        clearInterval(look)
        resolve()
      }, 50)
    })
    child.kill('SIGKILL')
    await new Promise(resolve => child.once('exit', resolve))
    expect(spools().length).toBeGreaterThan(0)
    expect(run().status).toBe(0)
    expect(spools()).toEqual([])
  })
})

describe('two processes on one run', () => {
  test('the second exits 6, also while the first is stopped; killed, it is free at once', async () => {
    const first = spawn(process.execPath, [platenBin, 'run', factory.job, '--date', '2026-03-31', '--json'], {
      cwd: factory.folder,
    })
    await new Promise<void>(resolve => first.stdout.once('data', () => resolve()))
    first.kill('SIGSTOP')
    const second = run()
    expect(second.status, second.said).toBe(6)
    expect(second.said).toContain('another process has the run bills-2026-03')
    first.kill('SIGKILL')
    await new Promise(resolve => first.once('exit', resolve))
    expect(run().status).toBe(0)
  })
})

describe('looking', () => {
  test('check makes nothing', () => {
    const { status, stdout } = factory.platen('check', factory.job)
    expect(status).toBe(0)
    expect(stdout).toContain('12 to make in 1 lot')
    expect(stdout).toMatch(/sms\s+11 pieces, 11 parts, 11 of 1, 5 GSM-7, 6 UCS-2, 1 skipped/)
    expect(factory.exists('out')).toBe(false)
  })

  test('proof makes what a run would make, byte for byte, and no ledger', () => {
    factory.close()
    factory = makeFactory()
    const proof = factory.platen('proof', factory.job, 'B-4', 'B-9', '--date', '2026-03-31')
    expect(proof.status, proof.said).toBe(0)
    expect(factory.exists('out')).toBe(false)
    run()
    for (const file of ['pdf/B-4.pdf', 'email/B-4.eml', 'pdf/B-9.pdf']) {
      expect(
        readFileSync(join(factory.folder, 'proof', file)).equals(
          readFileSync(join(factory.folder, 'out/bills-2026-03/lot-0001', file)),
        ),
        file,
      ).toBe(true)
    }
  })

  test('proof of an id that is not there says so', () => {
    const { status, said } = factory.platen('proof', factory.job, 'B-99')
    expect(status).toBe(2)
    expect(said).toContain('there is no communication B-99 in the data')
  })

  test('status lists runs, and tells one', () => {
    run()
    expect(factory.platen('status').stdout).toContain(
      'bills-2026-03  done, exit 0, dated 2026-03-31, 12 communications',
    )
    expect(factory.platen('status', 'bills-2026-03').stdout).toContain('12 rendered, 12 pages')
    const none = factory.platen('status', 'bils')
    expect(none.status).toBe(2)
    expect(none.said).toContain('there are bills-2026-03')
  })

  test('help is worth reading', () => {
    expect(factory.platen('--help').stdout).toContain('Exit codes')
    expect(factory.platen('run', '--help').stdout).toContain('goes on when started again')
    expect(factory.platen('rnu').said).toContain('Did you mean run?')
  })
})
