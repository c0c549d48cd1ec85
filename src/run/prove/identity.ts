/** The watch: whether a finished piece shows what identifies another communication of the run. */
import { type Communication, leavesOf, type RunView, type Value } from '../../model/index.ts'
import { isObject } from '../../schema/index.ts'
import { writtenByHelpers } from '../../template/index.ts'
import type { PressPlan } from '../plan/plan.ts'
import { hash, Table } from './hashtable.ts'
import { type Identities, type IdentitySet, mostSigns, type Respell, tells } from './identities.ts'
import { inBlanks, isWhole } from './tokens.ts'
import { canonical, wordsOf } from './words.ts'

/** Watches over the pieces of a run. */
export interface Watch {
  /** What identifies another communication in the texts that were read, folded, one for each of these. `respell`: that of the channel whose piece it is. */
  readonly foreign: (texts: readonly string[], communication: Communication, respell?: Respell) => readonly Foreign[]
}

/** What a text shows of another communication: where to find it, and not a word of it. */
export interface Foreign {
  /** Of the text among those read. */
  readonly position: number
  /** The fact that it is a value of; absent: it is an id. */
  readonly fact?: string
  /** Of the data: where the other one begins; 0 where that is not known. */
  readonly line: number
}

/**
 * Opens the watch. What the kit itself says (wording, templates, brand, months and numbers in words) and the run's own name and
 * settings identify nobody.
 */
export function openWatch({ seeds, given, respelled, facts }: Identities, plan: PressPlan, run: RunView): Watch {
  const plain = looksOf(given)
  const both = [...plain, ...looksOf(respelled)]
  const kitTexts = textsOf([constants(plan), { ...run }])
  const kits = new Map<string, string>()
  const writings = new Map<string, string>()
  // What prepare.js brings in is no proof of whose it is, and it may bring keys, which nobody lists: then they are nobody's own.
  const ownTexts = plan.template.prepare === undefined ? leafTexts : textsOf
  // A channel that writes otherwise writes the kit's own words so, too.
  const inKit = (token: string, { spell, key, locale }: Reading): boolean => {
    const kit = kits.get(key) ?? canonical(kitTexts.flatMap(spell).join('\n'))
    kits.set(key, kit)
    if (has(kit, token)) return true
    const written = writings.get(locale) ?? canonical(writtenByHelpers(locale).join('\n'))
    writings.set(locale, written)
    return has(written, token)
  }

  /** Whose identity a text shows: the number of an owner. */
  const foreignIn = (folded: string, reading: Reading): number | undefined => {
    const { key, id, own } = reading
    const { text, units, count: words, starts, ends } = wordsOf(folded)
    const looks = key === '' ? plain : both
    for (let from = 0; from < words; from += 1) {
      for (let at = 0; at < looks.length; at += 1) {
        const { table, count, signs } = looks[at] as Look
        if (from + count > words) continue
        const start = starts[from] as number
        const end = ends[from + count - 1] as number
        if (signs[Math.min(end - start, mostSigns)] === 0) continue
        const known = table.get(hash(units, seeds, start, end))
        if (known === undefined) continue
        const token = inBlanks(text.slice(start, end)).toLowerCase()
        if (has(id(), token) || !tells(token) || !isWhole(text, start, end)) continue
        if (has(known.derived ? own().all : own().given, token)) continue
        if (!inKit(token, reading)) return known.owner
      }
    }
    return undefined
  }

  return {
    foreign: (texts, communication, respell) => {
      const { locale } = communication
      const spell: Spell = respell === undefined ? one => [one] : one => [one, ...respell(one, locale)]
      let ownId: string | undefined
      const id = (): string => {
        ownId ??= writtenId(communication, spell)
        return ownId
      }
      let known: OwnWords | undefined
      const own = (): OwnWords => {
        known ??= ownWords(communication, spell, ownTexts)
        return known
      }
      const reading = { spell, key: respell === undefined ? '' : locale, locale, id, own }
      return texts.flatMap((text, position) => {
        const owner = foreignIn(text, reading)
        if (owner === undefined) return []
        const fact = facts[(owner % (facts.length + 1)) - 1]
        const line = Math.floor(owner / (facts.length + 1))
        return [{ position, ...(fact === undefined || line === 0 ? {} : { fact }), line }]
      })
    },
  }
}

/** How the texts of one communication are read. */
interface Reading {
  readonly spell: Spell
  /** Of the kit's own words in this spelling; empty where nothing is written otherwise. */
  readonly key: string
  readonly locale: string
  /** What most pieces show. */
  readonly id: () => string
  /** Gathered once for all of its texts, and only if one shows what identifies anybody. */
  readonly own: () => OwnWords
}

/** All ways in which a text may be written. */
type Spell = (text: string) => readonly string[]

/** What is looked for: identities of so many words. */
interface Look {
  readonly table: Table
  readonly count: number
  /** How many signs they have. */
  readonly signs: Uint8Array
}

/** From few words to many. */
function looksOf({ table, lengths }: IdentitySet): readonly Look[] {
  const open = new Table(table)
  return lengths.flatMap((signs, count) => (signs === undefined ? [] : [{ table: open, count, signs }]))
}

/** What a communication has by itself, in all spellings; `given`: without what prepare.js brought in. */
interface OwnWords {
  readonly given: string
  readonly all: string
}

/** A communication's id in all spellings; empty where prepare.js brought such a text in. */
function writtenId({ id, brought = [] }: Communication, spell: Spell): string {
  return brought.includes(id) ? '' : canonical(spell(id).join('\n'))
}

function ownWords(
  { id, locale, recipient, data, brought = [] }: Communication,
  spell: Spell,
  ownTexts: (value: Value) => readonly string[],
): OwnWords {
  const texts = [...textsOf([id, locale, { ...recipient }]), ...ownTexts(data)]
  const written = (some: readonly string[]): string => canonical(some.flatMap(spell).join('\n'))
  const all = written(texts)
  if (brought.length === 0) return { given: all, all }
  const strange = new Set(brought)
  return { given: written(texts.filter(text => !strange.has(text))), all }
}

function textsOf(value: Value | object | undefined): readonly string[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return isObject(value) ? Object.values(value).flatMap(inner => textsOf(inner as Value)) : [String(value)]
}

/** The same, with the keys of maps, which a template can print. */
function leafTexts(value: Value): readonly string[] {
  return leavesOf(value).map(String)
}

/** Everything that is the same in all pieces. */
function constants({ template, brand }: PressPlan): object {
  const { sources, wording } = template
  const { name, company, senders, partials } = brand
  return { sources, wording, name, company, senders, partials, texts: brand.wording }
}

/** Whether a token occurs in a text as a whole; both canonical. */
function has(text: string, token: string): boolean {
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1))
    if (isWhole(text, at, at + token.length)) return true
  return false
}
