/** What values bring into a mail whose plain part is set once it is merged, by tabs and signs of its own. */
import PostalMime from 'postal-mime'
import { beforeAll, expect, test, vi } from 'vitest'
import { email } from '../../../../src/channels/email/index.ts'
import { withoutBreakMarks } from '../../../../src/channels/email/plain/cells.ts'
import { plainLines } from '../../../../src/channels/email/plain/tidy.ts'
import type { Brand, Data, Piece, Result } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, mail, merge, prepared } from '../template.ts'

// What comes out matters here, not where it is pressed.
vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

async function render(inner: string, data: Data): Promise<Result<Piece>> {
  const value = await prepared(mail(column(inner), 'Order {{a}}'), brand)
  const open = await email.open(value, { brand, settings: {} })
  try {
    return await open.render({
      communication: { id: '417', locale: 'en-GB', recipient: { email: 'olena@example.org' }, data },
      date: '2026-03-09',
      texts: merge(value, data, brand),
      enclosed: {},
    })
  } finally {
    await open.close()
  }
}

async function sent(inner: string, data: Data) {
  const made = await render(inner, data)
  if (!made.ok) throw new Error(JSON.stringify(made.faults))
  const { text = '', html = '', subject = '' } = await PostalMime.parse(made.value.bytes)
  return { text: text.trim(), html, subject }
}

test.each([
  ['the end of a line', 'evil.com\u{E008} now'],
  ['a list', 'evil.com \u{E004}0:1:1\u{E005}'],
  ['a sign inside of a host', 'ev\u{E00D}il.com'],
])('%s in a value makes no link of it', async (_, a) => {
  const made = await render('<mj-text>Your order: {{a}}</mj-text>', { a })
  expect(made).toMatchObject({ ok: false, faults: [{ code: 'email.link' }] })
})

test.each([
  ['a cell', 'one\u{E002}two', 'onetwo'],
  ['the end of a line', 'evil.com\u{E008}now', 'evil.comnow'],
  ['a list', 'evil.com\u{E004}0:1:1\u{E005}', 'evil.com0:1:1'],
  ['a list at a depth', 'plain \u{E004}12:1:1\u{E005} words', 'plain 12:1:1 words'],
  ['an item', 'x\u{E004}0\u{E005}y', 'x0y'],
  ['a link', 'see \u{E00E}<Anna>', 'see <Anna>'],
  ['a break', 'x   \u{E00D}y', 'x   y'],
  ['two lines', 'x\u{E00D}\ny', 'x y'],
])('the sign of %s in a value is none, and no word is lost', async (_, a, shown) => {
  const { text, html, subject } = await sent('<mj-text>Your order: {{a}}</mj-text>', { a })
  expect(text).toBe(`Your order: ${shown}`)
  expect(subject).toBe(`Order ${shown.replace(/ +/g, ' ')}`)
  expect(html + text + subject).not.toMatch(/[\u{E000}-\u{E00F}]/u)
})

test('signs of other alphabets in private use stay: names have them', async () => {
  const { text } = await sent('<mj-text>Dear {{a}}</mj-text>', { a: 'Li \u{E863}' })
  expect(text).toBe('Dear Li \u{E863}')
})

test('values that make a link together are found, whatever signs they have', async () => {
  const made = await render('<mj-text>{{a}}{{b}}</mj-text>', { a: 'ev\u{E00E}il.', b: 'com' })
  expect(made).toMatchObject({ ok: false, faults: [{ code: 'email.link' }] })
})

test('a tab of a value is a blank, and makes no column', async () => {
  const rows = '<mj-table>{{#each rows}}<tr><td>{{d}}</td><td>{{@index}}</td></tr>{{/each}}</mj-table>'
  const { text } = await sent(rows, { a: '1', rows: [{ d: 'x\ty' }, { d: 'k' }, { d: 'one\ttwo\nthree' }] })
  expect(text).toBe('x y            0\nk              1\none two three  2')
})

const blanks = ' '.repeat(100_000)

test('many blanks take no longer than many letters', { timeout: 1000 }, () => {
  expect(withoutBreakMarks(`x${blanks}y\u{E00D}`)).toBe(`x${blanks}y`)
  expect(plainLines(`x${blanks}y\u{E00D}\n\tz${blanks}\u{E008}${blanks}10`)).toContain(`x${blanks}y`)
  expect(plainLines(`\tx${blanks}y\u{E008}z\t1`)).toContain('y; z')
})

test('a mail that would be cut off is refused before its plain part is set', { timeout: 5000 }, async () => {
  const made = await render('<mj-text>{{a}}<br/>{{b}}</mj-text>', { a: `x${blanks}y`, b: 'z' })
  expect(made).toMatchObject({ ok: false, faults: [{ code: 'email.size' }] })
})
