/** Colours as CSS and SVG write them: names, hex, `rgb()`. Home of color-string. */
import colorString from 'color-string'

export interface Color {
  /** `#RRGGBB` */
  readonly color: string
  /** 0 to 1. */
  readonly opacity: number
}

/** Undefined for what is no colour, or one of another kind. */
export function readColor(text: string): Color | undefined {
  const read = colorString.get.rgb(text.trim().toLowerCase())
  if (read === null) return undefined
  const [red = 0, green = 0, blue = 0, opacity = 1] = read
  const hex = [red, green, blue].map(part => Math.round(part).toString(16).padStart(2, '0')).join('')
  return { color: `#${hex.toUpperCase()}`, opacity }
}
