/** Remarks on pieces, gathered over a batch: those that are alike become one warning with their number, their first lines, and what they cost. */
import type { Ledger } from '../../ledger/index.ts'
import { type Fault, type Prices, quote, type Remark, type Tally, type Template } from '../../model/index.ts'
import { exactly, groupDecimal, plural } from '../../report/index.ts'
import { bill } from '../account/bill.ts'
import type { Foreseen } from '../press/make.ts'
import { firstLines, type Lines } from './firstlines.ts'

/** Of as many kinds of remarks as names have signs, those that are true of most are told. */
const mostRemarks = 20

/** Pieces of one channel that one thing is to be said of, at the same price. */
interface Alike {
  readonly channel: string
  readonly remark: Remark
  /** Of their communications, in input order. */
  readonly seqs: number[]
  /** How much each has of what only the one with most is told for: any may be a reject later. Empty where all are told. */
  readonly amounts: Most[]
}

/** Pieces of one channel that one thing is to be said of. */
interface Gathered extends Omit<Alike, 'amounts'> {
  /** The first of those that have most. */
  readonly most: Most | undefined
  /** Parts that would not be paid for, by country of the number; '' where it has none. */
  readonly extra: Map<string, number>
  /** Letters that each is too long by. */
  readonly excess: Set<number>
}

interface Most {
  readonly seq: number
  readonly amount: number
}

/** Where the warnings stand, what parts cost, and whose lines are named. */
interface Telling extends Lines {
  readonly template: Template
  readonly prices: Prices | undefined
  /** What was issued before is a reject by now, and nothing is to be said of it. */
  readonly ledger: Pick<Ledger, 'origins' | 'stagedIds'>
}

export class Remarks {
  readonly #alike = new Map<string, Alike>()

  /** Communications come in input order. */
  add(seq: number, remarks: Foreseen['remarks']): void {
    for (const { channel, remark } of remarks) {
      const { parts, country } = remark.extra ?? {}
      const key = `${kindOf(channel, remark)} ${parts} ${country} ${remark.excess}`
      const alike = this.#alike.get(key)
      const amounts = remark.most === undefined ? [] : [{ seq, amount: remark.most }]
      if (alike === undefined) this.#alike.set(key, { channel, remark, seqs: [seq], amounts })
      else {
        alike.seqs.push(seq)
        alike.amounts.push(...amounts)
      }
    }
  }

  /** A warning for each kind, most pieces first; the rest is counted in the last. */
  faults({ template, prices, ...lines }: Telling): readonly Fault[] {
    const all = this.#gather(lines.ledger).sort((a, b) => b.seqs.length - a.seqs.length)
    const ids = idsOf(new Set(all.flatMap(({ most }) => (most === undefined ? [] : [most.seq]))), lines.ledger)
    return all.slice(0, mostRemarks).map(({ channel, remark, seqs, extra, excess, most }, at): Fault => {
      const place = { file: remark.file ?? template.file }
      const others = at === mostRemarks - 1 ? all.length - mostRemarks : 0
      const more = others > 0 ? `; ${others} more like this` : ''
      const where = remark.inRows === true ? firstLines(seqs, lines) : ''
      const what = remark.what
        .replace('{pieces}', () => countPieces(channel, seqs.length))
        .replace('{excess}', () => lettersOf(excess))
        .replace('{most}', () => String(most?.amount))
        .replace('{id}', () => quote(ids.get(most?.seq ?? 0) ?? ''))
      const message = `${what}${costOf(channel, extra, prices)}${where === '' ? '' : ` (${where})`}${more}`
      return { code: remark.code, message, place, hint: remark.hint }
    })
  }

  /** Pieces that are alike at any price, of communications that are still to be made. */
  #gather(ledger: Telling['ledger']): Gathered[] {
    if (this.#alike.size === 0) return []
    const last = Math.max(...[...this.#alike.values()].map(({ seqs }) => seqs.at(-1) ?? 0))
    const staged = new Uint8Array(last + 1)
    for (const { seq } of ledger.stagedIds()) staged[seq] = 1
    const gathered = new Map<string, Gathered>()
    for (const { channel, remark, seqs, amounts } of this.#alike.values()) {
      const left = seqs.filter(seq => staged[seq] === 1)
      if (left.length === 0) continue
      const most = greatest(amounts.filter(({ seq }) => staged[seq] === 1))
      const kind = kindOf(channel, remark)
      const known = gathered.get(kind)
      const extra = known?.extra ?? new Map<string, number>()
      if (remark.extra !== undefined) {
        const { parts, country = '' } = remark.extra
        extra.set(country, (extra.get(country) ?? 0) + parts * left.length)
      }
      const excess = known?.excess ?? new Set<number>()
      if (remark.excess !== undefined) excess.add(remark.excess)
      const together = known === undefined ? left : [...known.seqs, ...left].sort((a, b) => a - b)
      gathered.set(kind, {
        channel,
        remark,
        seqs: together,
        extra,
        excess,
        most: greatest([known?.most, most].filter(one => one !== undefined)),
      })
    }
    return [...gathered.values()]
  }
}

/** The first where several have as much. */
function greatest(all: readonly Most[]): Most | undefined {
  let most: Most | undefined
  for (const one of all) {
    if (most === undefined || one.amount > most.amount || (one.amount === most.amount && one.seq < most.seq)) most = one
  }
  return most
}

function idsOf(seqs: ReadonlySet<number>, ledger: Telling['ledger']): ReadonlyMap<number, string> {
  const ids = new Map<number, string>()
  if (seqs.size > 0) for (const { seq, id } of ledger.stagedIds()) if (seqs.has(seq)) ids.set(seq, id)
  return ids
}

function kindOf(channel: string, { code, what, hint, file = '' }: Remark): string {
  return `${channel} ${code} ${what} ${hint} ${file}`
}

function countPieces(channel: string, pieces: number): string {
  const noun = channel === 'sms' ? 'text message' : `piece on ${channel}`
  return plural(pieces, noun, noun.replace(/^(piece|text message)/, '$1s'))
}

/** `1 letter`, `4 to 12 letters` */
function lettersOf(excess: ReadonlySet<number>): string {
  const [least, most] = [Math.min(...excess), Math.max(...excess)]
  return `${least < most ? `${least} to ` : ''}${plural(most, 'letter')}`
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
  const money = unpriced ? '' : `, +${groupDecimal(exactly(cost.total))} ${cost.currency}`
  return `: ${plural(parts, 'part')} more${money}`
}
