/** Character references of markup, by number and by the names of letters and signs that people write in our languages. */

/** Names in the order of their code points; `.`: that one has no name. */
const inRow = (first: number, names: string): readonly (readonly [string, string])[] =>
  names
    .trim()
    .split(/\s+/)
    .flatMap((name, at) => (name === '.' ? [] : [[name, String.fromCodePoint(first + at)] as const]))

const capitals = `Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml
  ETH Ntilde Ograve Oacute Ocirc Otilde Ouml . Oslash Ugrave Uacute Ucirc Uuml Yacute THORN`
const cyrillic = `Acy Bcy Vcy Gcy Dcy IEcy ZHcy Zcy Icy Jcy Kcy Lcy Mcy Ncy Ocy Pcy
  Rcy Scy Tcy Ucy Fcy KHcy TScy CHcy SHcy SHCHcy HARDcy Ycy SOFTcy Ecy YUcy YAcy`
const otherCyrillic = 'IOcy DJcy GJcy Jukcy DScy Iukcy YIcy Jsercy LJcy NJcy TSHcy KJcy . Ubrcy DZcy'

const signs: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  euro: '\u20ac',
  trade: '\u2122',
  hellip: '\u2026',
  bull: '\u2022',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  hairsp: '\u200a',
  ZeroWidthSpace: '\u200b',
  zwnj: '\u200c',
  zwj: '\u200d',
  lrm: '\u200e',
  rlm: '\u200f',
  NoBreak: '\u2060',
  hyphen: '\u2010',
  ndash: '\u2013',
  mdash: '\u2014',
  lsquo: '\u2018',
  rsquo: '\u2019',
  sbquo: '\u201a',
  ldquo: '\u201c',
  rdquo: '\u201d',
  bdquo: '\u201e',
}

/** By name, as HTML has them. */
export const named: ReadonlyMap<string, string> = new Map([
  ...Object.entries(signs),
  ...inRow(
    0xa0,
    `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr
    deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest`,
  ),
  ...inRow(0xc0, capitals),
  ...inRow(0xd7, 'times'),
  ...inRow(0xdf, 'szlig'),
  ...inRow(0xe0, capitals.toLowerCase()),
  ...inRow(0xf7, 'divide'),
  ...inRow(0xff, 'yuml'),
  ...inRow(
    0x100,
    `Amacr amacr Abreve abreve Aogon aogon Cacute cacute Ccirc ccirc Cdot cdot Ccaron ccaron Dcaron dcaron
    Dstrok dstrok Emacr emacr . . Edot edot Eogon eogon Ecaron ecaron Gcirc gcirc Gbreve gbreve
    Gdot gdot Gcedil . Hcirc hcirc Hstrok hstrok Itilde itilde Imacr imacr . . Iogon iogon
    Idot imath IJlig ijlig Jcirc jcirc Kcedil kcedil kgreen Lacute lacute Lcedil lcedil Lcaron lcaron Lmidot
    lmidot Lstrok lstrok Nacute nacute Ncedil ncedil Ncaron ncaron napos ENG eng Omacr omacr . .
    Odblac odblac OElig oelig Racute racute Rcedil rcedil Rcaron rcaron Sacute sacute Scirc scirc Scedil scedil
    Scaron scaron Tcedil tcedil Tcaron tcaron Tstrok tstrok Utilde utilde Umacr umacr Ubreve ubreve Uring uring
    Udblac udblac Uogon uogon Wcirc wcirc Ycirc ycirc Yuml Zacute zacute Zdot zdot Zcaron zcaron`,
  ),
  ...inRow(0x401, otherCyrillic),
  ...inRow(0x410, cyrillic),
  ...inRow(0x430, cyrillic.toLowerCase()),
  ...inRow(0x451, otherCyrillic.toLowerCase()),
])

/** A text with its references as a reader sees them; those that nothing is known of stay. A line end is a blank, so that lines can be counted. */
export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]\w*));?/gi,
    (whole, hex?: string, figures?: string, name = '') => {
      if (name !== '') return whole.endsWith(';') ? (named.get(name) ?? whole) : whole
      const code = hex === undefined ? Number(figures) : Number.parseInt(hex, 16)
      if (code === 0 || code > 0x10ffff) return whole
      return code === 10 || code === 13 ? ' ' : String.fromCodePoint(code)
    },
  )
}
