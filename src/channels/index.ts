/** The table of channels, in the order of rendering: what is enclosed comes before what encloses it. */
import type { Channel } from '../model/index.ts'
import { email, loadEmail } from './email/index.ts'
import { loadPdf, pdf } from './pdf/index.ts'
import { loadSms, sms } from './sms/index.ts'

export const channels: readonly Channel[] = [pdf, email, sms]

const loading = new Map(Object.entries({ pdf: loadPdf, email: loadEmail, sms: loadSms }))

/** Begins to load what makes pieces of these channels. What cannot be loaded is said where it is needed. */
export function loadAhead(names: readonly string[]): void {
  for (const name of names) {
    const load = loading.get(name)
    if (load !== undefined) load().catch(() => {})
  }
}
