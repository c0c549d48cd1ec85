import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeLayout } from '../../../../src/channels/pdf/layout/describe.ts'
import { showsOn } from '../../../../src/channels/pdf/layout/on.ts'
import type { Mark, Page, Role, TextMark } from '../../../../src/channels/pdf/layout/page.ts'
import { textOf } from '../../../../src/channels/pdf/layout/page.ts'
import type { Laid } from '../render.ts'
import { lay } from '../render.ts'
import type { Order, Written } from './documents.ts'
import { anyDocument, longTable, plain, write } from './documents.ts'

/** What is wrong with a layout; empty where the law holds. */
function breaches(written: Written, layout: Laid): string[] {
  const found: string[] = []
  const ofRole = new Map<Role, { text: string; first: number; last: number }>()
  const marksOf = new Map<TextMark, Role>()
  const pageOf = pageElements(written, layout)
  let at = 0
  let labels = 0
  for (const page of layout.pages) {
    for (const mark of page.marks) {
      if (!inside(mark, page)) found.push(`${mark.kind} of ${mark.role.name} leaves its page: ${placeOf(mark)}`)
      if (mark.kind !== 'text') continue
      at += 1
      if (mark.role.name === 'label') {
        labels += mark.artifact ? 0 : 1
        continue
      }
      const role = mark.role.name === 'a' ? mark.role.parent! : mark.role
      marksOf.set(mark, role)
      if (mark.artifact) continue
      const known = ofRole.get(role)
      const text = plain(textOf(mark))
      ofRole.set(role, { text: (known?.text ?? '') + text, first: known?.first ?? at, last: at })
    }
    found.push(...overlaps(page))
  }
  const leaves = new Map<number, { text: string; first: number; last: number }>()
  for (const [role, one] of ofRole) {
    const id = Number(/^(\d+)§/.exec(one.text)?.[1] ?? Number.NaN)
    if (Number.isNaN(id) || leaves.has(id)) found.push(`unexpected text in ${role.name}: ${one.text.slice(0, 40)}`)
    leaves.set(id, one)
  }
  for (const leaf of written.leaves) {
    const shown = leaves.get(leaf.id)
    if (leaf.kind === 'body' && shown?.text !== leaf.text) found.push(`text ${leaf.text} became ${shown?.text}`)
    if (leaf.kind === 'repeat' && shown !== undefined) found.push(`text ${leaf.text} is not marked as repeated`)
  }
  if (labels !== written.labels) found.push(`${labels} labels of ${written.labels}`)
  found.push(
    ...disorder(written.order, leaves).found,
    ...furniture(written, layout, pageOf),
    ...outside(written, layout, pageOf),
  )
  return found
}

/** For each page the index of its page element, told by its width, and whether it is its first and last. */
function pageElements(written: Written, { pages }: Laid): { element: number; first: boolean; last: boolean }[] {
  const elements = pages.map(page => written.pages.findIndex(one => Math.abs(one.width - page.widthPt) < 0.1))
  return elements.map((element, index) => {
    return { element, first: elements[index - 1] !== element, last: elements[index + 1] !== element }
  })
}

const slack = 0.05

function widthOf(mark: TextMark): number {
  return mark.glyphs.reduce((sum, glyphs) => sum + glyphs.width, 0) * (mark.sizePt / mark.face.unitsPerEm)
}

/** Text by the height of its small letters. */
function boxOf(mark: Mark): { left: number; right: number; top: number; bottom: number } {
  if (mark.kind !== 'text') {
    return { left: mark.x, right: mark.x + mark.width, top: mark.y, bottom: mark.y + mark.height }
  }
  return { left: mark.x, right: mark.x + widthOf(mark), top: mark.y - mark.sizePt * 0.5, bottom: mark.y }
}

function placeOf(mark: Mark): string {
  const { left, right, top, bottom } = boxOf(mark)
  return `${[left, right, top, bottom].map(side => side.toFixed(1))}${mark.kind === 'text' ? ` ${textOf(mark)}` : ''}`
}

function inside(mark: Mark, page: Page): boolean {
  const { left, right, top, bottom } = boxOf(mark)
  return left >= -slack && top >= -slack && right <= page.widthPt + slack && bottom <= page.heightPt + slack
}

function overlaps({ marks }: Page): string[] {
  const texts = marks.filter((mark): mark is TextMark => mark.kind === 'text' && textOf(mark).trim() !== '')
  const boxes = texts.map(boxOf)
  const found: string[] = []
  boxes.forEach((a, index) => {
    for (let other = index + 1; other < boxes.length; other += 1) {
      const b = boxes[other]!
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (across > slack && down > slack) found.push(`${placeOf(texts[index]!)} is under ${placeOf(texts[other]!)}`)
    }
  })
  return found.slice(0, 3)
}

/** First and last place of what an order holds, and what is not in order. */
function disorder(
  order: Order,
  leaves: ReadonlyMap<number, { first: number; last: number }>,
): { first: number; last: number; found: string[] } {
  if ('id' in order) {
    const { first = Number.POSITIVE_INFINITY, last = Number.NEGATIVE_INFINITY } = leaves.get(order.id) ?? {}
    return { first, last, found: [] }
  }
  const parts = ('seq' in order ? order.seq : order.par).map(part => disorder(part, leaves))
  const found = parts.flatMap(part => part.found)
  if ('seq' in order) {
    let last = Number.NEGATIVE_INFINITY
    for (const part of parts) {
      if (part.first < last) found.push(`text at ${part.first} stands after text at ${last}`)
      last = Math.max(last, part.last)
    }
  }
  return { first: Math.min(...parts.map(part => part.first)), last: Math.max(...parts.map(part => part.last)), found }
}

/** Each header and footer is on each of its pages once, and on no other. */
function furniture(written: Written, layout: Laid, pageOf: ReturnType<typeof pageElements>): string[] {
  const found: string[] = []
  for (const leaf of written.leaves.filter(one => one.kind === 'header' || one.kind === 'footer')) {
    layout.pages.forEach((page, index) => {
      const { element, first, last } = pageOf[index]!
      const shown = page.marks
        .filter((mark): mark is TextMark => mark.kind === 'text' && mark.role.name === leaf.kind)
        .map(mark => plain(textOf(mark)))
        .join('')
      // By the whole number: 0§ also ends 10§.
      const marked = [...shown.matchAll(/\d+§/g)].filter(([id]) => id === `${leaf.id}§`)
      const times = shown.includes(leaf.text) ? marked.length : 0
      const on = leaf.on === '' ? undefined : (leaf.on as Parameters<typeof showsOn>[0])
      const due = element === leaf.page && showsOn(on, { first, last, page: index + 1 })
      if (times !== (due ? 1 : 0)) found.push(`${leaf.kind} ${leaf.text} is ${times} times on page ${index + 1}`)
    })
  }
  return found
}

/** Text of the body keeps to the page's margins. */
function outside(written: Written, layout: Laid, pageOf: ReturnType<typeof pageElements>): string[] {
  const found: string[] = []
  layout.pages.forEach((page, index) => {
    const margin = written.pages[pageOf[index]!.element]?.margin
    if (margin === undefined) return
    for (const mark of page.marks) {
      const { left, right, top, bottom } = boxOf(mark)
      const fits =
        left >= margin - slack &&
        top >= margin - slack &&
        right <= page.widthPt - margin + slack &&
        bottom <= page.heightPt - margin + slack
      if (!fits)
        found.push(`${mark.kind} of ${mark.role.name} leaves the margins of page ${index + 1}: ${placeOf(mark)}`)
    }
  })
  return found
}

/** Lays out, and has the law hold; false where something had no room, which is said and not hidden. */
function holds(pages: Parameters<typeof write>[0]): boolean {
  const written = write(pages)
  const layout = lay(written.markup)
  if (!layout.ok) {
    expect(layout.faults.map(fault => fault.code).filter(code => code !== 'pdf.fit')).toEqual([])
    return false
  }
  expect(breaches(written, layout.value)).toEqual([])
  const again = lay(written.markup)
  expect(again.ok && describeLayout(again.value.pages)).toBe(describeLayout(layout.value.pages))
  const letters = written.leaves.reduce((sum, leaf) => sum + leaf.text.length, 0)
  expect(layout.value.pages.length).toBeLessThan(40 + letters + written.markup.length / 8)
  return true
}

/** More runs, or those of a seed that failed: `LAW_RUNS=5000`, `LAW_SEED=… LAW_PATH=…`. */
const { LAW_RUNS = '120', LAW_SEED, LAW_PATH = '' } = process.env
const runs = Number(LAW_RUNS)
const settings = { numRuns: runs, ...(LAW_SEED !== undefined && { seed: Number(LAW_SEED), path: LAW_PATH }) }
const timeout = 60_000 + runs * 500

describe('nothing is ever dropped: all text is there, in order, inside its page, and over no other text', () => {
  it.each([
    ['random documents', anyDocument],
    ['long tables', longTable],
  ])('in %s', { timeout }, (_, any) => {
    let laidOut = 0
    fc.assert(
      fc.property(any, pages => {
        if (holds(pages)) laidOut += 1
      }),
      settings,
    )
    // Three of seven have room, give or take; of 120 a third or fewer had it once in fifty times.
    if (LAW_SEED === undefined) expect(laidOut).toBeGreaterThan(runs / 4)
  })
})
