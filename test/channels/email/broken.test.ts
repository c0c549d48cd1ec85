/** Broken MJML: each fault names what is wrong, where it is, and what was probably meant. */
import { beforeAll, expect, test, vi } from 'vitest'
import { type Brand, describe as inWords } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'
import { column, faultsOf, mail } from './template.ts'

// What comes out matters here, not where it is pressed.
vi.mock('../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

async function said(text: string): Promise<readonly string[]> {
  return (await faultsOf(text, brand)).map(
    fault => `${inWords(fault).replace('templates/invoice/email.mjml.hbs:', '')}; ${fault.hint}`,
  )
}

const cell = '<tr><td>x</td></tr>'

test.each([
  [
    'a misspelt end',
    `<mj-table>${cell}</mj-tabel>\n<mj-text>y</mj-text>`,
    '7:30: </mj-tabel> is no end of <mj-table>; did you mean "mj-table"?',
  ],
  [
    'and the same component behind it',
    `<mj-text>y</mj-txt>\n<mj-text>z</mj-text>`,
    '7:11: </mj-txt> is no end of <mj-text>; did you mean "mj-text"?',
  ],
  [
    'letters of another size',
    '<mj-text>x</mj-Text>',
    '7:11: </mj-Text> is no end of <mj-text>; did you mean "mj-text"?',
  ],
  [
    'the end of another component',
    '\n<mj-text>y</mj-table>\n<mj-text>z</mj-text>',
    '8:11: </mj-table> is no end of <mj-text>; close <mj-text> of line 8 first',
  ],
  [
    'a text that is never closed, before another',
    '<mj-text>y\n<mj-text>z</mj-text>',
    '8:1: <mj-text> stands in <mj-text>, where it is no component; close <mj-text> of line 7 first, or write HTML',
  ],
  [
    'and before a button',
    '<mj-text>y\n<mj-button href="https://nord.example">z</mj-button>',
    '7:1: <mj-text> is never closed; write </mj-text> before <mj-button> of line 8',
  ],
  [
    'a button in a text',
    '<mj-text>Pay: <mj-button href="https://nord.example">z</mj-button></mj-text>',
    '7:15: <mj-button> stands in <mj-text>, where it is no component; close <mj-text> of line 7 first, or write HTML',
  ],
  [
    'a misspelt beginning',
    `<mj-tabel>${cell}</mj-table>`,
    '7:1: <mj-tabel> is no component of MJML; did you mean "mj-table"?',
  ],
  [
    'a quote that is missing',
    '<mj-text color="ink>x</mj-text>\n<mj-text>y</mj-text>',
    '7:1: the tag <mj-text has no end; look for a quote or > that is missing',
  ],
  [
    'a misspelt attribute',
    '<mj-divider/><mj-text\n font-sise="12px">x</mj-text>',
    '8:2: mj-text has no attribute "font-sise"; did you mean "font-size"?',
  ],
  [
    'an attribute of another component',
    '<mj-text href="https://nord.example">x</mj-text>',
    '7:10: mj-text has no attribute "href"; see the MJML reference for what this component takes',
  ],
  [
    'a size without its unit',
    '<mj-text>x</mj-text><mj-text font-size="12">x</mj-text>',
    '7:30: mj-text: attribute font-size has invalid value: 12 for type Unit, only accepts (px) units and 1 value(s); write a number and its unit: px',
  ],
])('%s', async (_name, inner, fault) => {
  expect(await said(mail(column(inner)))).toEqual([fault])
})

test.each([
  [
    'a misspelt end of a section',
    mail('<mj-section><mj-column></mj-column></mj-secton>'),
    '6:36: </mj-secton> is no end of <mj-section>; did you mean "mj-section"?',
  ],
  [
    'a text straight in a section',
    mail('<mj-section><mj-text>x</mj-text></mj-section>'),
    '6:13: mj-text cannot be used inside mj-section, only inside: mj-column, mj-hero; put it into mj-column or mj-hero',
  ],
  [
    'no body',
    '<mjml><mj-head><mj-title>x</mj-title></mj-head></mjml>',
    '1:1: the mail has no mj-body; write <mjml> with <mj-head> and <mj-body> in it',
  ],
  [
    'nothing around it',
    '<mj-head><mj-title>x</mj-title></mj-head><mj-body></mj-body>',
    '1:1: the mail has no mjml around it; write <mjml> with <mj-head> and <mj-body> in it',
  ],
  [
    'a second body',
    mail('').replace('</mjml>', '<mj-body></mj-body></mjml>'),
    '8:1: a second mj-body stands beside that of line 5; take one out',
  ],
  [
    'a title whose end is misspelt',
    mail('').replace('</mj-title>', '</mj-tile>'),
    '3:29: </mj-tile> is no end of <mj-title>; did you mean "mj-title"?',
  ],
])('%s', async (_name, text, fault) => {
  expect(await said(text)).toEqual([fault])
})

test('components in comments, and words that begin like one, are left alone', async () => {
  expect(await said(mail(column('<mj-text><!-- <mj-button> </mj-tabel> --> mj-text &lt;mj-text></mj-text>')))).toEqual(
    [],
  )
})

test('a component in a partial, which is merged when MJML is done', async () => {
  const bad = await fixtureBrand({ 'partials/legal.email.hbs': '<p>x</p>\n{{#if a}}<mj-text>y</mj-text>{{/if}}' })
  expect(await faultsOf(mail(column('<mj-text>{{> legal}}</mj-text>')), bad)).toEqual([
    {
      code: 'email.markup',
      message: '<mj-text> stands in a partial, where it is no component',
      place: { file: 'factory/assets/partials/legal.email.hbs', line: 2, column: 10 },
      hint: 'write HTML: partials are merged when MJML is done',
    },
  ])
})
