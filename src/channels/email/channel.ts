/** The e-mail channel: MJML is pressed once per template, and each communication becomes a standard message. What does that is loaded when it is asked for. */
import { setImmediate } from 'node:timers/promises'
import { type Channel, linksSetting } from '../../model/index.ts'
import { ownText, page, unsubscribeFile } from './files.ts'
import { address } from './message/address.ts'

export const email: Channel = {
  name: 'email',
  files: [page, ownText, unsubscribeFile],
  unread: [unsubscribeFile],
  addresses: [unsubscribeFile],
  escape: 'html',
  settings: {
    type: 'object',
    additionalProperties: false,
    properties: {
      attach: { type: 'string', minLength: 1 },
      links: linksSetting,
    },
  },
  encloses: ['attach'],
  output: { folder: 'email', extension: 'eml' },
  ownBytes: true,
  address: 'email',
  // The full stop at the end of a domain is the root of all names: the same host.
  normalAddress: written => address(written.trim().replace(/\.$/, ''))?.toLowerCase(),
  prepare: async request => (await import('./prepare.ts')).prepare(request),
  open: async (prepared, request) => (await import('./open.ts')).open(prepared, request),
}

/** Loads what makes its pieces, for whoever has time to wait for it now. */
export async function loadEmail(): Promise<void> {
  const { callPresser } = await import('./press/ask.ts')
  try {
    callPresser()
  } catch {
    // Whoever asks is told.
  }
  await import('./prepare.ts')
  // Who waits for something meanwhile goes on with it.
  await setImmediate()
  await import('./open.ts')
}
