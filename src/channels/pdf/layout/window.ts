/** The address window: the return line and the address where a windowed envelope shows them. */
import type { Element } from '../markup/tree.ts'
import { endless, fill } from './compose.ts'
import type { Build } from './context.ts'
import { lineOptions } from './context.ts'
import type { FlowBuilder } from './flow.ts'
import { setLines } from './lines.ts'
import type { Look } from './looks.ts'
import type { Role } from './page.ts'
import { start } from './strip.ts'

const mm = 72 / 25.4

/** Where an address stands, in millimetres from the page's upper left corner. */
interface Preset {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** The address's own part begins here, the return line ends here; from the field's top. */
  readonly addressTop: number
  /** From the field's left edge to the text. */
  readonly inset: number
}

/** DIN 5008:2020, forms A and B: field 85 x 45, return and notes in its upper 17.7, the address in its lower 27.3. */
const presets: Readonly<Record<string, Preset>> = {
  'din-5008-a': { left: 20, top: 27, width: 85, height: 45, addressTop: 17.7, inset: 5 },
  'din-5008-b': { left: 20, top: 45, width: 85, height: 45, addressTop: 17.7, inset: 5 },
}

/** A rounding error of a line is no reason to refuse an address. */
const tolerance = 0.5

export function addAddressWindow(builder: FlowBuilder, element: Element, look: Look, role: Role, build: Build): void {
  const preset = presets[element.attributes['preset']!]!
  const x = (preset.left + preset.inset) * mm
  const width = (preset.width - preset.inset) * mm
  const top = (preset.top + preset.addressTop) * mm
  const inside = { type: look.type, role }

  const address = build.flow(element.children, inside, width, build)
  const height = fill(address, start, endless()).height
  if (height > (preset.height - preset.addressTop) * mm + tolerance) {
    const lines = Math.floor(((preset.height - preset.addressTop) * mm + tolerance) / (address.strips[0]?.height ?? 1))
    const message = `the address has more lines than the window holds (${address.strips.length}, of ${lines})`
    build.fault('pdf.address', message, element, 'shorten the address; it is never made smaller')
  }

  const returned = element.attributes['return-line']
  if (returned !== undefined && returned.trim() !== '') {
    const small = { ...look.type, sizePt: 8.5, leading: { pt: 10.5 } }
    const type = build.looks.classed(element.attributes['return-class'] ?? '', small)
    const lines = setLines([{ text: returned, type, role }], lineOptions(type, width, build))
    const returnHeight = lines.reduce((sum, line) => sum + line.heightPt, 0)
    if (returnHeight > preset.addressTop * mm) {
      build.fault('pdf.address', 'the return line does not fit above the address', element, 'shorten return-line')
    }
    const strips = lines.map(line => ({
      space: 0,
      height: line.heightPt,
      keep: true,
      force: false,
      content: { kind: 'line', line, x: 0 } as const,
    }))
    // Its last line stands close above the address: 1.2 mm, so that one sees that they are two things.
    builder.add({ kind: 'pinned', x, y: top - returnHeight - 1.2 * mm, flow: { strips } }, 0)
    builder.keep()
  }
  const below = (preset.top + preset.height) * mm + look.margin[2]
  builder.add({ kind: 'pinned', x, y: top, flow: address, below }, 0)
}
