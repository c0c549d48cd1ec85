/** Addresses that must not go out. */
import { describe, expect, test } from 'vitest'
import { linkBrought } from '../../../src/channels/email/brought.ts'
import { checkLinks } from '../../../src/channels/email/links.ts'
import { visible } from '../../../src/channels/email/tidy.ts'
import type { Communication } from '../../../src/model/index.ts'

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

const brought = (name: string, html: string, more: { readonly subject?: string; readonly text?: string } = {}) =>
  linkBrought({ id: '1', locale: 'en', data: { name }, recipient: {} } as unknown as Communication, {
    subject: '',
    text: '',
    ...more,
    html,
    allowed: new Set(['nord.example']),
  })?.message

describe('what data brings that looks like a link', () => {
  const found = 'name brings something into the mail that looks like a link'
  const evil = 'Click https://phish.example/now'

  test('is a fault in subject, text, plain part and display name', () => {
    expect(brought(evil, '', { subject: `Hello ${evil}` })).toBe(found)
    expect(brought(evil, `<p>Dear <b>${evil}</b></p>`)).toBe(found)
    expect(brought('Tom &amp; evil.com', '<p>Tom &amp;amp; evil.com</p>')).toBe(found)
    expect(brought(evil, '', { text: evil })).toBe(found)
    const recipient = { name: evil }
    const communication = { id: '1', locale: 'en', data: {}, recipient } as unknown as Communication
    const shown = { subject: '', html: '', text: '', allowed: new Set<string>() }
    expect(linkBrought(communication, shown)).toMatchObject({ code: 'email.link', message: `recipient.${found}` })
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
    expect(brought('evil.com', link, { text: `Pay at evil.com ${behind}` })).toBe(found)
    expect(brought('evil.com', '<img alt="evil.com">', { text: 'evil.com' })).toBe(found)
    expect(brought('a <https://evil.com/>', link, { text: `a <https://evil.com/> ${behind}` })).toBe(found)
    expect(brought('evil.com', link, { text: `Pay ${behind}` })).toBeUndefined()
    const own = '<a href="https://evil.com/">evil.com</a>'
    expect(brought('evil.com', own, { text: 'evil.com <https://evil.com/>' })).toBeUndefined()
    const writes = '<a href="mailto:a@nord.example?subject=evil.com">Write</a>'
    expect(brought('evil.com', writes, { text: 'Write <a@nord.example?subject=evil.com>' })).toBeUndefined()
  })

  test('an attribute and the head are not read', () => {
    expect(brought('evil.com', '<head><title>evil.com</title></head><img alt="evil.com">')).toBeUndefined()
  })
})
