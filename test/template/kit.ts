/** A small kit for the tests of this room: one template, one brand, three channels, and what each test changes of them. */
import type {
  Brand,
  Communication,
  Data,
  Escape,
  Kit,
  MergeText,
  Result,
  RunView,
  Template,
} from '../../src/model/index.ts'
import { compileMerge, loadTemplate, type Merge } from '../../src/template/index.ts'

export const channels = [
  { name: 'pdf', files: ['pdf.hbs'], escape: 'markup', settings: { type: 'object' } },
  { name: 'email', files: ['email.mjml.hbs'], escape: 'html', settings: { type: 'object' } },
  {
    name: 'sms',
    files: ['sms.hbs'],
    escape: 'none',
    settings: { type: 'object', additionalProperties: false, properties: { parts: { type: 'integer' } } },
  },
] as const

export const schema = {
  type: 'object',
  required: ['number', 'issued', 'total', 'status', 'customer', 'lines'],
  properties: {
    number: { type: 'string' },
    issued: { type: 'string', format: 'date' },
    due: { type: 'string', format: 'date' },
    total: { type: 'string', format: 'decimal' },
    rate: { type: 'string', format: 'decimal' },
    status: { enum: ['open', 'paid'] },
    paid: { type: 'boolean' },
    link: { type: 'string' },
    note: { type: ['string', 'null'] },
    customer: {
      type: 'object',
      required: ['id', 'name'],
      properties: {
        id: { type: 'string' },
        name: { type: 'string', private: true },
        email: { type: 'string', format: 'email' },
        phone: { type: 'string' },
        locale: { type: 'string' },
        address: { type: 'array', items: { type: 'string' } },
      },
    },
    lines: { type: 'array', items: { $ref: '#/$defs/line' } },
    extras: { type: 'array', items: { $ref: '#/$defs/line' } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
  $defs: {
    line: {
      type: 'object',
      required: ['description', 'quantity', 'amount'],
      properties: {
        description: { type: 'string' },
        quantity: { type: 'integer' },
        amount: { type: 'string', format: 'decimal' },
        note: { type: 'string' },
      },
    },
  },
}

export const head = `version: 1
once: ever
currency: GBP
recipient: { name: customer.name, address: customer.address, email: customer.email, phone: customer.phone, locale: customer.locale }
facts:
  total: { value: total, as: money, on: [pdf, email, sms] }
  due: { value: due, as: date, on: [pdf] }
  account: { value: customer.id, as: text, on: [pdf], identity: true }
channels: { sms: { parts: 1 } }
`

export const words = {
  uk: {
    heading: 'Рахунок № {number}',
    'status.open': 'Не сплачено',
    'status.paid': 'Сплачено',
    items: '{count, plural, one {# товар} few {# товари} many {# товарів} other {# товару}}',
  },
  en: {
    heading: 'Invoice No. {number}',
    'status.open': 'Unpaid',
    'status.paid': 'Paid',
    items: '{count, plural, one {# item} other {# items}}',
  },
}

export const brand: Brand = {
  name: "O'Brien & Sons",
  locale: 'uk-UA',
  currency: 'UAH',
  timezone: 'Europe/Kyiv',
  colors: { ink: '#1B1F24', accent: '#0B6E4F' },
  fonts: {},
  classes: {},
  images: {},
  senders: { email: { name: 'Nord', address: 'billing@nord.example' }, sms: 'NORD' },
  partials: {},
  wording: {},
  company: { iban: 'UA21', 'bank.name': 'Bank' },
}

export const run: RunView = { name: 'invoices-2026-03', date: '2026-03-09', set: {} }

export const data: Data = {
  number: '417',
  issued: '2026-03-09',
  due: '2026-03-23',
  total: '1482.50',
  status: 'open',
  paid: false,
  customer: { id: '1004-2288', name: 'Olena Kovalenko', locale: 'en-GB', address: ['1 High Street', 'London'] },
  lines: [
    { description: 'Home 500', quantity: 1, amount: '350.00' },
    { description: 'Calls & <data>', quantity: 3, amount: '1132.50' },
  ],
}

/** A kit from file texts below `templates/invoice/`; undefined takes a file away. */
export function kitOf(files: Readonly<Record<string, string | Uint8Array | undefined>> = {}): Kit {
  const all: Record<string, string | Uint8Array | undefined> = {
    'template.yaml': head,
    'schema.json': JSON.stringify(schema),
    'text/uk.json': JSON.stringify(words.uk),
    'text/en.json': JSON.stringify(words.en),
    'sms.hbs': "{{fact 'total'}}",
    ...files,
  }
  return new Map(
    Object.entries(all).flatMap(([file, text]) => {
      if (text === undefined) return []
      const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
      const name = `templates/invoice/${file}`
      return [[name, { name, shown: `factory/${name}`, bytes }] as const]
    }),
  )
}

export function template(files: Readonly<Record<string, string | undefined>> = {}): Template {
  return good(loadTemplate(kitOf(files), 'invoice', channels))
}

export function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.faults.map(fault => JSON.stringify(fault)).join('\n'))
  return result.value
}

export function communication(change: Partial<Communication> = {}): Communication {
  return {
    id: '417',
    locale: 'en-GB',
    recipient: { name: 'Olena Kovalenko', address: ['1 High Street', 'London'], locale: 'en-GB' },
    data,
    ...change,
  }
}

export interface MergeChange {
  readonly brand?: Partial<Brand>
  readonly files?: Readonly<Record<string, string | undefined>>
  readonly channel?: string
}

/** A merge of one text, as a file of the template named by its escaping. */
export function merging(text: string, escaping: Escape = 'markup', change: MergeChange = {}): Merge {
  const file = { markup: 'pdf.hbs', html: 'email.mjml.hbs', none: 'sms.hbs' }[escaping]
  const made = template({ [file]: text, ...change.files })
  const source: MergeText = { ...(made.sources[file] as MergeText), escape: escaping }
  const channel = change.channel ?? { markup: 'pdf', html: 'email', none: 'sms' }[escaping]
  return good(
    compileMerge({ template: made, brand: { ...brand, ...change.brand }, texts: { text: source }, channel, run }),
  )
}

/** What one text makes of a communication. */
export function merged(
  text: string,
  escaping: Escape = 'markup',
  change: Partial<Communication> & MergeChange = {},
): string {
  return good(merging(text, escaping, change).merge(communication(change)))['text'] as string
}
