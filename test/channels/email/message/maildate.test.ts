/** When a mail says that it was written. */
import { expect, test } from 'vitest'
import { mailDate } from '../../../../src/channels/email/message/maildate.ts'

test.each([
  ['2010-12-31', 'Europe/Kyiv', 'Fri, 31 Dec 2010 00:00:00 +0200'],
  ['2026-07-01', 'Europe/Kyiv', 'Wed, 01 Jul 2026 00:00:00 +0300'],
  ['2026-07-01', 'UTC', 'Wed, 01 Jul 2026 00:00:00 +0000'],
  ['2026-07-01', 'America/New_York', 'Wed, 01 Jul 2026 00:00:00 -0400'],
  ['2026-07-01', 'Asia/Kathmandu', 'Wed, 01 Jul 2026 00:00:00 +0545'],
  ['2026-03-01', 'Pacific/Kiritimati', 'Sun, 01 Mar 2026 00:00:00 +1400'],
  ['2026-01-01', 'Pacific/Marquesas', 'Thu, 01 Jan 2026 00:00:00 -0930'],
  // Clocks change in the night, or at its very beginning.
  ['2026-03-29', 'Europe/Kyiv', 'Sun, 29 Mar 2026 00:00:00 +0200'],
  ['2026-10-25', 'Europe/Kyiv', 'Sun, 25 Oct 2026 00:00:00 +0300'],
  ['2026-04-24', 'Africa/Cairo', 'Fri, 24 Apr 2026 00:00:00 +0200'],
  ['2010-12-31T23:30:00+02:00', 'Europe/Kyiv', 'Fri, 31 Dec 2010 21:30:00 +0000'],
])('%s in %s begins %s', (date, timezone, written) => {
  expect(mailDate(date, timezone)).toBe(written)
})
