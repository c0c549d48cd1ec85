/**
 * One table of 10 to 40,000 rows, from markup to bytes: `node bench/table.ts [rows ...]`. Each count runs twice in processes of their
 * own. Once for CPU seconds; once for memory: the most that is alive at any of many collections forced on the way (tree, layout and
 * bytes), for each row, over what is alive before: the merged text, and a worker whose bounded caches other documents have filled.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openFonts } from '../src/channels/pdf/fonts/fonts.ts'
import { layOut } from '../src/channels/pdf/layout/layout.ts'
import { openLooks } from '../src/channels/pdf/layout/looks.ts'
import { readMarkup } from '../src/channels/pdf/markup/markup.ts'
import { paint } from '../src/channels/pdf/paint/paint.ts'
import { openPictures } from '../src/channels/pdf/paint/pictures.ts'
import type { Brand, FontFile } from '../src/model/index.ts'

interface Figures {
  readonly pages: number
  readonly markupSeconds: number
  readonly layoutSeconds: number
  readonly paintSeconds: number
  readonly bytesPerRow: number
}

const fontFile = (name: string): FontFile => {
  const path = fileURLToPath(new URL(`../assets/fonts/${name}`, import.meta.url))
  return { file: `assets/fonts/${name}`, bytes: new Uint8Array(readFileSync(path)) }
}

const brand: Brand = {
  name: 'Bench',
  locale: 'uk-UA',
  currency: 'UAH',
  timezone: 'Europe/Kyiv',
  colors: { ink: '#1B1F24', muted: '#525B66', hairline: '#C9CFD6' },
  fonts: {
    text: { regular: fontFile('SourceSans3-Regular.ttf'), bold: fontFile('SourceSans3-SemiBold.ttf'), fallback: [] },
  },
  classes: {},
  images: {},
  senders: {},
  partials: {},
  wording: {},
  company: {},
}

if (process.argv[2] === 'case')
  console.log(JSON.stringify(measure(Number(process.argv[3]), process.argv[4] === 'memory')))
else compare(process.argv.slice(2).map(Number))

function compare(asked: readonly number[]): void {
  const counts = asked.length > 0 ? asked : [10, 100, 1_000, 10_000, 40_000]
  console.log(
    '| rows | pages | markup s | layout s | paint s | µs for a row | bytes alive for a row |\n|---|---|---|---|---|---|---|',
  )
  for (const count of counts) {
    const { pages, markupSeconds, layoutSeconds, paintSeconds } = ran(count, 'time')
    const { bytesPerRow } = ran(count, 'memory')
    const seconds = [markupSeconds, layoutSeconds, paintSeconds]
    const each = (seconds.reduce((sum, one) => sum + one) / count) * 1e6
    console.log(
      `| ${count} | ${pages} | ${seconds.map(one => one.toFixed(3)).join(' | ')} | ${each.toFixed(0)} | ${bytesPerRow.toFixed(0)} |`,
    )
  }
}

function ran(count: number, what: 'time' | 'memory'): Figures {
  const child = spawnSync(
    process.execPath,
    ['--expose-gc', fileURLToPath(import.meta.url), 'case', String(count), what],
    { encoding: 'utf8' },
  )
  if (child.status !== 0) throw new Error(child.stderr)
  return JSON.parse(child.stdout) as Figures
}

function measure(count: number, memory: boolean): Figures {
  const fonts = openFonts(brand)
  if (!fonts.ok) throw new Error('fonts')
  const looks = openLooks(brand, fonts.value)
  const pictures = openPictures(brand, {})
  let calls = 0
  let most = 0
  let every = Number.POSITIVE_INFINITY
  const alive = () => {
    // Twice: what buffers hold outside the heap is let go one collection after they are.
    for (let times = 0; times < 2; times += 1) globalThis.gc?.()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const probe = () => {
    most = Math.max(most, alive())
  }
  const watched: typeof looks = {
    ...looks,
    of: (...asked) => {
      calls += 1
      if (calls % every === 0) probe()
      return looks.of(...asked)
    },
  }
  const clock = () => process.cpuUsage().user / 1e6
  let before = 0
  const make = (rows: number, seed: number) => {
    const text = markup(rows, seed)
    if (memory) before = alive()
    const start = clock()
    const tree = readMarkup(text, 'bench.hbs', brand)
    if (!tree.ok) throw new Error(JSON.stringify(tree.faults))
    const read = clock()
    const layout = layOut(tree.value, { brand, fonts: fonts.value, looks: watched, locale: 'uk-UA', file: 'bench.hbs' })
    if (!layout.ok) throw new Error(JSON.stringify(layout.faults))
    const laid = clock()
    if (memory) probe()
    const bytes = paint(layout.value, { brand, pictures, date: '2026-03-31' })
    const painted = clock()
    if (memory) probe()
    if (text.length + bytes.length === 0) throw new Error('nothing')
    return { pages: layout.value.pages.length, seconds: [read - start, laid - read, painted - laid] as const }
  }
  for (let seed = 1; seed < 6; seed += 1) make(500, seed)
  const callsBefore = calls
  make(100, 6)
  if (memory) every = Math.max(1, Math.round((((calls - callsBefore) / 100) * count) / 24))
  most = 0
  const { pages, seconds } = make(count, 7)
  return {
    pages,
    markupSeconds: seconds[0],
    layoutSeconds: seconds[1],
    paintSeconds: seconds[2],
    bytesPerRow: (most - before) / count,
  }
}

/** A bank statement: five cells a row, of which three are never the same twice. */
function markup(count: number, seed: number): string {
  const money = (cents: number) =>
    `${String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, '\u00A0')},${String(cents % 100).padStart(2, '0')}`
  let balance = seed * 1_000_003
  const rows = Array.from({ length: count }, (_, index) => {
    const amount = 100 + (((index + seed * 977) * 7919) % 90_000)
    balance += index % 2 === 0 ? amount : -amount
    const day = `${String((index % 28) + 1).padStart(2, '0')}.03.2026`
    return `<tr carry="${money(balance)}" border-bottom="0.35pt hairline">
      <td>${day}</td><td>Оплата рахунку ${seed}${index + 1} за послуги зв’язку</td>
      <td text-align="right">${index % 2 === 0 ? money(amount) : ''}</td><td text-align="right">${index % 2 === 0 ? '' : money(amount)}</td>
      <td text-align="right">${money(balance)}</td>
    </tr>`
  })
  return `<document title="Bench" lang="uk-UA"><page size="A4" margin="30mm 20mm 32mm 25mm">
    <footer bottom="14mm"><page-number/> / <page-count/></footer>
    <table columns="21mm * 27mm 23mm 25mm" column-gap="5mm" cell-padding="3.5pt 0">
      <thead><tr border-bottom="0.75pt ink"><th>Дата</th><th>Запис</th><th>Нараховано</th><th>Сплачено</th><th>Борг</th></tr>
        <tr on="not-first"><td colspan="4">Перенесено</td><td text-align="right"><carry/></td></tr></thead>
      <tbody>${rows.join('\n')}</tbody>
      <tfoot><tr on="not-last"><td colspan="4">До перенесення</td><td text-align="right"><carry/></td></tr>
        <tr on="last"><td colspan="4">Разом</td><td text-align="right">${money(balance)}</td></tr></tfoot>
    </table></page></document>`
}
