import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Data, type Escape, withoutOwnSigns } from '../../src/model/index.ts'
import { compileMerge } from '../../src/template/index.ts'
import { brand, communication, data, good, merged, merging, run, template } from './kit.ts'

const unescapes: Readonly<Record<Escape, (text: string) => string>> = {
  markup: text => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name] as string),
  html: text => unescapes.markup(text),
  none: text => text,
}
const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const escapings = ['markup', 'html', 'none'] as const

const withData = (change: Data): { data: Data } => ({ data: { ...data, ...change } })
const problem = (
  text: string,
  change: Parameters<typeof communication>[0] = {},
  escaping: Escape = 'markup',
): unknown => {
  const result = merging(text, escaping).merge(communication(change))
  return result.ok ? result.value : result.faults
}

describe('a date at the end of a sentence', () => {
  it('ends it with its own stop, on every channel; other stops stay', () => {
    const files = { 'text/en.json': '{"x":"by {day}."}', 'text/uk.json': '{"x":"до {day}."}' }
    for (const escaping of escapings) {
      const said = (locale: string): string =>
        merged("{{t 'x' day=(date issued style='long')}} {{date issued style='long'}}. So...", escaping, {
          files,
          locale,
        }).replaceAll('\u00a0', ' ')
      expect(said('uk-UA')).toMatch(/^до \d+ \S+ \d{4} р\. \d+ \S+ \d{4} р\. So\.\.\.$/)
      expect(said('en-GB')).toMatch(/^by \d+ \S+ \d{4}\. \d+ \S+ \d{4}\. So\.\.\.$/)
    }
  })

  it('holds for every date that ends in a stop, after a figure too', () => {
    const said = (locale: string, style: string, text = 'bis {day}. Dann'): string =>
      merged(`{{t 'x' day=(date issued style='${style}')}}`, 'none', {
        files: { [`text/${locale}.json`]: `{"x":"${text}"}` },
        locale,
      })
    expect(said('de', 'sms')).toMatch(/^bis \d\d\.\d\d\. Dann$/)
    expect(said('de', 'sms', 'bis {day}.')).toMatch(/^bis \d\d\.\d\d\.$/)
    expect(said('hr', 'long')).toMatch(/^bis \d+\. \S+ \d{4}\. Dann$/)
    expect(said('de', 'sms', 'bis {day}...')).toMatch(/^bis \d\d\.\d\d\.\.\.\.$/)
    expect(said('de', 'sms', 'Nr. 1..5, v2../x')).toBe('Nr. 1..5, v2../x')
  })

  it('takes no stop out of data or of what the template says', () => {
    const files = { 'text/en.json': '{"x":"Model {what}. Yes"}' }
    for (const escaping of escapings) {
      const said = (text: string): string =>
        merged(text, escaping, { files, locale: 'en-GB', ...withData({ note: 'A5..' }) }).replaceAll('\u00a0', ' ')
      expect(said('{{note}} (spare)')).toBe('A5.. (spare)')
      expect(said("{{t 'x' what=note}}")).toBe('Model A5... Yes')
      expect(said('Model 5.. (spare)')).toBe('Model 5.. (spare)')
    }
    const token = withData({ note: 'tk1..' })
    expect(merged('<https://nord.example/u/{{urlPart note}}>', 'none', { files, ...token })).toBe(
      '<https://nord.example/u/tk1..>',
    )
  })

  it('holds for facts, arguments of ICU and parts of links, and leaves nothing behind', () => {
    const files = { 'text/de.json': '{"x":"bis {day, date}.", "y":"{n, plural, one {am {day}.} other {ab {day}.}}"}' }
    const said = (text: string, escaping: Escape = 'none'): string => merged(text, escaping, { files, locale: 'de' })
    const stops = /^[a-z]* ?\d\d\.\d\d\.$/
    expect(said("{{fact 'due'}}.")).toBe('23.03.')
    expect(said("{{t 'x' day=issued}}")).toBe('bis 9. März 2026.')
    expect(said("{{t 'y' n=2 day=(date issued style='sms')}}")).toMatch(stops)
    expect(said("{{date issued style='sms'}}.")).toMatch(stops)
    expect(said("{{date issued style='sms'}}")).toMatch(stops)
    expect(said("{{urlPart (date issued style='sms')}}")).toMatch(stops)
    expect(said("<a href='https://nord.example/{{date issued style='sms'}}'>x</a>", 'html')).toMatch(
      /example\/\d\d\.\d\d\.'/,
    )
    expect(said("{{#if (eq (date issued style='sms') '09.03.')}}same{{/if}}")).toBe('same')
  })
})

describe('escaping', () => {
  it("makes O'Brien & Sons right on every channel", () => {
    expect(merged('{{brand.name}}', 'markup')).toBe('O&#39;Brien &amp; Sons')
    expect(merged('{{brand.name}}', 'html')).toBe('O&#39;Brien &amp; Sons')
    expect(merged('{{brand.name}}', 'none')).toBe("O'Brien & Sons")
  })
  it('covers wording, facts and helpers, and leaves the template itself alone', () => {
    const files = { 'text/en.json': '{"x":"<b>{who}</b>"}', 'text/uk.json': '{"x":"{who}"}' }
    expect(merged("<p>{{t 'x' who=brand.name}}</p>", 'markup', { files })).toBe(
      '<p>&lt;b&gt;O&#39;Brien &amp; Sons&lt;/b&gt;</p>',
    )
    const change = withData({ customer: { id: '<1>', name: 'x' } })
    expect(merged("{{fact 'account'}}", 'html', change)).toBe('&lt;1&gt;')
  })
  it('lets any text survive in any field, on every channel', () => {
    // Signs that mails are set by are in no value, and the two controls that mark a date's stop are refused before.
    const text = fc.string({ unit: 'binary' }).map(value => withoutOwnSigns(value).replaceAll('\u0002\u0003', ''))
    for (const escaping of escapings) {
      const merge = merging(
        "{{number}}\u0001{{#each lines}}{{description}}\u0001{{/each}}{{t 'heading' number=customer.name}}",
        escaping,
      )
      fc.assert(
        fc.property(text, text, text, (number, description, name) => {
          const change = withData({
            number,
            customer: { id: '1', name },
            lines: [{ description, quantity: 1, amount: '1' }],
          })
          const shown = good(merge.merge(communication(change)))['text'] as string
          expect(unescapes[escaping](shown)).toBe(`${number}\u0001${description}\u0001Invoice No. ${name}`)
          if (escaping !== 'none') expect(shown).not.toMatch(/[<>"']/)
        }),
      )
    }
  })
  it('keeps what stands in partials where it is, line by line', () => {
    const partials = { note: { file: 'assets/partials/note.hbs', text: '{{number}}\n' } }
    const change = { brand: { partials }, ...withData({ number: 'one\ntwo' }) }
    expect(merged('a\n  {{> note}}\nb', 'none', change)).toBe('a\n  one\ntwo\nb')
  })
})

describe('names', () => {
  it('are fields where they have no arguments, also where a helper has that name', () => {
    const files = {
      'schema.json': JSON.stringify({
        type: 'object',
        required: ['number', 'date', 'each'],
        properties: { number: { type: 'string' }, date: { type: 'string', format: 'date' }, each: { type: 'string' } },
      }),
      'template.yaml': 'version: 1',
    }
    const change = { files, data: { number: '7', date: '2026-03-23', each: 'E' } }
    expect(
      merged(
        '{{number}} {{number number}} {{date}} {{date date}} {{each}} {{#with this as |number|}}{{number.date}}{{/with}}',
        'markup',
        change,
      ),
    ).toBe('7 7 2026-03-23 23\u00a0March 2026 E 2026-03-23')
  })
  it('lead outwards by where they stand, never by what the data happens to be', () => {
    const text = '{{#each lines}}{{#each ../lines}}[{{../quantity}}{{quantity}}{{../../number}}]{{/each}}{{/each}}'
    expect(merged(text)).toBe('[11417][13417][31417][33417]')
    const same =
      '{{#each recipient.address}}{{#each ../recipient.address as |inner|}}({{../this}}{{inner}}{{../../number}}){{/each}}{{/each}}'
    expect(merged(same, 'none', { recipient: { address: ['a', 'a'] } })).toBe('(aa417)(aa417)(aa417)(aa417)')
    const odd =
      '{{#with customer.id}}{{#if this}}{{../number}}{{/if}}{{/with}}{{#each lines as |line|}}{{#with line as |line|}}{{../quantity}}{{../../number}} {{/with}}{{/each}}'
    expect(merged(odd, 'none', withData({ customer: { id: '[object Object]' } }))).toBe('4171417 3417 ')
    const partials = { inner: { file: 'inner.hbs', text: '{{#each lines}}{{../number}}{{@root.number}} {{/each}}' } }
    expect(merged('{{> inner this number=7}}', 'none', { brand: { partials } })).toBe('7417 7417 ')
  })
  it('reserve brand, run, locale and recipient', () => {
    const change = withData({ brand: 'x', run: 'x', locale: 'x', recipient: 'x' })
    expect(merged('{{brand.company.bank.name}} {{run.date}} {{locale}} {{recipient.name}}', 'markup', change)).toBe(
      'Bank 2026-03-09 en-GB Olena Kovalenko',
    )
  })
  it('see own properties only', () => {
    for (const path of [
      'constructor',
      'toString',
      '__proto__',
      'customer.constructor.name',
      'number.constructor',
      'lines.map',
      'customer.__proto__.x',
    ]) {
      expect(problem(`{{${path}}}`)).toMatchObject([{ code: 'template.value', message: `{{${path}}} is missing` }])
    }
    for (const path of ['constructor', '__proto__', 'customer.toString']) {
      expect(
        merged(`{{#if ${path}}}yes{{else}}no{{/if}}{{#with ${path}}}yes{{/with}}{{#each ${path}}}yes{{/each}}`),
      ).toBe('no')
    }
  })
  it('see an own field of any name', () => {
    const hostile = JSON.parse('{"__proto__":"p","constructor":"c"}') as Data
    expect(merged('{{customer.constructor}} {{customer.__proto__}}', 'none', withData({ customer: hostile }))).toBe(
      'c p',
    )
  })
})

describe('what cannot be shown', () => {
  it('is a fault with its place and never prints undefined, null or [object Object]', () => {
    expect(problem('one\n  <p>{{note}}</p>')).toEqual([
      {
        code: 'template.value',
        message: '{{note}} is missing',
        place: { file: 'factory/templates/invoice/pdf.hbs', line: 2, column: 6 },
        hint: 'mend the data, or let schema.json refuse what cannot be shown',
      },
    ])
    expect(problem('{{note}}', withData({ note: null }))).toMatchObject([{ message: '{{note}} is missing' }])
    expect(problem('{{customer}}')).toMatchObject([{ message: '{{customer}} is not a single value' }])
    expect(problem('{{lines}}')).toMatchObject([{ message: '{{lines}} is not a single value' }])
    expect(problem('{{paid}}')).toMatchObject([{ message: '{{paid}} is true or false, not text' }])
    expect(problem('{{customer.email.x}}')).toMatchObject([{ message: '{{customer.email.x}} is missing' }])
  })
  it('names the expression, in the partial where it stands, and quotes no value', () => {
    expect(problem('{{money total}}', withData({ total: '1.005' }))).toMatchObject([
      {
        code: 'template.value',
        message: '{{money total}} has more decimals than GBP has',
        place: { line: 1, column: 1 },
        hint: 'round it in prepare.js, or show more with decimals=',
      },
    ])
    const partials = { sum: { file: 'assets/partials/sum.hbs', text: '\n{{#each lines}}{{money amount}}{{/each}}' } }
    const result = merging('{{> sum}}', 'markup', { brand: { partials } }).merge(
      communication(withData({ lines: [{ amount: 'SECRET' }] })),
    )
    expect(result).toMatchObject({
      faults: [
        {
          message: '{{money amount}} is not a decimal number',
          place: { file: 'assets/partials/sum.hbs', line: 2, column: 16 },
        },
      ],
    })
    expect(JSON.stringify(result)).not.toContain('SECRET')
  })
  it('names no line where the channel has changed the text', () => {
    const made = template({ 'email.mjml.hbs': '<mj-text>{{note}}</mj-text>' })
    const texts = { html: { file: 'email.mjml.hbs', text: '<div>\n\n{{note}}</div>', escape: 'html' } } as const
    const merge = good(compileMerge({ template: made, brand, texts, channel: 'email', run }))
    expect(merge.merge(communication())).toMatchObject({
      faults: [{ message: '{{note}} is missing', place: { file: 'email.mjml.hbs' } }],
    })
  })
  it('leaves nothing behind for the next communication', () => {
    const merge = merging("{{note}}{{money total}}{{t 'heading' number=number}}")
    expect(merge.merge(communication()).ok).toBe(false)
    expect(good(merge.merge(communication(withData({ note: 'n' }))))['text']).toBe('n£1,482.50Invoice No. 417')
    expect(good(merge.merge(communication({ locale: 'uk-UA', ...withData({ note: 'n', number: '8' }) })))['text']).toBe(
      'n1\u00a0482,50\u00a0£Рахунок № 8',
    )
  })
})

describe('helpers', () => {
  const shown = (text: string, change: Parameters<typeof merged>[2] = {}): string =>
    merged(text, 'markup', change).replaceAll('\u00a0', ' ')
  it('money: in the currency of the template, of the data, or as told', () => {
    expect(
      shown("{{money total}} {{money total currency='EUR'}} {{money total symbol=false}} {{money '0.125' decimals=3}}"),
    ).toBe('£1,482.50 €1,482.50 1,482.50 £0.125')
    const files = { 'template.yaml': 'currency: number' }
    expect(shown('{{money total}}', { files, ...withData({ number: 'CHF' }) })).toBe('CHF 1,482.50')
    expect(problem('{{money total currency=status}}')).toMatchObject([
      { message: '{{money total currency=status}} has a currency that is not an ISO 4217 code' },
    ])
    expect(shown('{{money total}}', { files: { 'template.yaml': 'version: 1' } })).toBe('UAH 1,482.50')
  })
  it('number, percent and date', () => {
    expect(shown("{{number '1234.5'}} {{number 3 decimals=2}} {{percent '20.00'}} {{percent 7 decimals=1}}")).toBe(
      '1,234.5 3.00 20% 7.0%',
    )
    expect(
      shown("{{date due}} {{date due style='short'}} {{date due style='day'}} {{date '2026-03' style='month'}}"),
    ).toBe('23 March 2026 23 Mar 2026 23 March March 2026')
  })
  it('sum, plus, minus, times: exact', () => {
    expect(shown("{{sum lines 'amount'}} {{plus '0.1' '0.2'}} {{minus total 0.5}} {{times '1.10' 3}}")).toBe(
      '1482.50 0.3 1482.00 3.30',
    )
  })
  it('t: keys can be put together from fields with an enum', () => {
    expect(shown("{{t 'status' status}}; {{t 'items' count=lines.length}}; {{t 'items' count=1}}")).toBe(
      'Unpaid; 2 items; 1 item',
    )
    expect(shown("{{t 'items' count=5}}", { locale: 'uk' })).toBe('5 товарів')
  })
  it('url: http, https, mailto and tel', () => {
    for (const link of ['https://nord.example/417?a=1&b=2', 'mailto:a@b.example', 'tel:+380441234567', 'HTTP://x']) {
      expect(merged('{{url link}}', 'none', withData({ link }))).toBe(link)
    }
    for (const link of [
      'javascript:alert(1)',
      ' https://x',
      'java\nscript:x',
      'https://',
      '//x',
      'data:text/html,x',
      'https://a b',
      'https:\\\\x',
      '\u202ehttps://x',
      'https://nord.example%40evil.example',
      'https://nord.example:99999/',
      'https://a:b',
    ]) {
      expect(problem('{{url link}}', withData({ link }))).toMatchObject([
        { code: 'template.value', message: '{{url link}} is not an http, https, mailto or tel address' },
      ])
    }
  })
  it('url: one mail address, with nothing that a letter would say or whom else it would go to', () => {
    for (const more of ['?bcc=e@x.example', '?body=hi', ',e@x.example', ';e@x.example'])
      expect(problem('{{url link}}', withData({ link: `mailto:a@b.example${more}` }))).toMatchObject([
        {
          code: 'template.value',
          message: '{{url link}} is a mail address with others, or words of a letter, beside it',
          hint: 'take out what stands behind the address: mailto:help@nord.example',
        },
      ])
  })
  it('url: no name or password before the host, a disguise of where it leads', () => {
    for (const link of ['https://nord.example@evil.example/pay', 'HTTP://a:b@nord.example', 'https://@nord.example'])
      expect(problem('{{url link}}', withData({ link }))).toMatchObject([
        {
          code: 'template.value',
          message: '{{url link}} has a name or password before its host, so that it leads elsewhere than it reads',
        },
      ])
    for (const link of ['https://nord.example/a@b', 'https://nord.example?a@b', 'mailto:a@b.example'])
      expect(merged('{{url link}}', 'none', withData({ link }))).toBe(link)
  })
  it('eq, gt, lt, not, and, or', () => {
    const yes = (condition: string, change: Data = {}): string =>
      merged(`{{#if ${condition}}}yes{{else}}no{{/if}}`, 'none', withData(change))
    expect(yes('(gt total 0)')).toBe('yes')
    expect(yes('(gt total 0)', { total: '0.00' })).toBe('no')
    expect(yes('(eq total 0)', { total: '0.00' })).toBe('yes')
    expect(yes("(eq number '7')", { number: '007' })).toBe('no')
    expect(yes("(eq status 'open')")).toBe('yes')
    expect(yes('(gt due issued)')).toBe('yes')
    expect(yes("(lt due '2026-03-23')")).toBe('no')
    expect(yes('(gt note 0)')).toBe('no')
    expect(yes('(and due (not paid))')).toBe('yes')
    expect(yes('(or note extras)', { extras: [] })).toBe('no')
  })
})

describe('links', () => {
  const link = '<a href="https://nord.example/s/{{number}}?of={{customer.id}}">{{number}}</a>'
  const numbered = (number: string, text = link) => merged(text, 'html', withData({ number }))

  it('take a value as one part, whatever is in it', () => {
    expect(numbered('2026/04 01')).toContain('href="https://nord.example/s/2026%2F04%2001?of=1004-2288"')
    expect(numbered('A%20B')).toContain('/s/A%2520B?')
    expect(numbered('#5?x=1&y=<b>')).toContain('/s/%235%3Fx%3D1%26y%3D%3Cb%3E?')
    expect(numbered('№ 7')).toContain('/s/%E2%84%96%207?')
    expect(numbered('a@b-c.d_e~f')).toContain('/s/a@b-c.d_e~f?')
  })
  it('come back as what they were, for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter(text => !/^\.\.?$/.test(text)),
        number => {
          const [, part = ''] = /\/s\/([^?"]*)\?/.exec(numbered(number)) ?? []
          expect(part).toMatch(/^[\w.~@%-]*$/)
          expect(decodeURIComponent(part)).toBe(number.toWellFormed())
        },
      ),
    )
  })
  it('are encoded behind url too, and in helpers, but not what the brand or the wording says', () => {
    const files = { 'text/en.json': '{"way":"en/help"}', 'text/uk.json': '{"way":"uk/help"}' }
    const text = '<a href="{{url link}}/{{fact \'account\'}}">x</a><a href="https://nord.example/{{t \'way\'}}">y</a>'
    expect(
      merged(text, 'html', { ...withData({ link: 'https://x.example', customer: { id: 'a/b', name: 'x' } }), files }),
    ).toBe('<a href="https://x.example/a%2Fb">x</a><a href="https://nord.example/en/help">y</a>')
  })
  it('are encoded where a whole address is a part of another', () => {
    const link = 'https://nord.example/?a=1&b=2'
    expect(merged('<a href="https://share.example/?u={{url link}}">x</a>', 'html', withData({ link }))).toBe(
      '<a href="https://share.example/?u=https%3A%2F%2Fnord.example%2F%3Fa%3D1%26b%3D2">x</a>',
    )
    expect(merged('<a href="{{url link}}">x</a>', 'html', withData({ link }))).toContain(
      '"https://nord.example/?a=1&amp;b=2"',
    )
  })
  it('take no value that walks to another page', () => {
    for (const number of ['.', '..']) {
      for (const text of [link, '<a href="{{url link}}/{{urlPart number}}">x</a>'])
        expect(problem(text, withData({ number, link: 'https://nord.example' })), text + number).toMatchObject([
          {
            code: 'template.value',
            message: expect.stringMatching(/number}} is nothing but dots, and would lead to another page$/),
          },
        ])
      expect(problem('https://nord.example/{{urlPart number}}', withData({ number }), 'none')).toMatchObject([
        { code: 'template.value', hint: expect.any(String) },
      ])
    }
    for (const number of ['...', '.a', 'a..']) expect(numbered(number)).toContain(`/s/${number}?`)
    expect(numbered('%2e%2e')).toContain('/s/%252e%252e?')
  })
  it('to a telephone take nothing but figures from the data', () => {
    const dialled = (number: string, tel: string) => numbered(number, `<a href="tel:${tel}">x</a>`)
    expect(dialled('+44 (0)20/7946.09-58', '{{number}}')).toContain('"tel:+44 (0)20/7946.09-58"')
    expect(dialled('5', '*100*{{number}}#;ext=1')).toContain('"tel:*100*5#;ext=1"')
    expect(dialled('+491711234567', '{{urlPart number}}')).toContain('"tel:+491711234567"')
    for (const number of ['*21*+441632960123#', '%2A21%23', '+44;ext=1', '+44,1', '+44p1', '0800 FLOWERS', '+44?x'])
      for (const tel of ['{{number}}', '+44{{number}}', '{{urlPart number}}', '{{#if number}}{{number}}{{/if}}'])
        expect(problem(`<a href="TEL:${tel}">x</a>`, withData({ number })), tel + number).toMatchObject([
          {
            code: 'template.value',
            message: expect.stringMatching(/number}} has other signs than those of a telephone number$/),
          },
        ])
    for (const link of ['tel:0*21*1#', 'tel:+44,1', 'tel:1%2A21%23'])
      expect(problem('{{url link}}', withData({ link })), link).toMatchObject([
        { message: '{{url link}} is not an http, https, mailto or tel address' },
      ])
  })
  it.each([
    '<!--[if mso]><a href="https://nord.example/pay/{{number}}">Pay</a><![endif]-->',
    '<!-- {{number}} --><!--[if (gte mso 9)|(IE)]><v:rect><v:roundrect href="https://nord.example/{{number}}"/><![endif]-->',
    '<!--[if !mso]><!--><img src="https://nord.example/{{number}}"><!--<![endif]-->',
    '<![if !mso]><a href="https://nord.example/{{number}}">Pay</a><![endif]>',
  ])('are encoded in what only some programs read: %s', text => {
    const html = merged(text, 'html', withData({ number: '2026/0301?x=1' }))
    expect(html).toMatch(/(?:href|src)="https:\/\/nord\.example\/(?:pay\/)?2026%2F0301%3Fx%3D1"/)
  })
  it('to mail and telephone keep a value that is one address', () => {
    expect(merged('<a href="tel:{{number}}">x</a>', 'html', withData({ number: '+44 1' }))).toContain('tel:+44 1')
    expect(merged('<a href="mailto:{{number}}">x</a>', 'html', withData({ number: 'a.b-c_d@b.c' }))).toContain(
      'mailto:a.b-c_d@b.c"',
    )
  })
  it('behind the ? of a text message are one part of it', () => {
    const text = '<a href="sms:+4930901820?body={{number}}">x</a>'
    expect(merged(text, 'html', withData({ number: 'a b&to=9' }))).toContain('"sms:+4930901820?body=a%20b%26to%3D9"')
  })
  it('to mail take it as one part, where others could be written to as well', () => {
    const to = (number: string) => merged('<a href="mailto:{{number}}">x</a>', 'html', withData({ number }))
    expect(to('a@b.example?bcc=e@x.example&body=hi')).toContain('"mailto:a@b.example%3Fbcc%3De@x.example%26body%3Dhi"')
    expect(to('a@b.example,e@x.example')).toContain('"mailto:a@b.example%2Ce@x.example"')
    const text = '<a href="mailto:help@nord.example?subject={{number}}">x</a>'
    expect(merged(text, 'html', withData({ number: 'A&bcc=eve@x.example' }))).toContain('?subject=A%26bcc%3D')
  })
})

describe('compileMerge', () => {
  it('merges every text, each with its own escaping, the plain flavour only where none is escaped', () => {
    const made = template({ 'email.mjml.hbs': '{{money total}}' })
    const texts = {
      html: { file: 'email.mjml.hbs', text: '<b>{{money total}} {{brand.name}}</b>', escape: 'html' },
      subject: { file: 'email.mjml.hbs', text: '{{money total}} {{brand.name}}', escape: 'none' },
    } as const
    const mail = good(compileMerge({ template: made, brand, texts, channel: 'email', run }))
    expect(mail.plain).toBe(false)
    expect(good(mail.merge(communication({ locale: 'uk-UA' })))).toEqual({
      html: '<b>1\u00a0482,50\u00a0£ O&#39;Brien &amp; Sons</b>',
      subject: "1\u00a0482,50\u00a0£ O'Brien & Sons",
    })
    const sms = good(
      compileMerge({ template: made, brand, texts: { text: { ...texts.subject } }, channel: 'sms', run }),
    )
    expect(sms.plain).toBe(true)
    expect(good(sms.merge(communication({ locale: 'uk-UA' })))).toEqual({ text: "1482,50 £ O'Brien & Sons" })
    expect(good(sms.facts(communication({ locale: 'uk-UA' })))).toEqual({
      total: { value: '1482.50', shown: '1482,50 £' },
      due: { value: '2026-03-23', shown: '23.03' },
      account: { value: '1004-2288', shown: '1004-2288' },
    })
  })
  it('leaves the line end of its file out inside of a line of bare text, and nowhere else', () => {
    const note = { file: 'assets/partials/note.hbs', text: '{{#if number}}\n{{number}}\n{{/if}}\n' }
    const brandWith = { brand: { partials: { note, both: { file: 'both.hbs', text: '{{> note}}, {{> note}}\r\n' } } } }
    for (const [text, said] of [
      ['{{> note}}: pay', '417: pay'],
      ['pay {{> note}} now', 'pay 417 now'],
      ['pay {{> note}}', 'pay 417'],
      ['({{#if number}}{{> note}}{{/if}})', '(417)'],
      ['({{> both}})', '(417, 417)'],
      ['Dear\n{{> note}}\nBye', 'Dear\n417\nBye'],
      ['Dear\n  {{> note}}\nBye', 'Dear\n  417\nBye'],
      ['{{#if number}}\n{{> note}}\nBye{{/if}}', '417\nBye'],
      ['Dear\n{{> note}}', 'Dear\n417\n'],
      ['{{> note}}', '417\n'],
    ] as const)
      expect(merged(text, 'none', brandWith)).toBe(said)
    expect(merged('<p>{{> note}}</p>', 'html', brandWith)).toBe('<p>417\n</p>')
  })
  it('finds the partial of the channel first', () => {
    const partials = {
      legal: { file: 'assets/partials/legal.hbs', text: 'all' },
      'legal.pdf': { file: 'assets/partials/legal.pdf.hbs', text: 'paper {{> inner who=number}}' },
      inner: { file: 'assets/partials/inner.hbs', text: '{{who}} of {{brand.company.iban}}' },
    }
    expect(merged('{{> legal}}', 'markup', { brand: { partials } })).toBe('paper 417 of UA21')
    expect(merged('{{> legal}}', 'none', { brand: { partials } })).toBe('all')
  })
  it('refuses a text that a channel has broken, or in which a value has come to stand in a style', () => {
    const made = template({ 'email.mjml.hbs': '<mj-text color="{{number}}"></mj-text>' })
    const compile = (text: string): unknown =>
      compileMerge({
        template: made,
        brand,
        texts: { html: { file: 'email.mjml.hbs', text, escape: 'html' } },
        channel: 'email',
        run,
      })
    expect(compile('<p>{{#if due}}</p>')).toMatchObject({
      faults: [{ code: 'template.syntax', place: { file: 'email.mjml.hbs' } }],
    })
    expect(compile('<p style="color:{{number}}"></p>')).toMatchObject({
      faults: [
        {
          code: 'template.attribute',
          message: 'a value stands in the attribute style',
          place: { file: 'email.mjml.hbs' },
        },
      ],
    })
    expect(compile('{{> nope}}')).toMatchObject({
      faults: [{ code: 'template.partial', message: 'there is no partial "nope"' }],
    })
  })
  it('does the same again, and leaves the data as it was', () => {
    const merge = merging('{{#each lines}}{{@index}}{{description}}{{/each}}')
    const frozen = communication({ data: Object.freeze({ ...data }) })
    expect(merge.merge(frozen)).toEqual(merge.merge(frozen))
  })
})

it('what merges teaches nothing to the rest of the process', () => {
  expect(Object.keys(createRequire(import.meta.url).extensions ?? {})).not.toContain('.hbs')
})
