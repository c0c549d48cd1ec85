/** Escaping of merged values, by what the merged text will be parsed as. */
import { type Escape, insideLine, withoutOwnSigns } from '../model/index.ts'

const special = /[&<>"']/
/** One look for what is escaped and what is left out: every value is asked. */
const specialInMail = /[&<>"'\uE000-\uE00F]/
const every = /[&<>"']/g
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Not &apos;, which HTML 4 mail clients print as it stands.
  "'": '&#39;',
}

const markup = (text: string): string =>
  special.test(text) ? text.replace(every, sign => references[sign] as string) : text

/** How values are printed; `laidOut`: in bare text that is set once it is merged. */
export type Printing = Escape | 'laidOut'

/**
 * XML markup and HTML: the five characters that text and quoted attributes must not hold. Bare text: as it is. Mails (HTML, and bare text
 * that is laid out) say the same in all their parts: signs that set one of them are in none.
 */
export const escapes: Readonly<Record<Printing, (text: string) => string>> = {
  markup,
  html: text => (specialInMail.test(text) ? markup(withoutOwnSigns(text)) : text),
  none: text => text,
  laidOut: insideLine,
}
