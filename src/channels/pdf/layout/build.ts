/** Elements -> strips: one function for each kind of block. */
import type { Element, Node } from '../markup/tree.ts'
import type { Width } from '../markup/values.ts'
import { inMillimetres, tolerance } from '../measure.ts'
import { anchorOf } from './anchors.ts'
import { boxOf, buildCell, cellHeight } from './cell.ts'
import type { Build, Inside } from './context.ts'
import { lineOptions, pathOfRole, shift } from './context.ts'
import { beginFrame, FlowBuilder, framed } from './flow.ts'
import { collectInline, inlineNames } from './inline.ts'
import type { Line } from './lines.ts'
import { setLines, setOneLine } from './lines.ts'
import type { Look } from './looks.ts'
import type { Role } from './page.ts'
import { roleOf } from './page.ts'
import { phraseLines } from './phrase.ts'
import { stack } from './stack.ts'
import type { Cell, Flow, Strip } from './strip.ts'
import { addTable } from './table.ts'
import { type Extent, extentOf, resolveWidths } from './widths.ts'
import { addAddressWindow } from './window.ts'

export function buildFlow(nodes: readonly Node[], inside: Inside, widthPt: number, build: Build): Flow {
  const builder = new FlowBuilder(Math.max(1, widthPt))
  addNodes(builder, nodes, inside, build)
  return builder.flow()
}

/** Blocks in order; text between them makes paragraphs of its own. */
export function addNodes(builder: FlowBuilder, nodes: readonly Node[], inside: Inside, build: Build): void {
  let loose: Node[] = []
  const flush = () => {
    if (loose.some(node => typeof node !== 'string' || node.trim() !== '')) addParagraph(builder, loose, inside, build)
    loose = []
  }
  for (const node of nodes) {
    if (typeof node === 'string' || inlineNames.has(node.name)) loose.push(node)
    else if (!apart.has(node.name)) {
      flush()
      addBlock(builder, node, inside, build)
    }
  }
  flush()
}

/** Children of a page that are no part of its flow. */
const apart = new Set(['header', 'footer'])

function addBlock(builder: FlowBuilder, element: Element, inside: Inside, build: Build): void {
  const look = build.looks.of(element, inside.type)
  const role = roleOf(element, inside.role)
  if (element.name === 'address-window') return addAddressWindow(builder, element, look, role, build)
  if (look.fixed) return addFixed(builder, element, look, role, build)
  builder.space(look.margin[0])
  if (look.breakBefore === 'page') builder.force()
  if (look.breakBefore === 'avoid') builder.keep()
  builder.lead(anchorOf(element, build))
  const { x, width } = builder
  const from = builder.length
  const room = width - look.margin[1] - look.margin[3]
  if (room < 1) build.fault('pdf.fit', `${element.name} has no room`, element, 'make margins and padding smaller')
  builder.x += look.margin[3]
  builder.width = Math.max(1, room)
  addContents(builder, element, look, role, build)
  builder.x = x
  builder.width = width
  if (look.breakInside === 'avoid') builder.bind(from)
  if (look.breakAfter === 'page') builder.force()
  if (look.breakAfter === 'avoid') builder.keep()
  builder.space(look.margin[2])
}

function addContents(builder: FlowBuilder, element: Element, look: Look, role: Role, build: Build): void {
  const inside: Inside = { type: look.type, role }
  switch (element.name) {
    case 'columns':
      return addColumns(builder, element, look, role, build)
    case 'table':
      return addTable(builder, element, look, role, build)
    case 'image':
      return addImage(builder, element, look, role, build)
    case 'rule': {
      const width = Math.min(look.width ?? builder.width, builder.width)
      const x = builder.x + shift(look.type.align, builder.width - width)
      builder.add({ kind: 'rule', x, width, color: look.type.color, role }, look.height ?? 0)
      return
    }
    case 'ul':
    case 'ol':
      return addList(builder, element, look, role, build)
    case 'box': {
      if (look.width !== undefined) builder.width = Math.min(look.width, builder.width)
      const end = beginFrame(builder, look, role)
      addNodes(builder, element.children, inside, build)
      return end()
    }
    default: {
      const end = beginFrame(builder, look, role)
      addParagraph(builder, element.children, inside, build)
      return end()
    }
  }
}

function addParagraph(builder: FlowBuilder, nodes: readonly Node[], inside: Inside, build: Build): void {
  const { type } = inside
  const lines = linesOf(nodes, inside, builder.width, build)
  lines.forEach((line, index) => {
    const keep = index > 0 && (index < type.orphans || lines.length - index < type.widows)
    builder.add({ kind: 'line', line, x: builder.x }, line.heightPt, { keep })
  })
}

/** A paragraph's lines in the room that there is. */
function linesOf(nodes: readonly Node[], inside: Inside, roomPt: number, build: Build): readonly Line[] {
  const phrase = phraseLines(nodes, inside, roomPt, build)
  if (phrase !== undefined) return phrase
  const lines = setLines(collectInline(nodes, inside, build.looks), lineOptions(inside.type, roomPt, build))
  checkRoom(lines, inside.role, build)
  return lines
}

/** Words are cut where they must be; a letter is not, nor is a page number. */
function checkRoom(lines: readonly Line[], role: Role, build: Build): void {
  const wide = lines.find(line => line.widthPt > line.roomPt + tolerance)
  if (wide === undefined) return
  const message = `${role.name} has ${inMillimetres(wide.roomPt)}, and a letter or number in it needs ${inMillimetres(wide.widthPt)}`
  const path = pathOfRole(role)
  build.report({
    code: 'pdf.fit',
    message,
    place: { file: build.file, path },
    hint: 'give it more room, or make its type smaller',
  })
}

function addImage(builder: FlowBuilder, element: Element, look: Look, role: Role, build: Build): void {
  const name = element.attributes['src']!.slice('brand:'.length)
  const { print } = build.brand.images[name]!
  const ratio = print.heightPx / print.widthPx
  let width = look.width ?? (look.height === undefined ? print.naturalWidthPx * 0.75 : look.height / ratio)
  let height = look.height ?? width * ratio
  // Shrunk rather than cut off or hanging over. In cells only composing can tell what a page has room for.
  const fit = Math.min(1, builder.width / width, Math.max(1, build.paper.roomPt - builder.around) / height)
  height *= fit
  width *= fit
  const align = look.type.align === 'decimal' ? 'right' : look.type.align
  const x = builder.x + shift(align, builder.width - width)
  const own = { ...role, alt: element.attributes['alt'] ?? '' }
  builder.add({ kind: 'image', x, width, name, role: own, align }, height)
}

function addList(builder: FlowBuilder, element: Element, look: Look, role: Role, build: Build): void {
  const { x, width } = builder
  const indent = indentOf(element, look, build)
  let number = look.start
  for (const child of element.children) {
    if (typeof child === 'string') continue
    const own = build.looks.of(child, look.type)
    const inside: Inside = { type: own.type, role: roleOf(child, role) }
    const text = element.name === 'ol' ? `${number}.` : '•'
    number += 1
    const label = setLabel(text, own, inside.role, build)
    builder.space(own.margin[0])
    if (own.breakBefore === 'page') builder.force()
    if (own.breakBefore === 'avoid') builder.keep()
    builder.lead(anchorOf(child, build))
    const from = builder.length
    builder.x = x + indent + own.margin[3]
    const room = width - indent - own.margin[3] - own.margin[1]
    if (room < 1) build.fault('pdf.fit', `${element.name} has no room`, element, 'make margins and padding smaller')
    builder.width = Math.max(1, room)
    // Numbers end where their text begins, so that their digits stand under one another; bullets begin at the edge.
    const gap = own.type.sizePt * labelGap
    if (label !== undefined) {
      const labelX = element.name === 'ol' ? builder.x - gap - label.widthPt : builder.x - indent
      builder.hang({ line: { ...label, align: 'left' }, x: labelX })
    }
    addNodes(builder, child.children, inside, build)
    for (const { line, x: left } of builder.takeMarkers()) builder.add({ kind: 'line', line, x: left }, line.heightPt)
    builder.x = x
    builder.width = width
    if (own.breakInside === 'avoid') builder.bind(from)
    if (own.breakAfter === 'page') builder.force()
    if (own.breakAfter === 'avoid') builder.keep()
    builder.space(own.margin[2])
  }
}

function setLabel(text: string, { type }: Look, li: Role, build: Build): Line | undefined {
  return setOneLine(text, { name: 'label', parent: li }, lineOptions(type, Number.POSITIVE_INFINITY, build))
}

/** Between a label and its text, as a part of the size of type. */
const labelGap = 0.4

/** As far as is said, or as far as the largest number needs. */
function indentOf(list: Element, look: Look, build: Build): number {
  const items = list.children.filter((child): child is Element => typeof child !== 'string')
  const last = items.at(-1)
  if (last === undefined) return look.padding[3]
  const own = build.looks.of(last, look.type)
  const text = list.name === 'ol' ? `${look.start + items.length - 1}.` : '•'
  const label = setLabel(text, own, { name: 'li' }, build)
  return Math.max(look.padding[3], (label?.widthPt ?? 0) + own.type.sizePt * labelGap)
}

function addColumns(builder: FlowBuilder, element: Element, look: Look, role: Role, build: Build): void {
  const columns: Element[] = []
  const looks: Look[] = []
  const wanted: Width[] = []
  const needs: (Extent | undefined)[] = []
  for (const column of element.children) {
    if (typeof column === 'string') continue
    const own = build.looks.of(column, look.type)
    columns.push(column)
    looks.push(own)
    wanted.push(own.columnWidth)
    needs.push(own.columnWidth.kind === 'auto' ? extentOf(column, own, build) : undefined)
  }
  if (columns.length === 0) return
  const widths = resolveWidths(wanted, needs, { roomPt: builder.width, gapPt: look.columnGap, element, build })
  const cells: Cell[] = []
  let { x } = builder
  let height = 0
  for (let index = 0; index < columns.length; index += 1) {
    const own = looks[index]!
    const align = own.verticalAlign ?? look.verticalAlign ?? 'top'
    const box = boxOf(own, { x, width: widths[index]!, align })
    x += widths[index]! + look.columnGap
    const cell = buildCell(columns[index]!, own, box, role, build)
    cells.push(cell)
    height = Math.max(height, cellHeight(cell))
  }
  const parts = look.breakInside !== 'avoid'
  builder.add({ kind: 'side', cells, parts, x: builder.x, width: builder.width, role }, height)
}

function addFixed(builder: FlowBuilder, element: Element, look: Look, role: Role, build: Build): void {
  // With `on` it belongs to pages, not to a place in the text: layout draws it.
  if (look.on !== undefined && element.parent?.name === 'page') return
  builder.add(buildFixed(element, look, role, build), 0)
}

export function buildFixed(
  element: Element,
  look: Look,
  role: Role,
  build: Build,
): Extract<Strip['content'], { kind: 'pinned' }> {
  const { left = 0, top = 0, width = 1 } = look
  const inner = new FlowBuilder(width)
  inner.lead(anchorOf(element, build))
  framed(inner, look, role, () => addNodes(inner, element.children, { type: look.type, role }, build))
  const flow = inner.flow()
  const { height } = stack(flow, { page: 1, top })
  const { widthPt, heightPt } = build.paper
  const beyond = [
    ...(left + width > widthPt + tolerance
      ? [`${inMillimetres(left + width)} to the right, of ${inMillimetres(widthPt)}`]
      : []),
    ...(top + height > heightPt + tolerance
      ? [`${inMillimetres(top + height)} down, of ${inMillimetres(heightPt)}`]
      : []),
  ]
  if (beyond.length > 0) {
    const message = `a fixed box reaches over the edge of its page: ${beyond.join('; ')}`
    build.fault('pdf.fit', message, element, 'move it, or make it or its contents smaller')
  }
  return { kind: 'pinned', x: left, y: top, flow }
}
