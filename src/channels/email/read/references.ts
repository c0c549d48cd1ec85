/** Character references of HTML, for reading back; entities.ts has those for what is written. */

/** Text with its character references as the signs they stand for. */
export function decoded(text: string): string {
  return text.replace(/&(#x?[\da-f]+|\w+);/gi, entity)
}

const names: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  shy: '\u00AD',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  laquo: '«',
  raquo: '»',
  bdquo: '„',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  euro: '€',
  pound: '£',
  copy: '©',
  middot: '·',
  times: '×',
  minus: '−',
}

function entity(whole: string, name: string): string {
  if (!name.startsWith('#')) return names[name] ?? whole
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}
