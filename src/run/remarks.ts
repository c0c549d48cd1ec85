/** Remarks on pieces, gathered over a batch: those that are alike become one warning with their number, and what they cost. */
import type { Fault, Prices, Remark, Tally, Template } from '../model/index.ts'
import { decimal } from '../schema/index.ts'
import { bill } from './bill.ts'

/** Of as many kinds of remarks as names have signs, those that are true of most are told. */
const mostRemarks = 20

interface Gathered {
  readonly channel: string
  readonly remark: Remark
  pieces: number
  /** Parts that would not be paid for, by country of the number; '' where it has none. */
  readonly extra: Map<string, number>
}

export class Remarks {
  readonly #gathered = new Map<string, Gathered>()

  add(channel: string, remarks: readonly Remark[]): void {
    for (const remark of remarks) {
      const key = `${channel} ${remark.code} ${remark.what} ${remark.hint}`
      let gathered = this.#gathered.get(key)
      if (gathered === undefined) {
        gathered = { channel, remark, pieces: 0, extra: new Map() }
        this.#gathered.set(key, gathered)
      }
      gathered.pieces += 1
      if (remark.extra === undefined) continue
      const { parts, country = '' } = remark.extra
      gathered.extra.set(country, (gathered.extra.get(country) ?? 0) + parts)
    }
  }

  /** A warning for each kind, most pieces first; the rest is counted in the last. */
  faults(template: Template, prices: Prices | undefined): readonly Fault[] {
    const all = [...this.#gathered.values()].sort((a, b) => b.pieces - a.pieces)
    const place = { file: template.file }
    return all
      .map(({ channel, remark, pieces, extra }, at): Fault => {
        const others = at === mostRemarks - 1 ? all.length - mostRemarks : 0
        const more = others > 0 ? `; ${others} more like this` : ''
        const message = `${remark.what.replace('{pieces}', () => countPieces(channel, pieces))}${costOf(channel, extra, prices)}${more}`
        return { code: remark.code, message, place, hint: remark.hint }
      })
      .slice(0, mostRemarks)
  }
}

function countPieces(channel: string, pieces: number): string {
  const noun = channel === 'sms' ? 'text message' : `piece on ${channel}`
  return `${group(pieces)} ${pieces === 1 ? noun : noun.replace(/^(piece|text message)/, '$1s')}`
}

/** `: 1,840 parts more, +62.56 GBP` */
function costOf(channel: string, extra: ReadonlyMap<string, number>, prices: Prices | undefined): string {
  if (extra.size === 0) return ''
  const parts = [...extra.values()].reduce((sum, count) => sum + count, 0)
  const tallies = [...extra].map(
    ([country, count]): Tally => ({
      channel,
      ...(country === '' ? {} : { country }),
      pieces: 0,
      pages: 0,
      parts: count,
    }),
  )
  const cost = bill(tallies, { channels: [channel], prices })
  const unpriced = cost === null || cost.lines.some(({ amount }) => amount === null)
  const money = unpriced ? '' : `, +${decimal(cost.total).round(2).toString()} ${cost.currency}`
  return `: ${group(parts)} part${parts === 1 ? '' : 's'} more${money}`
}

function group(count: number): string {
  return count.toLocaleString('en-US')
}
