import { expect, it } from 'vitest'
import { channels, loadAhead } from '../../src/channels/index.ts'

it('what is loaded ahead are channels of the table; other names wait for whoever knows them', () => {
  expect(() => loadAhead([...channels.map(({ name }) => name), 'fax', 'constructor', '__proto__'])).not.toThrow()
})
