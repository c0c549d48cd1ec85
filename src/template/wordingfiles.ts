/** Wording files of a template: flat groups of ICU texts, named by their locale. */
import { type Fault, failed, quote, type Result, type Source, settle, type Wording } from '../model/index.ts'
import { isObject, keyPlaces, parseJson } from '../schema/index.ts'
import { canonicalLocale } from './recipient.ts'

/** `sources` by name without extension; what is wrong is added to `faults`. */
export function readWording(sources: Readonly<Record<string, Source>>, faults: Fault[]): Wording {
  const wording: Record<string, Wording[string]> = {}
  for (const [name, source] of Object.entries(sources)) {
    const locale = canonicalLocale(name)
    if (locale !== name) {
      faults.push({
        code: 'template.locale',
        message: `the file's name ${quote(name)} is not a locale`,
        place: { file: source.file },
        hint: locale === undefined ? 'name it by a BCP 47 tag: uk.json, en-GB.json' : `name it ${locale}.json`,
      })
      continue
    }
    const texts = readTexts(source)
    if (texts.ok) wording[name] = { file: source.file, texts: texts.value, places: keyPlaces(source.text) }
    else faults.push(...texts.faults)
  }
  return wording
}

function readTexts(source: Source): Result<Readonly<Record<string, string>>> {
  const parsed = parseJson(source)
  if (!parsed.ok) return parsed
  if (!isObject(parsed.value) || Array.isArray(parsed.value)) {
    return failed({
      code: 'template.wording',
      message: 'this is not a list of texts by key',
      place: { file: source.file },
      hint: 'write { "heading": "Invoice" }',
    })
  }
  const places = keyPlaces(source.text)
  const faults = Object.entries(parsed.value)
    .filter(([, text]) => typeof text !== 'string')
    .map(
      ([key]): Fault => ({
        code: 'template.wording',
        message: `wording ${quote(key)} is not text`,
        place: { file: source.file, ...(places[key] ?? { path: key }) },
        hint: 'keys with dots take the place of groups: "status.paid"',
      }),
    )
  return settle(parsed.value as Readonly<Record<string, string>>, faults)
}
