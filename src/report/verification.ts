/** What `verify` found, in words. */
import type { MadeOtherwise, Verification } from '../model/index.ts'
import { group, plural } from './words.ts'

/** How much was looked at, and whether it is as it was made. */
export function verificationLines({ run, found, chain, faults }: Verification): readonly string[] {
  if (found === undefined || chain === undefined) return []
  const { events, files, kits, again, purged, voided, stopped, gone } = found
  const { made, of, unrepeatable, seed, otherwise, tools } = again
  const differences = faults.filter(({ code }) => code === 'run.differs').length
  const line = (label: string, text: string): string => `  ${label.padEnd(15)} ${text}`
  return [
    `${run}: ${differences === 0 ? 'as it was made' : plural(differences, 'difference')}${faults.length > differences ? ', as far as it was looked at' : ''}${purged ? ', as far as it is left: it was purged' : ''}${voided ? '; it is void' : stopped === true ? '; it was stopped: send nothing of it, and void it' : ''}`,
    '',
    line('events', `${group(events)}, head ${chain.head}`),
    line('kits', `${group(kits)} as frozen`),
    ...(purged
      ? [
          line('ledger', ledgerWords(gone)),
          line(
            'gone',
            `${plural(gone?.pieces ?? 0, 'piece')} and the data of ${plural(gone?.communications ?? 0, 'communication')}: nothing was hashed or made again`,
          ),
        ]
      : [
          line('files', `${group(files)} hashed`),
          line(
            'made again',
            `${group(made)} of ${plural(of, 'communication')}${seed === undefined ? '' : `, seed ${seed}`}`,
          ),
          ...(unrepeatable > 0
            ? [line('encrypted', `${plural(unrepeatable, 'piece')}, compared by measures and facts`)]
            : []),
          ...otherwise.flatMap(others => [
            line('made by', others.tools),
            line('', `and again by ${tools}, which need not make the same bytes: ${outcomeOf(others)}`),
            ...others.reasons.map(reason => line('', reason)),
          ]),
        ]),
  ]
}

/** What was held against each other of a purged run: no more than was. */
function ledgerWords(gone: NonNullable<Verification['found']>['gone']): string {
  if (gone?.counted === true) return 'outcomes, sums and claims were counted, and held against the report'
  const uncounted = 'outcomes, sums and claims were not counted: the run never came to its end'
  return gone?.report === true
    ? `the report was held against its event; ${uncounted}`
    : `there is no report, and ${uncounted}`
}

function outcomeOf({ same, different, unmade }: MadeOtherwise): string {
  return [
    `${plural(same, 'piece')} the same`,
    ...(different > 0
      ? [`${plural(different, 'piece')} not the same, held to what is on record and to the facts`]
      : []),
    ...(unmade > 0 ? [`${group(unmade)} not to be made`] : []),
  ].join(', ')
}
