/** Links that data brings into a mail, a value by itself or several together: mail programs make links of bare text, which no template wrote. */
import {
  type Carrier,
  type Communication,
  type Fault,
  linkOfValue,
  linkOfWords,
  mayHaveOtherLinks,
  type Telling,
  withoutMailAddresses,
  withoutOwnSigns,
} from '../../../model/index.ts'
import { decodeEntities } from '../html/entities.ts'
import { visible } from '../plain/tidy.ts'
import { bareText, parting } from './baretext.ts'

/** What of a mail is read. */
export interface Shown {
  /** One line. */
  readonly subject: string
  /** Merged HTML. */
  readonly html: string
  /** The plain part as `plainCells` gives it, not yet set into lines and columns: a tab between the cells of a table. */
  readonly cells: string
  /** Whether that is made of the HTML: then it shows bare what stands in links and alt texts. */
  readonly derived: boolean
}

export interface Allowed {
  /** Hosts that data may name. */
  readonly links: ReadonlySet<string>
  /** Hosts that template and brand say themselves. */
  readonly own: ReadonlySet<string>
  /** The mail with other values; undefined where nobody can say. */
  readonly retell: (values: Telling['communication']) => Shown | undefined
}

/** What looks like a link in subject, display name or text, outside of every link that the template wrote, and is not the template's own. */
export function linkBrought(
  { data, recipient }: Communication,
  shown: Shown,
  { links, own, retell }: Allowed,
): Fault | undefined {
  const { name = '' } = recipient
  const led = openLed(shown.html)
  const search = {
    message: () => [shown.subject, name, bareText(shown.html), withoutAddresses(shown.cells, led)].join('\n'),
    allowed: links,
    vouched: (value: string) => led.leads(value, `https://${value.trim()}`, `http://${value.trim()}`),
    mailAddresses: true,
  }
  const link = linkOfValue({ data, recipient }, search, carrier)
  if (link !== undefined) return link
  // Nearly no mail has more than its own hosts, and those of its links are not looked for before one has.
  if (!mayHaveOtherLinks(parted(shown), own)) return undefined
  const telling: Telling = {
    communication: { data, recipient },
    links: new Set([...links, ...led.hosts()]),
    spellings: value => [visible(withoutOwnSigns(value)).replace(/\s+/g, ' ')].filter(spelt => spelt !== ''),
    retell: values => {
      const told = retell(values)
      return told === undefined ? undefined : parted(told)
    },
  }
  return linkOfWords(parted({ ...shown, cells: withoutAddresses(shown.cells, led) }), own, telling, carrier)
}

const carrier: Carrier = {
  channel: 'email',
  message: 'the mail',
  instead: 'write it inside <a href="{{url …}}">',
}

/** Where links of the HTML lead. */
interface Led {
  /** Whether one leads to one of these. */
  readonly leads: (...addresses: readonly string[]) => boolean
  readonly hosts: () => readonly string[]
}

function openLed(html: string): Led {
  let found: ReadonlySet<string> | undefined
  const all = (): ReadonlySet<string> => {
    found ??= new Set([...html.matchAll(href)].map(([, address = '']) => whole(decodeEntities(address))))
    return found
  }
  return {
    leads: (...addresses) => addresses.some(address => all().has(whole(address))),
    hosts: () => [...all()].flatMap(address => /^https?:\/\/([^/?#:]+)/.exec(address)?.[1] ?? []),
  }
}

const href = /<a\b[^>]*?\shref\s*=\s*"([^"]*)"/gi

/** An address as all spellings of it are compared. */
function whole(address: string): string {
  const written = address.trim()
  return URL.canParse(written) ? new URL(written).href : written
}

/** The plain part without what stands behind each link of the HTML: where it leads, in which data may be a part. */
function withoutAddresses(cells: string, { leads }: Led): string {
  return cells.replace(/<([^<>\s]+)>/g, (found, address: string) =>
    leads(address, `mailto:${address}`, `tel:${address}`) ? ' ' : found,
  )
}

/**
 * Words that mail programs look for links in, lines, columns, blocks and cells parted. A plain part that is derived has all words of the
 * HTML, parted as they are there.
 */
function parted({ subject, html, cells, derived }: Shown): string {
  const lines = cells.replace(/\n+|\t+| {2,}/g, parting).replace(otherBlanks, ' ')
  return withoutMailAddresses([subject, ...(derived ? [] : [bareText(html)]), lines].join(parting))
}

const otherBlanks = /[^\S ]/g
