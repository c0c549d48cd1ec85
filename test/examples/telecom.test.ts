/** The telecom example and the notices: who gets what, in one language, in one part, and with the whole brand from one file. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import PostalMime from 'postal-mime'
import { afterAll, describe, expect, test } from 'vitest'
import { readPdf } from '../../src/channels/pdf/read/read.ts'
import { date, decimal, loadScript } from '../../src/schema/index.ts'
import { good } from '../outcome.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const customers = readCsv('examples/telecom/data/customers.csv')
const contacts = readCsv('examples/telecom/data/contacts.csv')
const invoices = readCsv('examples/telecom/data/invoices.csv')

describe('who gets a notice', async () => {
  const clean = await script('examples/telecom/jobs/clean.js')
  const kinds = new Map(customers.map(row => [row['customerID'], (clean(row, { decimal }) as Row | null)?.['kind']]))

  test('follows from contract, payment and churn', () => {
    expect([...kinds.values()].filter(kind => kind === 'reminder')).toHaveLength(1379)
    expect([...kinds.values()].filter(kind => kind === 'tariff')).toHaveLength(966)
    const unbilled = customers.filter(row => row['TotalCharges']?.trim() === '')
    expect(unbilled).toHaveLength(11)
    expect(unbilled.map(row => kinds.get(row['customerID']))).toEqual(unbilled.map(() => undefined))
  })

  test('everyone who is reminded has an open invoice, and nobody else', () => {
    const reminded = [...kinds].filter(([, kind]) => kind === 'reminder').map(([id]) => id)
    expect(new Set(invoices.map(row => row['customerID']))).toEqual(new Set(reminded))
  })

  test('contacts and invoices come out the same every time', () => {
    const folder = temporary()
    for (const part of ['scripts', 'jobs', 'data/customers.csv']) {
      cpSync(join('examples/telecom', part), join(folder, part), { recursive: true })
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    for (const [name, file] of [
      ['contacts.js', 'contacts.csv'],
      ['invoices.js', 'invoices.csv'],
    ]) {
      execFileSync(process.execPath, [join(folder, 'scripts', name ?? '')])
      expect(readFileSync(join(folder, 'data', file ?? ''), 'utf8')).toBe(
        readFileSync(`examples/telecom/data/${file}`, 'utf8'),
      )
    }
  })

  test('contacts lead nowhere real, and speak five languages', () => {
    for (const { email, phone, locale, prefers } of contacts) {
      expect(email).toMatch(/^$|^[a-z0-9]{4}-[a-z]{5}@example\.(com|org|net)$/)
      expect(phone).toMatch(/^$|^\+447700900\d{3}$/)
      expect(locale).toMatch(/^(en-GB|uk-UA|de-DE|pl-PL|ru-RU)$/)
      expect(prefers).toMatch(/^(email|sms|post)$/)
    }
    expect(contacts.map(contact => contact['customerID'])).toEqual(customers.map(row => row['customerID']))
    expect(contacts.filter(contact => contact['salutation'] === '').length).toBeGreaterThan(500)
  })

  test('the job agrees with its control totals, and every text message is one part', () => {
    const { status, stdout } = platen('.', 'check', 'examples/telecom/jobs/notices.yaml', '--out', temporary())
    expect(stdout).toContain('2,345 to make')
    expect(stdout).toContain('670 parts, 670 of 1')
    expect(stdout).toContain('invoices.amount: 122,853.85, expected 122,853.85')
    expect(status).toBe(0)
  })
})

describe('a reminder', async () => {
  const prepare = await script('templates/notice/prepare.js')
  const customer = { name: 'Olena Kovalenko' }
  const late = (days: number, set: Row = {}) => {
    const rejects: string[] = []
    const due = '2026-03-01'
    const data = prepare(
      { id: '1', customer, invoices: [{ number: '417', due, amount: '100.00' }] },
      {
        decimal,
        date,
        run: { date: date.plusDays(due, days), set },
        reject: (message: string) => rejects.push(message),
      },
    ) as Notice
    return { reminder: data?.reminder, rejects }
  }

  test.each([
    [3, 1, 'helpful'],
    [13, 1, 'helpful'],
    [14, 2, 'firm'],
    [29, 2, 'firm'],
    [30, 3, 'final'],
  ])('%i days late is step %i, %s', (days, step, tone) => {
    expect(late(days).reminder).toMatchObject({ step, tone })
  })

  test('is not sent before its time', () => {
    expect(late(0).rejects).toEqual(['no invoice is overdue: there is nothing to remind of'])
    expect(late(2).rejects).toEqual(['no invoice is 3 days late yet: too early to remind'])
  })

  test('loses no invoice that lacks something', () => {
    const rejects: string[] = []
    const reject = (message: string) => rejects.push(message)
    const given = { id: '1', customer, invoices: [{ number: '417', amount: '100.00' }] }
    prepare(given, { decimal, date, run: { date: '2026-04-01', set: {} }, reject })
    expect(rejects).toEqual(['an open invoice has no due date or no amount'])
  })

  test('asks for a fee from the second on, and names the day after the last to pay', () => {
    expect(late(5, { fee: '2.50' }).reminder).toMatchObject({
      total: '100.00',
      payBy: '2026-03-20',
      suspendOn: '2026-03-21',
    })
    expect(late(5, { fee: '2.50' }).reminder).not.toHaveProperty('fee')
    expect(late(20, { fee: '2.50' }).reminder).toMatchObject({ fee: '2.50', total: '102.50' })
    expect(late(20, { fee: '0' }).reminder).not.toHaveProperty('fee')
  })

  test('of several invoices is paid under the contract, and counts only what is overdue', () => {
    const data = prepare(
      {
        id: '1004-2288',
        issued: '2026-04-02',
        customer,
        invoices: [
          { number: '3', due: '2026-05-01', amount: '1.00' },
          { number: '2', due: '2026-03-30', amount: '20.00' },
          { number: '1', due: '2026-03-01', amount: '300.00' },
        ],
      },
      { decimal, date, run: { date: '2026-04-02', set: {} }, reject: () => undefined },
    ) as Notice
    expect(data.reminder).toMatchObject({ number: '1', reference: '1004-2288', count: 2, total: '320.00', step: 3 })
  })
})

/** The samples of both new templates, made once. */
describe.each(['notice', 'statement'])('the samples of %s', async template => {
  const folder = temporary()
  const { status } = platen('.', 'proof', template, '--into', folder)
  const names = readdirSync(join(folder, 'pdf')).map(file => file.replace('.pdf', ''))
  const wording = Object.fromEntries(
    ['de', 'en', 'pl', 'ru', 'uk'].map(language => [language, wordsOf(template, language)]),
  )

  test('are made', () => {
    expect(status).toBe(0)
    expect(names.length).toBeGreaterThanOrEqual(10)
  })

  test.each(names)('%s speaks one language on every channel', async name => {
    const sample = JSON.parse(readFileSync(`templates/${template}/samples/${name}.json`, 'utf8')) as Sample
    const language = sample.customer.locale.slice(0, 2)
    for (const text of await textsOf(folder, name)) {
      expect(text).not.toMatch(/null|undefined|\[object|NaN|\b0[.,]00\b/)
      if (language === 'uk') expect(text).not.toMatch(/[ыэъё]/i)
      if (language === 'ru') expect(text).not.toMatch(/[іїєґ]/i)
      if (!/uk|ru/.test(language)) expect(text).not.toMatch(/[а-яіїєґё]/i)
      for (const [other, words] of Object.entries(wording)) {
        if (other === language) continue
        expect(words.filter(word => text.includes(word))).toEqual([])
      }
    }
  })
})

test('one file changes the brand on paper, in mail and in the text message', async () => {
  const folder = temporary()
  cpSync('examples/telecom/assets', join(folder, 'assets'), { recursive: true })
  cpSync('templates/notice', join(folder, 'templates/notice'), { recursive: true })
  const file = join(folder, 'assets/brand.yaml')
  const brand = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    brand
      .replaceAll('Wren Telecom', 'Heron Mobile')
      .replaceAll('wren.example', 'heron.example')
      .replaceAll('1F56A3', '7A3E00')
      .replace('sms: WREN', 'sms: HERON'),
  )
  const { status, stderr } = platen(folder, 'proof', 'notice', 'en', '--into', 'proof')
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const [paper = '', mail = ''] = await textsOf(join(folder, 'proof'), 'en')
  const message = JSON.parse(readFileSync(join(folder, 'proof/sms/en.json'), 'utf8')) as { from: string; text: string }
  for (const text of [paper, mail, message.text]) {
    expect(text).toContain('heron.example')
    expect(text).not.toMatch(/wren/i)
  }
  expect(paper).toContain('Heron Mobile')
  expect(message.from).toBe('HERON')
  const html = (await PostalMime.parse(readFileSync(join(folder, 'proof/email/en.eml')))).html ?? ''
  expect(html).toMatch(/#7A3E00/i)
  expect(html).not.toMatch(/#1F56A3/i)
})

test.each([
  ['uk-many', '21 рахунок ще не сплачено', 'Не сплачено 21 рахунок'],
  ['ru-many', '21 счёт ещё не оплачен', 'Не оплачен 21 счёт'],
])('%s: twenty-one is one of many, not the one', async (sample, title, said) => {
  const folder = temporary()
  const { status, stderr } = platen('.', 'proof', 'notice', sample, '--into', folder)
  expect(status, stderr).toBe(0)
  const [paper = '', mail = '', message = ''] = await textsOf(folder, sample)
  for (const text of [paper, mail]) {
    expect(text.replaceAll('\n', ' ')).toContain(title)
    expect(text).toContain(sample === 'uk-many' ? 'Договір 1014-2288' : 'Договор 1024-2288')
  }
  expect(message).toContain(said)
  expect([...message].length).toBeLessThanOrEqual(70)
})

type Row = Readonly<Record<string, string>>
type Script = (...args: unknown[]) => unknown

interface Notice {
  readonly reminder: Readonly<Record<string, unknown>>
}

interface Sample {
  readonly customer: { readonly locale: string }
}

/** What a recipient reads on paper, in mail and in the text message, with plain blanks. */
async function textsOf(folder: string, name: string): Promise<readonly string[]> {
  const texts = [readPdf(readFileSync(join(folder, `pdf/${name}.pdf`)))]
  const has = (file: string) => readdirSync(join(folder, file.split('/')[0] ?? '')).includes(file.split('/')[1] ?? '')
  if (has(`email/${name}.eml`)) {
    const { subject, text } = await PostalMime.parse(readFileSync(join(folder, `email/${name}.eml`)))
    texts.push(`${subject}\n${text}`)
  }
  if (has(`sms/${name}.json`)) {
    texts.push((JSON.parse(readFileSync(join(folder, `sms/${name}.json`), 'utf8')) as { text: string }).text)
  }
  return texts.map(text => text.replaceAll(/[\u00a0\u202f]/g, ' '))
}

/** Wording of a language that stands on the page as it is: no arguments, and long enough to be nobody's name. */
function wordsOf(template: string, language: string): readonly string[] {
  return ['assets', `templates/${template}`]
    .flatMap(folder => Object.values(JSON.parse(readFileSync(`${folder}/text/${language}.json`, 'utf8')) as Row))
    .filter(text => !text.includes('{') && text.length >= 8)
    .map(text => text.replaceAll('\u00a0', ' '))
}

async function script(file: string): Promise<Script> {
  return good(await loadScript({ file, text: readFileSync(file, 'utf8') })) as Script
}

function platen(folder: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [resolve('bin/platen.js'), ...args], { cwd: folder, encoding: 'utf8' })
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'platen-'))
  folders.push(folder)
  return folder
}

/** Enough of RFC 4180 for these files, and none of the product's own reader. */
function readCsv(file: string): Row[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/)
  const columns = head.split(',')
  return lines.map(line => {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    )
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}
