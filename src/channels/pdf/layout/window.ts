/** The address window: the return line and the address where a windowed envelope shows them. */
import type { Element } from '../markup/tree.ts'
import type { Area } from '../markup/windows.ts'
import { inPoints, windows } from '../markup/windows.ts'
import { mm } from '../measure.ts'
import type { Build } from './context.ts'
import { lineOptions } from './context.ts'
import type { FlowBuilder } from './flow.ts'
import { setLines } from './lines.ts'
import type { Look, TypeStyle } from './looks.ts'
import type { Role } from './page.ts'
import { phraseLines } from './phrase.ts'
import { stack } from './stack.ts'

/** So much of a line, in points, is no reason to refuse an address. */
export const overhang = 0.5

/** The return line stands close above the address: 1.2 mm, so that one sees that they are two things. */
const gap = 1.2 * mm

export function addAddressWindow(builder: FlowBuilder, element: Element, look: Look, role: Role, build: Build): void {
  const { text, returnTop, bottom } = placeOf(element, look)
  const inside = { type: look.type, role }
  const address = build.flow(element.children, inside, text.width, build)
  const { height } = stack(address)
  if (height > text.height + overhang) {
    const lines = Math.floor((text.height + overhang) / (address.strips[0]?.height ?? 1))
    const message = `the address has more lines than the window holds (${address.strips.length}, of ${lines})`
    build.fault('pdf.address', message, element, 'shorten the address; it is never made smaller')
  }

  const returned = element.attributes['return-line']
  if (returned !== undefined && returned.trim() !== '') {
    const type = returnType(element, look, build)
    const lines =
      phraseLines([returned], { type, role }, text.width, build) ??
      setLines([{ text: returned, type, role }], lineOptions(type, text.width, build))
    const returnHeight = lines.reduce((sum, line) => sum + line.heightPt, 0)
    if (returnHeight > text.top - returnTop) {
      build.fault('pdf.address', 'the return line does not fit above the address', element, 'shorten return-line')
    }
    const strips = lines.map(line => ({
      space: 0,
      height: line.heightPt,
      keep: true,
      force: false,
      content: { kind: 'line', line, x: 0 } as const,
    }))
    builder.add({ kind: 'pinned', x: text.left, y: text.top - returnHeight - gap, flow: { strips } }, 0)
    builder.keep()
  }
  const below = bottom + look.margin[2]
  builder.add({ kind: 'pinned', x: text.left, y: text.top, flow: address, below }, 0)
}

/** A look belongs to what its element says, and so to the classes of its return line: one type for all documents. */
const returnTypes = new WeakMap<Look, TypeStyle>()

/** The type of the return line. */
export function returnType(element: Element, look: Look, build: Build): TypeStyle {
  const known = returnTypes.get(look)
  if (known !== undefined) return known
  const small = { ...look.type, sizePt: 8.5, leading: { pt: 10.5 } }
  const type = build.looks.classed(element.attributes['return-class'] ?? '', small)
  returnTypes.set(look, type)
  return type
}

/** Where it stands, in points: by its preset, or by its own attributes. */
export function placeOf(element: Element, look: Look): { text: Area; returnTop: number; bottom: number } {
  const preset = element.attributes['preset']
  if (preset === undefined) {
    const text = { left: look.left ?? 0, top: look.top ?? 0, width: look.width ?? 1, height: look.height ?? 0 }
    return { text, returnTop: 0, bottom: text.top + text.height }
  }
  const { text, returnTop, bottom } = windows[preset]!
  return { text: inPoints(text), returnTop: (returnTop ?? text.top) * mm, bottom: bottom * mm }
}
