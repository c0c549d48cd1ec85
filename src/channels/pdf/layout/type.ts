/** The type that text is set in: what is inherited from element to element. */
import type { Brand } from '../../../model/index.ts'
import type { Fonts } from '../fonts/fonts.ts'
import type { Typeface } from '../fonts/typeface.ts'
import type { Leading } from '../markup/values.ts'

/** The properties that are inherited. */
export interface TypeStyle {
  readonly typeface: Typeface
  readonly family: string
  readonly bold: boolean
  readonly italic: boolean
  readonly sizePt: number
  readonly leading: Leading
  readonly color: string
  readonly align: 'left' | 'center' | 'right' | 'decimal'
  readonly whiteSpace: 'normal' | 'nowrap' | 'pre-line'
  readonly orphans: number
  readonly widows: number
  /** BCP 47. */
  readonly lang: string
  readonly hyphens: 'none' | 'auto'
  /** OpenType features asked for, by tag; a minus takes one away. Empty where nothing is asked. */
  readonly features: string
  readonly letterSpacingPt: number
  /** Set higher or lower than its line, and without a say in how high that is. */
  readonly script?: 'sup' | 'sub'
  /** How far above the baseline it stands. */
  readonly risePt: number
}

/** The same type with the typeface that its family, style, features and spacing ask for. */
export function withTypeface(type: TypeStyle, fonts: Fonts): TypeStyle {
  const { family, bold, italic, features, letterSpacingPt, sizePt } = type
  return { ...type, typeface: fonts.typeface(family, { bold, italic, features, spacing: letterSpacingPt / sizePt }) }
}

/** Where the document element says nothing. */
export function initialType(lang: string, fonts: Fonts, brand: Brand): TypeStyle {
  return {
    typeface: fonts.typeface('text', { bold: false, italic: false }),
    family: 'text',
    bold: false,
    italic: false,
    sizePt: 10.5,
    leading: { times: 1.333 },
    color: brand.colors['ink']?.toUpperCase() ?? '#000000',
    align: 'left',
    whiteSpace: 'normal',
    orphans: 2,
    widows: 2,
    lang,
    hyphens: 'none',
    features: '',
    letterSpacingPt: 0,
    risePt: 0,
  }
}
