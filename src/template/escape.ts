/** Escaping of merged values, by what the merged text will be parsed as. */
import type { Escape } from '../model/index.ts'

const special = /[&<>"']/
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

/** XML markup and HTML: the five characters that text and quoted attributes must not hold. Bare text: as it is. */
export const escapes: Readonly<Record<Escape, (text: string) => string>> = { markup, html: markup, none: text => text }
