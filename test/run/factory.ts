/** A small factory on disk, made anew for each test: three channels, one bill for each key, two rows each. */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The entry that users start. */
export const platenBin = join(root, 'bin/platen.js')

export interface Factory {
  readonly folder: string
  readonly job: string
  readonly write: (file: string, text: string | Uint8Array) => void
  readonly read: (file: string) => string
  readonly exists: (file: string) => boolean
  /** Replaces text in a file; fails where it is not there. */
  readonly mend: (file: string, from: string, to: string) => void
  readonly remove: (file: string) => void
  /** Runs the command line in the factory's folder. */
  readonly platen: (...args: readonly string[]) => Ran
  readonly close: () => void
}

export interface Ran extends SpawnSyncReturns<string> {
  /** Both outputs, for assertions about words. */
  readonly said: string
}

export function makeFactory({
  bills = 12,
  workers = 1,
  mail = true,
}: {
  readonly bills?: number
  readonly workers?: number
  /** Whether the job makes mails: pressing MJML takes longer than everything else together. */
  readonly mail?: boolean
} = {}): Factory {
  const folder = mkdtempSync(join(tmpdir(), 'platen-test-'))
  const write = (file: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
  for (const [file, text] of Object.entries(files)) write(file, text)
  if (!mail) write('jobs/bills.yaml', read('jobs/bills.yaml').replace(/ {2}email: .*\n/, ''))
  write('data/bills.csv', rows(bills))
  mkdirSync(join(folder, 'assets/fonts'), { recursive: true })
  for (const font of ['SourceSans3-Regular.ttf', 'SourceSans3-SemiBold.ttf']) {
    cpSync(join(root, 'assets/fonts', font), join(folder, 'assets/fonts', font))
  }
  return {
    folder,
    job: 'jobs/bills.yaml',
    write,
    read,
    exists: file => existsSync(join(folder, file)),
    mend: (file, from, to) => {
      const text = read(file)
      if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`)
      write(file, text.replace(from, to))
    },
    remove: file => rmSync(join(folder, file), { recursive: true }),
    platen: (...args) => {
      const ran = spawnSync(
        process.execPath,
        [
          platenBin,
          ...args.slice(0, 1),
          ...(args[0] === 'run' ? ['--workers', String(workers)] : []),
          ...args.slice(1),
        ],
        {
          cwd: folder,
          encoding: 'utf8',
        },
      )
      return { ...ran, said: `${ran.stdout}${ran.stderr}` }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Starts a run and kills it (-9) as soon as one of its events says this. */
export async function interrupt(factory: Factory, args: readonly string[], event: string): Promise<void> {
  const child = spawn(process.execPath, [platenBin, ...args, '--json'], { cwd: factory.folder })
  await new Promise<void>(resolve => {
    child.stdout.on('data', chunk => {
      if (String(chunk).includes(event)) child.kill('SIGKILL')
    })
    child.on('exit', () => resolve())
  })
}

/** The data: two rows for each bill, one after the other, every fifth customer without e-mail, every seventh without telephone. */
export function rows(bills: number, { from = 1 }: { readonly from?: number } = {}): string {
  const lines = ['number;customer;email;phone;locale;issued;item;amount']
  for (let at = from; at < from + bills; at += 1) {
    const email = at % 5 === 0 ? '' : `customer${at}@example.com`
    const phone = at % 7 === 0 ? '' : `+4477009${String(at).padStart(5, '0')}`
    const locale = at % 2 === 0 ? 'uk-UA' : 'en-GB'
    for (const part of [1, 2]) {
      lines.push(
        `B-${at};${at % 2 === 0 ? 'Олена Коваленко' : "O'Brien & Sons"};${email};${phone};${locale};2026-03-0${part === 1 ? 1 : 1};Item ${part};${at},${part}0`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}

/** Every file below a folder with its bytes, by path: what must be the same after a resume as without interruption. */
export function tree(folder: string, pick: (path: string) => boolean = () => true): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  const walk = (inner: string): void => {
    for (const name of readdirSync(inner).sort()) {
      const path = join(inner, name)
      if (statSync(path).isDirectory()) walk(path)
      else if (pick(relative(folder, path))) found[relative(folder, path)] = readFileSync(path).toString('base64')
    }
  }
  walk(folder)
  return found
}

/** What DESIGN promises to be the same: lots, rejects, and the report but for its timing and the head of its events. */
export function promised(run: string): Readonly<Record<string, string>> {
  const {
    timing: _,
    chain: __,
    ...report
  } = JSON.parse(readFileSync(join(run, 'report.json'), 'utf8')) as Record<string, unknown>
  return { ...tree(run, path => /^(lot-|rejects|held)/.test(path)), 'report.json': JSON.stringify(report) }
}

const files: Readonly<Record<string, string>> = {
  'jobs/bills.yaml': `template: bill
period: 2026-03
data:
  file: ../data/bills.csv
  key: number
  delimiter: ";"
  decimal: ","
  fields:
    number: number
    issued: issued
    customer: { name: customer, email: email, phone: phone, locale: locale }
    lines: [{ item: item, amount: amount }]
channels:
  pdf: {}
  email: { attach: pdf }
  sms: {}
`,
  'assets/brand.yaml': `name: Nord & Sohn
locale: en-GB
currency: GBP
timezone: Europe/London
colors: { ink: "#1B1F24", muted: "#525B66" }
fonts: { text: { regular: fonts/SourceSans3-Regular.ttf, bold: fonts/SourceSans3-SemiBold.ttf } }
classes: { muted: { color: muted } }
senders: { email: { name: Nord & Sohn, address: billing@nord.example }, sms: NORDSOHN }
`,
  'assets/text/en.json': '{ "regards": "Regards" }\n',
  'assets/text/uk.json': '{ "regards": "З повагою" }\n',
  'templates/bill/template.yaml': `version: 1
once: ever
recipient: { name: customer.name, email: customer.email, phone: customer.phone, locale: customer.locale }
facts:
  total: { value: total, as: money, on: [pdf, email, sms] }
  number: { value: number, as: text, on: [pdf, email], identity: true }
`,
  'templates/bill/schema.json': `{
  "type": "object",
  "required": ["number", "issued", "customer", "lines", "total"],
  "properties": {
    "number": { "type": "string" },
    "issued": { "type": "string", "format": "date" },
    "customer": {
      "type": "object",
      "required": ["name"],
      "properties": {
        "name": { "type": "string", "private": true, "maxLength": 200 },
        "email": { "type": "string", "format": "email", "private": true },
        "phone": { "type": "string", "private": true },
        "locale": { "type": "string" }
      }
    },
    "lines": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["item", "amount"],
        "properties": { "item": { "type": "string" }, "amount": { "type": "string", "format": "decimal" } }
      }
    },
    "total": { "type": "string", "format": "decimal" }
  }
}
`,
  'templates/bill/prepare.js': `export default (data, { decimal, reject }) => {
  const total = data.lines.reduce((sum, { amount }) => sum.plus(amount), decimal('0.00'))
  if (total.cmp(0) <= 0) reject('nothing is charged', 'lines')
  return { ...data, total: total.round(2).toString() }
}
`,
  'templates/bill/pdf.hbs': `<document title="{{t 'title' number=number}}" lang="{{locale}}">
  <page size="A4" margin="20mm">
    <footer><p class="muted"><page-number/> / <page-count/></p></footer>
    <h1>{{t 'title' number=number}}</h1>
    <p>{{customer.name}}, {{date issued}}</p>
    <table columns="* 30mm">
      <tbody>{{#each lines}}<tr><td>{{item}}</td><td text-align="right">{{money amount}}</td></tr>{{/each}}</tbody>
    </table>
    <p>{{t 'total' amount=(fact 'total')}} ({{fact 'number'}})</p>
    <p>{{t 'regards'}}, {{brand.name}}</p>
  </page>
</document>
`,
  'templates/bill/email.mjml.hbs': `<mjml>
  <mj-head><mj-title>{{t 'title' number=number}}</mj-title><mj-preview>{{t 'total' amount=(fact 'total')}}</mj-preview></mj-head>
  <mj-body>
    <mj-section><mj-column>
      <mj-text>{{customer.name}}</mj-text>
      <mj-text>{{t 'total' amount=(fact 'total')}} ({{fact 'number'}})</mj-text>
    </mj-column></mj-section>
  </mj-body>
</mjml>
`,
  'templates/bill/sms.hbs': `{{brand.name}}: {{t 'total' amount=(fact 'total')}}\n`,
  'templates/bill/text/en.json': '{ "title": "Bill {number}", "total": "To pay: {amount}" }\n',
  'templates/bill/text/uk.json': '{ "title": "Рахунок {number}", "total": "До сплати: {amount}" }\n',
}
