/** One communication's story, in words. */
import type { Deed, Story } from '../model/index.ts'
import { deedWords, minute } from './deeds.ts'
import { faultLines, meaning } from './faults.ts'
import { plainId } from './outlook.ts'
import { plural } from './words.ts'

/** What `explain` prints. */
export function storyLines(story: Story): readonly string[] {
  const {
    run,
    id,
    kind,
    rows,
    reasons,
    route,
    pieces,
    issuedBy,
    events,
    sharedWith,
    stopped,
    voided,
    purged,
    changedKits = [],
  } = story
  const line = (label: string, text: string): string => `  ${label.padEnd(15)} ${text}`
  const places = rows.places.map(({ file, line: at }) => `${file}:${at}`).join(', ')
  return [
    `${id}: a ${kind} of ${run}`,
    '',
    ...(stopped === undefined
      ? []
      : [
          line(
            'run stopped',
            `${minute(stopped.at)}: a piece of lot ${stopped.lot} shows what identifies another communication`,
          ),
        ]),
    ...(voided === undefined ? [] : [line('void', deedWords(voided))]),
    ...(purged === undefined ? [] : [line('purged', `${deedWords(purged)}; rows, facts and files are gone`)]),
    ...changedKits.map(kit =>
      line(`kit ${kit}`, 'is not as it was frozen: whether facts are private is not known; see platen verify'),
    ),
    line('rows', `${plural(rows.count, 'row')}${places === '' ? '' : `, from ${places}`}`),
    ...reasons.flatMap(fault => [
      line('rejected', `${meaning(fault.code)} (${fault.code})`),
      ...(fault.message === '' ? [] : faultLines([fault]).map(text => `    ${text}`)),
    ]),
    ...(kind === 'reject'
      ? []
      : [line('route', route === undefined ? 'no rules: every channel with an address' : `by the rule ${route}`)]),
    ...pieces.flatMap(
      ({ channel, outcome, reason, detail, unproved, lot, kit, file, sha256, measures = {}, facts = {} }) => [
        line(
          channel,
          `${outcome}${reason === undefined ? '' : `: ${reason}`}${outcome === 'skipped' ? '' : `, lot ${lot}, kit ${kit}`}`,
        ),
        ...(detail === undefined ? [] : detail.split('\n').map(text => line('', text))),
        ...(unproved === undefined
          ? []
          : [line('', `released unproved (${unproved.join(', ')}): it may not show what is below`)]),
        ...(file === undefined ? [] : [line('', file)]),
        ...(sha256 === undefined ? [] : [line('', `sha256 ${sha256}`)]),
        ...(Object.keys(measures).length === 0
          ? []
          : [
              line(
                '',
                Object.entries(measures)
                  .map(([name, value]) => `${name} ${value}`)
                  .join(', '),
              ),
            ]),
        ...Object.entries(facts).map(([name, shown]) =>
          line('', `fact ${name}: ${shown ?? (changedKits.includes(kit) ? 'not told' : 'private')}`),
        ),
      ],
    ),
    line('issued', issuedBy === undefined ? 'by no run: its document is free' : `by ${issuedBy}`),
    ...events.map(({ at, kind: what, body }) => {
      const { user, by, why } = body as Partial<Deed>
      const { channel, reason } = body as { readonly channel?: string; readonly reason?: string }
      return line(
        what,
        user === undefined
          ? [minute(at), ...(reason === undefined ? (channel === undefined ? [] : [channel]) : [reason])].join(', ')
          : deedWords({ at, user, ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) }),
      )
    }),
    ...sharedWith.map(({ channel, others, more }) => {
      const named = others.map(other =>
        other.place === undefined ? other.id : `${plainId(other.id)} (${other.place.file}:${other.place.line})`,
      )
      return line(
        'address',
        `shared on ${channel} with ${[...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')}`,
      )
    }),
  ]
}
