/** Colours by name or in short are written as `#RRGGBB`: the dark twin of a colour is found by how it is written. */
import { readColor } from '../../../schema/index.ts'

/** `#RRGGBB` of an opaque colour, as it is where it is written so already; undefined for everything else. */
function hexOf(written: string): string | undefined {
  if (/^#[\da-f]{6}$/i.test(written)) return written
  const read = readColor(written)
  return read?.opacity === 1 ? read.color : undefined
}

/** The value of a property or attribute with each of its colours in hex. */
export function hexColors(value: string): string {
  return value.replace(
    /url\([^)]*\)|rgba?\([^)]*\)|(?<![\w#.-])(?:#[\da-f]{3}|[a-z]{3,})(?![\w(.-])/gi,
    word => hexOf(word) ?? word,
  )
}

/** A block may stand before a property, behind its shield. */
const colored =
  /((?:^|[;{\u{E001}])\s*(?:color|background(?:-color)?|border(?:-(?:top|right|bottom|left))?(?:-color)?|outline(?:-color)?)\s*:)([^;}]*)/giu

/** Declarations, of a style attribute or of rules that MJML may write into one, with their colours in hex. */
export function hexDeclarations(css: string): string {
  return css.replace(colored, (_found, property: string, colors: string) => property + hexColors(colors))
}

/** HTML whose inline styles and `bgcolor` have their colours in hex. */
export function hexStyles(html: string): string {
  return html.replace(
    /(\s(style|bgcolor)\s*=\s*)("[^"]*"|'[^']*')/gi,
    (_whole, head: string, name: string, quoted: string) => {
      const value = quoted.slice(1, -1)
      const written = /^style$/i.test(name) ? hexDeclarations(value) : hexColors(value)
      return head + quoted.charAt(0) + written + quoted.charAt(0)
    },
  )
}
