/** Links of the plain part whose words are where they lead: `help@nord.example <help@nord.example>` is written once. */

/** The merged plain part; an address stays where the words before it are others. */
export function linksOnce(text: string): string {
  if (!text.includes(' <')) return text
  return text.replace(/ <([^<>\s]{3,2000})>/g, (found, address: string, at: number) => {
    const line = text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 2 * address.length - 40), at)
    return says(line.toLowerCase(), address.toLowerCase()) ? '' : found
  })
}

/** Whether a line ends with an address, both in small letters; data may stand in angle brackets, too. */
function says(line: string, address: string): boolean {
  if (/^https?:\/\//.test(address)) return endsWith(line.replace(/\/$/, ''), address.replace(/\/$/, ''))
  // A number is grouped as its country does, and a letter may come with its subject.
  if (/^\+?[\d().-]{6,}$/.test(address)) return endsWith(line, address.replace(/[().-]/g, ''), grouping)
  const [mailbox = ''] = address.split('?')
  return /^[^@\s]+@[^@\s]+$/.test(mailbox) && endsWith(line, mailbox)
}

/** Signs that may stand between the digits of a number. */
const grouping = /[\s().\-‑–/]/

/** Whether these are the last words of a line, and not the end of longer ones. */
function endsWith(line: string, words: string, between?: RegExp): boolean {
  let at = line.length
  for (let left = words.length; left > 0; at -= 1) {
    const sign = line[at - 1]
    if (sign === undefined) return false
    if (sign === words[left - 1]) left -= 1
    else if (left === words.length || between?.test(sign) !== true) return false
  }
  return !/[\p{L}\p{N}@./:+_-]$/u.test(line.slice(Math.max(0, at - 2), at))
}
