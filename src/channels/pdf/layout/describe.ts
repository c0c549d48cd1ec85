/** A layout as text that people can read and compare: one line for each mark, in the order of drawing. */

import type { CellMark, Mark, Page, Round } from './page.ts'
import { textOf } from './page.ts'

/** Places in points with one decimal: `x,y` of a baseline for text, `x,y width×height` for the rest. */
export function describeLayout(pages: readonly Page[]): string {
  const describePage = (page: Page, index: number) =>
    [
      `page ${index + 1} ${round(page.widthPt)}×${round(page.heightPt)}`,
      ...page.marks.filter(mark => mark.kind !== 'cell').map(mark => `  ${describeMark(mark)}`),
    ].join('\n')
  return `${pages.map(describePage).join('\n')}\n`
}

function describeMark(mark: Exclude<Mark, CellMark>): string {
  const note = mark.artifact ? ' (artifact)' : ''
  const place = `${round(mark.x)},${round(mark.y)}`
  const role = mark.role.name
  if (mark.kind === 'text') {
    return `text ${place} ${mark.face.name} ${round(mark.sizePt)}${mark.rise === undefined ? '' : `^${round(mark.rise)}`} ${mark.color} ${role}${note} ${JSON.stringify(textOf(mark))}`
  }
  const size = `${round(mark.width)}×${round(mark.height)}`
  if (mark.kind === 'rect') return `rect ${place} ${size} ${mark.color} ${role}${note}${describeRound(mark.round)}`
  if (mark.kind === 'image')
    return `image ${place} ${size} ${mark.name} ${role}${note} ${JSON.stringify(mark.role.alt ?? '')}`
  return `link ${place} ${size} ${mark.href} ${role}${note} ${JSON.stringify(mark.text)}`
}

function describeRound(corners: Round | undefined): string {
  if (corners === undefined) return ''
  const { upper, lower, line } = corners
  return ` round ${round(upper)} ${round(lower)}${line === undefined ? '' : ` line ${line.map(round).join(' ')}`}`
}

function round(pt: number): string {
  return String(Math.round(pt * 10) / 10)
}
