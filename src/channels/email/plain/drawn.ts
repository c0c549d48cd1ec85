/** How a mail draws what is in its lines, for a plain part that says the same: what stands apart without a blank, raised, struck out, or not at all. */
import { Parser } from 'htmlparser2'
import type { Fault, Source } from '../../../model/index.ts'
import { empty } from '../html/voidelements.ts'
import { cascade, type Element, readSheet } from '../sheet/sheet.ts'
import { isBlock } from '../tags/blocks.ts'
import { withoutComments } from '../tags/comments.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'
import { apartMark } from '../tags/signs.ts'
import { chosenHiding } from './chosenhiding.ts'
import { boxes, type Drawing, decides, drawingOf, elementOf } from './drawings.ts'

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
        // What is in something that nobody sees goes with it.
        if (closed === undefined || open.some(({ drawing }) => drawing === 'hidden')) return
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
const [high, low] = ['⁰¹²³⁴⁵⁶⁷⁸⁹', '₀₁₂₃₄₅₆₇₈₉'].map(digits => [...digits]) as [string[], string[]]
/** Tags of blocks, which have to close what they have opened. */
function blocksIn(content: string, shields: Shields): string {
  return [...content.matchAll(shieldPattern)]
    .flatMap(([shield, position]) => (isBlock(shields.get(Number(position))) ? [shield] : []))
    .join('')
}

function edited(html: string, edits: readonly Edit[]): string {
  let out = ''
  let at = 0
  // What ends somewhere is written before what begins there.
  for (const { from, to, text } of edits.toSorted((a, b) => a.from - b.from)) {
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
    const [before, after] = [text.charAt(at - 1), text.charAt(at + found.length)]
    if (at === 0 || /[\n\t\u{E002}]/u.test(before)) return ''
    // `W` and `elcome`, the first of them drawn large, are one word.
    const isWord = /\p{L}/u.test(before) && /\p{L}/u.test(after)
    const parts = /[\p{L}\p{N}\u{E001}]/u.test(before) && /[\p{L}\p{N}\p{Sc}\u{E000}]/u.test(after)
    return (parts && !isWord) || found.includes(' ') ? ' ' : ''
  })
}
