/** First lines: where communications stand in the input, a few of them by name and the rest by number. */
import type { Ledger } from '../../ledger/index.ts'

/** Whose lines are asked for, and how the files of the input are called, in the job's order. */
export interface Lines {
  readonly ledger: Pick<Ledger, 'origins'>
  readonly shown: readonly string[]
}

const most = 3

/** `data/bills.csv:17, 40, 52 and 1,840 more`: the first row of each communication, in the order given; '' where no row is known. */
export function firstLines(seqs: readonly number[], lines: Lines): string {
  return firstLinesOfEach([seqs], lines)[0] ?? ''
}

/** The same of several groups, as words that follow one another: a file is named again only where it is another. */
export function firstLinesOfEach(groups: readonly (readonly number[])[], { ledger, shown }: Lines): readonly string[] {
  const originOf = ledger.origins()
  let last: string | undefined
  return groups.map(seqs => {
    const named: string[] = []
    for (const seq of seqs.slice(0, most)) {
      const row = originOf(seq)?.rows[0]
      if (row === undefined) continue
      const file = shown[row.file] ?? `file ${row.file + 1}`
      named.push(file === last ? String(row.line) : `${file}:${row.line}`)
      last = file
    }
    if (named.length === 0) return ''
    const more = seqs.length - named.length
    return more === 0 ? named.join(', ') : `${named.join(', ')} and ${more.toLocaleString('en-US')} more`
  })
}
