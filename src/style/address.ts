/** Forms of address: which words of a language do not go with the one that the brand has chosen. */
import { slot } from './readings.ts'
import type { Finding } from './terms.ts'

interface Form {
  readonly language: string
  /** Words of the other form. */
  readonly wrong: readonly RegExp[]
}

const word = (words: string, flags = 'gu'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, flags)

const german = { du: 'du|dich|dir|dein(?:e[mnrs]?)?|euch|eue?r(?:e[mnrs]?)?', Sie: 'Sie|Ihnen|Ihr(?:e[mnrs]?)?' }
const ukrainian = {
  ty: 'ти|тебе|тобі|тобою|твій|тво(?:я|є|ї|го|єї|ю|єю|їх|їм|їми|єму)',
  vy: 'ви|вас|вам|вами|ваш(?:а|е|і|ого|ої|у|ою|их|им|ими|ому|ій)?',
}
const russian = {
  ty: 'ты|тебя|тебе|тобой|тво(?:й|я|ё|е|и|его|ей|ю|их|им|ими|ему|ём)',
  vy: 'вы|вас|вам|вами|ваш(?:а|е|и|его|ей|у|их|им|ими|ему|ем)?',
}
const capital = (words: string): string => words.replace(/^в|(?<=\|)в/g, 'В')

/** A polite word that is wrong only where it stands with a capital mid-sentence, which is told by what stands before it. */
const inside = (words: string): RegExp => new RegExp(`(?<=[\\p{Ll},;${slot}]\\s)(?:${words})(?![\\p{L}\\p{N}])`, 'gu')

/** By what brand.yaml says under `address`. */
const forms: Readonly<Record<string, Form>> = {
  Sie: { language: 'de', wrong: [word(german.du, 'giu')] },
  du: { language: 'de', wrong: [inside(german.Sie)] },
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
