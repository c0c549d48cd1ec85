/** What `refuses` found is looked for again where a piece is made, unless it was foreseen for this very piece. */
import { expect, test } from 'vitest'
import { email } from '../../src/channels/email/index.ts'
import { sms } from '../../src/channels/sms/index.ts'
import type { Channel, Communication, Source } from '../../src/model/index.ts'
import { fixtureBrand } from '../brand/fixture.ts'
import { must } from './conformance.ts'
import { column, mail } from './email/template.ts'

const file = (name: string, text: string): Readonly<Record<string, Source>> => ({
  [name]: { file: `templates/t/${name}`, text },
})

test.each([
  [email, file('email.mjml.hbs', mail(column('{{name}}')))],
  [sms, file('sms.hbs', '{{name}}')],
])('$name', async (channel: Channel, sources) => {
  const brand = await fixtureBrand()
  const prepared = must(await channel.prepare({ sources, settings: {}, brand }))
  const open = await channel.open(prepared, { brand, settings: {} })
  const request = (name: string) => ({
    communication: {
      id: '1',
      locale: 'en',
      data: { name },
      recipient: { name: 'Olena', email: 'olena@example.com', phone: '+447700900001' },
    } as unknown as Communication,
    date: '2026-03-31',
    texts: Object.fromEntries(
      Object.entries(prepared.texts).map(([text, { text: written }]) => [text, written.replaceAll('{{name}}', name)]),
    ),
    enclosed: {},
  })
  const codes = [`${channel.name}.link`]
  const bad = request('Pay at evil.com/now')
  expect(open.refuses?.(bad).map(({ code }) => code)).toEqual(codes)
  expect(await open.render(bad)).toMatchObject({ ok: false, faults: [{ code: codes[0] }] })
  expect(await open.render({ ...bad, foreseen: false })).toMatchObject({ ok: false, faults: [{ code: codes[0] }] })
  expect(await open.render({ ...bad, foreseen: true })).toMatchObject({ ok: true })
  const good = request('Olena Kovalenko')
  expect(open.refuses?.(good)).toEqual([])
  expect(must(await open.render({ ...good, foreseen: true }))).toEqual(must(await open.render(good)))
  await open.close()
})
