/** Wording for all templates: `assets/text/<locale>.json`, flat, key to ICU MessageFormat text. */
import {
  type Fault,
  type Kit,
  type KitFile,
  type LocaleWording,
  quote,
  type Result,
  settle,
  type Wording,
} from '../model/index.ts'
import { isObject, type KeyPlace, keyPlaces, parseJson } from '../schema/index.ts'
import { canonicalLocale } from './region.ts'
import { readSource } from './source.ts'

const folder = 'assets/text/'

/** Wording by locale. Whether the texts are well-formed MessageFormat is found where they are compiled. */
export function loadWording(kit: Kit): Result<Wording> {
  const faults: Fault[] = []
  const wording: Record<string, Wording[string]> = {}
  for (const [name, file] of [...kit].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!name.startsWith(folder)) continue
    const locale = /^([\w-]+)\.json$/.exec(name.slice(folder.length))?.[1]
    if (locale === undefined || canonicalLocale(locale) !== locale) {
      faults.push(wrongName(file, locale))
      continue
    }
    const texts = readTexts(file)
    if (texts.ok) wording[locale] = { file: file.shown, ...texts.value }
    else faults.push(...texts.faults)
  }
  return settle(wording, faults)
}

function wrongName(file: KitFile, locale: string | undefined): Fault {
  const meant = locale === undefined ? undefined : canonicalLocale(locale)
  return {
    code: 'brand.wording',
    message: `the name of this file is not a language tag with .json (found ${quote(file.name.slice(folder.length))})`,
    place: { file: file.shown },
    hint: meant === undefined ? 'call it uk.json or en-GB.json' : `did you mean "${meant}.json"?`,
  }
}

function readTexts(file: KitFile): Result<Pick<LocaleWording, 'texts' | 'places'>> {
  const source = readSource(file)
  if (!source.ok) return source
  const parsed = parseJson(source.value)
  if (!parsed.ok) return parsed
  const faults: Fault[] = []
  const texts: Record<string, string> = {}
  const places = keyPlaces(source.value.text)
  if (!isObject(parsed.value)) faults.push(notFlat(source.value.file))
  else {
    for (const [key, text] of Object.entries(parsed.value)) {
      if (typeof text === 'string') texts[key] = text
      else faults.push(notFlat(source.value.file, { key, at: places[key] }))
    }
  }
  return settle({ texts, places }, faults)
}

/** `entry`: the one that is no text; absent: the whole file is no group. */
function notFlat(file: string, entry?: { readonly key: string; readonly at: KeyPlace | undefined }): Fault {
  return {
    code: 'brand.wording',
    message: entry === undefined ? 'wording is not a group of texts' : `the wording ${quote(entry.key)} is not a text`,
    place: { file, ...(entry === undefined ? { line: 1, column: 1 } : entry.at) },
    hint: 'write one flat object: { "title": "Invoice {number}" }',
  }
}
