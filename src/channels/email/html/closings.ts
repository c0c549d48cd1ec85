/** Tags of HTML that close nothing, or are never closed: what is behind them leaves the cell that MJML has set it in, or slips into theirs. */
import { type Brand, type Fault, partialFor, quote, type Source } from '../../../model/index.ts'
import { isBlock } from '../tags/blocks.ts'
import { type Branching, behindBlock } from '../tags/branches.ts'
import { blankHidden } from '../tags/comments.ts'
import { placeAt } from '../tags/place.ts'
import { newShields, type Shielded, type Shields, shieldPattern, shieldTags } from '../tags/shield.ts'
import { empty } from './voidelements.ts'

/** HTML behind shields, and where faults in it are reported. */
interface Stretch {
  readonly text: string
  readonly source: Source
  readonly shields: Shields
  readonly sourceOffset: (offset: number) => number
}

/** A tag of HTML or of Handlebars. */
type Step =
  | { readonly kind: 'open' | 'close'; readonly name: string; readonly stretch: Stretch; readonly at: number }
  | { readonly kind: 'block'; readonly shielded: Shielded }

/** An element that is open, for certain or in some ways only. */
interface Open {
  readonly id: number
  readonly name: string
  readonly doubt?: { readonly block: string; readonly depth: number }
}

/** Parts of a table, which end with all that is open in them. Rows and their groups may be there unwritten. */
const parts = new Set('table caption thead tbody tfoot tr td th'.split(' '))
const unwritten = new Set(['tbody', 'tr', 'colgroup'])

/** Faults of what a component holds, partials and all, where it is wrong in a way that is known to come. */
export function closingFaults(
  stretch: Stretch,
  { brand, within }: { readonly brand: Brand; readonly within: 'table' | undefined },
): readonly Fault[] {
  const steps = [...stepsOf(stretch, brand, [])]
  const faults: Fault[] = []
  const branchings: Branching<readonly Open[]>[] = []
  let open: readonly Open[] = []
  for (const [at, step] of steps.entries()) {
    if (step.kind === 'block')
      open = behindBlock(step.shielded, { state: open, open: branchings, at }, (ended, ways) =>
        merge(ended, ways, branchings.length),
      )
    else if (step.kind === 'open') open = [...open, { id: at, name: step.name }]
    else {
      const found = close(step.name, open, branchings.length)
      if (found.open !== undefined) open = found.open
      // HTML makes an empty paragraph of it (13.2.6.4.7), and nothing leaves the cell.
      else if (step.name === 'p') continue
      else if (unwritten.has(step.name) && (within === 'table' || open.some(({ name }) => name === 'table'))) continue
      else if (found.doubt !== undefined || !opensInLoop(step.name, steps, branchings))
        faults.push(faultOf(step, found.doubt?.block))
    }
  }
  return [...endless(open, steps), ...faults]
}

/** What the ends that MJML writes do not end as they should: a cell of such a table takes them for its own. */
const ended = new Set('table ul ol'.split(' '))

/** The innermost that is never closed: ends behind it do not reach those around it. */
function endless(open: readonly Open[], steps: readonly Step[]): readonly Fault[] {
  const closes = (step: Step, name: string): boolean => step.kind === 'close' && step.name === name
  const inner = open.findLast(
    // One that is open in some ways alone may be closed in just those.
    ({ id, name, doubt }) =>
      ended.has(name) && (doubt === undefined || !steps.slice(id).some(step => closes(step, name))),
  )
  const step = inner === undefined ? undefined : steps[inner.id]
  if (step?.kind !== 'open') return []
  const { name, stretch, at } = step
  return [
    {
      code: 'email.markup',
      message: `<${name}> is never closed, and takes what stands behind it in the mail`,
      place: placeAt(stretch.source, stretch.sourceOffset(at)),
      hint: `write </${name}> where it ends`,
    },
  ]
}

function* stepsOf(stretch: Stretch, brand: Brand, within: readonly string[]): Generator<Step, void> {
  const { shields } = stretch
  const token = new RegExp(
    `${shieldPattern.source}|<(/?)([A-Za-z][\\w:-]*)(?:[^>=]|=(?!\\s*["'])|=\\s*(?:"[^"]*"|'[^']*'))*>`,
    'gu',
  )
  for (const { 1: position, 2: slash, 3: written = '', index: at } of blankHidden(stretch.text, shields).matchAll(
    token,
  )) {
    const name = written.toLowerCase()
    if (position === undefined) {
      if (!empty.has(name)) yield { kind: slash === '/' ? 'close' : 'open', name, stretch, at }
      continue
    }
    const shielded = shields.get(Number(position))
    if (isBlock(shielded)) yield { kind: 'block', shielded }
    if (shielded.tag === 'whole' || shielded.tag.kind !== 'partial' || within.includes(shielded.tag.name)) continue
    const partial = partialFor(brand, shielded.tag.name, 'email')
    if (partial === undefined) continue
    const inner = newShields()
    yield* stepsOf({ ...shieldTags(partial.text, inner), source: partial, shields: inner }, brand, [
      ...within,
      shielded.tag.name,
    ])
  }
}

/** What is open behind an end, if it closes something; else what is in doubt where only some ways have something for it. */
function close(name: string, open: readonly Open[], depth: number): { open?: readonly Open[]; doubt?: Open['doubt'] } {
  const walls = parts.has(name) ? ['table'] : ['td', 'th', 'caption', 'table']
  const wall = name === 'table' ? -1 : open.findLastIndex(one => walls.includes(one.name) && one.doubt === undefined)
  const meant = (one: Open, at: number): boolean => at > wall && one.name === name
  const last = open.findLastIndex(meant)
  const sure = open.findLastIndex((one, at) => meant(one, at) && one.doubt === undefined)
  const doubt = open[last]?.doubt
  // Under a block of its own it may be meant for what only some ways open.
  const at = doubt !== undefined && depth > doubt.depth ? last : sure
  if (at < 0) return { doubt }
  return { open: parts.has(name) ? open.slice(0, at) : open.filter((_one, index) => index !== at) }
}

/** The next turn of a loop may close what the last one has opened. */
function opensInLoop(name: string, steps: readonly Step[], branchings: readonly Branching<unknown>[]): boolean {
  const loop = branchings.slice(0, -1).find(({ written }) => /^\{\{~?#\s*each\b/.test(written))
  return loop !== undefined && steps.slice(loop.from).some(step => step.kind === 'open' && step.name === name)
}

/** What is open behind a block: certain is what is so after each of its branches. */
function merge(
  { written, before, after }: Branching<readonly Open[]>,
  ways: readonly (readonly Open[])[],
  depth: number,
): readonly Open[] {
  const doubtful = (one: Open): Open => ({ ...one, doubt: { block: written, depth } })
  const old = before.flatMap(one => {
    const left = ways.filter(way => way.some(({ id }) => id === one.id)).length
    // Opened under the same block, it is closed in each way that has opened it.
    const done = left === 0 || (one.doubt?.block === written && !after[0]?.some(({ id }) => id === one.id))
    return left === ways.length ? [one] : done ? [] : [doubtful(one)]
  })
  const opened = ways.map(way => way.filter(({ id }) => !before.some(one => one.id === id)))
  const most = opened.flatMap(one => one.map(({ name }) => name)).filter((name, at, all) => all.indexOf(name) === at)
  const fresh = most.flatMap(name => {
    const each = opened.map(one => one.filter(other => other.name === name))
    const longest = each.reduce((one, other) => (other.length > one.length ? other : one))
    const least = Math.min(...each.map(one => one.filter(({ doubt }) => doubt === undefined).length))
    return longest.map((one, at) => (at < least ? { id: one.id, name } : doubtful(one)))
  })
  return [...old, ...fresh.sort((one, other) => one.id - other.id)]
}

function faultOf({ name, stretch, at }: Extract<Step, { stretch: Stretch }>, block: string | undefined): Fault {
  return {
    code: 'email.markup',
    message: `</${name}> closes nothing${block === undefined ? '' : ` where ${quote(block)} does not hold`}`,
    place: placeAt(stretch.source, stretch.sourceOffset(at)),
    hint:
      block === undefined
        ? `take it out, or write <${name}> before it`
        : 'put it under the same block as what it closes',
  }
}
