/** What only some programs read, and none does: `<!--[if !mso]>` is a comment for all but Outlook, and false for Outlook. */
import { hiddenConditions } from '../text/comments.ts'
import type { Remark } from './inbox.ts'

/** Remarks to be faults about shielded HTML, comments blanked, that begins at an offset. */
export function conditionRemarks(html: string, offset: number): Remark[] {
  return hiddenConditions(html)
    .filter(({ condition }) => besidesOutlook.test(condition.replace(/[\s()]/g, '')))
    .map(({ index, condition }) => ({
      fault: {
        code: 'email.markup',
        message: `text behind <!--[if ${condition}]> is shown to nobody`,
        hint: `write <!--[if ${condition}]><!-->…<!--<![endif]-->`,
      },
      offset: offset + index,
    }))
}

/** A version behind it (`!mso 9`) leaves other Outlooks to show it. */
const besidesOutlook = /^!mso(?:[|&]!?(?:mso|ie))*$/i
