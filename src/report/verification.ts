/** What `verify` found, in words. */
import type { Verification } from '../model/index.ts'
import { group, plural } from './words.ts'

/** How much was looked at, and whether it is as it was made. */
export function verificationLines({ run, found, chain, faults }: Verification): readonly string[] {
  if (found === undefined || chain === undefined) return []
  const { events, files, kits, again, purged, voided } = found
  const { made, of, unrepeatable, seed } = again
  const line = (label: string, text: string): string => `  ${label.padEnd(15)} ${text}`
  return [
    `${run}: ${faults.length === 0 ? 'as it was made' : plural(faults.length, 'difference')}${voided ? '; it is void' : ''}`,
    '',
    line('events', `${group(events)}, head ${chain.head}`),
    line('kits', `${group(kits)} as frozen`),
    ...(purged
      ? [line('pieces', 'purged: counts, sums, events and report were checked, pieces are gone')]
      : [
          line('files', `${group(files)} hashed`),
          line(
            'made again',
            `${group(made)} of ${plural(of, 'communication')}${seed === undefined ? '' : `, seed ${seed}`}`,
          ),
          ...(unrepeatable > 0
            ? [line('encrypted', `${plural(unrepeatable, 'piece')}, compared by measures and facts`)]
            : []),
        ]),
  ]
}
