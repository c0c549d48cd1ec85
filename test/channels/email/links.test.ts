/** Addresses that must not go out. */
import { expect, test } from 'vitest'
import { checkLinks } from '../../../src/channels/email/links.ts'

test.each([
  '<a href="https://nord.example/417?a=1&amp;b=2">',
  "<a href='http://nord.example'>",
  '<a href="mailto:help@nord.example"><a href="tel:+380441234567"><a href="#top">',
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
  ['<a href="\u0001javascript:alert(1)">', 'an address in href has a scheme that is not taken in mail: "javascript"'],
  ['<a href=javascript:alert(1)>', 'an address in href has a scheme that is not taken in mail: "javascript"'],
  ['<a href="data:text/html,x">', 'an address in href has a scheme that is not taken in mail: "data"'],
  ['<a href="">', 'an address in href is empty'],
  ['<a href="/417/CANARY">', 'an address in href is not whole: it has no scheme'],
  ['<a href="nord.example/417">', 'an address in href is not whole: it has no scheme'],
  ['<img src="http://nord.example/a.png">', 'an address in src has a scheme that is not taken in mail: "http"'],
  ['<img src="file:///etc/passwd">', 'an address in src has a scheme that is not taken in mail: "file"'],
])('%s is a fault', (html, message) => {
  expect(checkLinks(html)).toMatchObject([{ code: 'email.link', message, hint: expect.any(String) }])
  expect(JSON.stringify(checkLinks(html))).not.toContain('CANARY')
})
