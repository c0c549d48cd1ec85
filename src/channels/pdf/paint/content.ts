/** Marks -> operators of a content stream (ISO 32000-1 §8 and §9). The page's y axis already points down, as layout's does. */
import type { RectMark, TextMark } from '../layout/page.ts'
import { roundContent } from './round.ts'
import { number } from './strings.ts'
import type { Subset } from './subset.ts'
import { hex } from './subset.ts'

/** What the stream has last set, so that it is not set again. */
export interface State {
  font: string
  color: string
  /** Space after each glyph, and rise over the baseline, in points. */
  spacing: number
  rise: number
}

export const fresh = (): State => ({ font: '', color: '', spacing: 0, rise: 0 })

export function rectContent(mark: RectMark, state: State): string {
  if (mark.round !== undefined) return `${colorContent(mark.color, state)}${roundContent(mark)}`
  return `${colorContent(mark.color, state)}${number(mark.x)} ${number(mark.y)} ${number(mark.width)} ${number(mark.height)} re f`
}

export function textContent(mark: TextMark, subset: Subset, state: State): string {
  const font = `/${subset.name} ${number(mark.sizePt)} Tf `
  const setFont = state.font === font ? '' : font
  state.font = font
  const color = colorContent(mark.color, state)
  const { spacing = 0, rise = 0 } = mark
  const setSpacing = state.spacing === spacing ? '' : `${number(spacing)} Tc `
  const setRise = state.rise === rise ? '' : `${number(rise)} Ts `
  state.spacing = spacing
  state.rise = rise
  return `${color}BT ${setFont}${setSpacing}${setRise}1 0 0 -1 ${number(mark.x)} ${number(mark.y)} Tm ${showContent(mark, subset)} ET`
}

/** The glyphs as strings with what kerning takes away or adds in between, in thousandths of the size. */
function showContent({ glyphs, face, sizePt, spacing = 0, rise = 0, parted }: TextMark, subset: Subset): string {
  const scale = 1000 / face.unitsPerEm
  const spaced = (spacing / sizePt) * 1000
  let out = ''
  let array = ''
  let string = ''
  let move = 0
  const flushString = () => {
    if (string !== '') array += `<${string}>`
    string = ''
  }
  const flushArray = () => {
    flushString()
    if (array !== '') out += `[${array}] TJ `
    array = ''
  }
  for (const { ids, advances, offsets, texts } of parted === true ? [...glyphs, face.shape(' ')] : glyphs) {
    for (let index = 0; index < ids.length; index += 1) {
      const code = subset.code(ids[index]!, texts[index]!)
      if (offsets === undefined) {
        if (move >= 0.0005 || move <= -0.0005) {
          flushString()
          array += number(move)
        }
        string += hex(code)
        move = subset.width(code) + spaced - advances[index]! * scale
        continue
      }
      const offX = offsets[index * 2]! * scale
      const offY = offsets[index * 2 + 1]!
      move -= offX
      if (Math.abs(move) >= 0.0005) {
        flushString()
        array += number(move)
      }
      move = 0
      if (offY !== 0) {
        flushArray()
        out += `${number(rise + (offY / face.unitsPerEm) * sizePt)} Ts [<${hex(code)}>] TJ ${number(rise)} Ts `
      } else string += hex(code)
      move += subset.width(code) + spaced - advances[index]! * scale + offX
    }
  }
  flushArray()
  return out.trimEnd()
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
