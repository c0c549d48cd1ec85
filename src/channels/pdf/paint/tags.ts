/** What elements of the markup are called in the structure tree (ISO 32000-1 §14.8.4). */
import type { Role } from '../layout/page.ts'

/** Elements that are grouped by what they are, not by what they look like; everything else is looked through. */
const tags: Readonly<Record<string, string>> = {
  document: 'Document',
  p: 'P',
  h1: 'H1',
  h2: 'H2',
  h3: 'H3',
  h4: 'H4',
  h5: 'H5',
  h6: 'H6',
  ul: 'L',
  ol: 'L',
  li: 'LI',
  label: 'Lbl',
  table: 'Table',
  thead: 'THead',
  tbody: 'TBody',
  tfoot: 'TFoot',
  tr: 'TR',
  th: 'TH',
  td: 'TD',
  a: 'Link',
  image: 'Figure',
  // Read one after the other, also where they go on over pages side by side.
  column: 'Div',
}

/** Elements of the markup that only change how their text looks. */
const spans = new Set(['span', 'b', 'i', 'sup', 'sub', 'page-number', 'page-count', 'carry'])

/** What stands on pages beside their text. */
export const beside = new Set(['header', 'footer', 'fixed box'])

/** Elements that stand in text: in a paragraph where nothing else around them holds text. */
export const inline = new Set(['Link', 'Span'])

/** Elements whose text may stand in them directly; text in others makes a paragraph. */
export const holdsText = new Set([
  'P',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'TH',
  'TD',
  'Lbl',
  'LBody',
  'Link',
  'Span',
  'Figure',
])

/** An inline element that changes the language is there for that; everything else without a tag is looked through. */
export function tagOf({ name, lang }: Role): string | undefined {
  return tags[name] ?? (lang !== undefined && spans.has(name) ? 'Span' : undefined)
}
