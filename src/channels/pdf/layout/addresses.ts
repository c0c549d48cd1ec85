/** The address windows of a document, laid out alone: whether an address fits is known without setting a page. */
import type { Fault } from '../../../model/index.ts'
import type { Element } from '../markup/tree.ts'
import { childrenNamed } from '../markup/tree.ts'
import type { Build, Inside } from './context.ts'
import { FlowBuilder } from './flow.ts'
import type { LayoutOptions } from './layout.ts'
import { openBuild } from './layout.ts'
import type { Look, Looks, TypeStyle } from './looks.ts'
import { addAddressWindow, overhang, placeOf, returnType } from './window.ts'

/** The `pdf.address` faults that laying out the whole document would find, with the same places. */
export function inspectAddresses(document: Element, options: LayoutOptions & { readonly looks: Looks }): Fault[] {
  const { looks, locale } = options
  const { build: outerBuild, faults } = openBuild(document, options, 2)
  const inspect = (outer: Element, { type, role }: Inside, build: Build) => {
    const inside = { type: looks.of(outer, type).type, role: { name: outer.name, parent: role } }
    for (const element of childrenNamed(outer, 'header')) inspect(element, inside, build)
    for (const element of childrenNamed(outer, 'address-window')) {
      const look = looks.of(element, inside.type)
      if (surelyFits(element, look, build)) continue
      addAddressWindow(new FlowBuilder(1), element, look, { name: element.name, parent: inside.role }, build)
    }
  }
  const outermost = { type: looks.of(document, looks.initial(locale)).type, role: { name: 'document' } }
  for (const page of childrenNamed(document, 'page')) {
    const { widthPt, heightPt } = looks.of(page, outermost.type).size
    inspect(page, outermost, { ...outerBuild, paper: { widthPt, heightPt, roomPt: heightPt } })
  }
  return faults().filter(({ code }) => code === 'pdf.address')
}

/**
 * Whether paragraphs of bare text are so short that they fit whatever shaping does. Names and streets are new words in every letter, and
 * shaping them is nearly all that setting an address costs (0.55 of 0.60 ms): most addresses are spared it.
 */
function surelyFits(element: Element, look: Look, build: Build): boolean {
  const { text, returnTop } = placeOf(element, look)
  let height = 0
  for (const child of element.children) {
    if (typeof child === 'string' && child.trim() === '') continue
    if (typeof child === 'string' || child.name !== 'p' || Object.keys(child.attributes).length > 0) return false
    const [words = '', ...more] = child.children
    if (typeof words !== 'string' || more.length > 0) return false
    height += heightAtMost(words, look.type, text.width)
  }
  const returned = element.attributes['return-line'] ?? ''
  const above = returned.trim() === '' ? 0 : heightAtMost(returned, returnType(element, look, build), text.width)
  return height <= text.height + overhang && above <= text.top - returnTop
}

/** Kerning seldom widens a word, and never by so much. */
const slack = 1.05

/** A blank where a line may not break, or another end of a line: UAX #14 LB7 to LB17 keep brackets, quotes and signs to what is before. */
const doubtful = /[^\p{L}\p{N}.,·–№&-] | [^\p{L}\p{N}·–№&]|[\v\u0085\u2028\u2029]/u

/** Of a paragraph that is broken at blanks only, each letter as wide as it is alone; infinite where a word is wider than the line. */
function heightAtMost(text: string, { typeface, sizePt, leading, whiteSpace }: TypeStyle, roomPt: number): number {
  const plain = text.replace(/[ \t\r\n\f]+/g, ' ').replace(/^ | $/g, '')
  if (whiteSpace !== 'normal' || plain.length > 500 || doubtful.test(plain)) return Number.POSITIVE_INFINITY
  const widthOf = (character: string) => typeface.shape(character).width * sizePt * slack
  const blank = widthOf(' ')
  let lines = 0
  let line = Number.POSITIVE_INFINITY
  for (const word of plain === '' ? [] : plain.split(' ')) {
    let width = 0
    for (const character of word) width += widthOf(character)
    if (width > roomPt) return Number.POSITIVE_INFINITY
    if (line + blank + width > roomPt) {
      lines += 1
      line = width
    } else line += blank + width
  }
  return lines * ('pt' in leading ? leading.pt : leading.times * sizePt)
}
