/** What only some programs read (`<!--[if mso]>`, `<!--[if !mso]><!-->`): who does, and where nobody does. */
import { hiddenConditions } from '../tags/comments.ts'
import type { Remark } from './inbox.ts'

/** `<!--[if !mso]>` is a comment for all but Outlook, and false for Outlook. Remarks to be faults about shielded HTML, comments blanked, that begins at an offset. */
export function conditionRemarks(html: string, offset: number): Remark[] {
  return hiddenConditions(html)
    .filter(({ condition }) => besidesOutlook(condition))
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
const besidesOutlook = (condition: string): boolean =>
  /^!mso(?:[|&]!?(?:mso|ie))*$/i.test(condition.replace(/[\s()]/g, ''))

/** Whether a mail program reads what stands at an offset of shielded HTML, comments blanked. */
export function readersOf(html: string): (offset: number) => (client: string) => boolean {
  const turns = [...html.matchAll(turn)].map(({ 0: written, 1: condition, index }) => ({ written, condition, index }))
  return offset => {
    const last = turns.findLast(({ index }) => index < offset)
    if (last?.condition === undefined) return () => true
    if (/^<!--[^>]*\]>$/.test(last.written)) return isOutlook
    return besidesOutlook(last.condition) ? client => !isOutlook(client) : () => true
  }
}

const isOutlook = (client: string): boolean => client === 'outlook-windows'

/** Beginnings, with their condition, and ends. */
const turn = /<!(?:--)?\[if\b([^\]>]*)\]>(?:\s*<!--\s*(?:--)?>|-->)?|<!\[endif\]/gi
