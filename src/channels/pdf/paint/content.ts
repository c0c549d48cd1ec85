/** Marks -> operators of a content stream (ISO 32000-1 §8 and §9), their heights counted from the page's lower edge. */
import type { RectMark, TextMark } from '../layout/page.ts'
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

export function rectContent(mark: RectMark, state: State): string {
  const color = colorContent(mark.color, state)
  if (mark.round !== undefined) return `${color}q 1 0 0 -1 0 ${ofThousandths(state.height)} cm ${roundContent(mark)} Q`
  const below = state.height - Math.round(mark.y * 1000) - Math.round(mark.height * 1000)
  return `${color}${number(mark.x)} ${ofThousandths(below)} ${number(mark.width)} ${number(mark.height)} re f`
}

export function textContent(mark: TextMark, subset: Subset, state: State): string {
  const { name } = subset
  const { sizePt, spacing = 0, rise = 0 } = mark
  let set = ''
  if (state.font !== name || state.sizePt !== sizePt) {
    set = `/${name} ${number(sizePt)} Tf `
    state.font = name
    state.sizePt = sizePt
  }
  const color = colorContent(mark.color, state)
  if (state.spacing !== spacing) {
    set += `${number(spacing)} Tc `
    state.spacing = spacing
  }
  if (state.rise !== rise) {
    set += `${number(rise)} Ts `
    state.rise = rise
  }
  const y = ofThousandths(state.height - Math.round(mark.y * 1000))
  // Steps from one text to the next would be shorter, but viewers add them up, and glyphs between two dots fall on another.
  return `${color}BT ${set}${number(mark.x)} ${y} Td[(${subset.show(mark)})]TJ ET`
}

/** By colour: a brand has few. */
const colors = new Map<string, string>()
const mostColors = 500

function colorContent(color: string, state: State): string {
  if (state.color === color) return ''
  state.color = color
  const known = colors.get(color)
  if (known !== undefined) return known
  const part = (from: number) => number(Number.parseInt(color.slice(from, from + 2), 16) / 255)
  const content = `${part(1)} ${part(3)} ${part(5)} rg `
  if (colors.size >= mostColors) colors.clear()
  colors.set(color, content)
  return content
}
