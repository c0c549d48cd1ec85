/** Sentences as a reader counts them, and their words. */
import { slot } from './readings.ts'
import { type ShortForms, shortForms } from './shortforms.ts'

const germanMonth =
  /^(?:Jan(?:uar)?|Jänner|Feb(?:ruar)?|März?|Apr(?:il)?|Mai|Juni?|Juli?|Aug(?:ust)?|Sept?(?:ember)?|Okt(?:ober)?|Nov(?:ember)?|Dez(?:ember)?)(?!\p{L})/u

/** The sentences of a text, by the short forms of its language (BCP 47); a line end ends one too. */
export function sentences(text: string, locale: string): readonly string[] {
  const forms = shortForms(locale)
  const all: string[] = []
  let from = 0
  for (const { index, 0: end } of text.matchAll(
    new RegExp(`\\n+|[.!?…]+["'»“”’)]*[\\s\\u00a0]+(?=[\\p{Lu}\\p{N}"'«„“(${slot}])`, 'gu'),
  )) {
    const next = index + end.length
    if (end.startsWith('.') && isInside(text.slice(from, index), text.slice(next, next + 20), forms)) continue
    all.push(text.slice(from, next).trim())
    from = next
  }
  return [...all, text.slice(from).trim()].filter(sentence => sentence !== '')
}

/** Whether a full stop between these two belongs to a short form or a date. */
function isInside(before: string, after: string, { leading, figured, named, starters }: ShortForms): boolean {
  if (/(?<!\p{N})\p{N}{1,2}$/u.test(before))
    return (
      isOrdinal(before, after, starters) || germanMonth.test(after) || /^\d{1,2}\. ?\d|^(?:19|20)\d\d(?!\d)/.test(after)
    )
  if (dated.test(before) && polite.test(after)) return true
  const figure = after.startsWith(slot) || number.test(after)
  const word = /(?<=^|[^\p{L}.])[\p{L}.]+$/u.exec(before)?.[0] ?? ''
  const short = word.toLowerCase()
  const isUnit = figured.has(short) && behind.test(before.slice(0, -word.length))
  if (leading.has(short) && !isUnit) return true
  if (figure && (figured.has(short) || short.endsWith('str'))) return true
  if (named.has(short) || initials.test(word)) return !starters.has(firstWord(after))
  // An initial ("J. Li"), or the sign of a unit, which may be the end: "2026 р.", "і т. д."
  return word.length === 1 && (figure || !behind.test(before.slice(0, -1)))
}

/** "У березні 2026 р. Ви", "До 5 марта 2026 г. Вы": nothing but a time has been said yet. */
const dated = new RegExp(
  `^(?:У|В|Во|З|Зі|С|Со|За|Від|От|До|На|Протягом|В течение|Станом на|По состоянию на)(?:\\s[\\p{Ll}\\p{N}${slot}.]+){0,3}\\s[\\p{N}${slot}]+\\s[рг]$`,
  'u',
)
const polite = /^(?:Ви|Вы|Вам|Вас|Вами|Ваш\p{Ll}*)(?!\p{L})/u

/** "im 3. Quartal", "die 2. Mahnung"; behind `am` and `zum` a day may end its sentence: "bis zum 5. Danach mahnen wir." */
function isOrdinal(before: string, after: string, starters: ShortForms['starters']): boolean {
  return germanArticle.test(before) && !starters.has(firstWord(after))
}

const germanArticle =
  /(?<!\p{L})(?:die|das|der|des|im|zur|eine[mnrs]?|jede[mnrs]?|ihre?[mnrs]?|unsere?[mnrs]?)[\s\u00a0]+\p{N}{1,2}$/iu

function firstWord(text: string): string {
  return (/^[\p{L}’']+/u.exec(text)?.[0] ?? '').toLowerCase()
}

/** A number as people write one, also with letters or a bracket before it: "5", "A5", "RE-2026", "(044)". */
const number = /^\(?(?:\p{Lu}{1,4}[-/–]?)?\p{N}/u

/** "U.S", "P.O", "D.C": the last full stop is still to come. */
const initials = /^(?:\p{Lu}\.)+\p{Lu}$/u

/** What stands before a letter that is no initial. */
const behind = new RegExp(`[\\p{N}${slot}][\\s\\u00a0]*$|(?<=[іи] )т\\.[\\s\\u00a0]*$`, 'u')

const word = new RegExp(`[\\p{L}\\p{N}${slot}]+(?:['’\\-‑.,/][\\p{L}\\p{N}${slot}]+)*`, 'gu')

/** Words of a sentence; a value counts as one, and so does a word with hyphens or an apostrophe. */
export function countWords(sentence: string): number {
  return sentence.match(word)?.length ?? 0
}
