/** Every channel of the table passes the one suite. */
import { expect, test } from 'vitest'
import { channels } from '../../src/channels/index.ts'
import { conforms } from './conformance.ts'
import { fixtures } from './fixtures.ts'

test('the table lists what is enclosed before what encloses it, and each channel has a fixture', () => {
  expect(channels.map(({ name }) => name)).toEqual(['pdf', 'email', 'sms'])
  expect(Object.keys(fixtures)).toEqual(channels.map(({ name }) => name))
})

for (const channel of channels) {
  const fixture = fixtures[channel.name]
  if (fixture !== undefined) conforms({ channel, ...fixture })
}
