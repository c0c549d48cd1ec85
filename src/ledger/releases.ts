/** What people let go that was held, less what was withdrawn again: a held piece that is damaged by then is not published. */
import type { EventOnRecord } from './chain.ts'

/** What a proof had found in a piece that was released all the same; kept in the event. */
export type Overruled = {
  /** Its number. */
  readonly communication: number
  readonly channel: string
  readonly codes: readonly string[]
}

interface Releases {
  /** Numbers of lots that were published for it. */
  readonly lots: ReadonlySet<number>
  readonly overruled: readonly Overruled[]
}

/** Releases that stand, by a run's events. The number of a lot that was withdrawn goes to the next lot, whatever that is. */
export function releasesOf(events: readonly EventOnRecord[]): Releases {
  const lots = new Set<number>()
  let overruled: readonly Overruled[] = []
  for (const { kind, body } of events) {
    if (kind === 'released') {
      const released = JSON.parse(body) as { readonly lots: readonly number[]; readonly overruled?: typeof overruled }
      for (const lot of released.lots) lots.add(lot)
      overruled = [...overruled, ...(released.overruled ?? [])]
    } else if (kind === 'release-withdrawn') {
      const { lot, communications } = JSON.parse(body) as { lot: number; communications: readonly number[] }
      lots.delete(lot)
      overruled = overruled.filter(({ communication }) => !communications.includes(communication))
    }
  }
  return { lots, overruled }
}
