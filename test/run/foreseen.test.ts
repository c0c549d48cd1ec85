/** What a run foresaw is not looked at again as it is made; what another process foresaw is, and what nobody did. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { conduct } from '../../src/run/index.ts'
import { type Factory, makeFactory } from './factory.ts'

let factory: Factory
afterEach(() => factory.close())

/** A channel that makes nothing, and says what it was told. */
const channel = `export default {
  name: 'fax', files: ['fax.hbs'], escape: 'none', settings: { type: 'object' }, encloses: [],
  output: { folder: 'fax', extension: 'txt' },
  prepare: async ({ sources }) => ({ ok: true, value: { texts: { text: { ...sources['fax.hbs'], escape: 'none' } } } }),
  open: async () => ({
    render: async ({ foreseen }) => ({ ok: false, faults: [{ code: 'run.channel', message: 'foreseen: ' + foreseen }] }),
    refuses: ({ foreseen }) => (foreseen === undefined ? [] : [{ code: 'run.channel', message: 'told beforehand' }]),
    read: async bytes => new TextDecoder().decode(bytes),
    close: async () => {},
  }),
}
`

test('a run that begins has foreseen all, one that makes some again has not', async () => {
  factory = makeFactory({ bills: 1, mail: false })
  factory.write('fax.mjs', channel)
  factory.mend('jobs/bills.yaml', '  sms: {}', '  fax: {}')
  factory.write('templates/bill/fax.hbs', "{{fact 'total'}} {{fact 'number'}}\n")
  const told = async (retry: boolean): Promise<string> => {
    const out = join(factory.folder, 'out')
    const channelModules = [pathToFileURL(join(factory.folder, 'fax.mjs')).href]
    const job = join(factory.folder, factory.job)
    expect((await conduct({ job, out, workers: 1, date: '2026-03-31', channelModules, retry }, () => {})).exit).toBe(3)
    return factory.read('out/bills-2026-03/failed.csv')
  }
  expect(await told(false)).toContain('foreseen: true')
  expect(await told(true)).toContain('foreseen: false')
})
