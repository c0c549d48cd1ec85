/** Links that data brings into a mail by itself: mail programs make links of bare text, which no template wrote. */
import { type Communication, type Fault, linkPath } from '../../model/index.ts'
import { decodeEntities } from './entities.ts'

export interface Shown {
  /** One line. */
  readonly subject: string
  /** Merged HTML. */
  readonly html: string
  /** The merged plain part. One that is derived shows bare what stands in links and alt texts of the HTML. */
  readonly text: string
  /** Hosts that data may name. */
  readonly allowed: ReadonlySet<string>
}

/** A value that looks like a link and stands in subject, display name or text, outside of every link that the template wrote. */
export function linkBrought(
  { data, recipient }: Communication,
  { subject, html, text, allowed }: Shown,
): Fault | undefined {
  const { name = '' } = recipient
  let led: ReadonlySet<string> | undefined
  const leads = (...addresses: readonly string[]): boolean => {
    led ??= new Set([...html.matchAll(href)].map(([, address = '']) => whole(decodeEntities(address))))
    return addresses.some(address => led?.has(whole(address)))
  }
  const search = {
    message: () => `${subject}\n${name}\n${bareText(html)}\n${withoutAddresses(text, leads)}`,
    allowed,
    vouched: (value: string) => leads(value, `https://${value.trim()}`, `http://${value.trim()}`),
    mailAddresses: true,
  }
  const path = linkPath(data, search) ?? linkPath({ recipient: { name } }, search)
  if (path === undefined) return undefined
  return {
    code: 'email.link',
    message: `${path} brings something into the mail that looks like a link`,
    hint: 'mend the data (a blank behind a full stop), write it inside <a href="{{url …}}">, or name the host under channels.email.links if it is yours',
  }
}

const href = /<a\b[^>]*?\shref\s*=\s*"([^"]*)"/gi

/** An address as all spellings of it are compared. */
function whole(address: string): string {
  const written = address.trim()
  return URL.canParse(written) ? new URL(written).href : written
}

/** The plain part without what stands behind each link of the HTML: where it leads, in which data may be a part. */
function withoutAddresses(text: string, leads: (...addresses: readonly string[]) => boolean): string {
  return text.replace(/<([^<>\s]+)>/g, (found, address: string) =>
    leads(address, `mailto:${address}`, `tel:${address}`) ? ' ' : found,
  )
}

/** What is read outside of links. A link that is never closed hides nothing. */
function bareText(html: string): string {
  const text = html
    .replace(/<head\b[\s\S]*?<\/head>/gi, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<a\s(?:(?!<a\s)[\s\S])*?<\/a>/gi, '\n')
    .replace(/<(?:[^<>"']|"[^"]*"|'[^']*')*>/g, '')
  return decodeEntities(text)
}
