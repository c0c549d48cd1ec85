/** The `Date:` of a mail: when the day of its run begins where the sender is, which no receiver finds in its future. */

const lengthOfDayMs = 86_400_000

/**
 * RFC 5322 §3.3: `Fri, 31 Dec 2010 00:00:00 +0200`. The clock is not asked, so that the same run has the same bytes; noon would be hours
 * ahead of a run in the morning, which filters take for forged. `date`: ISO 8601; one with a time is that moment.
 */
export function mailDate(date: string, timezone: string): string {
  if (last.date !== date || last.timezone !== timezone) last = { date, timezone, written: written(date, timezone) }
  return last.written
}

/** All mails of a run have one date. */
let last = { date: '', timezone: '', written: '' }

function written(date: string, timezone: string): string {
  if (date.includes('T')) return new Date(date).toUTCString().replace('GMT', '+0000')
  const midnight = Date.parse(`${date}T00:00:00Z`)
  // The offset of the hours before: where clocks are set at midnight, the day begins by the old one.
  const guess = offsetMinutes(midnight, timezone)
  const offset = offsetMinutes(midnight - guess * 60_000 - 1, timezone)
  const minutes = Math.abs(offset)
  const zone = [Math.trunc(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0')).join('')
  return new Date(midnight).toUTCString().replace('GMT', `${offset < 0 ? '-' : '+'}${zone}`)
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Whole minutes that the clocks of a zone (IANA) are ahead of UTC. */
function offsetMinutes(momentMs: number, timezone: string): number {
  let clock = clocks.get(timezone)
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: timezone,
      hourCycle: 'h23',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
    clocks.set(timezone, clock)
  }
  const shown = Object.fromEntries(clock.formatToParts(momentMs).map(({ type, value }) => [type, Number(value)]))
  const moment = new Date(momentMs)
  const minutes = ((shown['hour'] ?? 0) - moment.getUTCHours()) * 60 + (shown['minute'] ?? 0) - moment.getUTCMinutes()
  if (shown['day'] === moment.getUTCDate()) return minutes
  const next = new Date(momentMs + lengthOfDayMs).getUTCDate()
  return minutes + (shown['day'] === next ? 1440 : -1440)
}
