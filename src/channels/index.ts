/** The table of channels, in the order of rendering: what is enclosed comes before what encloses it. */
import type { Channel } from '../model/index.ts'
import { email } from './email/index.ts'
import { pdf } from './pdf/index.ts'
import { sms } from './sms/index.ts'

export const channels: readonly Channel[] = [pdf, email, sms]
