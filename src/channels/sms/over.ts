/** A text message that takes more parts than its budget: by how much, which letters are to blame, where they stand, and what would help. */
import type { Fault } from '../../model/index.ts'
import { unlikeIn } from './alphabet.ts'
import { nameUnlike } from './blame.ts'
import { type Keeping, keptIn } from './kept.ts'
import { type Mended, transliterated, typographic } from './mend.ts'
import { type Parts, roomOf } from './parts.ts'
import type { Terms } from './settings.ts'

export function overBudget(
  text: string,
  {
    counted,
    terms: { budget, shift, mends },
    locale,
    data,
    exact,
  }: { readonly counted: Parts; readonly terms: Terms; readonly locale: string } & Keeping,
): Fault {
  const { encoding, parts: count, units } = counted
  const message = { text, kept: () => keptIn(text, { data, exact }) }
  // What a mend that is on would have written is not to blame: only what it cannot write is.
  const leftBy = (on: Terms['mends']): string =>
    on.includes('transliterate')
      ? transliterated(message, { locale, shift }).text
      : on.includes('typography')
        ? typographic(message, shift).text
        : text
  const over = units - roomOf(budget, counted, shift)
  const because = encoding === 'GSM-7' ? undefined : nameUnlike(unlikeIn(leftBy(mends), shift), { text, data })
  const why = because === undefined ? '' : ` because of ${because.words}`
  const fits = ({ counted: other }: Mended): boolean => other.parts <= budget
  const remedies = [
    // A mend that is on already has done what it could.
    ...(!mends.includes('typography') && encoding === 'UCS-2' && fits(typographic(message, shift))
      ? ['set mend: [typography] under channels.sms']
      : !mends.includes('transliterate') && encoding === 'UCS-2' && fits(transliterated(message, { locale, shift }))
        ? ['set mend: [transliterate] under channels.sms']
        : []),
    ...(because?.sign === undefined ? [] : [`take ${because.sign} out of ${because.where ?? ownFiles(locale)}`]),
    over > 0 ? `shorten the text by ${over}` : 'shorten the text',
  ]
  return {
    code: 'sms.parts',
    message: `the text message takes ${count} parts, ${count - budget} more than the budget (${units} units of ${encoding}${over > 0 ? `, ${over} too many` : ''}${why})`,
    hint: `${remedies.join(', ')}, or raise parts (now ${budget}) in the template or job`,
  }
}

/** Where a sign stands that no data brings: what people write it in. */
function ownFiles(locale: string): string {
  return `the wording (sms.hbs or text/${locale.split('-')[0]}.json)`
}
