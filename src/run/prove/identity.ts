/** Identity: whether a finished piece shows what identifies another communication of the run. */
import { randomBytes } from 'node:crypto'
import {
  type Communication,
  leavesOf,
  type OpenChannel,
  type RunView,
  type Template,
  type Value,
} from '../../model/index.ts'
import { isObject } from '../../schema/index.ts'
import { writtenByHelpers } from '../../template/index.ts'
import { breathe, stretches } from '../pace.ts'
import type { PressPlan } from '../plan/plan.ts'
import { hash, Table } from './hashtable.ts'
import { fold, isWhole, isWordSign, unitsAt } from './tokens.ts'

/**
 * All that identifies the communications of a run, as keyed hashes of 64 bits: 24 to 48 bytes for each, shared by all workers. The
 * key is drawn anew for each start and leaves the process never.
 */
export interface Identities {
  readonly seeds: readonly [number, number]
  /** As the data has them. */
  readonly given: IdentitySet
  /** As channels write them otherwise on purpose: looked for in the pieces of those channels alone. */
  readonly respelled: IdentitySet
  /** Names of the facts that identify, in the order that owners are numbered by. */
  readonly facts: readonly string[]
}

interface IdentitySet {
  /** Pairs of words, found by open addressing; the lowest bit marks what prepare.js worked out. */
  readonly table: SharedArrayBuffer
  /** Bit n: some identity has n words. */
  readonly lengths: number
}

/** How a channel writes a text otherwise on purpose. */
export type Respell = NonNullable<OpenChannel['respell']>

/** Watches over the pieces of a run. */
export interface Watch {
  /** What identifies another communication in the texts that were read, one for each of these. `respell`: that of the channel whose piece it is. */
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

/** Identities with more words than this are not looked for: they are sentences. */
const mostWords = 12

/** What a ledger knows of the communications of a run. Said here, so that the types of the library do not lead into the ledger. */
export interface IdentitySource {
  /** In which languages people are written to. */
  readonly locales: () => readonly string[]
  readonly identities: (paths: readonly string[]) => Iterable<{
    readonly id: string
    /** Line of its first row. */
    readonly line: number
    /** In the order of the paths; undefined where nothing stands. */
    readonly values: readonly (string | undefined)[]
    readonly brought: readonly string[]
  }>
}

/**
 * Gathers what identifies each communication: its id, and its facts with `identity: true`, also as these channels would write them to
 * anybody of the run. Undefined where there is nothing to look for.
 */
export async function gatherIdentities(
  ledger: IdentitySource,
  template: Pick<Template, 'facts'>,
  {
    spellings = [],
    signal,
  }: { readonly spellings?: readonly Respell[]; readonly signal?: AbortSignal | undefined } = {},
): Promise<Identities | undefined> {
  const identifying = template.facts.filter(({ identity }) => identity)
  const paths = identifying.map(({ value }) => value)
  if (paths.length === 0) return undefined
  const [one = 0, other = 0] = new Uint32Array(randomBytes(8).buffer.slice(0, 8))
  const seeds = [one, other] as const
  const given = new Gathered(seeds)
  const respelled = new Gathered(seeds)
  const locales = spellings.length === 0 ? [] : ledger.locales()
  for (const stretch of stretches(ledger.identities(paths))) {
    for (const { id, line, values, brought } of stretch)
      for (const [at, value] of [id, ...values].entries()) {
        if (value === undefined) continue
        const derived = value !== id && brought.includes(value)
        const owner = line * (paths.length + 1) + at
        given.add(value, derived, owner)
        for (const respell of spellings)
          for (const locale of locales)
            for (const other of respell(value, locale)) if (other !== value) respelled.add(other, derived, owner)
      }
    await breathe(signal)
  }
  if (given.lengths === 0) return undefined
  return { seeds, given: given.set(), respelled: respelled.set(), facts: identifying.map(({ name }) => name) }
}

class Gathered {
  readonly #seeds: Identities['seeds']
  readonly #table = new Table()
  lengths = 0

  constructor(seeds: Identities['seeds']) {
    this.#seeds = seeds
  }

  add(value: string, derived: boolean, owner: number): void {
    const mark = markOf(value)
    if (mark === undefined) return
    this.lengths |= 1 << mark.words
    // Beyond 32 bits nobody is named.
    this.#table.put(hash(mark.token, this.#seeds), derived, owner <= 0xffffffff ? owner : 0)
  }

  set(): IdentitySet {
    return { table: this.#table.shared, lengths: this.lengths }
  }
}

/** Whether pieces are searched for a value of another communication: it is fit to identify somebody, and no sentence. */
export const isLookedFor = (value: string): boolean => markOf(value) !== undefined

function markOf(value: string): { readonly token: string; readonly words: number } | undefined {
  const { text, starts, ends } = wordsOf(value)
  if (starts.length === 0 || starts.length > mostWords) return undefined
  const token = text.slice(starts[0], ends.at(-1))
  return tells(token) ? { token, words: starts.length } : undefined
}

/**
 * Whether a text is fit to identify somebody when it is met among others. Figures below five digits are counts, days, years and pages
 * everywhere, and short words are words: they would give false alarms, and are proved only by what each piece has to show of its own.
 */
function tells(token: string): boolean {
  if (/^\d+$/.test(token)) return token.length >= 5
  const signs = token.match(/[\p{L}\p{N}]/gu) ?? []
  if (!/\p{L}/u.test(token)) return signs.length >= 5
  return signs.length >= (/\p{N}/u.test(token) ? 3 : 4)
}

/**
 * Opens the watch. What the kit itself says (wording, templates, brand, months and numbers in words) and the run's own name and
 * settings identify nobody.
 */
export function openWatch({ seeds, given, respelled, facts }: Identities, plan: PressPlan, run: RunView): Watch {
  const plain = [openSet(given)]
  const both = [...plain, openSet(respelled)]
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
  const foreignIn = (text: string, reading: Reading): number | undefined => {
    const { key, id, own } = reading
    const { text: line, starts, ends } = wordsOf(text)
    for (let from = 0; from < starts.length; from += 1) {
      for (const { table, counts } of key === '' ? plain : both) {
        for (const count of counts) {
          const start = starts[from] as number
          const end = ends[from + count - 1]
          if (end === undefined) break
          const known = table.get(hash(line, seeds, start, end))
          if (known === undefined) continue
          const token = line.slice(start, end)
          if (!tells(token) || !isWhole(line, start, end)) continue
          if (has(id(), token) || has(known.derived ? own().all : own().given, token)) continue
          if (!inKit(token, reading)) return known.owner
        }
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

function openSet({ table, lengths }: IdentitySet): { readonly table: Table; readonly counts: readonly number[] } {
  const counts = Array.from({ length: mostWords }, (_, at) => at + 1)
  return { table: new Table(table), counts: counts.filter(count => (lengths & (1 << count)) !== 0) }
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

/** Folded, in lower case, on one line; a word that goes on behind a hyphen at a line's end is put together. */
function canonical(text: string): string {
  return fold(text)
    .toLowerCase()
    .replaceAll('-\n', '-')
    .replace(/[\n\t\u00a0]/g, ' ')
}

interface Words {
  readonly text: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

function wordsOf(text: string): Words {
  const line = canonical(text)
  const starts: number[] = []
  const ends: number[] = []
  let inside = false
  for (let at = 0; at < line.length; at += unitsAt(line, at)) {
    const isWord = isWordSign(line, at)
    if (isWord === inside) continue
    inside = isWord
    if (isWord) starts.push(at)
    else ends.push(at)
  }
  if (inside) ends.push(line.length)
  return { text: line, starts, ends }
}
