/** How long a mail may be: the limit of its HTML, and what was noticed of all mails that were looked at. */
import { type Brand, type Fault, quote } from '../../../model/index.ts'

/** Gmail cuts a message's HTML off at about 102 KB, and with it whatever stands below: legal lines, totals. */
export const maxHtmlBytes = 100_000

/** From here on a few more rows would be too many. */
const nearlyTooLarge = 80_000

/** On a wide screen inboxes show about as much of a subject; on a phone, half of it. */
const shownOfSubject = 70

/** Of one UTF-16 unit in UTF-8. */
const mostBytes = 3

/** Whether a mail of so many signs may be too large, or a remark be made about its size. */
export function mayBeLarge(signs: number): boolean {
  return signs * mostBytes >= nearlyTooLarge
}

/** HTML that would be cut off. */
export function sizeFaults(html: string): Fault[] {
  if (html.length * mostBytes <= maxHtmlBytes) return []
  const size = Buffer.byteLength(html)
  if (size <= maxHtmlBytes) return []
  return [
    {
      code: 'email.size',
      message: `the mail's HTML has ${size} bytes, and mail programs cut it off at ${maxHtmlBytes}`,
      hint: 'show fewer rows in the mail and enclose the whole document with attach: pdf',
    },
  ]
}

/** Remembers the largest and the longest of all mails that it is shown, and nothing of what they say but whose they are. */
export interface Watch {
  readonly see: (mail: { readonly id: string; readonly html: string; readonly subject: string }) => void
  readonly remarks: () => readonly Fault[]
}

/** `file` is the template, whose wording and tables make mails long. */
export function openWatch({ mail }: Brand, file: string): Watch {
  let largest = { size: 0, id: '' }
  let longest = { length: 0, id: '' }
  return {
    see({ id, html, subject }) {
      // Of those that no remark is made about, nothing is counted.
      const size = mayBeLarge(html.length) ? Buffer.byteLength(html) : 0
      if (size > largest.size) largest = { size, id }
      const length = subject.length <= shownOfSubject ? 0 : [...subject].length
      if (length > longest.length) longest = { length, id }
    },
    remarks() {
      const remarks: Fault[] = []
      if (largest.size >= nearlyTooLarge)
        remarks.push({
          code: 'email.size',
          message: `the largest mail's HTML (${quote(largest.id)}) has ${largest.size} bytes, and mail programs cut it off at ${maxHtmlBytes}`,
          place: { file },
          hint: 'show fewer rows in the mail and enclose the whole document with attach: pdf',
        })
      if (longest.length > shownOfSubject && mail?.accept?.includes('email.length') !== true)
        remarks.push({
          code: 'email.length',
          message: `the longest subject (${quote(longest.id)}) has ${longest.length} characters, and inboxes show about ${shownOfSubject}`,
          place: { file },
          hint: 'say first what counts, and the rest in mj-preview',
        })
      return remarks
    },
  }
}
