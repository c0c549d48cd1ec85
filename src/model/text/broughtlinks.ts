/** Links that data brings into a message, by one value or by several together: looked for and told alike for every channel that has bare text. */
import type { Communication } from '../communication.ts'
import type { Fault } from '../fault.ts'
import { type LinkSearch, linkPath } from './link.ts'
import { isPutTogether } from './ownlinks.ts'
import type { Telling } from './ownwords.ts'

/** Whose message it is. */
export interface Carrier {
  readonly channel: 'email' | 'sms'
  /** In words: `the mail`. */
  readonly message: string
  /** What else can be done there about a value that is a link. */
  readonly instead?: string
}

/** A value of the data, or the recipient's name, that looks like a link in the message. */
export function linkOfValue(
  { data, recipient: { name } }: Pick<Communication, 'data' | 'recipient'>,
  search: LinkSearch,
  { channel, message, instead }: Carrier,
): Fault | undefined {
  const path = linkPath(data, search) ?? linkPath({ recipient: { name } }, search)
  if (path === undefined) return undefined
  return {
    code: `${channel}.link`,
    message: `${path} brings something into ${message} that looks like a link`,
    hint: `mend the data (a blank behind a full stop), ${instead === undefined ? '' : `${instead}, `}${allow(channel)}`,
  }
}

/** A link of a message that neither template and brand say (`own`) nor its wording. */
export function linkOfWords(
  text: string,
  own: ReadonlySet<string>,
  telling: Telling,
  { channel, message }: Carrier,
): Fault | undefined {
  if (!isPutTogether(text, own, telling)) return undefined
  return {
    code: `${channel}.link`,
    message: `values of the data make something of ${message} that looks like a link, together or with the words beside them`,
    hint: `part them by a word or a line, ${allow(channel)}`,
  }
}

/** The host is not told: it is of the data, and a channel does not know what is private. */
function allow(channel: Carrier['channel']): string {
  return `or allow a host or product of yours in template.yaml: channels: { ${channel}: { links: [HOST] } }, for each channel that shows it`
}
