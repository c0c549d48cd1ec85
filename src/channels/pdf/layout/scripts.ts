/** Superscript and subscript: the font's own small figures and letters where it has them, else smaller ones of the same face, moved. */
import type { Fonts } from '../fonts/fonts.ts'
import type { Word } from '../fonts/typeface.ts'
import type { TypeStyle } from './type.ts'
import { withTypeface } from './type.ts'

/** The type for a text in `sup` or `sub`; without a text, for one that is not known yet. The same type for the same type. */
export type Scripts = (type: TypeStyle, text?: string) => TypeStyle

/** Size and rise of moved type, in parts of the size: as most text faces draw theirs. */
const moved = { sup: { size: 0.62, rise: 0.34 }, sub: { size: 0.62, rise: -0.14 } } as const
const features = { sup: 'sups', sub: 'subs' } as const

export function openScripts(fonts: Fonts): Scripts {
  const known = new WeakMap<TypeStyle, { readonly drawn: TypeStyle; readonly shrunk: TypeStyle }>()
  return (type, text) => {
    const { script } = type
    if (script === undefined) return type
    let types = known.get(type)
    if (types === undefined) {
      const { size, rise } = moved[script]
      types = {
        drawn: withTypeface({ ...type, features: `${type.features} ${features[script]}`.trimStart() }, fonts),
        shrunk: withTypeface({ ...type, sizePt: type.sizePt * size, risePt: type.sizePt * rise }, fonts),
      }
      known.set(type, types)
    }
    if (text === undefined) return types.shrunk
    return isDrawn(type.typeface.shape(text), types.drawn.typeface.shape(text)) ? types.drawn : types.shrunk
  }
}

/** Whether every glyph but blanks is another one: a raised digit beside a letter that is not raised would be worse than none. */
function isDrawn(plain: Word, raised: Word): boolean {
  if (plain.parts.length !== raised.parts.length) return false
  return raised.parts.every(({ glyphs: { ids, texts } }, index) => {
    const before = plain.parts[index]!.glyphs.ids
    return ids.length === before.length && ids.every((id, at) => id !== before[at] || texts[at]!.trim() === '')
  })
}
