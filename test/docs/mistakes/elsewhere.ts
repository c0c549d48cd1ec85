/** Codes that nobody brings about in the small factory within a second, and the tests that show their text, place and hint. */
import type { FaultCode } from '../../../src/model/index.ts'

export interface Elsewhere {
  readonly code: FaultCode
  readonly why: string
  /** The test's file. */
  readonly shown: string
  /** As it stands in that test. */
  readonly says: string
}

const warning = 'a warning stands in the way of nothing'
const inbox = 'test/channels/email/html/inbox.test.ts'

export const elsewhere: readonly Elsewhere[] = [
  {
    code: 'clean.endless',
    why: 'a script is given three seconds',
    shown: 'test/run/guard.test.ts',
    says: 'a.csv:231: jobs/clean.js does not come back from this row: it was ended after some seconds',
  },
  {
    code: 'prepare.endless',
    why: 'a script is given three seconds',
    shown: 'test/run/guard.test.ts',
    says: 'prepare.js does not come back from this row: it was ended after some seconds',
  },
  {
    code: 'email.alt',
    why: warning,
    shown: inbox,
    says: 'templates/invoice/email.mjml.hbs:7:10: an image has no alt text: <mj-image>',
  },
  {
    code: 'email.browser',
    why: warning,
    shown: 'test/channels/email/pictures/pictures.test.ts',
    says: 'no pictures of mails were taken: there is no browser',
  },
  {
    code: 'email.contrast',
    why: warning,
    shown: inbox,
    says: 'templates/invoice/email.mjml.hbs:10:26: text has a contrast of 2.6 in the light (#A0A0A0 on #FFFFFF)',
  },
  {
    code: 'email.wide',
    why: 'it needs a browser',
    shown: 'test/channels/email/pictures/pictures.test.ts',
    says: 'proof/email/B-1.375-light.png: the mail is 94 px wider than this picture: its ends are cut off, or all of it is shown small',
  },
  {
    code: 'email.length',
    why: warning,
    shown: 'test/run/remarks.test.ts',
    says: 'templates/invoice/email.mjml.hbs: the longest subject ("B") has 76 characters, and inboxes show about 70',
  },
  {
    code: 'email.remote',
    why: warning,
    shown: inbox,
    says: 'templates/invoice/email.mjml.hbs:8:11: an image is loaded from outside: src of <mj-image>',
  },
  {
    code: 'email.support',
    why: warning,
    shown: inbox,
    says: 'templates/invoice/email.mjml.hbs:9:52: the CSS "gap" is not shown everywhere in gmail, outlook-windows, yahoo',
  },
  {
    code: 'intake.file',
    why: 'the file would have to vanish between being digested and being read',
    shown: 'test/intake/refuse.test.ts',
    says: 'customers.csv: the file is not there',
  },
  {
    code: 'intake.long',
    why: 'a row of 16 MB takes seconds',
    shown: 'test/intake/refuse.test.ts',
    says: 'a.csv:2: a row is longer than 16 MB',
  },
  {
    code: 'run.identity',
    why: 'it takes a script that remembers',
    shown: 'test/run/lies.test.ts',
    says: 'out/bills-2026-03/lot-0001: a piece of sms (line 4 of the data) shows what identifies another communication of the run: the id of line 2 of the data; nothing more was made',
  },
  {
    code: 'run.unread',
    why: 'it takes a channel that cannot read what it wrote',
    shown: 'test/run/lies.test.ts',
    says: 'the finished piece of fax cannot be read back, so nothing is known of what it shows',
  },
  {
    code: 'run.bug',
    why: 'it takes a bug',
    shown: 'test/run/broken.test.ts',
    says: 'a bug in Platen: TypeError at fax.js:9',
  },
  {
    code: 'run.differs',
    why: 'a run has to end first',
    shown: 'test/run/verify.test.ts',
    says: 'out/bills-2026-03/lot-0001/pdf/B-1.pdf: the file was altered: it has another digest than when it was made',
  },
  {
    code: 'run.purged',
    why: 'a run has to end first',
    shown: 'test/run/purge.test.ts',
    says: 'out/bills-2026-03: the run bills-2026-03 was purged: its data and pieces are gone',
  },
  {
    code: 'run.unsettled',
    why: 'a run has to end first, with a piece that fails',
    shown: 'test/run/settled.test.ts',
    says: 'out/bills-2026-03: the run bills-2026-03 has 1 communication with a piece that is held or failed',
  },
  {
    code: 'run.crashed',
    why: 'a worker has to die three times',
    shown: 'test/run/broken.test.ts',
    says: 'three workers died or hung on this communication',
  },
]
