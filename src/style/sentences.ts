/** Sentences as a reader counts them, and their words. */
import { slot } from './readings.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** A full stop behind these ends no sentence: something always follows. */
const leading = words(
  'nr nrn ca bzw ggf evtl vgl inkl exkl zzgl abzgl gem lt hr fr dr prof dipl geb inh z.b d.h u.a o.g ' +
    'mr mrs ms st vs approx incl excl e.g i.e ul al im św dn inż mgr np tzw tzn m.in woj ' +
    'вул просп бул пров ім див напр ул пер наб им т.е т.к',
)

/** None behind these before a figure or a value: "No. 5", "500 грн. 20 коп."; before a capital letter it ends one. */
const figured = words(
  'no nos tel art abs kap abb ziff pos str p pp s nn max min mwst fig ref acct ust pkt poz ok godz os pl lok ' +
    'ст стор стр буд кв оф корп тел см п пп ч пл м с д пр г р r грн коп руб тис тыс млн млрд mln mld tys mio mrd tsd gr szt шт год хв рр гг обл чел',
)

const germanMonth =
  /^(?:Jan(?:uar)?|Jänner|Feb(?:ruar)?|März?|Apr(?:il)?|Mai|Juni?|Juli?|Aug(?:ust)?|Sept?(?:ember)?|Okt(?:ober)?|Nov(?:ember)?|Dez(?:ember)?)(?!\p{L})/u

/** The sentences of a text; a line end ends one too. */
export function sentences(text: string): readonly string[] {
  const all: string[] = []
  let from = 0
  for (const { index, 0: end } of text.matchAll(
    new RegExp(`\\n+|[.!?…]+["'»“”’)]*[\\s\\u00a0]+(?=[\\p{Lu}\\p{N}"'«„“(${slot}])`, 'gu'),
  )) {
    const next = index + end.length
    if (end.startsWith('.') && isInside(text.slice(from, index), text.slice(next, next + 20))) continue
    all.push(text.slice(from, next).trim())
    from = next
  }
  return [...all, text.slice(from).trim()].filter(sentence => sentence !== '')
}

/** Whether a full stop between these two belongs to an abbreviation or a date. */
function isInside(before: string, after: string): boolean {
  const figure = after.startsWith(slot) || /^\p{N}/u.test(after)
  if (/(?<!\p{N})\p{N}{1,2}$/u.test(before))
    return germanMonth.test(after) || /^\d{1,2}\. ?\d|^(?:19|20)\d\d(?!\d)/.test(after)
  const word = /(?<=^|[^\p{L}.])[\p{L}.]+$/u.exec(before)?.[0] ?? ''
  const short = word.toLowerCase()
  if (leading.has(short) || (figure && (figured.has(short) || short.endsWith('str')))) return true
  // An initial ("J. Li"), or the sign of a unit, which may be the end: "2026 р.", "і т. д."
  return word.length === 1 && (figure || !behind.test(before.slice(0, -1)))
}

/** What stands before a letter that is no initial. */
const behind = new RegExp(`[\\p{N}${slot}][\\s\\u00a0]*$|(?<=[іи] )т\\.[\\s\\u00a0]*$`, 'u')

const word = new RegExp(`[\\p{L}\\p{N}${slot}]+(?:['’\\-‑.,/][\\p{L}\\p{N}${slot}]+)*`, 'gu')

/** Words of a sentence; a value counts as one, and so does a word with hyphens or an apostrophe. */
export function countWords(sentence: string): number {
  return sentence.match(word)?.length ?? 0
}
