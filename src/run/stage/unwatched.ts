/** Unwatched: what the search for other people's identities cannot see, said before a page is made. */
import type { Fault, Template } from '../../model/index.ts'
import { type IdentitySource, isLookedFor } from '../prove/identities.ts'

/** A warning where no fact identifies anybody, else one for each identity fact with values that no piece is searched for. */
export function unwatched(ledger: IdentitySource, { facts, file }: Pick<Template, 'facts' | 'file'>): readonly Fault[] {
  const watched = facts.filter(({ identity }) => identity)
  if (watched.length === 0)
    return [
      {
        code: 'run.unwatched',
        message: 'no fact has identity: true, so no piece is searched for what identifies another communication',
        place: { file },
        hint: 'give identity: true to the fact that says whose a piece is: a number, an account',
      },
    ]
  const tallies = watched.map(({ name, value: path }) => {
    let all = 0
    let unfit = 0
    for (const { values } of ledger.identities([path])) {
      const given = values.filter(value => value !== undefined)
      all += given.length
      unfit += given.filter(value => !isLookedFor(value)).length
    }
    return { name, path, all, unfit }
  })
  return tallies
    .filter(({ unfit }) => unfit > 0)
    .map(({ name, path, all, unfit }) => ({
      code: 'run.unwatched',
      message: `${unfit} of ${all} values of ${path} (the fact ${name}) are not looked for in the pieces of others: too short, or a sentence`,
      place: { file, path: `facts.${name}` },
      hint: 'figures are looked for from five digits on, letters with digits from three signs on, words from four letters on: let another fact have identity: true too, such as a longer number',
    }))
}
