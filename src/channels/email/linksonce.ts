/** Links of the plain part whose words are where they lead: `help@nord.example <help@nord.example>` is written once. */
import { literal } from '../../model/index.ts'

/** The merged plain part; an address stays where the words before it are others. */
export function linksOnce(text: string): string {
  if (!text.includes(' <')) return text
  return text.replace(/ <([^<>\s]{3,2000})>/g, (found, address: string, at: number) => {
    const line = text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 2 * address.length - 40), at)
    return said(address)?.test(line) === true ? '' : found
  })
}

/** What ends with the same address; undefined for what is none, since data may stand in angle brackets too. */
function said(address: string): RegExp | undefined {
  if (/^https?:\/\//i.test(address)) return ending(`${literal(address.replace(/\/$/, ''))}/?`)
  // A number is grouped as its country does, and a letter may come with its subject.
  if (/^\+?[\d().-]{6,}$/.test(address))
    return ending([...address.replace(/[().-]/g, '')].map(literal).join('[\\s\\u00a0\\u202f().\\-‑–/]*'))
  const [mailbox = ''] = address.split('?')
  return /^[^@\s]+@[^@\s]+$/.test(mailbox) ? ending(literal(mailbox)) : undefined
}

const ending = (pattern: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}@./:+_-])${pattern}$`, 'iu')
