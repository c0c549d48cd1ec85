/** Marks -> operators of a content stream (ISO 32000-1 §8 and §9), their heights counted from the page's lower edge. */
import type { RectMark, TextMark } from '../layout/page.ts'
import type { Pen } from './pen.ts'
import { roundContent } from './round.ts'
import { number, ofThousandths } from './strings.ts'
import type { Subset } from './subset.ts'

/** What the stream has last set, so that it is not set again. */
export interface State {
  font: string
  sizePt: number
  color: string
  /** Space after each glyph, and rise over the baseline, in points. */
  spacing: number
  rise: number
  /** Of the page, in thousandths of a point. */
  readonly height: number
}

export function fresh(heightPt: number): State {
  return { font: '', sizePt: 0, color: '', spacing: 0, rise: 0, height: Math.round(heightPt * 1000) }
}

export function drawRect(mark: RectMark, state: State, pen: Pen): void {
  setColor(mark.color, state, pen)
  if (mark.round !== undefined) {
    return pen.text(`q 1 0 0 -1 0 ${ofThousandths(state.height)} cm ${roundContent(mark)} Q`)
  }
  pen.number(mark.x)
  pen.text(' ')
  pen.thousandths(state.height - Math.round(mark.y * 1000) - Math.round(mark.height * 1000))
  pen.text(' ')
  pen.number(mark.width)
  pen.text(' ')
  pen.number(mark.height)
  pen.text(' re f')
}

export function drawText(mark: TextMark, subset: Subset, state: State, pen: Pen): void {
  const { name } = subset
  const { sizePt, spacing = 0, rise = 0 } = mark
  setColor(mark.color, state, pen)
  pen.text('BT ')
  if (state.font !== name || state.sizePt !== sizePt) {
    pen.text(`/${name} ${number(sizePt)} Tf `)
    state.font = name
    state.sizePt = sizePt
  }
  if (state.spacing !== spacing) {
    pen.text(`${number(spacing)} Tc `)
    state.spacing = spacing
  }
  if (state.rise !== rise) {
    pen.text(`${number(rise)} Ts `)
    state.rise = rise
  }
  // Steps from one text to the next would be shorter, but viewers add them up, and glyphs between two dots fall on another.
  pen.number(mark.x)
  pen.text(' ')
  pen.thousandths(state.height - Math.round(mark.y * 1000))
  pen.text(' Td[(')
  subset.show(mark, pen)
  pen.text(')]TJ ET')
}

/** By colour: a brand has few. */
const colors = new Map<string, string>()
const mostColors = 500

function setColor(color: string, state: State, pen: Pen): void {
  if (state.color === color) return
  state.color = color
  pen.text(colors.get(color) ?? colorContent(color))
}

function colorContent(color: string): string {
  const part = (from: number) => number(Number.parseInt(color.slice(from, from + 2), 16) / 255)
  const content = `${part(1)} ${part(3)} ${part(5)} rg `
  if (colors.size >= mostColors) colors.clear()
  colors.set(color, content)
  return content
}
