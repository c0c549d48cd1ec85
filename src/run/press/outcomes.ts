/** Outcomes: what became of a communication on each of its channels, once all of them are made. */
import { describePlace, type Fault, type Piece, type ShownFact } from '../../model/index.ts'
import type { PressPlan } from '../plan/plan.ts'

/** What became of one communication on one channel. */
export type Made =
  | {
      readonly channel: string
      readonly outcome: 'rendered' | 'held'
      /** Why it is held. */
      readonly reason?: string
      /** What its own proof found, where that is why. */
      readonly faults?: readonly Fault[]
      readonly piece: Piece
      /** Hex digest of its bytes, where another piece encloses it. */
      readonly sha256?: string
      readonly facts: Readonly<Record<string, ShownFact>>
    }
  | { readonly channel: string; readonly outcome: 'failed'; readonly reason: string; readonly faults: readonly Fault[] }

/** A piece, the facts that it shows, and what its proof has against it. */
export interface Finished {
  readonly piece: Piece
  /** Hex digest of its bytes, once another piece encloses it. */
  readonly sha256?: string
  readonly facts: Readonly<Record<string, ShownFact>>
  readonly flaws: readonly Fault[]
}

/** A communication is published on all its channels or on none. */
export function settleOutcomes(
  to: readonly string[],
  {
    finished,
    faults,
    files,
  }: {
    readonly finished: ReadonlyMap<string, Finished>
    readonly faults: ReadonlyMap<string, readonly Fault[]>
    readonly files: NonNullable<PressPlan['files']>
  },
): readonly Made[] {
  const waited = to.flatMap(channel => {
    const why = finished.has(channel) ? inWords(finished.get(channel)?.flaws ?? []) : 'failed'
    return why === undefined ? [] : [`${channel} (${why})`]
  })
  return to.map((channel): Made => {
    const made = finished.get(channel)
    if (made === undefined) {
      const found = faults.get(channel) ?? []
      return { channel, outcome: 'failed', reason: reasonOf(found, files), faults: found }
    }
    const { flaws, ...rest } = made
    if (flaws.length > 0) {
      // What a proof finds holds no word of the customer's.
      const reason = [...new Set(flaws.map(({ code, message }) => `${code}: ${message}`))].join('; ')
      return { channel, outcome: 'held', reason, faults: flaws, ...rest }
    }
    if (waited.length > 0) return { channel, outcome: 'held', reason: `waits for ${waited.join(' and ')}`, ...rest }
    return { channel, outcome: 'rendered', ...rest }
  })
}

/** What is wrong with a piece that its siblings wait for, in words for whoever decides about them; undefined: nothing is. */
function inWords(flaws: readonly Fault[]): string | undefined {
  if (flaws.length === 0) return undefined
  const codes = flaws.map(({ code }) => code)
  if (codes.includes('run.identity')) return 'shows what is not its customer’s'
  return codes.includes('run.unread') ? 'cannot be read back' : 'does not show what the data says'
}

/** Codes and places in the kit: what a ledger may say, without a word of the customer's. */
function reasonOf(faults: readonly Fault[], files: NonNullable<PressPlan['files']>): string {
  return [
    ...new Set(
      faults.map(({ code, place }) =>
        place === undefined ? code : `${code} at ${describePlace({ ...place, file: files[place.file] ?? place.file })}`,
      ),
    ),
  ].join(', ')
}
