/** Colours as CSS and SVG write them: names, hex, `rgb()`, `hsl()`, `hwb()`. Home of color-string. */
import colorString from 'color-string'

export interface Color {
  /** `#RRGGBB` */
  readonly color: string
  /** 0 to 1. */
  readonly opacity: number
}

/** Undefined for what is no colour, or one of another kind. */
export function readColor(text: string): Color | undefined {
  const read = colorString.get(text.trim().toLowerCase())
  if (read === null) return undefined
  const { model, value } = read
  const [one = 0, two = 0, three = 0, opacity = 1] = value
  const parts = model === 'rgb' ? [one, two, three] : (model === 'hsl' ? ofHsl : ofHwb)(one, two / 100, three / 100)
  const hex = parts.map(part => Math.round(part).toString(16).padStart(2, '0')).join('')
  return { color: `#${hex.toUpperCase()}`, opacity }
}

/** CSS Color 4, §7.1. */
function ofHsl(hue: number, saturation: number, lightness: number): readonly number[] {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  return [0, 8, 4].map(at => {
    const turn = (at + hue / 30) % 12
    return 255 * (lightness - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1)))
  })
}

/** CSS Color 4, §8.1. */
function ofHwb(hue: number, white: number, black: number): readonly number[] {
  const sum = white + black
  if (sum >= 1) return Array.from({ length: 3 }, () => (255 * white) / sum)
  return ofHsl(hue, 1, 0.5).map(part => part * (1 - sum) + 255 * white)
}
