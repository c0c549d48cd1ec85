/** Seeded customers of two kinds, invoices of one page and statements of some: everything as text for the page, ready to be shown. */

export interface Party {
  readonly name: string
  readonly lines: readonly string[]
}

export interface InvoiceRecord {
  readonly id: string
  readonly number: string
  readonly date: string
  readonly due: string
  readonly sender: Party
  readonly to: Party
  readonly items: readonly {
    readonly d: string
    readonly q: string
    readonly p: string
    readonly v: string
    readonly a: string
  }[]
  readonly subtotal: string
  readonly vat: string
  readonly total: string
  readonly currency: string
  readonly terms: string
}

export interface StatementRecord {
  readonly id: string
  readonly account: string
  readonly from: string
  readonly until: string
  readonly sender: Party
  readonly to: Party
  readonly currency: string
  readonly opening: string
  readonly income: string
  readonly outgo: string
  readonly closing: string
  readonly rows: readonly { readonly t: string; readonly d: string; readonly a: string; readonly b: string }[]
}

const sender: Party = {
  name: 'Northwind Документи GmbH',
  lines: [
    'Musterallee 17, 20095 Hamburg',
    'VAT ID DE 811 234 567',
    'IBAN DE02 1203 0000 0000 2020 51',
    'billing@northwind.example',
  ],
}

const first =
  'Соломія Фёдор Siobhán Їлена Вячеслав Peter Тарас Наталья Anna Богдан Claire Юрий Miloš Євген Ганна'.split(' ')
const last =
  "Кравець Эйхенбаум O'Connor Щербань Хабаров Dvořák Їжакевич Müller Ґудзенко García Берёзкин Østergaard".split(' ')
const streets = ['бульв. Лесі Українки', 'пер. Тихий', 'High Street', 'вул. Хрещатик', 'Lindenallee', 'ул. Садовая']
const towns = [
  ['61000 Харків', 'Україна'],
  ['050000 Алматы', 'Казахстан'],
  ['Harbourtown QX1 1NS', 'United Kingdom'],
  ['20095 Hamburg', 'Deutschland'],
] as const
const articles = [
  'Annual licence, document archive',
  'Послуги з технічної підтримки, тариф «Бізнес»',
  'Extended warranty, 36 months',
  'Printing and enveloping of statements',
  'Fibre access 1 Gbit/s, business line',
  'Оренда серверної стійки 42U',
  'Consulting hours, senior engineer',
  'Монтаж и настройка оборудования',
  'Проєктування та виготовлення бланків',
  'On-site maintenance visit incl. travel and spare parts',
  'SMS bundle, 10 000 messages',
  'Доставка кур’єром до дверей',
  'Папір офісний A4, 80 г/м², коробка 5 пачок',
]
const entries = [
  'Transfer from',
  'Аренда, договор',
  'Refund web shop',
  'ATM withdrawal',
  'Card payment продукти',
  'Interest credited',
  'Direct debit mobile',
  'Salary / Зарплата',
  'Комунальні послуги, особ. рах.',
  'Card payment grocery',
  'Перерахування від',
]

export function invoices(count: number, seed: number): InvoiceRecord[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, at) => {
    const number = `INV-2025-${String(seed * 100_000 + at).padStart(6, '0')}`
    const [date, due] = [`2025-${two(1 + random(12))}-13`, `2025-${two(1 + random(12))}-27`]
    const lines = Array.from({ length: 8 }, () => ({ q: 1 + random(40), cents: 3_000 + random(70_000), v: random(3) }))
    const rates = [0, 7, 20]
    const subtotal = lines.reduce((sum, { q, cents }) => sum + q * cents, 0)
    const vat = lines.reduce((sum, { q, cents, v }) => sum + Math.round((q * cents * rates[v]!) / 100), 0)
    return {
      id: `w1-${at}`,
      number,
      date,
      due,
      sender,
      to: party(random),
      items: lines.map(({ q, cents, v }) => ({
        d: `${pick(articles, random)} #${100 + random(900)}`,
        q: String(q),
        p: money(cents),
        v: `${rates[v]}%`,
        a: money(q * cents),
      })),
      subtotal: money(subtotal),
      vat: money(vat),
      total: money(subtotal + vat),
      currency: 'EUR',
      terms: `Payment is due by ${due} without deduction. Please quote ${number} and customer ${10_000 + random(90_000)} with your transfer. Overdue amounts bear interest at eight percentage points above the base rate, and a reminder fee of EUR 5.00 may be charged. Goods remain our property until paid in full. Питання щодо рахунку надсилайте на вказану адресу протягом десяти робочих днів, дякуємо за співпрацю.`,
    }
  })
}

export function statements(count: number, seed: number, rows = 150): StatementRecord[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, at) => {
    const opening = 100_000 + random(900_000)
    let [balance, income, outgo] = [opening, 0, 0]
    const listed = Array.from({ length: rows }, (_, row) => {
      const cents = random(3) === 0 ? 10_000 + random(250_000) : -(2_000 + random(90_000))
      balance += cents
      if (cents > 0) income += cents
      else outgo += cents
      const day = Math.floor((row * 90) / rows)
      const t = `2025-${two(1 + Math.floor(day / 30))}-${two(1 + (day % 30))}`
      return { t, d: `${pick(entries, random)} ${100_000 + random(900_000)}`, a: money(cents), b: money(balance) }
    })
    return {
      id: `w2-${at}`,
      account: `UA10 3052 9900 0002 6007 ${String(100_000 + at)}`,
      from: '2025-01-01',
      until: '2025-03-31',
      sender,
      to: party(random),
      currency: 'UAH',
      opening: money(opening),
      income: money(income),
      outgo: money(outgo),
      closing: money(balance),
      rows: listed,
    }
  })
}

function party(random: (below: number) => number): Party {
  const name = `${pick(first, random)} ${pick(last, random)}`
  return { name, lines: [`${pick(streets, random)} ${1 + random(150)}, ${1 + random(80)}`, ...pick(towns, random)] }
}

function pick<T>(from: readonly T[], random: (below: number) => number): T {
  return from[random(from.length)]!
}

const two = (value: number) => String(value).padStart(2, '0')

function money(cents: number): string {
  const whole = String(Math.floor(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${cents < 0 ? '−' : ''}${whole}.${two(Math.abs(cents) % 100)}`
}

/** Whole numbers below what is asked for, from a linear congruence. */
export function seeded(seed: number): (below: number) => number {
  let state = seed * 7_919 + 417
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
