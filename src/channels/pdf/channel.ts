/** The PDF channel: page markup merged for each communication, laid out, and painted as a PDF. What does that is loaded when it is asked for. */
import { setImmediate } from 'node:timers/promises'
import type { Channel } from '../../model/index.ts'
import { attached, page } from './files.ts'
import { settingsSchema } from './settings.ts'

export const pdf: Channel = {
  name: 'pdf',
  files: [page, attached],
  unread: [attached],
  escape: 'markup',
  settings: settingsSchema,
  encloses: [],
  paths: ({ password }) => (typeof password === 'string' ? { password } : {}),
  output: { folder: 'pdf', extension: 'pdf' },
  ownBytes: true,
  prepare: async request => (await import('./prepare.ts')).prepare(request),
  open: async (prepared, request) => (await import('./open.ts')).open(prepared, request),
}

/** Loads what makes its pieces, for whoever has time to wait for it now. */
export async function loadPdf(): Promise<void> {
  await import('./prepare.ts')
  // Who waits for something meanwhile goes on with it.
  await setImmediate()
  await import('./open.ts')
}
