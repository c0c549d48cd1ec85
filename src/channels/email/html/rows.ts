/** Rows of tables as HTML reads them: what stands between them is thrown out of the table, and a row inside of a row leaves an empty one. */
import { quote } from '../../../model/index.ts'
import { isBlock } from '../tags/blocks.ts'
import { type Branching, behindBlock } from '../tags/branches.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'
import type { Remark } from './inbox.ts'
import { empty } from './voidelements.ts'

/** An element that is open. */
interface Open {
  readonly name: string
  /** Whether a row has a cell. */
  readonly filled?: boolean
}

const token = new RegExp(
  `${shieldPattern.source}|<(/?)([A-Za-z][\\w:-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>|[^\\s<\\u{E000}]+|<`,
  'gu',
)

/** What rows are written in: a table, or `mj-raw` where MJML itself makes rows of what stands beside it. */
export type Rows = 'table' | 'mj-raw'

/** What each of them may hold (HTML 13.2.6.4.9 to 14); cells without a row are given one. */
const inTable = 'tr td th thead tbody tfoot caption colgroup col style script template'
const holds: Readonly<Record<string, readonly string[]>> = {
  table: inTable.split(' '),
  'mj-raw': inTable.split(' '),
  thead: ['tr', 'td', 'th'],
  tbody: ['tr', 'td', 'th'],
  tfoot: ['tr', 'td', 'th'],
  tr: ['td', 'th', 'style', 'script', 'template'],
}
const cells = ['td', 'th']
const sections = ['thead', 'tbody', 'tfoot', 'caption', 'colgroup']

/**
 * Remarks about shielded HTML, comments blanked, that stands inside `within`, undefined where that is not known. Where a block
 * leaves it open what is open, nothing more is said.
 */
export function rowRemarks(
  html: string,
  {
    within,
    offset,
    shields,
  }: { readonly within: Rows | undefined; readonly offset: number; readonly shields: Shields },
): Remark[] {
  const remarks: Remark[] = []
  const branchings: Branching<readonly Open[] | undefined>[] = []
  let open: readonly Open[] = within === undefined ? [] : [{ name: within }]
  const say = (at: number, message: string, hint: string): void => {
    remarks.push({ fault: { code: 'email.markup', message, hint }, offset: offset + at })
  }
  const stray = (what: string, at: number, where: string | undefined): void => {
    const raw = where === 'mj-raw'
    const between = raw ? 'the rows that MJML writes' : 'the rows or cells of a table'
    const shown = raw ? 'before them, or not at all' : 'before the table'
    const advice = raw ? 'write it in mj-text, or as <tr><td>…</td></tr>' : 'put it into a cell: <tr><td>…</td></tr>'
    say(at, `${what} stands between ${between}, and mail programs show it ${shown}`, advice)
  }
  for (const { 1: position, 2: slash, 3: written, index: at } of html.matchAll(token)) {
    const top = open.at(-1)?.name ?? ''
    if (position !== undefined) {
      const shielded = shields.get(Number(position))
      if (isBlock(shielded)) {
        const next = behindBlock(shielded, { state: open, open: branchings }, (_ended, ways) => agreed(ways))
        if (next === undefined) return remarks
        open = next
      } else if (holds[top] !== undefined && shielded.tag !== 'whole' && shielded.tag.kind === 'value')
        stray(quote(shielded.text), at, top)
      continue
    }
    const name = written?.toLowerCase()
    if (name === undefined) {
      if (holds[top] !== undefined) stray('text', at, top)
    } else if (slash === '/') open = close(name, open)
    else {
      const around = imply(name, open)
      const parent = around.at(-1)
      if (name === 'tr' && parent?.name === 'tr') {
        say(at, 'a <tr> is opened inside of a <tr>', 'close the row before, or take one of the two away')
        continue
      }
      if (holds[parent?.name ?? '']?.includes(name) === false) stray(`<${name}>`, at, parent?.name)
      const inside =
        parent?.name === 'tr' && cells.includes(name) ? [...around.slice(0, -1), { name: 'tr', filled: true }] : around
      open = empty.has(name) ? inside : [...inside, { name }]
    }
  }
  return remarks
}

/** Where elements of a table close what nobody closed: the inner table's, not those around it. */
function scopeOf(open: readonly Open[]): number {
  return open.findLastIndex(({ name }) => name === 'table') + 1
}

function close(name: string, open: readonly Open[]): readonly Open[] {
  const from = name === 'table' ? 0 : scopeOf(open)
  const at = open.findLastIndex(one => one.name === name)
  return at < from ? open : open.slice(0, at)
}

/** What is open once a cell, row or part of a table has closed those before it, whose ends may be left out. */
function imply(name: string, open: readonly Open[]): readonly Open[] {
  const row = name === 'tr' || cells.includes(name)
  const closed = row ? cells : sections.includes(name) ? [...cells, 'tr', ...sections] : []
  const scope = scopeOf(open)
  const at = open.findIndex((one, index) => index >= scope && closed.includes(one.name))
  const rest = at < 0 ? open : open.slice(0, at)
  const last = rest.at(-1)
  return name === 'tr' && last?.name === 'tr' && last.filled === true ? rest.slice(0, -1) : rest
}

/** What is open behind a block; undefined where its branches differ in that. */
function agreed(ways: readonly (readonly Open[] | undefined)[]): readonly Open[] | undefined {
  const [first] = ways
  return ways.every(way => shape(way) === shape(first)) ? first : undefined
}

const shape = (open: readonly Open[] = []): string => open.map(({ name }) => name).join(' ')
