/** Address windows on their page: made for its paper, inside it, and not over one another. */
import type { Brand } from '../../../model/index.ts'
import { tolerance } from '../measure.ts'
import type { Flaw } from './check.ts'
import type { Element } from './tree.ts'
import { childrenNamed } from './tree.ts'
import type { PageSize } from './values.ts'
import { length, pageSize } from './values.ts'
import type { Area } from './windows.ts'
import { inPoints, windows } from './windows.ts'

/** What is wrong with the windows of a page. With `merged`, windows that values or blocks part may be alternatives. */
export function checkWindows(page: Element, brand: Brand, merged?: string): Flaw[] {
  const { size = 'A4' } = page.attributes
  const paper = pageSize.read(size, brand)
  const found = childrenNamed(page, 'address-window')
  const flaws: Flaw[] = []
  found.forEach((element, index) => {
    const area = areaOf(element, brand)
    const before = found[index - 1]
    const flaw = (message: string, hint: string) => flaws.push({ code: 'pdf.value', message, hint, element })
    if (area === undefined) return
    const { preset } = element.attributes
    const meant = preset === undefined ? undefined : windows[preset]?.paper.split(',')[0]
    if (meant !== undefined && meant !== size && ['A4', 'Letter'].includes(size))
      flaw(
        `the window ${preset} is for ${meant}, and its page is ${size}`,
        `use a window for ${size}, or size="${meant}"`,
      )
    else if (paper !== undefined && beyond(area, paper))
      flaw('an address window reaches over the edge of its page', 'move it, or make it smaller')
    const last = before === undefined ? undefined : areaOf(before, brand)
    if (last !== undefined && meets(area, last) && !(merged !== undefined && parted(before!, element, merged)))
      flaw('two address windows of a page overlap', 'keep one; what is printed below is no second address')
  })
  return flaws
}

/** Where the address stands, in points; undefined where that is merged, or told wrongly. */
function areaOf({ attributes }: Element, brand: Brand): Area | undefined {
  const { preset } = attributes
  if (preset !== undefined) {
    const text = Object.hasOwn(windows, preset) ? windows[preset]!.text : undefined
    return text && inPoints(text)
  }
  const [left, top, width, height] = ['left', 'top', 'width', 'height'].map(name =>
    length.read(attributes[name] ?? '', brand),
  )
  if (left === undefined || top === undefined || width === undefined || height === undefined) return undefined
  return { left, top, width, height }
}

function beyond({ left, top, width, height }: Area, { widthPt, heightPt }: PageSize): boolean {
  return left + width > widthPt + tolerance || top + height > heightPt + tolerance
}

function meets(one: Area, other: Area): boolean {
  const across = one.left < other.left + other.width - tolerance && other.left < one.left + one.width - tolerance
  return across && one.top < other.top + other.height - tolerance && other.top < one.top + one.height - tolerance
}

/** Whether something merged stands between two children of one element. */
function parted(before: Element, element: Element, merged: string): boolean {
  const children = element.parent?.children ?? []
  const between = children.slice(children.indexOf(before) + 1, children.indexOf(element))
  return between.some(child => typeof child === 'string' && child.includes(merged))
}
