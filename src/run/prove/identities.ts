/** What identifies the communications of a run, gathered before a piece is made. */
import { randomBytes } from 'node:crypto'
import type { OpenChannel, Template } from '../../model/index.ts'
import { breathe, stretches } from '../pace.ts'
import { hash, Table } from './hashtable.ts'
import { fold } from './tokens.ts'
import { wordsOf } from './words.ts'

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

export interface IdentitySet {
  /** Pairs of words, found by open addressing; the lowest bit marks what prepare.js worked out. */
  readonly table: SharedArrayBuffer
  /** By how many words an identity has: for each number of its signs, up to the last, 1 where some has so many. */
  readonly lengths: readonly (Uint8Array | undefined)[]
}

/** Identities with as many signs or more are told by their words alone. */
export const mostSigns = 255

/** How a channel writes a text otherwise on purpose. */
export type Respell = NonNullable<OpenChannel['respell']>

/** Identities with more words than this are not looked for: they are sentences. */
export const mostWords = 12

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
  if (given.lengths.length === 0) return undefined
  return { seeds, given: given.set(), respelled: respelled.set(), facts: identifying.map(({ name }) => name) }
}

class Gathered {
  readonly #seeds: Identities['seeds']
  readonly #table = new Table()
  readonly lengths: (Uint8Array | undefined)[] = []

  constructor(seeds: Identities['seeds']) {
    this.#seeds = seeds
  }

  add(value: string, derived: boolean, owner: number): void {
    const mark = markOf(value)
    if (mark === undefined) return
    const { units, start, end, words } = mark
    this.lengths[words] ??= new Uint8Array(mostSigns + 1)
    this.lengths[words][Math.min(end - start, mostSigns)] = 1
    // Beyond 32 bits nobody is named.
    this.#table.put(hash(units, this.#seeds, start, end), derived, owner <= 0xffffffff ? owner : 0)
  }

  set(): IdentitySet {
    return { table: this.#table.shared, lengths: this.lengths }
  }
}

/** Whether pieces are searched for a value of another communication: it is fit to identify somebody, and no sentence. */
export const isLookedFor = (value: string): boolean => markOf(value) !== undefined

/** Where its words stand; holds until the next text is parted. */
interface Mark {
  readonly units: Uint16Array
  readonly start: number
  readonly end: number
  readonly words: number
}

function markOf(value: string): Mark | undefined {
  const { text, units, count, starts, ends } = wordsOf(fold(value))
  if (count === 0 || count > mostWords) return undefined
  const [start, end] = [starts[0] as number, ends[count - 1] as number]
  return tells(text.slice(start, end)) ? { units, start, end, words: count } : undefined
}

/**
 * Whether a text is fit to identify somebody when it is met among others. Figures below five digits are counts, days, years and pages
 * everywhere, and short words are words: they would give false alarms, and are proved only by what each piece has to show of its own.
 */
export function tells(token: string): boolean {
  if (/^\d+$/.test(token)) return token.length >= 5
  const signs = token.match(/[\p{L}\p{N}]/gu) ?? []
  if (!/\p{L}/u.test(token)) return signs.length >= 5
  return signs.length >= (/\p{N}/u.test(token) ? 3 : 4)
}
