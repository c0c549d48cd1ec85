/** Rules by element that tie attributes and places together, which the vocabulary cannot say. */
import type { FaultCode } from '../../../model/index.ts'
import type { CheckOptions, Flaw } from './check.ts'
import { checkWindows } from './sheets.ts'
import type { Element } from './tree.ts'
import { standsIn } from './tree.ts'
import { windows } from './windows.ts'

type Rule = (element: Element, options: CheckOptions) => readonly Flaw[]

export const rules: Readonly<Record<string, Rule>> = {
  document: (element, { merged }) =>
    merged === undefined && !element.children.some(child => typeof child !== 'string')
      ? flaw(element, 'pdf.element', 'the document has no page', 'add a page element')
      : [],
  page: (element, { brand, merged }) => checkWindows(element, brand, merged),
  box: checkBox,
  'address-window': checkWindow,
  col: checkCol,
  tr: checkRow,
  carry: (element, { fragment }) =>
    fragment === true || standsIn(element, 'thead', 'tfoot')
      ? []
      : flaw(
          element,
          'pdf.element',
          'carry cannot stand outside the head and foot of a table',
          'put it into a row of thead or tfoot',
        ),
  sup: checkScript,
  sub: checkScript,
  a: element =>
    isEmpty(element)
      ? flaw(
          element,
          'pdf.link',
          'a link without words, which nobody could see or follow',
          'write words into it, or leave it out',
        )
      : [],
}

function flaw(element: Element, code: FaultCode, message: string, hint: string): Flaw[] {
  return [{ code, message, hint, element }]
}

function checkBox(element: Element): Flaw[] {
  const has = (attribute: string) => Object.hasOwn(element.attributes, attribute)
  if (has('position')) {
    const missing = ['left', 'top', 'width'].filter(needed => !has(needed))
    return missing.flatMap(needed =>
      flaw(element, 'pdf.attribute', `a fixed box needs the attribute ${needed}`, `add ${needed}="…mm"`),
    )
  }
  const place = ['left', 'top', 'on'].find(has)
  if (place === undefined) return []
  return flaw(element, 'pdf.attribute', `${place} of box needs position="fixed"`, 'add position="fixed"')
}

function checkWindow(element: Element): Flaw[] {
  const { attributes } = element
  const own = ['left', 'top', 'width', 'height']
  const given = own.filter(attribute => Object.hasOwn(attributes, attribute))
  const preset = attributes['preset']
  const tell = (message: string, hint: string) => flaw(element, 'pdf.attribute', message, hint)
  if (preset === undefined) {
    const missing = own.filter(needed => !given.includes(needed))
    return missing.flatMap(needed =>
      tell(
        `address-window without a preset needs the attribute ${needed}`,
        `add ${needed}="…mm", or preset="…" instead of a place of its own`,
      ),
    )
  }
  const flaws: Flaw[] = []
  if (given[0] !== undefined)
    flaws.push(...tell(`${given[0]} of address-window goes without preset`, 'leave out preset, or the own place'))
  const window = Object.hasOwn(windows, preset) ? windows[preset] : undefined
  if (window !== undefined && window.returnTop === undefined && (attributes['return-line'] ?? '').trim() !== '')
    flaws.push(...tell(`the window ${preset} has no room for a return-line`, 'have it printed on the envelope'))
  return flaws
}

function checkCol(element: Element): Flaw[] {
  if (element.parent?.name !== 'table') return []
  const { children } = element.parent
  const before = children.slice(0, children.indexOf(element))
  return before.some(child => typeof child !== 'string' && child.name !== 'col')
    ? flaw(element, 'pdf.element', 'col cannot stand behind rows', 'put it first in its table')
    : []
}

function checkRow(element: Element, { fragment }: CheckOptions): Flaw[] {
  const on = element.attributes['on']
  if (on === undefined || fragment === true) return []
  const where = element.parent?.name
  if (where === 'thead' && ['last', 'not-last'].includes(on)) {
    const hint = 'put it into tfoot: when a head is set, it is not known which page is the last'
    return flaw(element, 'pdf.value', `a row of thead cannot show on ${on}`, hint)
  }
  if (where === 'thead' || where === 'tfoot')
    return isApart(element, on) ? flaw(element, 'pdf.value', ...notThere(on)) : []
  return flaw(element, 'pdf.attribute', 'on needs a row of thead or tfoot', 'rows of the body always show')
}

/** What stands apart is set before it is known on which page it comes to stand. */
function isApart(element: Element, on: string): boolean {
  if (on !== 'odd' && on !== 'even') return false
  return standsIn(element, 'header', 'footer', 'column', 'td', 'th') || standsInFixed(element)
}

function standsInFixed({ parent }: Element): boolean {
  return parent !== undefined && (parent.attributes['position'] === 'fixed' || standsInFixed(parent))
}

function notThere(on: string): [message: string, hint: string] {
  const message = `a row cannot show on ${on} inside of columns, cells, headers, footers and fixed boxes`
  return [message, 'put the table into the page itself, or give a header or footer of its own on="odd" and on="even"']
}

function checkScript(element: Element): Flaw[] {
  if (!standsIn(element, 'sup', 'sub')) return []
  const message = `${element.name} cannot stand in another sup or sub`
  return flaw(element, 'pdf.element', message, 'close the outer one first')
}

/** No text at all; what is merged later, and numbers that are set later, are text. */
function isEmpty({ children }: Element): boolean {
  return children.every(child =>
    typeof child === 'string' ? child.trim() === '' : !setLater.has(child.name) && isEmpty(child),
  )
}

const setLater = new Set(['page-number', 'page-count', 'carry'])
