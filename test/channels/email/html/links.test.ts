/** Addresses that must not go out. */
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { checkLinks } from '../../../../src/channels/email/html/links.ts'
import { email } from '../../../../src/channels/email/index.ts'
import { linkBrought } from '../../../../src/channels/email/message/brought.ts'
import { setLines, visible } from '../../../../src/channels/email/plain/tidy.ts'
import type { Communication, Data } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, mail, merge, prepare } from '../template.ts'

vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

test.each([
  '<a href="https://nord.example/417?a=1&amp;b=2">',
  "<a href='http://nord.example'>",
  '<a href="mailto:help@nord.example"><a href="tel:+380441234567"><a href="#top">',
  '<a href="mailto:a%2Bb@m%C3%BCller.example,c@nord.example?subject=a:b/c"><a href="mailto:?subject=x">',
  '<a href="tel:+44 (0)20 7946 0000 ext. 5"><a href="tel:0800 FLOWERS"><a href="tel:0800 15-70.(142);ext=5"><a href="tel:*100#"><a href="sms:+447700900001?body=STOP"><a href="sms:?body=x">',
  '<img src="cid:logo.1@nord.example"><img src="https://nord.example/a.png">',
  '<p data-href="javascript:x">',
])('%s may go out', html => {
  expect(checkLinks(html)).toEqual([])
})

test.each([
  ['<a href="javascript:alert(1)">', 'an address in href has a scheme that is not taken in mail: "javascript"'],
  ['<a href="JaVa&#x09;Script:alert(1)">', 'an address in href has a scheme that is not taken in mail: "javascript"'],
  [
    '<a href="&#106;avascript&colon;alert(1)">',
    'an address in href has a scheme that is not taken in mail: "javascript"',
  ],
  [
    '<a href="java&Tab;scr&NewLine;ipt&#58alert(1)">',
    'an address in href has a scheme that is not taken in mail: "javascript"',
  ],
  ['<a href="\u0001javascript:alert(1)">', 'an address in href has a scheme that is not taken in mail: "javascript"'],
  ['<a href=javascript:alert(1)>', 'an address in href has a scheme that is not taken in mail: "javascript"'],
  ['<a href="data:text/html,x">', 'an address in href has a scheme that is not taken in mail: "data"'],
  ['<a href="">', 'an address in href is empty'],
  ['<a href="/417/CANARY">', 'an address in href is not whole: it has no scheme'],
  ['<a href="nord.example/417">', 'an address in href is not whole: it has no scheme'],
  ['<a href="mailto:https://evil.example/CANARY">', 'an address in href is no mail address'],
  ['<a href="mailto:evil.example">', 'an address in href is no mail address'],
  ['<a href="mailto:a@nord.example%3Fbcc%3DCANARY@evil.example">', 'an address in href is no mail address'],
  ['<a href="mailto:a@nord.example%0D%0Abcc:x">', 'an address in href is no mail address'],
  ['<a href="tel:https://evil.example">', 'an address in href is no telephone number'],
  ['<a href="tel:evil1.example">', 'an address in href is no telephone number'],
  ['<a href="tel:+1@evil">', 'an address in href is no telephone number'],
  ['<a href="sms:evil.example?body=x">', 'an address in href is no telephone number'],
  ['<img src="http://nord.example/a.png">', 'an address in src has a scheme that is not taken in mail: "http"'],
  ['<img src="file:///etc/passwd">', 'an address in src has a scheme that is not taken in mail: "file"'],
])('%s is a fault', (html, message) => {
  expect(checkLinks(html)).toMatchObject([{ code: 'email.link', message, hint: expect.any(String) }])
  expect(JSON.stringify(checkLinks(html))).not.toContain('CANARY')
})

test('an address that the data brought names its field, and no more of it', () => {
  const [fault] = checkLinks('<p><img src="http://CANARY.example/a.png?b=1&amp;c=2"></p>', {
    customer: { photos: ['https://nord.example/b.png', 'http://CANARY.example/a.png?b=1&c=2'] },
  })
  expect(fault).toEqual({
    code: 'email.link',
    message: 'an address in src has a scheme that is not taken in mail: "http" (it comes from customer.photos.1)',
    hint: 'mend the data: images are src="brand:NAME" or begin with https:',
  })
})

test('a name or password before the host is a disguise', () => {
  const html = '<a href="https://nord.example&#64;evil.example/CANARY">'
  expect(checkLinks(html)).toEqual([
    {
      code: 'email.link',
      message: 'an address in href has a name or password before its host, so that it leads elsewhere than it reads',
      hint: 'take out what stands before the @: https://nord.example/pay',
    },
  ])
  expect(checkLinks('<a href="https://nord.example/a@b"><a href="mailto:a@b.example">')).toEqual([])
})

const allowed = { links: new Set(['nord.example']), own: new Set<string>(), retell: () => undefined }

const brought = (name: string, html: string, more: { readonly subject?: string; readonly cells?: string } = {}) =>
  linkBrought(
    { id: '1', locale: 'en', data: { name }, recipient: {} } as unknown as Communication,
    { subject: '', cells: '', derived: false, ...more, html },
    allowed,
  )?.message

describe('what data brings that looks like a link', () => {
  const found = 'name brings something into the mail that looks like a link'
  const evil = 'Click https://phish.example/now'

  test('is a fault in subject, text, plain part and display name', () => {
    expect(brought(evil, '', { subject: `Hello ${evil}` })).toBe(found)
    expect(brought(evil, `<p>Dear <b>${evil}</b></p>`)).toBe(found)
    expect(brought('Tom &amp; evil.com', '<p>Tom &amp;amp; evil.com</p>')).toBe(found)
    expect(brought(evil, '', { cells: evil })).toBe(found)
    const recipient = { name: evil }
    const communication = { id: '1', locale: 'en', data: {}, recipient } as unknown as Communication
    const shown = { subject: '', html: '', cells: '', derived: false }
    expect(linkBrought(communication, shown, allowed)).toMatchObject({
      code: 'email.link',
      message: `recipient.${found}`,
    })
  })

  test('is a fault as it is sent, signs that nobody sees left out', () => {
    for (const value of ['evil.\u0001com/pay', 'evil.\u2028com/pay', 'evil.\uE000com/pay', 'https\u200B://evil'])
      expect(brought(value, `<p>${visible(value)}</p>`), JSON.stringify(value)).toBe(found)
  })

  test('is none inside a link of the template, nor beside the link that leads there', () => {
    expect(brought('https://shop.com/1', '<a href="https://shop.com/1">https://shop.com/1</a>')).toBeUndefined()
    expect(brought('https://shop.com/1', '<a href="https://shop.com/1">Pay</a> or https://shop.com/1')).toBeUndefined()
    expect(brought('evil.com', '<a href="https://nord.example/?q=evil.com">Pay</a> evil.com')).toBe(found)
    expect(brought('evil.com', '<a href="https://nord.example/">Pay <p>evil.com</p>')).toBe(found)
  })

  test.each(['olena@example.org', '12.50', 'J.R. Smith', 'pay.nord.example/1', '31.12.2026'])('%s is none', value => {
    expect(brought(value, `<p>${value}</p>`)).toBeUndefined()
  })

  test('is one where the plain part shows bare what a link or an alt text holds', () => {
    const link = '<a href="https://nord.example/?q=evil.com">Pay at evil.com</a>'
    const behind = '<https://nord.example/?q=evil.com>'
    expect(brought('evil.com', link, { cells: `Pay at evil.com ${behind}` })).toBe(found)
    expect(brought('evil.com', '<img alt="evil.com">', { cells: 'evil.com' })).toBe(found)
    expect(brought('a <https://evil.com/>', link, { cells: `a <https://evil.com/> ${behind}` })).toBe(found)
    expect(brought('evil.com', link, { cells: `Pay ${behind}` })).toBeUndefined()
    const own = '<a href="https://evil.com/">evil.com</a>'
    expect(brought('evil.com', own, { cells: 'evil.com <https://evil.com/>' })).toBeUndefined()
    const writes = '<a href="mailto:a@nord.example?subject=evil.com">Write</a>'
    expect(brought('evil.com', writes, { cells: 'Write <a@nord.example?subject=evil.com>' })).toBeUndefined()
  })

  test('is the same before the plain part is set into lines and columns', () => {
    const words = [
      'evil',
      'com',
      'a@b.example',
      'nord.example',
      '<https://nord.example/1>',
      '1.2.3',
      '.',
      ':',
      '/',
      'dot',
      'www',
      '1.00',
    ]
    const cells = fc
      .array(fc.constantFrom(...words, ...' \t\n\u00a0', '  ', ' \t ', '\n\n\n', '. ', '\t\t'), { maxLength: 30 })
      .map(parts => `${parts.join('')}\n`)
    const links = (text: string, value: string) =>
      linkBrought(
        { id: '1', locale: 'en', data: { value }, recipient: {} } as unknown as Communication,
        { subject: '', html: '<a href="https://nord.example/1">Pay</a>', cells: text, derived: true },
        { ...allowed, own: new Set(['nord.example']) },
      )
    fc.assert(
      fc.property(cells, fc.constantFrom('evil.com', 'x', '1.2.3.1', 'www.evil'), (text, value) => {
        expect(links(text, value)).toEqual(links(setLines(text), value))
      }),
      { numRuns: 2_000 },
    )
  })

  test('an attribute and the head are not read', () => {
    expect(brought('evil.com', '<head><title>evil.com</title></head><img alt="evil.com">')).toBeUndefined()
  })
})

describe('what values make together that looks like a link', () => {
  /** Sends a mail of one text, its plain part derived or its own. */
  const sent = async (text: string, data: Data, { title = 'Bill', own }: { title?: string; own?: string } = {}) => {
    const brand = { ...(await fixtureBrand()), company: { site: 'nord.example' } }
    const more = own === undefined ? {} : { 'email.txt.hbs': { file: 'email.txt.hbs', text: own } }
    const made = await prepare(mail(column(`<mj-text>${text}</mj-text>`), title), brand, more)
    if (!made.ok) throw new Error(JSON.stringify(made.faults))
    const open = await email.open(made.value, { brand, settings: { links: ['shop.example'] } })
    const communication: Communication = { id: '417', locale: 'en', recipient: { email: 'o@example.org' }, data }
    const retell = (other: Communication) => merge(made.value, other.data)
    return open.refuses?.({ communication, date: '2026-03-09', texts: retell(communication), retell })
  }
  const together = {
    code: 'email.link',
    message:
      'values of the data make something of the mail that looks like a link, together or with the words beside them',
    hint: 'part them by a word or a line, or allow a host or product of yours in template.yaml: channels: { email: { links: [HOST] } }, for each channel that shows it',
  }

  test.each([
    ['Dear {{a}}{{b}}, hello', { a: 'evil.', b: 'example' }],
    ['Dear <b>{{a}}</b><span style="color:#111111">{{b}}</span>', { a: 'evil.', b: 'com' }],
    ['Dear {{a}}.{{b}}', { a: 'evil', b: 'com/pay' }],
    ['Dear {{a}}&#46;{{b}}', { a: 'evil', b: 'com' }],
    ['Dear {{a}}&nbsp;dot&nbsp;{{b}}', { a: 'evil', b: 'com' }],
    ['Pay at https://{{a}}/417', { a: 'evil' }],
    ['<a href="https://nord.example/417">{{a}}{{b}}</a>', { a: 'evil.', b: 'com' }],
    ['<img src="brand:logo" alt="{{a}}{{b}}">', { a: 'evil.', b: 'com' }],
    ['{{a}}{{b}} at nord.example', { a: 'evil-', b: 'shop.example' }],
    ['Dear {{a}}{{b}} ({{c}})', { a: 'evil.', b: 'com', c: 'anna@evil.com' }],
    ['Dear {{a}}{{b}}, signs that nobody sees', { a: 'evil.\u200b', b: '\ufeffcom' }],
    ['Dear {{a}}{{b}}, soft', { a: 'evil.\u00ad', b: '\u00adcom' }],
    ['Лист для {{a}}{{b}}', { a: 'приват.', b: 'укр' }],
    ['Dear {{a}}\u2060{{b}}', { a: 'evil.', b: 'com' }],
    ['Pay https://nord.example{{urlPart a}}', { a: '.evil.com/x' }],
    ['Ref {{urlPart a}}', { a: 'evil.com/x' }],
    ['Ref <b>{{urlPart a}}</b>', { a: 'evil.com & more' }],
  ])('"%s" with %j', async (text, data: Data) => {
    expect(await sent(text, data)).toEqual([together])
  })

  test('in the subject, and in a plain part that a template brings', async () => {
    const data = { a: 'evil.', b: 'com' }
    expect(await sent('Hello', data, { title: 'Bill of {{a}}{{b}}' })).toEqual([together])
    expect(await sent('Hello', data, { own: 'Dear {{a}}{{b}}' })).toEqual([together])
    expect(await sent('Hello', data, { own: 'Dear {{a}}\n{{b}}' })).toEqual([])
    expect(await sent('Hello {{a}}{{b}}', data, { own: 'Hello' })).toEqual([together])
    expect(await sent('Hello', { a: 'evil.com x' }, { own: 'Ref {{urlPart a}}' })).toEqual([together])
    expect(await sent('Hello', { a: 'evil.com x' }, { title: 'Bill {{urlPart a}}' })).toEqual([together])
  })

  test.each([
    ['<table><tr><td>{{a}}</td><td>{{b}}</td></tr></table>', { a: 'evil.', b: 'example' }],
    ['<table><tr><td>{{a}}</td><td>dot</td><td>{{b}}</td></tr></table>', { a: 'evil', b: 'com' }],
    ['{{a}}<br>{{b}}', { a: 'evil.', b: 'com' }],
    ['<p>{{a}}</p><p>{{b}}</p>', { a: 'evil', b: '.com' }],
    ['<ul><li>{{a}}</li><li>{{b}}</li></ul>', { a: 'evil.', b: 'com' }],
    ['Dear {{a}}. {{b}}', { a: 'Anna', b: 'It is paid' }],
    ['Ends {{a}}.Next: {{b}}', { a: '31.03.2026', b: '1.234,50 €' }],
    ['Nr.{{a}}, {{b}}, z.B. {{c}}', { a: '5', b: 'St.Gallen', c: 'Müller GmbH & Co.KG' }],
    ['We write to {{a}}', { a: 'anna@shop.de' }],
    ['No. {{a}} · {{b}}', { a: '417', b: 'Kim Nowak' }],
    ['{{a}} · Pay by {{b}}', { a: 'open', b: '9 March' }],
    ['E-mail:{{a}}: {{b}} ({{a}}). Is it {{a}}?', { a: 'anna@shop.de', b: 'shop' }],
    ['See nord.example/{{a}} or https://pay.nord.example/{{b}}', { a: 'nord', b: 'com' }],
    ['See NORD.example or www.own-wording.com, {{a}}', { a: 'com' }],
    ['<a href="https://nord.example/{{a}}?q={{b}}">Pay</a>', { a: 'x.', b: 'com' }],
    ['Buy at {{a}}.{{b}}', { a: 'pay', b: 'shop.example' }],
    ['Pay at https://nord.example/{{urlPart a}}, or nord.example/{{urlPart b}}', { a: 'evil.com/x', b: 'evil.com x' }],
    ['<a href="https://nord.example/{{a}}">https://nord.example/{{urlPart a}}</a>', { a: 'evil.com/x' }],
  ])('not "%s" with %j', async (text, data: Data) => {
    expect(await sent(text, data)).toEqual([])
  })
})
