/** How an element is drawn in a mail, as far as it decides about text: in line with what is beside it, apart from it, crossed out, or not at all. */
import { drawn, farOff, isGone, isStruck, partedBy } from '../sheet/drawing.ts'
import type { Declared, Element, Rule } from '../sheet/sheet.ts'
import { declared } from '../sheet/sheet.ts'

/** `clear`: without letters, unless an element inside has some. */
export type Drawing = 'within' | 'apart' | 'lines' | 'struck' | 'clear' | 'hidden'

const struck = new Set(['s', 'del', 'strike'])
/** Elements in a line that programs draw with something around them. */
export const boxes = new Set(
  'audio button canvas iframe img input meter object option progress select textarea video'.split(' '),
)
/** What is in lines of its own however it is drawn is left to what knows its name; of tables each cell. */
const lined =
  /^(?:address|article|aside|blockquote|body|caption|center|details|dialog|div|d[dlt]|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|t[dhr]|tfoot|thead|ul)$/
/** What stands in these is for programs that cannot draw them. */
const fallback = new Set('audio canvas iframe meter object progress video'.split(' '))
const ownLines = new Set('dir hgroup menu optgroup search'.split(' '))

/** Whether a rule has something to say of it. */
export const decides = ({ declarations }: Rule): boolean => [...declarations.keys()].some(name => drawn.test(name))

/** By what the sheets (`ruled`) and the element itself say. */
export function drawingOf(
  name: string,
  ruled: ReadonlyMap<string, Declared>,
  { style, hidden }: { readonly style: string; readonly hidden: boolean },
): Drawing {
  const own = declared(style)
  const value = (property: string): string | undefined => {
    const [written, given] = [own.get(property), ruled.get(property)]
    const winner = written === undefined || (given?.important === true && !written.important) ? given : written
    return winner?.value.toLowerCase()
  }
  const parted = partedBy(value)
  const standsAlone = lined.test(name) || parted !== ''
  if (isGone(value) || (hidden && value('display') === undefined) || fallback.has(name)) return 'hidden'
  if (standsAlone && farOff.test(value('text-indent') ?? '')) return 'hidden'
  if (
    /^(?:hidden|collapse)$/.test(value('visibility') ?? '') ||
    /^0*\.?0+(?:[a-z]+|%)?$/.test(value('font-size') ?? '')
  )
    return 'clear'
  if (struck.has(name) || isStruck(value)) return 'struck'
  if (lined.test(name)) return 'within'
  if (boxes.has(name)) return 'apart'
  if (ownLines.has(name) || parted === '\n') return 'lines'
  return parted === ' ' ? 'apart' : 'within'
}

/** An element as selectors see it. */
export function elementOf(name: string, attributes: Readonly<Record<string, string>>): Element {
  const classes = (attributes['class'] ?? '').split(/\s+/).filter(one => one !== '')
  return { name, id: attributes['id'] ?? '', classes, attributes: new Map(Object.entries(attributes)) }
}
