/**
 * Memory over the size of the batch: it has to stay flat. `node bench/memory.ts [counts] [channels]`, by default
 * `1000,10000,50000,200000 sms` and then the first three with `pdf` and with `pdf,email,sms`. Each batch is one `platen run`
 * (bench/command.ts).
 */
import { cpus } from 'node:os'
import { platenRun } from './command.ts'
import { inFactory } from './factories.ts'

interface Case {
  readonly channels: string
  readonly counts: readonly number[]
}

const lines = 3
const workers = 2
const counts = (words: string): readonly number[] => words.split(',').map(Number)

const [, , first = '', channels = 'sms'] = process.argv
if (first !== '') await compare([{ channels, counts: counts(first) }])
else
  await compare([
    { channels: 'sms', counts: counts('1000,10000,50000,200000') },
    { channels: 'pdf', counts: counts('1000,10000,50000') },
    { channels: 'pdf,email,sms', counts: counts('1000,10000,50000') },
  ])

async function compare(cases: readonly Case[]): Promise<void> {
  const [cpu] = cpus()
  console.log(
    `Invoices of ${lines} lines, starter template, ${workers} workers, Node ${process.version}, ${cpus().length} × ${cpu?.model}\n`,
  )
  console.log('| channels | communications | wall s | CPU s | peak MB |\n|---|---|---|---|---|')
  for (const one of cases)
    for (const count of one.counts) {
      const { wallSeconds, cpuSeconds, peakMb } = await inFactory({ of: 'starter', count, lines }, folder =>
        platenRun(folder, { channels: one.channels.split(','), workers, count }),
      )
      console.log(
        `| ${one.channels} | ${count} | ${wallSeconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${peakMb.toFixed(0)} |`,
      )
    }
}
