/** Comments of HTML do not go out, wherever they stand, and with them no value that nobody sees. */
import { beforeAll, expect, test, vi } from 'vitest'
import { email } from '../../../../src/channels/email/index.ts'
import { blankComments, dropComments, openComment } from '../../../../src/channels/email/tags/comments.ts'
import type { Brand } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, faultsOf, mail, merge, prepared } from '../template.ts'

vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

test.each([
  ['a<!-- x -->b<!-->c<!--->d<!-- y --!>e', 'abcde'],
  ['<!--[if !mso]><!-->shown<!--<![endif]--> b<!-- x --> c', '<!--[if !mso]><!-->shown<!--<![endif]--> b c'],
  ['<!--[if !mso]> <!-- -->shown<!-- <![endif]-->', undefined],
  [
    '<!--[if mso | IE]><td><![endif]-->a<!-- b --><!--[if mso]></td><![endif]-->',
    '<!--[if mso | IE]><td><![endif]-->a<!--[if mso]></td><![endif]-->',
  ],
  ['a < b -- > c', undefined],
])('%s', (html, expected = html) => {
  expect(dropComments(html)).toBe(expected)
  expect(blankComments(html)).toHaveLength(html.length)
  expect(openComment(html)).toBe(-1)
})

test('a comment is open where it does not end', () => {
  expect(openComment('a<!-- b --> c <!-- d > <!-')).toBe(14)
  expect(openComment('a<!--[if mso]><p><![endif]--> <!--[if mso]></p>')).toBe(30)
  // Another one begins in it, so that the end is that one's.
  expect(openComment('a<!-- b <p>c</p> <!-- d -->')).toBe(1)
  expect(openComment('a<!-- b <p>c</p> <!--[if mso]>d<![endif]-->')).toBe(1)
})

test.each([
  ['a<!--[if mso]>b<![endif]', 1],
  ['a<!--[if mso]>b<![endif]>c', 1],
  ['a<!--[if mso]>b<![endif]>c<!-- d -->e', 1],
  ['<!--[if mso]>a<![endif]-->b<!--[if gte mso 9]>c<![endif]>d<!--[if mso]>e<![endif]-->', 27],
  ['<!--[if mso]>a<!-- b --> c<!--<![endif]-->d', -1],
  ['<!--[if mso]>a<!-- b --> c<![endif]-->d', -1],
  ['<!--[if mso]>a<![endif]--><!--[if !mso]><!-->b<!--<![endif]--> c<![if !mso]>d<![endif]>', -1],
])('what only some programs read is open where its --> is forgotten: %s', (html, at) => {
  expect(openComment(html)).toBe(at)
})

test('a comment in subject, preview or partial does not go out, nor does it in the message itself', async () => {
  const partials = { 'legal.email': { file: 'legal.hbs', text: 'Legal<!-- {{secret}} --> lines' } }
  const whole = { ...brand, partials }
  const value = await prepared(
    mail(
      column('<mj-text>a<!--[if !mso]><!-->b<!--<![endif]--> <!-- {{secret}} -->c</mj-text>'),
      'Invoice<!-- {{secret}} --> 7<!-- {{#if on}} --> more<!-- {{/if}} -->',
      '<mj-preview>Due<!-- {{secret}} --> now</mj-preview>',
    ),
    whole,
  )
  expect(JSON.stringify(value)).not.toContain('secret')
  const texts = merge(value, { on: true })
  expect(texts['subject']?.trim()).toBe('Invoice 7 more')
  expect(texts['html']).toMatch(/>Due now<\/div>[\s\S]*>a<!--\[if !mso\]><!-->b<!--<!\[endif\]--> c<\/div>/)
  const opened = await email.open(value, { brand: whole, settings: {} })
  const piece = await opened.render({
    communication: { id: '1', locale: 'en', recipient: { email: 'a@b.example' }, data: {} },
    texts: { subject: 'x', text: 'x', html: '<!--[if mso]><p><![endif]-->Legal<!-- Olena --> lines' },
    enclosed: {},
    date: '2026-03-09',
  })
  expect(piece.ok && Buffer.from(piece.value.bytes).toString()).toContain('<!--[if mso]><p><![endif]-->Legal lines')
})

test.each([
  ['{{name~}} <!-- c --> today', 'Olena today'],
  ['Dear <!-- c --> {{~name}}', 'Dear Olena'],
  ['{{name~}}<!-- c --> <!-- d -->{{~#if on}} today{{/if}}', 'Olena today'],
  ['{{name}} <!-- {{#if on~}} --> today <!-- {{~/if}} -->', 'Olena today'],
  ['{{name~}} <!--[if mso]>x<![endif]-->', 'Olena<!--[if mso]>x<![endif]-->'],
])('blanks beside a comment are taken by no ~ of the other side: %s', async (text, shown) => {
  const { html = '' } = merge(await prepared(mail(column(`<mj-text>${text}</mj-text>`)), brand), {
    name: 'Olena',
    on: true,
  })
  expect(html.replace(/\s+/g, ' ')).toMatch(new RegExp(`>${shown.replace(/[[\]]/g, '\\$&')} ?</div>`))
})

test.each([
  ['in a component', mail(column('<mj-text>a<!-- {{x}}</mj-text><mj-text>b</mj-text>')), 7, 11],
  ['in a title', mail('', 'a<!-- b'), 3, 11],
  ['between components', mail(column('<mj-text>a</mj-text>\n<!-- <mj-text>b</mj-text>')), 8, 1],
  ['in a partial', mail(column('<mj-text>{{> open}}</mj-text>')), 1, 3],
])('one that never ends is a fault: %s', async (_where, text, line, column_) => {
  const partials = { open: { file: 'open.hbs', text: 'a <!-- b' } }
  const faults = await faultsOf(text, { ...brand, partials })
  expect(faults).toMatchObject([{ code: 'email.markup', place: { line, column: column_ } }])
})
