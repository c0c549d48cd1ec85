/** Which communications a proof shows where none are named: each channel and each language of the batch, and then the first ones. */
import type { Ledger } from '../../ledger/index.ts'
import type { Communication } from '../../model/index.ts'
import { decisionOf, type Routing } from '../stage/route.ts'

export interface Chosen {
  readonly seqs: ReadonlySet<number>
  /** In the order of the data. */
  readonly ids: readonly string[]
  /** Channels and languages that some communication has, and none of these. */
  readonly unseen: readonly string[]
}

/** A communication that may be chosen. */
interface Candidate {
  readonly id: string
  readonly traits: readonly string[]
}

/** Of each channel, and then of each language, the first that has it; what is left of `limit` goes to the first of all. */
export function chooseShown(ledger: Pick<Ledger, 'staged'>, routing: Routing, limit: number): Chosen {
  const channels = new Map<string, number>()
  const locales = new Map<string, number>()
  const candidates = new Map<number, Candidate>()
  const first: number[] = []
  for (const { seq, id, text } of ledger.staged()) {
    const { to } = decisionOf(routing, seq)
    const { locale } = JSON.parse(text) as Communication
    // In a language that no piece is made in, there is nothing to be seen.
    const languages = to.length === 0 ? [] : [locale]
    if (first.length < limit) first.push(seq)
    const isNew = to.some(channel => !channels.has(channel)) || languages.some(language => !locales.has(language))
    if (isNew || first.at(-1) === seq) candidates.set(seq, { id, traits: [...to, ...languages] })
    for (const channel of to) if (!channels.has(channel)) channels.set(channel, seq)
    for (const language of languages) if (!locales.has(language)) locales.set(language, seq)
  }
  const seqs = new Set<number>()
  const seen = new Set<string>()
  const take = (seq: number): void => {
    seqs.add(seq)
    for (const trait of candidates.get(seq)?.traits ?? []) seen.add(trait)
  }
  const traits = [...channels, ...locales]
  for (const [trait, seq] of traits) if (!seen.has(trait) && seqs.size < limit) take(seq)
  for (const seq of first) if (seqs.size < limit) take(seq)
  return {
    seqs,
    ids: [...seqs].sort((a, b) => a - b).map(seq => candidates.get(seq)?.id ?? ''),
    unseen: traits.map(([trait]) => trait).filter(trait => !seen.has(trait)),
  }
}
