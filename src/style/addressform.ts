/** Forms of address: which words of a language do not go with the one that the brand has chosen. */
import { slot } from './readings.ts'
import type { Finding } from './terms.ts'

interface Form {
  readonly language: string
  /** Words of the other form. */
  readonly wrong: readonly RegExp[]
}

/** A figure behind a hyphen makes a code of it: `DU-500`, `ТИ-5`. */
const word = (words: string, flags = 'gu'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}]|-\\p{N})`, flags)

/** What French names of streets, houses and dishes begin with. */
const frenchNouns =
  'mme|mlle|madame|monsieur|rue|avenue|boulevard|place|quai|route|chemin|gare|pont|h[oô]tel|tour|clos|bois|cirque|maison|banque|crédit|musée|boulangerie|carte|plat|vin'

/** What stands before `du` at the head of a sentence besides a verb, whose form ends in `st` or `ßt`. */
const beforeDu =
  '\\p{L}*[sß]t|wenn|falls|sobald|sofern|solange|soweit|sooft|ob|obwohl|weil|da|dass|damit|indem|bis|bevor|ehe|nachdem|seitdem|während|als|wie|wo|was|wer|wem|wen|wann|warum|wieso|weshalb|wofür|womit|woran|worauf|wohin|woher|wozu|wie ?viele?|welche[mnrs]?|dessen|deren|je|und|oder|aber|denn|doch|sondern|nur|auch|selbst|bitte|ja|nein|hallo|hey'

/**
 * `Café du Monde`, `Jacques du Pré`, `Rue du Bac` address nobody: a name in capitals on both sides, which mid-sentence or by an accent is
 * told from what stands before a form of address (`Hast du Fragen`, `Wenn du Geld brauchst`), or by that itself; or a noun that is known.
 */
const frenchDu = `(?!(?<=(?:(?-i:\\p{Ll}\\s\\p{Lu}\\p{Ll}+)|[éèêçôâ]\\p{L}*|(?<!\\p{L})(?!(?:${beforeDu})\\s)(?-i:\\p{Lu}\\p{Ll}+|\\p{Lu}\\.))\\s)du\\s(?-i:\\p{Lu})|(?<=(?<!\\p{L})(?:${frenchNouns})\\s)du\\s|(?-i:Du-\\p{Lu}\\p{L}+-\\p{Lu}))`

/** `Dir. Schmidt` is a director where no sentence goes on before it: "Das gehört Dir. Danke." */
const director = '(?!(?-i:(?<=(?:^|[\\n.,:;(-]|Herrn?|Frau)\\s*)Dir\\.\\s\\p{Lu}))'

/** Verbs that say `ihr` beside them is no `her`: it alone has these forms. */
const pluralVerbs = 'habt|seid|könnt|müsst|dürft|wollt|sollt|möchtet|werdet'

const german = {
  du: `${frenchDu}du|dich|${director}dir|dein(?:e[mnrs]?|s|erseits|etwegen|etwillen)?|euch|euer(?:e[mnrs]?|s)?|eure[mnrs]?|eurerseits|euretwegen|${pluralVerbs}`,
  Sie: 'Sie|Ihnen|Ihr(?:e[mnrs]?|s|erseits|etwegen|etwillen)?|SIE|IHNEN|IHR(?:E[MNRS]?|S)?',
}
const ukrainian = {
  ty: 'ти|тебе|тобі|тобою|твій|тв(?:оя|оє|ої|ого|оєї|ої|ою|оєю|оїх|оїм|оїми|оєму|ойому|оїй|ому)',
  vy: 'ви|вас|вам|вами|ваш(?:а|е|і|ого|ої|у|ою|их|им|ими|ому|ій|ім)?',
}
const russian = {
  ty: 'ты|тебя|тебе|тобой|тобою|тво(?:й|я|ё|е|и|его|ей|ею|ю|их|им|ими|ему|ём|ем)',
  vy: 'вы|вас|вам|вами|ваш(?:а|е|и|его|ей|ею|у|их|им|ими|ему|ем)?',
}
const capital = (words: string): string => words.replace(/^в|(?<=\|)в/g, 'В')

/** Ends of what a sentence goes on behind: a word, a figure, a comma, a value, with what closes it; and a dash. */
const goesOn = `(?:[\\p{L},;${slot}]\\s|[\\p{L}\\p{N}\\p{Sc}%,;${slot}][)\\]"“”»«’]*[^\\S\\n]|\\S[^\\S\\n][–—-][^\\S\\n]|[\\p{L}\\p{N}][–—/])`

/**
 * A polite word that is wrong only where it stands with a capital mid-sentence, which is told by what stands before it. A name in quotes begins
 * with a capital (`ТОВ «Ваш дім»`), and in German with a polite word all the same.
 */
const inside = (words: string, { before = goesOn, opening = '([' } = {}): RegExp =>
  new RegExp(`(?<=${before}[${opening}]*)(?:${words})(?![\\p{L}\\p{N}])`, 'gu')

/** In German a figure and a stop are an ordinal, or the mark of a paragraph: "bis zum 5. Sie". A date with a year ends a sentence. */
const goesOnInGerman = `(?:${goesOn}|(?<![\\p{N}.])\\p{N}{1,2}\\.[^\\S\\n])`

/** By what brand.yaml says under `address`. */
const forms: Readonly<Record<string, Form>> = {
  Sie: { language: 'de', wrong: [word(german.du, 'giu')] },
  du: { language: 'de', wrong: [inside(german.Sie, { before: goesOnInGerman, opening: '([„“”"«»‚‘' })] },
  Ви: { language: 'uk', wrong: [word(ukrainian.vy), word(ukrainian.ty, 'giu')] },
  ви: { language: 'uk', wrong: [inside(capital(ukrainian.vy)), word(ukrainian.ty, 'giu')] },
  ти: { language: 'uk', wrong: [word(ukrainian.vy, 'giu')] },
  Вы: { language: 'ru', wrong: [word(russian.vy), word(russian.ty, 'giu')] },
  вы: { language: 'ru', wrong: [inside(capital(russian.vy)), word(russian.ty, 'giu')] },
  ты: { language: 'ru', wrong: [word(russian.vy, 'giu')] },
}

/** Words of a text that do not go with the form; none where the form is not one of the language. */
export function findAddress(text: string, address: string, language: string): readonly Finding[] {
  const form = forms[address]
  if (form === undefined || form.language !== language) return []
  return form.wrong
    .flatMap(pattern => [...text.matchAll(pattern)])
    .map(([found]) => ({
      code: 'style.address' as const,
      found,
      hint: `the brand says "${address}"`,
    }))
}

/** The forms of address that are known for a language. */
export function formsOf(language: string): readonly string[] {
  return Object.keys(forms).filter(name => forms[name]?.language === language)
}
