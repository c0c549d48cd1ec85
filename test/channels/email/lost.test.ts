/** What mail programs would lose of a template: told before anything is pressed, each with its place. */
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type Brand, describe as inWords } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'
import { column, mail, prepare } from './template.ts'

// What comes out matters here, not where it is pressed.
vi.mock('../../../src/channels/email/ask.ts', async () => ({
  ask: (await import('../../../src/channels/email/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

/** Faults with their places in the template, and hints. */
async function told(text: string, own: Brand = brand): Promise<readonly string[]> {
  const result = await prepare(text, own)
  const faults = result.ok ? [] : result.faults
  return faults.map(fault => `${inWords(fault).replace('templates/invoice/email.mjml.hbs:', '')}; ${fault.hint}`)
}

describe('what MJML takes once', () => {
  const body = (name: string): string => `<mj-body>${column(name).replaceAll('\n', '')}</mj-body>`
  const head = '<mj-head><mj-title>x</mj-title></mj-head>'

  test.each([
    [
      'a second body',
      `<mjml>${head}${body('<mj-text>a</mj-text>')}\n${body('<mj-text>b</mj-text>')}</mjml>`,
      'a second mj-body stands beside that of line 1',
    ],
    [
      'a second head',
      `<mjml>${head}\n<mj-head><mj-preview>{{name}}</mj-preview></mj-head>${body('<mj-text>a</mj-text>')}</mjml>`,
      'a second mj-head stands beside that of line 1',
    ],
    [
      'a second mail',
      `<mjml>${head}${body('<mj-text>a</mj-text>')}</mjml>\n<mjml>${body('<mj-text>b</mj-text>')}</mjml>`,
      'a second mjml stands beside that of line 1',
    ],
  ])('%s', async (_name, text, message) => {
    expect((await told(text))[0]).toBe(`2:1: ${message}; take one out`)
  })
})

test('CDATA between components is text that mail does not show', async () => {
  const fault = '7:1: text stands in mj-column, where mail would not show it; put it into mj-text'
  for (const words of [' Pay 5 EUR ', 'Pay > <b>5 EUR</b>'])
    expect(await told(mail(column(`<![CDATA[${words}]]><mj-text>x</mj-text>`)))).toEqual([fault])
})
