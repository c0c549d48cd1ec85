/** A bank's accounts and transactions become statements with a job and a prepare.js of its own, or with a clean.js and the template's. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readPdf } from '../../src/channels/pdf/read/read.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

describe.each([
  [
    'a prepare.js of its own',
    (folder: string) => cpSync('test/examples/bank/prepare.js', `${folder}/templates/statement/prepare.js`),
  ],
  [
    'a clean.js that puts its codes into the words of the template',
    (folder: string) => {
      const job = readFileSync(`${folder}/jobs/statements.yaml`, 'utf8')
      const mended = job
        .replace('period: month', 'period: month\nset: { basis: held }')
        .replace('file: trans.csv', 'file: trans.csv\n        clean: clean.js')
        .replace('how: operation, what: k_symbol, ', '')
      writeFileSync(`${folder}/jobs/statements.yaml`, mended)
    },
  ],
])('with %s', (_, adapt) => {
  const folder = bank(adapt)
  const run = platen(folder, 'run', 'jobs/statements.yaml', '--period', '1993-02', '--date', '1993-03-01')
  const lot = join(folder, 'out/statements-1993-02/lot-0001')

  test('all accounts become statements', () => {
    expect(run.stderr).toBe('')
    expect(run.status).toBe(0)
    const report = JSON.parse(readFileSync(join(folder, 'out/statements-1993-02/report.json'), 'utf8')) as Report
    expect(report.communications).toMatchObject({ made: 4, rejected: 0 })
    expect(report.rows).toMatchObject({ read: 17, communications: 17, rejected: 0 })
  })

  test('opening, sums and closing are those of the period', () => {
    const shown = readFileSync(join(lot, 'manifest.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Piece)
      .map(({ id, facts }) => [id, ...['opening', 'charged', 'paid', 'closing'].map(name => facts[name]?.value)])
    expect(shown).toEqual([
      ['576', '7127.10', '6707.00', '4387.30', '9446.80'],
      ['3818', '600.00', undefined, '813.80', '-213.80'],
      ['704', '1000.00', undefined, undefined, '1000.00'],
      ['2378', undefined, undefined, undefined, '0'],
    ])
  })

  test('the page tells the account in words of the reader, in the order of the balances', () => {
    const text = textOf(join(lot, 'pdf/576.pdf'))
    expect(text).toContain('Statement for February 1993')
    expect(text).toContain('Your balance on 28 February')
    expect(text).toMatch(
      /Transfer out · 64211924[\s\S]*Cash withdrawal[\s\S]*Cash paid in[\s\S]*Transfer in · 30300313[\s\S]*Fee/,
    )
    expect(text).not.toMatch(/PRIJEM|VYDAJ|VYBER|PREVOD|SLUZBY|null|undefined|1993-0|\b0\.00/)
    expect(text).not.toContain('31 Jan 1993')
    expect(text).not.toContain('31 Mar 1993')
  })

  test('below zero and nothing are said in words', () => {
    expect(textOf(join(lot, 'pdf/3818.pdf'))).toMatch(/Overdrawn on 28 February\s+CZK 213\.80/)
    const empty = textOf(join(lot, 'pdf/2378.pdf'))
    expect(empty).toContain('Account is empty')
    expect(empty).toContain('There were no entries in this period.')
  })
})

test('balances that do not follow are rejects, not statements', () => {
  const folder = bank(to => cpSync('test/examples/bank/prepare.js', `${to}/templates/statement/prepare.js`))
  const file = join(folder, 'jobs/trans.csv')
  writeFileSync(file, readFileSync(file, 'utf8').replace(';2754.40;', ';2755.40;'))
  const run = platen(folder, 'check', 'jobs/statements.yaml', '--period', '1993-02')
  expect(run.status).toBe(5)
  expect(run.stdout + run.stderr).toContain('576: a balance does not follow from the one before')
})

interface Report {
  readonly communications: { readonly made: number; readonly rejected: number }
  readonly rows: { readonly read: number; readonly communications: number; readonly rejected: number }
}

interface Piece {
  readonly id: string
  readonly facts: Readonly<Record<string, { readonly value: string }>>
}

/** The starter kit with crowns for pounds, the bank's two files, its job, and what `adapt` puts in. */
function bank(adapt: (folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'platen-bank-'))
  folders.push(folder)
  cpSync('assets', join(folder, 'assets'), { recursive: true })
  cpSync('templates/statement', join(folder, 'templates/statement'), { recursive: true })
  mkdirSync(join(folder, 'jobs'))
  for (const file of ['account.csv', 'trans.csv', 'statements.yaml', 'clean.js']) {
    cpSync(join('test/examples/bank', file), join(folder, 'jobs', file))
  }
  const brand = join(folder, 'assets/brand.yaml')
  writeFileSync(brand, readFileSync(brand, 'utf8').replace('currency: GBP', 'currency: CZK'))
  adapt(folder)
  return folder
}

function platen(folder: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [resolve('bin/platen.js'), ...args], { cwd: folder, encoding: 'utf8' })
}

function textOf(file: string): string {
  return readPdf(readFileSync(file)).replaceAll('\u00a0', ' ')
}
