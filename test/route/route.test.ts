import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Communication, Data, Job, JsonSchema, Recipient, RunView } from '../../src/model/index.ts'
import { compileRoute, type Routed } from '../../src/route/index.ts'
import { decimal } from '../../src/schema/index.ts'
import { faultsOf, good } from '../outcome.ts'

const schema: JsonSchema = {
  type: 'object',
  properties: {
    total: { type: 'string', format: 'decimal' },
    optional: { type: ['string', 'null'], format: 'decimal' },
    count: { type: 'integer' },
    rate: { type: 'number' },
    due: { type: 'string', format: 'date' },
    vip: { type: 'boolean' },
    kind: { enum: ['invoice', 'credit'] },
    remark: {},
    fee: { $ref: '#/$defs/money' },
    paid: { anyOf: [{ $ref: '#/$defs/money' }, { type: 'null' }] },
    share: { type: ['number', 'null'] },
    parts: { type: 'array', items: { $ref: '#/$defs/money' } },
    fees: { type: 'object', additionalProperties: { $ref: '#/$defs/money' } },
    branch: { $ref: '#/$defs/branch' },
    customer: {
      type: 'object',
      properties: { id: { type: 'string' }, prefers: { type: 'string' }, name: { type: 'string', private: true } },
    },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          amount: { type: 'string', format: 'decimal' },
          state: { enum: ['open'] },
          product: { type: 'object', properties: { code: { type: 'string' } } },
        },
      },
    },
  },
  $defs: {
    money: { type: 'string', format: 'decimal' },
    branch: { type: 'object', properties: { code: { type: 'string' }, head: { $ref: '#/$defs/branch' } } },
  },
}

const data: Data = {
  total: '100.10',
  count: 3,
  rate: 2.5,
  due: '2026-03-23',
  vip: true,
  kind: 'invoice',
  fee: '150.00',
  paid: '150.00',
  share: 5,
  parts: ['150.00'],
  fees: { post: '150.00' },
  branch: { code: 'A', head: { code: 'B' } },
  customer: { id: '417', prefers: 'email', name: 'Kateryna' },
  lines: [
    { amount: '0.10', product: { code: 'A' } },
    { amount: '100.00', product: { code: 'B' } },
  ],
}
const everyone: Recipient = {
  name: 'K',
  address: ['Kyiv'],
  email: 'k@nord.example',
  phone: '+380440000000',
  locale: 'uk',
}
const run: RunView = {
  name: 'invoices-2010-12',
  period: { text: '2010-12', unit: 'month', start: '2010-12-01', end: '2010-12-31' },
  date: '2010-12-31',
  set: { limit: '50' },
}

function jobOf(route: Job['route']): Job {
  return {
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
    channels: { pdf: {}, email: {}, sms: {} },
    ...(route === undefined ? {} : { route }),
    rejects: { count: 0 },
    set: { limit: '50' },
    allowEmpty: false,
  }
}

const addresses = { pdf: undefined, email: 'email', sms: 'phone' } as const
const compile = (route: Job['route']) => compileRoute(jobOf(route), schema, addresses)
const rule = (when: string) =>
  compile([
    { when, to: ['pdf'], line: 7 },
    { to: [], line: 8 },
  ])
const communication = (more: Data = {}, recipient = everyone): Communication => ({
  id: '417',
  locale: 'uk',
  recipient,
  data: { ...data, ...more },
})
const holds = (when: string, more: Data = {}): boolean => good(good(rule(when))(communication(more), run)).to.length > 0

describe('without rules', () => {
  it('every channel is taken for which there is an address', () => {
    const route = good(compile(undefined))
    expect(good(route(communication(), run))).toEqual({ to: ['pdf', 'email', 'sms'], skipped: {} })
    expect(good(route(communication({}, { email: '' }), run))).toEqual({
      to: ['pdf'],
      skipped: { email: 'no address', sms: 'no address' },
    })
  })
})

describe('rules', () => {
  const route = good(
    compile([
      { when: 'data.customer.prefers == "email" && has(recipient.email)', to: ['email'], line: 3 },
      { when: 'has(recipient.phone)', to: ['sms', 'pdf'], line: 4 },
      { when: 'data.vip', to: [], line: 5 },
    ]),
  )
  const routed = (more: Data, recipient: Recipient): Routed => good(route(communication(more, recipient), run))

  it('are asked in order, and the first that holds decides', () => {
    expect(routed({}, everyone)).toEqual({
      to: ['email'],
      skipped: { pdf: 'not chosen by the route', sms: 'not chosen by the route' },
      rule: 'data.customer.prefers == "email" && has(recipient.email)',
    })
    expect(routed({ customer: { prefers: 'paper' } }, everyone)).toEqual({
      to: ['pdf', 'sms'],
      skipped: { email: 'not chosen by the route' },
      rule: 'has(recipient.phone)',
    })
    expect(routed({}, {})).toMatchObject({ to: [], rule: 'data.vip' })
  })

  it('leave nobody out in silence: where none holds, it is a reject', () => {
    const route = good(compile([{ when: 'data.vip', to: ['pdf'], line: 7 }]))
    expect(faultsOf(route(communication({ vip: false }), run))).toEqual([
      'route.none | jobs/invoices.yaml:7: no rule of the route holds, so this communication would go nowhere | end the route with a rule that always holds: { to: [pdf] }, or { to: [] } to leave such communications out',
    ])
  })

  it('always hold without `when`', () => {
    expect(good(good(compile([{ to: ['pdf'], line: 2 }]))(communication(), run))).toMatchObject({
      to: ['pdf'],
      rule: 'true',
    })
  })

  it('give each channel of the job one answer: taken, or skipped with a reason', () => {
    const subset = fc.subarray(['pdf', 'email', 'sms'])
    const rules = fc.array(
      fc.record({ when: fc.constantFrom('true', 'false', 'data.count > 2'), to: subset, line: fc.nat() }),
    )
    fc.assert(
      fc.property(rules, some => {
        const { to, skipped } = good(good(compile([...some, { to: [], line: 99 }]))(communication(), run))
        expect([...to, ...Object.keys(skipped)].sort()).toEqual(['email', 'pdf', 'sms'])
      }),
      { numRuns: 30 },
    )
  })

  it('reject a communication that they send where it has no address', () => {
    const strict = good(compile([{ when: 'data.vip', to: ['pdf', 'email', 'sms'], line: 9 }]))
    expect(faultsOf(strict(communication({}, { email: '' }), run))).toEqual([
      'route.address | jobs/invoices.yaml:9: the rule data.vip sends to email, but the recipient has no email | ask for it in the rule: has(recipient.email) && …',
      'route.address | jobs/invoices.yaml:9: the rule data.vip sends to sms, but the recipient has no phone | ask for it in the rule: has(recipient.phone) && …',
    ])
  })
})

describe('what rules can say', () => {
  it.each([
    'data.total > 100',
    'data.total >= decimal("100.1")',
    'data.total == decimal("100.100")',
    'data.total != 100',
    '100 < data.total',
    'data.total < 100.2',
    'data.total + 1 > 101.05',
    'data.total - data.lines[0].amount == data.lines[1].amount',
    'data.total * 2 == decimal("200.20")',
    'data.total in [decimal("100.1")]',
    'data.count > 2 && data.count < 3.5',
    'data.rate == 2.5 && data.rate > 2',
    'data.due > run.date',
    'data.kind == "invoice"',
    'data.lines.exists(line, line.amount > 99)',
    'data.lines.all(line, has(line.product))',
    'data.lines[1].product.code == "B"',
    'size(data.lines) == 2',
    'has(data.customer) && has(data.customer.id)',
    '!has(data.optional) || data.optional > 5',
    'recipient.email.endsWith(".example")',
    'recipient.address.size() == 1',
    'run.period == "2010-12" && run.name.startsWith("invoices")',
    'data.total > decimal(run.set.limit)',
    'data.fee > 100 && data.fee == decimal("150.0")',
    'data.paid > 100 && data.paid == decimal("150.0")',
    'data.share * 2.5 == 12.5',
    'data.parts[0] > 100 && data.parts.exists(part, part == decimal("150.0"))',
    'data.fees.post > 100 && has(data.fees.post)',
    'data.branch.head.code == "B" && !has(data.branch.head.head)',
    'data.kind != "credit"',
  ])('%s', when => expect(holds(when)).toBe(true))

  it('compares decimals exactly, however long', () => {
    const text = fc
      .tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.stringMatching(/^\d{1,5}$/))
      .map(([whole, fraction]) => `${whole}.${fraction}`)
    const rules = ['<', '<=', '>', '>=', '==', '!='].map(operator => ({
      operator,
      route: good(rule(`data.total ${operator} data.optional`)),
    }))
    fc.assert(
      fc.property(text, text, fc.boolean(), (a, b, same) => {
        const other = same ? `${a}0` : b
        const sign = decimal(a).cmp(other)
        const expected: Readonly<Record<string, boolean>> = {
          '<': sign < 0,
          '<=': sign <= 0,
          '>': sign > 0,
          '>=': sign >= 0,
          '==': sign === 0,
          '!=': sign !== 0,
        }
        for (const { operator, route } of rules) {
          const { to } = good(route(communication({ total: a, optional: other }), run))
          expect(to.length > 0).toBe(expected[operator])
        }
      }),
    )
  })
})

describe('a rule that cannot be one', () => {
  const see = 'rules see `data`, `recipient` and `run`; see docs/job.md'
  const alike = 'compare like with like: amounts with numbers, text with "text"'
  it.each([
    ['data.totl > 5', 'no such key: totl', 'did you mean "total"?'],
    ['data.customer.nmae == "x"', 'no such key: nmae', 'did you mean "name"?'],
    ['has(data.totl)', 'no such key: totl', 'did you mean "total"?'],
    ['has(data.customer.perfers)', 'no such key: perfers', 'did you mean "prefers"?'],
    ['has(recipient.emial) && data.vip', 'no such key: emial', 'did you mean "email"?'],
    ['has(run.set.limt)', 'no such key: limt', 'did you mean "limit"?'],
    ['data.lines.exists(line, has(line.amuont))', 'no such key: amuont', 'did you mean "amount"?'],
    ['data.lines.exists(line, line.product.cod == "A")', 'no such key: cod', 'did you mean "code"?'],
    ['run.perod == "2010-12"', 'no such key: perod', see],
    ['data.total > "5"', 'no such overload: decimal > string', alike],
    ['data.fee < "9"', 'no such overload: decimal < string', alike],
    ['data.parts[0] < "9"', 'no such overload: decimal < string', alike],
    ['data.branch.head.cod == "A"', 'no such key: cod', 'did you mean "code"?'],
    ['data.kind', 'it is not true or false, but string', 'compare it with something'],
    ['data.customer.name > 5', 'no such overload: string > int', alike],
    ['data.total', 'it is not true or false, but decimal', 'compare it with something'],
    ['data.total >', 'unexpected token: EOF', 'rules are written with ==, !=, <, >, &&, || and !; see docs/job.md'],
    ['date.total > 5', 'unknown variable: date', see],
    ['data.kind == "invoise"', 'data.kind is never "invoise"', 'did you mean "invoice"?'],
    ['data.vip || !("refund" != data.kind)', 'data.kind is never "refund"', 'known: invoice, credit'],
    ['data.kind in ["invoice", "credi"]', 'data.kind is never "credi"', 'did you mean "credit"?'],
    ['has(data.kind) && data["kind"] == "x"', 'data.kind is never "x"', 'known: invoice, credit'],
    ['data.lines[0].state == "x"', 'data.lines[0].state is never "x"', 'known: open'],
    ['data.lines.exists(line, line.state == "opne")', 'line.state is never "opne"', 'did you mean "open"?'],
    ['process.exit(1)', 'unknown variable: process', see],
  ])('%s', (when, wrong, hint) => {
    expect(faultsOf(rule(when))).toEqual([
      `route.rule | jobs/invoices.yaml:7: the rule ${when} does not hold together: ${wrong} | ${hint}`,
    ])
  })

  it('is reported with all others', () => {
    const faults = faultsOf(
      compile([
        { when: 'data.a', to: [], line: 3 },
        { when: 'data.vip', to: [], line: 4 },
        { when: 'data.b', to: [], line: 5 },
      ]),
    )
    expect(faults.map(fault => fault.slice(0, 33))).toEqual([
      'route.rule | jobs/invoices.yaml:3',
      'route.rule | jobs/invoices.yaml:5',
    ])
  })
})

describe('a rule that cannot be decided', () => {
  const decide = (when: string, more: Data) => faultsOf(good(rule(when))(communication(more), run))
  const guard = 'guard what may be absent: has(data.x) && …'
  const type = 'give it a type in schema.json, or compare it with what it is'

  it.each([
    ['data.optional > 5', {}, 'no such key: optional', guard],
    ['data.optional > 5', { optional: null }, 'no such overload: dyn<null> > int', guard],
    ['data.lines[5].amount > 0', {}, 'a list in it is shorter than that', guard],
    ['data.remark', { remark: 'credit' }, 'it is not true or false', 'compare it with something'],
    ['data.remark > 5', { remark: '5' }, 'no such overload: dyn<string> > int', type],
    ['data.paid < "9"', {}, 'no such overload: dyn<decimal> < string', type],
    ['decimal(data.customer.name) > 5', {}, 'decimal() of a text that is not a decimal number such as 12.50', guard],
    ['int(data.customer.name) > 5', {}, 'a value in it is not what the rule takes it for', guard],
  ])('%s', (when, more, words, hint) => {
    expect(decide(when, more)).toEqual([
      `route.threw | jobs/invoices.yaml:7: the rule ${when} cannot be decided: ${words} | ${hint}`,
    ])
  })

  it('never quotes what it was asked about', () => {
    for (const when of [
      'int(data.customer.name) > 1',
      'decimal(data.customer.name) > 1',
      'timestamp(data.customer.name) > timestamp(run.date)',
      'duration(data.customer.name) > duration("1s")',
      'bool(data.customer.name)',
      '{"a": 1}[data.customer.name] == 1',
      'double(data.customer.name) > 1.0',
    ]) {
      const [fault] = decide(when, {})
      expect(fault).toContain('route.threw')
      expect(fault).not.toContain('Kateryna')
    }
  })
})
