/** How a mail draws what is in its lines, for a plain part that says the same: what stands apart without a blank, raised, struck out, or not at all. */
import { Parser } from 'htmlparser2'
import { type Fault, quote, type Source } from '../../../model/index.ts'
import { empty } from '../html/voidelements.ts'
import { drawn, farOff, isGone, isStruck, partedBy } from '../sheet/drawing.ts'
import { cascade, type Declared, declared, type Element, type Rule, readSheet } from '../sheet/sheet.ts'
import { isBlock } from '../tags/blocks.ts'
import { withoutComments } from '../tags/comments.ts'
import { placeAt } from '../tags/place.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'
import { apartMark } from '../tags/signs.ts'
import { partsOf, told, waysThrough } from '../tags/ways.ts'

/** `clear`: without letters, unless an element inside has some. */
type Drawing = 'within' | 'apart' | 'lines' | 'struck' | 'clear' | 'hidden'

/** Of a mail's HTML behind shields. */
export interface Drawn {
  readonly html: string
  /** Warnings of blocks that decide whether something is seen at all: it is in the plain part for everybody. */
  readonly remarks: readonly Fault[]
}

interface Around {
  /** The mail's sheets. */
  readonly css: string
  readonly shields: Shields
  readonly source: Source
}

/** What is written in place of a stretch. */
interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** An element that is open. */
interface Open {
  readonly element: Element
  readonly start: number
  /** Where its content begins. */
  readonly inner: number
  readonly drawing: Drawing
}

/** HTML with marks where something stands apart, brackets around what is raised, and without what nobody sees. */
export function asDrawn(html: string, { css, shields, source }: Around): Drawn {
  const rules = readSheet(withoutComments(css, shields)).filter(decides)
  const open: Open[] = []
  const edits: Edit[] = []
  const remarks: Fault[] = []
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = elementOf(name, attributes)
        const chain = [...open.map(one => one.element), element]
        const written = attributes['style'] ?? ''
        remarks.push(...chosenHiding(attributes, { rules, chain, shields, source }))
        const drawing = drawingOf(name, cascade(rules, chain, { dark: false }), {
          style: written.replace(shieldPattern, ''),
          hidden: attributes['hidden'] !== undefined,
        })
        open.push({ element, start: parser.startIndex, inner: parser.endIndex + 1, drawing })
      },
      onclosetag(_name, isImplied) {
        const closed = open.pop()
        if (closed === undefined) return
        const ends = isImplied ? parser.startIndex : parser.endIndex + 1
        const end = empty.has(closed.element.name) ? closed.inner : ends
        const innerEnd = Math.min(end, isImplied ? end : parser.startIndex)
        edits.push(...editsOf(closed, { html, end, innerEnd: Math.max(closed.inner, innerEnd), shields }))
      },
    },
    { decodeEntities: false, lowerCaseTags: true },
  )
  parser.end(html)
  return { html: edited(html, edits), remarks }
}

function editsOf(
  { element, start, inner, drawing }: Open,
  { html, end, innerEnd, shields }: { html: string; end: number; innerEnd: number; shields: Shields },
): readonly Edit[] {
  const content = html.slice(inner, innerEnd)
  if (drawing === 'hidden' || (drawing === 'clear' && !/</.test(content)))
    return [{ from: start, to: end, text: `${boxes.has(element.name) ? apartMark : ''}${blocksIn(content, shields)}` }]
  const around = (before: string, after: string): Edit[] => [
    { from: start, to: start, text: before },
    { from: end, to: end, text: after },
  ]
  if (raised.has(element.name) && /[\d\u{E000}]/u.test(content)) {
    if (/^\d+$/.test(content) && /\p{L}$/u.test(html.slice(0, start)))
      return [
        {
          from: start,
          to: end,
          text: [...content].map(digit => (element.name === 'sup' ? high : low)[Number(digit)]).join(''),
        },
      ]
    return around(/\s$/.test(html.slice(0, start)) ? '(' : ' (', ')')
  }
  if (drawing === 'struck') return /[<\n]/.test(content.trim()) ? struckTexts(content, inner) : around('~~', '~~')
  if (drawing === 'lines') return around('<div>', '</div>')
  // A picture by itself is told by what stands around it.
  const beside = touching.test(html.charAt(start - 1)) || touching.test(html.charAt(end))
  return drawing === 'apart' && (beside || !boxes.has(element.name)) ? around(apartMark, apartMark) : []
}

/** Each text of what is crossed out by itself: marks around blocks would stand in lines of their own. */
function struckTexts(content: string, at: number): readonly Edit[] {
  return [...content.matchAll(/(?<=^|>)[^<]*[^\s<][^<]*/g)].flatMap(({ 0: text, index }) => {
    const from = at + index + (text.length - text.trimStart().length)
    const to = from + text.trim().length
    return [
      { from, to: from, text: '~~' },
      { from: to, to, text: '~~' },
    ]
  })
}

const touching = /[\p{L}\p{N}\u{E000}\u{E001}]/u
const raised = new Set(['sup', 'sub'])
const struck = new Set(['s', 'del', 'strike'])
const [high, low] = ['⁰¹²³⁴⁵⁶⁷⁸⁹', '₀₁₂₃₄₅₆₇₈₉'].map(digits => [...digits]) as [string[], string[]]
/** Elements in a line that programs draw with something around them. */
const boxes = new Set(
  'audio button canvas iframe img input meter object option progress select textarea video'.split(' '),
)
/** What is in lines of its own however it is drawn is left to what knows its name; of tables each cell. */
const lined =
  /^(?:address|article|aside|blockquote|body|caption|center|details|dialog|div|d[dlt]|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|t[dhr]|tfoot|thead|ul)$/
/** What stands in these is for programs that cannot draw them. */
const fallback = new Set('audio canvas iframe meter object progress video'.split(' '))
const ownLines = new Set('dir hgroup menu optgroup search'.split(' '))

const decides = ({ declarations }: Rule): boolean => [...declarations.keys()].some(name => drawn.test(name))

function drawingOf(
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

function elementOf(name: string, attributes: Readonly<Record<string, string>>): Element {
  const classes = (attributes['class'] ?? '').split(/\s+/).filter(one => one !== '')
  return { name, id: attributes['id'] ?? '', classes, attributes: new Map(Object.entries(attributes)) }
}

/** Tags of blocks, which have to close what they have opened. */
function blocksIn(content: string, shields: Shields): string {
  return [...content.matchAll(shieldPattern)]
    .flatMap(([shield, position]) => (isBlock(shields.get(Number(position))) ? [shield] : []))
    .join('')
}

/** A block that chooses what hides an element. */
function chosenHiding(
  attributes: Readonly<Record<string, string>>,
  {
    rules,
    chain,
    shields,
    source,
  }: { rules: readonly Rule[]; chain: readonly Element[]; shields: Shields; source: Source },
): readonly Fault[] {
  const { style = '', class: own = '' } = attributes
  const shield = new RegExp(shieldPattern.source, 'u').exec(`${style}${own}`)
  if (shield === null) return []
  const [styles, classes] = [style, own].map(text => partsOf(text, { shields }))
  const ways = waysThrough([...styles!, ...classes!], { most: mostWays }) ?? []
  const element = chain.at(-1)!
  const hidden = new Set(
    ways.map(way => {
      const other = elementOf(element.name, { ...attributes, class: told(classes!, way) })
      const ruled = cascade(rules, [...chain.slice(0, -1), other], { dark: false })
      return drawingOf(element.name, ruled, { style: told(styles!, way), hidden: false }) === 'hidden'
    }),
  )
  if (hidden.size < 2) return []
  const { text, start } = shields.get(Number(shield[1]))
  return [
    {
      code: 'email.text',
      message: `${quote(text)} decides whether ${element.name} is seen, and the plain part shows it to everybody`,
      place: placeAt(source, start),
      hint: 'write {{#if …}} around the whole element, or the plain part as email.txt.hbs',
    },
  ]
}

const mostWays = 64

function edited(html: string, edits: readonly Edit[]): string {
  const cuts = edits.filter(({ from, to }) => to > from)
  const kept = edits.filter(edit => !cuts.some(cut => cut !== edit && cut.from <= edit.from && edit.to <= cut.to))
  let out = ''
  let at = 0
  // What ends somewhere is written before what begins there.
  const ordered = kept.map((edit, order) => ({ ...edit, order })).sort((a, b) => a.from - b.from || a.order - b.order)
  for (const { from, to, text } of ordered) {
    out += html.slice(at, from) + text
    at = Math.max(at, to)
  }
  return out + html.slice(at)
}

const marks = new RegExp(` *${apartMark}[ ${apartMark}]*`, 'gu')

/** A text with a blank for each mark that parts two words or figures, and none where signs do. */
export function withoutApartMarks(text: string): string {
  if (!text.includes(apartMark)) return text
  return text.replace(marks, (found, at: number) => {
    const [before, after] = [text.slice(0, at), text.slice(at + found.length)]
    if (before === '' || /[\n\t\u{E002}]$/u.test(before)) return ''
    // `W` and `elcome`, the first of them drawn large, are one word.
    const isWord = /\p{L}$/u.test(before) && /^\p{L}/u.test(after)
    const parts = /[\p{L}\p{N}\u{E001}]$/u.test(before) && /^[\p{L}\p{N}\p{Sc}\u{E000}]/u.test(after)
    return (parts && !isWord) || found.includes(' ') ? ' ' : ''
  })
}
