/** The memory of pieces that are on disk is given back, of channels that say that it is theirs to give, and of no others. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { conduct } from '../../src/run/index.ts'
import { type Factory, makeFactory } from './factory.ts'

let factory: Factory
afterEach(() => factory.close())

/** A channel that keeps all that it gave away, and writes into each piece how many of these hold nothing any more. */
const channel = (own: string, bytes: string): string => `const given = []
const text = new TextEncoder()
export default {
  name: 'fax', files: ['fax.hbs'], escape: 'none', settings: { type: 'object' }, encloses: [],
  output: { folder: 'fax', extension: 'txt' }, ${own}
  prepare: async ({ sources }) => ({ ok: true, value: { texts: { text: { ...sources['fax.hbs'], escape: 'none' } } } }),
  open: async () => ({
    render: async ({ texts }) => {
      const emptied = given.filter(({ byteLength }) => byteLength === 0).length
      const all = text.encode(texts.text.trim() + ' after ' + given.length + ', emptied ' + emptied)
      const bytes = ${bytes}
      given.push(bytes)
      return { ok: true, value: { bytes, mediaType: 'text/plain', measures: {} } }
    },
    read: async bytes => new TextDecoder().decode(bytes),
    close: async () => {},
  }),
}
`

const alone = 'Uint8Array.from(all)'
/** Beside somebody else's. */
const inside = 'new Uint8Array(new ArrayBuffer(all.length + 1), 0, all.length); bytes.set(all)'

// A tray has 32.
test.each([
  ['that are its own', 'ownBytes: true,', alone, 32],
  ['of which it says nothing', '', alone, 0],
  ['that only a part of its memory holds', 'ownBytes: true,', inside, 0],
])('pieces of a channel %s', async (_, own, bytes, emptied) => {
  factory = makeFactory({ bills: 34, mail: false })
  factory.write('fax.mjs', channel(own, bytes))
  factory.mend('jobs/bills.yaml', '  sms: {}', '  fax: {}')
  factory.write('templates/bill/fax.hbs', "{{fact 'total'}} {{fact 'number'}}\n")
  const job = join(factory.folder, factory.job)
  const out = join(factory.folder, 'out')
  const channelModules = [pathToFileURL(join(factory.folder, 'fax.mjs')).href]
  expect((await conduct({ job, out, workers: 1, date: '2026-03-31', channelModules }, () => {})).exit).toBe(0)
  const folder = 'out/bills-2026-03/lot-0001/fax'
  const written = readdirSync(join(factory.folder, folder)).map(name => factory.read(join(folder, name)))
  const tails = written.map(text => text.replace(/^.* after/, 'after')).sort()
  const expected = Array.from({ length: 34 }, (__, at) => `after ${at}, emptied ${at < 32 ? 0 : emptied}`)
  expect(tails).toEqual(expected.sort())
})
