/**
 * Keys compared in three ways. `foldName` is strict: what it takes for the same gives one file name on some disk, so no two ids of a
 * run may. `drawn`: nobody sees a difference on paper, so that two ids are one document, unless somebody says that they are not.
 * `looks` is loose: what it takes for the same people take for the same, so that one may be meant for the other, and no more than
 * that: `12 3` and `1 23` are two ids.
 */

/** An id without what file names do not keep apart: case, surrounding blanks, Unicode form. */
export function foldName(id: string): string {
  return id.normalize('NFC').trim().toUpperCase().toLowerCase().normalize('NFC')
}

/** A folded id (`foldName`) as it is drawn. It keeps its blanks inside, which part numbers, and letters that pass for digits. */
export function drawn(fold: string): string {
  // Latin is what is drawn, and nearly all ids are of it alone.
  if (/^[!-~]*(?: [!-~]+)*$/.test(fold)) return fold
  const seen = veils.reduce((text, { lift, drawn = lift }) => drawn(text), fold)
  return seen.trim()
}

/** A key without what people do not see when they compare two. */
export function looks(key: string): string {
  return veils.reduce((seen, { lift }) => lift(seen), key)
}

/**
 * How two keys that look alike differ, in words: `a blank (U+00A0) at the end`. `secret`: without the signs. Empty where they do not
 * look alike, or do not differ.
 */
export function differenceOf(
  one: string,
  other: string,
  { secret = false }: { readonly secret?: boolean } = {},
): string {
  if (one === other || looks(one) !== looks(other)) return ''
  const needed = veils.filter(veil => {
    const without = veils.filter(each => each !== veil)
    const seen = (key: string): string => without.reduce((text, { lift }) => lift(text), key)
    return seen(one) !== seen(other)
  })
  const told = needed.map(({ name, tell }) => (secret ? name : `${name}${tell?.(one, other) ?? ''}`))
  return told.length === 0 ? 'Unicode form' : told.join(' and ')
}

/** Something that keeps two keys apart and that nobody sees. */
interface Veil {
  readonly name: string
  readonly lift: (key: string) => string
  /** What of it is left where two documents are not to be taken for one. */
  readonly drawn?: (key: string) => string
  /** Which signs it is, and where they stand. */
  readonly tell?: (one: string, other: string) => string
}

const blank = /[\p{Zs}\p{Zl}\p{Zp}\t-\r]/gu
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\0-\x08\x0e-\x1f\x7f-\x9f]/gu
const hyphen = /[\p{Pd}\u2212]/gu
/** Digits, and letters of Latin, Cyrillic and Greek that pass for 0 and 1. */
const numeral = /[0-9oоοilіι]+/giu

/** Capitals of Cyrillic and of Greek that are drawn as those of Latin, each above the one it passes for. */
const drawnAlike = ['АВЕЅІЈКМНОРСТУХ' + 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABESIJKMHOPCTYX' + 'ABEZHIKMNOPTYX'] as const
const latin: ReadonlyMap<string, string> = new Map(
  [...drawnAlike[0]].map((letter, at) => [letter, drawnAlike[1][at] as string]),
)

/** In the order they are lifted: the letters of other scripts are known by their capitals. */
const veils: readonly Veil[] = [
  {
    name: 'Unicode form',
    lift: key => key.normalize('NFKC'),
    // Signs of full width alone: a ² and a 2 are seen apart.
    drawn: key => key.replace(/[\uff01-\uff5e]/g, sign => sign.normalize('NFKC')),
  },
  { name: 'an invisible sign', lift: key => key.replace(invisible, ''), tell: placed(invisible) },
  {
    name: 'a blank',
    lift: key => key.replace(blank, ''),
    drawn: key => key.replace(blank, ' ').replace(/ +/g, ' '),
    tell: placed(blank),
  },
  { name: 'the kind of hyphen', lift: key => key.replace(hyphen, '-'), tell: listed(hyphen) },
  // A folded id has none left, and once more would make two of one: `ẞ` is `ß`, and `ß` is `ss`.
  { name: 'case', lift: key => key.toUpperCase().toLowerCase(), drawn: key => key.toLowerCase() },
  {
    name: 'a letter of another script',
    lift: key => key.replace(/[^\0-\x7f]/g, toLatin),
    tell: listed(/[^\0-\x7f]/g, sign => toLatin(sign) !== sign),
  },
  {
    name: 'a letter for a digit',
    lift: key => key.replace(numeral, toDigits),
    drawn: key => key,
    tell: listed(/[oоοilіι]/giu),
  },
]

/** A letter as the one of Latin that it passes for, in its own case; any other as it is. */
function toLatin(letter: string): string {
  const capital = letter.toUpperCase()
  const passes = latin.get(capital)
  if (passes === undefined) return letter
  return letter === capital ? passes : passes.toLowerCase()
}

/** Letters among digits as digits; those of a word as they are. */
function toDigits(signs: string): string {
  return /[0-9]/.test(signs) ? signs.replace(/[oоο]/giu, '0').replace(/[^0-9]/g, '1') : signs
}

/** The first sign that one of the two has more of, and where it stands there. */
function placed(signs: RegExp): (one: string, other: string) => string {
  const all = (key: string): readonly string[] => key.match(signs) ?? []
  return (one, other) => {
    const longer = all(one).length >= all(other).length ? one : other
    const rest = [...all(longer === one ? other : one)]
    const extra = all(longer).find(sign => {
      const at = rest.indexOf(sign)
      if (at >= 0) rest.splice(at, 1)
      return at < 0
    })
    if (extra === undefined) return ''
    const where = longer.endsWith(extra) ? ' at the end' : longer.startsWith(extra) ? ' at the beginning' : ' inside'
    return ` (${codeOf(extra)})${where}`
  }
}

/** The signs of this kind that only one of the two has. */
function listed(signs: RegExp, counts: (sign: string) => boolean = () => true): (one: string, other: string) => string {
  const all = (key: string): ReadonlySet<string> => new Set((key.match(signs) ?? []).filter(counts))
  return (one, other) => {
    const odd = [...all(one).symmetricDifference(all(other))].slice(0, 3).map(codeOf)
    return odd.length === 0 ? '' : ` (${odd.join(', ')})`
  }
}

const codeOf = (sign: string): string =>
  `U+${(sign.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
