/** How long a mail may be: the limit of its HTML, and what is near it. */
import type { Brand, Fault, Remark } from '../../../model/index.ts'

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

/** What is worth knowing of a mail's length, of which the batch's largest and longest are told. `file` is the template, whose wording and tables make mails long. */
export function lengthRemarks(
  { html, subject }: { readonly html: string; readonly subject: string },
  { mail }: Brand,
  file: string,
): readonly Remark[] {
  const remarks: Remark[] = []
  // Of those that no remark is made about, nothing is counted.
  const size = mayBeLarge(html.length) ? Buffer.byteLength(html) : 0
  if (size >= nearlyTooLarge)
    remarks.push({
      code: 'email.size',
      what: `the largest mail's HTML ({id}) has {most} bytes, and mail programs cut it off at ${maxHtmlBytes}`,
      hint: 'show fewer rows in the mail and enclose the whole document with attach: pdf',
      most: size,
      file,
    })
  const length = subject.length <= shownOfSubject ? 0 : [...subject].length
  if (length > shownOfSubject && mail?.accept?.includes('email.length') !== true)
    remarks.push({
      code: 'email.length',
      what: `the longest subject ({id}) has {most} characters, and inboxes show about ${shownOfSubject}`,
      hint: 'say first what counts, and the rest in mj-preview',
      most: length,
      file,
    })
  return remarks
}
