/** The gallery of mistakes, in the order of the codes. */
import { brand } from './brand.ts'
import { clean } from './clean.ts'
import { email } from './email.ts'
import { intake } from './intake.ts'
import { job } from './job.ts'
import { joins } from './joins.ts'
import { kit } from './kit.ts'
import type { Mistake } from './mistake.ts'
import { pdf } from './pdf.ts'
import { prepare } from './prepare.ts'
import { route } from './route.ts'
import { run } from './run.ts'
import { settings } from './settings.ts'
import { sms } from './sms.ts'
import { style } from './style.ts'
import { template } from './template.ts'
import { usage } from './usage.ts'
import { values } from './values.ts'

export { type Elsewhere, elsewhere } from './elsewhere.ts'
export type { Mistake, Told } from './mistake.ts'
export { provoke } from './provoke.ts'

export interface Room {
  readonly name: string
  readonly mistakes: readonly Mistake[]
  /** Whether the job makes mails. */
  readonly mail?: boolean
}

export const rooms: readonly Room[] = [
  { name: 'command line', mistakes: usage },
  { name: 'jobs', mistakes: job },
  { name: 'routes', mistakes: route },
  { name: 'runs', mistakes: run },
  { name: 'settings, schemas and scripts', mistakes: settings },
  { name: 'prepare.js', mistakes: prepare },
  { name: 'templates', mistakes: template },
  { name: 'files of templates', mistakes: kit },
  { name: 'the brand', mistakes: brand },
  { name: 'e-mail', mistakes: email, mail: true },
  { name: 'paper', mistakes: pdf },
  { name: 'text messages', mistakes: sms },
  { name: 'voice', mistakes: style },
  { name: 'clean.js', mistakes: clean },
  { name: 'data', mistakes: intake },
  { name: 'values', mistakes: values },
  { name: 'joined files', mistakes: joins },
]
