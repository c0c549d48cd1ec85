/** Words with full stops between them: which of them a telephone or a mail program takes for a host, and which are how people write. */
import { endings } from './endings.ts'
import { areDays, isBeforeName, isShort } from './shortwords.ts'

/** Cyrillic and Greek letters that look like Latin ones. */
// biome-ignore format: a table
const doubles: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', ё: 'e', һ: 'h', н: 'h', і: 'i', ї: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm', о: 'o', р: 'p', ѕ: 's',
  т: 't', у: 'y', ѵ: 'v', ԝ: 'w', х: 'x', ο: 'o', α: 'a', ν: 'v', ι: 'i', ρ: 'p', υ: 'u', χ: 'x', ϲ: 'c', ı: 'i',
}

/** Endings that a word in letters of another script throughout is held for: others would make `кв.см` a page of Cameroon. */
const imitated: ReadonlySet<string> = new Set(['com', 'top', 'bet'])

/** What is written short, in small letters: each kind stands before its own. */
const kinds = {
  forms: 'ag as bv co corp gmbh inc kg kgaa llc llp ltd mbh nv ohg plc pte pty pvt sa sas se spa srl',
  titles: 'dipl dr hon ing inż lek mag med mgr mult prof univ',
}
const [forms, titles] = [wordsOf(kinds.forms), wordsOf(kinds.titles)]

/** `Gent.mo Sig. Rossi`, on letters of Italy: Macao and Morocco otherwise. */
const courtesies = wordsOf('chiar gent ill preg rev')
const superlatives = wordsOf('ma mo')

/** `Art.Nr`, `Cat.No`: Nauru and Norway otherwise. */
const numbered = wordsOf(
  'abt acc art auftr best c cat cust fax hs inv item kd kto lfd mob ord rech ref rg ser serv st steuer str tab tel ust vol',
)
const numbers = wordsOf('no nr')

/** Whatever of the first kind stands before one of the second is how people write. */
const pairs = [
  [forms, forms],
  [titles, titles],
  [numbered, numbers],
  [courtesies, superlatives],
  [wordsOf('soc'), wordsOf('coop')],
  [wordsOf('cia cía'), wordsOf('ltda')],
] as const

/** What stands before a name, or a word that begins as one does: `PO.Box`, `Vol.One`. */
const beforeNames = wordsOf(
  `${kinds.titles} attn av avda bd bda blvd crta ctra exma exmo fa fam fr frl glta hr ilma ilmo mlle mme mr mrs ms pl po pza rda rev rte sr st sta ste sto urb vda vol bc geb gesch hd inh ing judr mudr mvdr nachf phdr rndr вул гор пл пр просп ст ул`,
)

/** In names between the given and the family's. */
const particles = wordsOf('af al de do la')

/** Endings of companies that bear a family's name: nobody else has hosts there, and people have theirs behind all that is written short. */
const families = wordsOf(
  'abbott bosch ferrari ford fox gallo leclerc linde merck ott philips rogers schmidt schwarz walter weir',
)

/** Endings that nobody is called, and those of hosts of one letter that lead somewhere: no initials stand before them. */
const unnamed = wordsOf(
  'app bet biz casino click club co com dev icu info io link me net online org page shop site store top vip website xyz',
)

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

export interface Words {
  /** Between full stops, two or more. */
  readonly labels: readonly string[]
  /** The signs behind them. */
  readonly rest: string
}

/**
 * The host that the words begin with; undefined where they are none. A known ending makes one, also in look-alike letters or in
 * `xn--`, and so does whatever leads on behind the last: `evil.unknown/pay`. Initials, titles and what is written short are how people
 * write (`J.Li`, `Dr.Weber`, `Co.KG`, `г.Москва`), unless they lead on: `t.me/evil`.
 */
export function hostIn({ labels, rest }: Words): string | undefined {
  for (let count = labels.length; count > 1; count -= 1) {
    // More initials than that has nobody.
    const names = labels.slice(Math.max(0, count - 9), count - 1)
    const label = labels[count - 1] ?? ''
    const ending = endingOf.exec(label)?.[0] ?? label
    const last = count === labels.length && ending === label
    const behind = last ? rest : label.slice(ending.length) || `.${labels[count] ?? ''}`
    const leads = last && /^(?:[/?#][^\s/?#]|:\d)|^\//u.test(rest)
    const known = labels[0]?.toLowerCase() === 'www' || isKnown(names, ending)
    const isHost = known
      ? leads || !isWritten(names, { ending, behind })
      : last && /^\/[\p{L}\p{N}]/u.test(rest) && isUnknownHost(names, ending)
    if (isHost) return [...labels.slice(0, count - 1), ending].join('.')
  }
  return undefined
}

/** No ending has symbols, nor letters of two scripts: what follows goes on in the text (`evil.com❤`, `evil.com付款`). */
const endingOf = /^(?:[a-z]{2,}(?![\p{Script=Latin}\p{Mn}\p{Mc}\p{N}_-])|[\p{L}\p{Mn}\p{Mc}\p{N}_-]+)/iu

function isKnown(names: readonly string[], ending: string): boolean {
  const small = ending.toLowerCase()
  if (endings.has(small) || small.startsWith('xn--')) return true
  const latin = [...small].map(letter => doubles[letter] ?? letter).join('')
  if (latin === small || !endings.has(latin)) return false
  return imitated.has(latin) || /\p{Script=Latin}/u.test(`${names.join('')}${ending}`)
}

/** `J.Li`, `Kunden.Nr`, `Dr.Weber`, `i.V.Ott`, `г.Москва`: how people write, and no host. `behind`: what follows in the text. */
function isWritten(names: readonly string[], { ending, behind }: { ending: string; behind: string }): boolean {
  const small = ending.toLowerCase()
  const all = (kind: ReadonlySet<string>): boolean => names.every(name => kind.has(name.toLowerCase()))
  if (pairs.some(([before, after]) => after.has(small) && all(before))) return true
  if (/^N[or]$/.test(ending) || (/^\p{Lu}\p{Ll}/u.test(ending) && families.has(small))) return true
  // The next sentence, behind a day: `31.03.2026.Next`.
  if (names.every(name => /^\d+$/.test(name))) return /^\p{Lu}\p{Ll}/u.test(ending) && !unnamed.has(small)
  if (areDays(`${names.join('.')}.${ending}`)) return true
  if (isShort(`${names.at(-1)}.${ending}`, behind) && names.slice(0, -1).every(name => titles.has(name.toLowerCase())))
    return true
  const last = names.at(-1)?.toLowerCase().replace(/^-/, '') ?? ''
  if (!beforeNames.has(last) && !names.every(name => /^\p{L}$/u.test(name) || beforeNames.has(name.toLowerCase())))
    return false
  if (particles.has(ending)) return isBeforeName(behind)
  return /^\p{Lu}/u.test(ending) && !unnamed.has(small)
}

/** With a path behind it: a word in letters of one case behind a name that is no number. What begins with a capital is a sentence's. */
function isUnknownHost(names: readonly string[], ending: string): boolean {
  const name = names.at(-1) ?? ''
  if (!/^(?:\p{Ll}{2,}|\p{Lu}{2,})$/u.test(ending)) return false
  return [...name].length > 1 && /\p{L}/u.test(name) && !beforeNames.has(name.toLowerCase())
}
