/** Which of the brand's rules of style hold for a text, by its language. */
import type { Brand, Fault, SpeechStyle } from '../model/index.ts'
import { hintKnown } from '../schema/index.ts'
import type { StyleRequest } from './lint.ts'
import { compileTerms, type FindTerms } from './terms.ts'

export interface Rules {
  readonly language: string
  readonly terms: FindTerms
  readonly address?: string | undefined
  readonly mostWords?: number | undefined
}

/** What holds for text that stands in a template itself. */
export function ownRules({ style = {}, locale }: Brand): Rules {
  return { ...rulesFor(style, locale, {}), terms: together(Object.values(style)) }
}

/**
 * Rules of the locale, of its language, and those for all languages (`*`), together. Wording of a language alone is what its regions
 * read that `wording` has none for: their rules hold for it, too.
 */
export function rulesFor(
  style: Readonly<Record<string, SpeechStyle>>,
  locale: string,
  wording: Readonly<Record<string, unknown>>,
): Rules {
  const { language } = new Intl.Locale(locale)
  const regions = Object.keys(style).filter(
    name => locale === language && name.startsWith(`${language}-`) && !Object.hasOwn(wording, name),
  )
  const found = [...new Set([locale, ...regions, language, '*'])].flatMap(name => style[name] ?? [])
  return {
    language,
    terms: together(found),
    address: found.find(({ address }) => address !== undefined)?.address,
    mostWords: found.find(({ maxWordsPerSentence }) => maxWordsPerSentence !== undefined)?.maxWordsPerSentence,
  }
}

function together(styles: readonly SpeechStyle[]): FindTerms {
  const finders = styles.map(compileTerms)
  return text => finders.flatMap(find => find(text))
}

/** Rules that hold for no wording, and not for the brand's own language either. */
export function unmetRules({ brand, locales }: Pick<StyleRequest, 'brand' | 'locales'>): readonly Fault[] {
  const written = new Set([brand.locale, ...locales])
  const known = new Set([...written, ...[...written].map(locale => new Intl.Locale(locale).language)])
  const meets = (name: string): boolean => name === '*' || known.has(name) || written.has(name.replace(/-.*/, ''))
  return Object.keys(brand.style ?? {})
    .filter(name => !meets(name))
    .map(name => ({
      code: 'style.language',
      message: `style.${name} is for a language that no wording is in`,
      place: { file: 'assets/brand.yaml' },
      hint: hintKnown(name, [...known].sort()),
    }))
}
