/** Cells: columns and cells of tables, with their contents set. */
import type { Element } from '../markup/tree.ts'
import { type Contents, contentsOfLines, heightIn } from './contents.ts'
import type { Build } from './context.ts'
import type { Look } from './looks.ts'
import type { Role } from './page.ts'
import { phraseLines } from './phrase.ts'
import { stack } from './stack.ts'
import type { Box, Cell, Flow } from './strip.ts'
import { start } from './strip.ts'
import { extentOf } from './widths.ts'

export function boxOf({ inset, borders, radius, background }: Look, place: Pick<Box, 'x' | 'width' | 'align'>): Box {
  const { x, width, align } = place
  return { x, width, padding: inset, borders, radius, background, align }
}

/** A column or a cell of a table with its contents set. */
export function buildCell(element: Element, look: Look, box: Box, outer: Role, build: Build): Cell {
  const { padding, width } = box
  const role = cellRole(element, look, outer)
  const room = width - padding[1] - padding[3]
  // A column by content that has nothing of any width is as wide as its padding.
  if (room < 1 && extentOf(element, look, build).least > padding[1] + padding[3] + 0.5) {
    build.fault('pdf.fit', `the padding of ${element.name} leaves no room for text`, element, 'make padding smaller')
  }
  const inside = { type: look.type, role }
  // Most cells hold one text, which is a paragraph.
  const lines = phraseLines(element.children, inside, Math.max(1, room), build)
  const { line, flow, placed } =
    lines === undefined
      ? composed(build.flow(element.children, inside, room, build))
      : contentsOfLines(lines, look.type)
  return { box, role, line, flow, from: start, placed, continues: undefined, goesOn: undefined }
}

function composed(flow: Flow): Contents {
  return { line: undefined, flow, placed: stack(flow) }
}

export function cellHeight(cell: Cell): number {
  const { padding } = cell.box
  return padding[0] + padding[2] + heightIn(cell)
}

/** Cells of tables say what they name and cover; columns look like cells and are none. */
function cellRole({ name, attributes }: Element, { colspan, rowspan }: Look, parent: Role): Role {
  const tabular = name === 'td' || name === 'th'
  return {
    name,
    parent,
    alt: undefined,
    scope: name === 'th' ? ((attributes['scope'] ?? (isHead(parent) ? 'col' : 'row')) as 'col' | 'row') : undefined,
    colspan: tabular && colspan > 1 ? colspan : undefined,
    rowspan: tabular && rowspan > 1 ? rowspan : undefined,
    lang: attributes['lang'],
  }
}

/** Whether a row stands at the head of its table. */
function isHead(row: Role): boolean {
  return row.parent?.name === 'thead'
}
