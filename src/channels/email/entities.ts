/** Character references of MJML's text, for what leaves the markup: the subject. */

/** The five entities of XML and numbers, in text without markup. */
export function decodeEntities(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' }
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return name === undefined ? (code <= 0x10ffff ? String.fromCodePoint(code) : whole) : (named[name] ?? whole)
  })
}
