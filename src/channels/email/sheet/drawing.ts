/** What declarations make of an element's text: gone, crossed out, or parted from what is beside it. Read alike where the plain part is made and where a mail is read back. */

/** The value of a property in small letters; undefined where nothing is said. */
export type Said = (property: string) => string | undefined

/** Whether an element is not seen, with all that is in it. */
export function isGone(said: Said): boolean {
  const says = (property: string, value: RegExp): boolean => value.test(said(property) ?? '')
  return (
    says('display', /^(?:none$|var\()/) ||
    isFaint(said('opacity')) ||
    (overflows.some(one => says(one, /^(hidden|clip)/)) && sizes.some(size => says(size, slight))) ||
    (says('position', /^(absolute|fixed|relative)$/) && edges.some(edge => says(edge, farOff))) ||
    (says('position', /^(absolute|fixed)$/) && says('clip', /^rect\(\s*(?:[01](?:px)?[\s,]*){4}\)$/)) ||
    margins.some(edge => says(edge, farOff)) ||
    says('margin', /(?:^|\s)-0*(?:999|[1-9]\d{3,})(?!\d)/) ||
    says('clip-path', nothingLeft) ||
    says('scale', /^0*\.?0+(?:\s|$)/) ||
    says('zoom', /^0*\.?0+%?$/) ||
    says('translate', /\d{3,}/) ||
    says('content-visibility', /^hidden$/) ||
    says('filter', /\bopacity\(\s*0*\.?0+%?\s*\)/) ||
    says('transform', /\bscale[xy]?\(\s*0*\.?0+\s*[,)]|\btranslate(?:[xy]|3d)?\([^)]*\d{3,}/)
  )
}

/** Properties that `isGone`, `isStruck` and `partedBy` ask about. */
export const drawn =
  /^(?:display|visibility|opacity|overflow(?:-[xy])?|clip|clip-path|transform|translate|scale|zoom|filter|content-visibility|float|text-decoration(?:-line)?|text-indent|position|left|top|right|bottom|(?:max-)?(?:height|width)|(?:inline|block)-size|margin(?:-(?:left|top|right))?|padding(?:-(?:left|right))?|font|font-size)$/

export function isStruck(said: Said): boolean {
  return ['text-decoration', 'text-decoration-line'].some(one => /\bline-through\b/.test(said(one) ?? ''))
}

/** What parts an element of a line from its neighbours: a line end, a blank, or nothing. */
export function partedBy(said: Said): '' | ' ' | '\n' {
  const display = said('display') ?? ''
  if (/^(?:block|list-item|table|flex|grid|flow-root)$/.test(display)) return '\n'
  if (/^(?:inline-|table-)/.test(display) || /^(?:left|right)$/.test(said('float') ?? '')) return ' '
  return spaces.some(property => /(?:^|\s)[+]?\.?\d*[1-9]/.test(said(property) ?? '')) ? ' ' : ''
}

/** Further than any page is wide, whatever the unit. */
export const farOff = /^-0*(?:999|[1-9]\d{3,})(?!\d)/

const nothingLeft =
  /^(?:inset\([^)]*(?:[5-9]\d|100)%|(?:circle|ellipse)\(\s*0|polygon\(\s*0\S* 0\S*\s*(?:,\s*0\S* 0\S*\s*)*\))/
const sizes = ['height', 'max-height', 'width', 'max-width', 'inline-size', 'block-size']
const overflows = ['overflow', 'overflow-x', 'overflow-y']
const edges = ['left', 'top', 'right', 'bottom']
const margins = ['margin-left', 'margin-top']
const spaces = ['margin', 'margin-left', 'margin-right', 'padding', 'padding-left', 'padding-right']
/** One pixel of a text shows nothing of it: so it is left to be heard alone. */
const slight = /^[+-]?(?:0*\.?0+([a-z]+|%)?|0*1(?:\.0+)?(?:px|pt)|0*\.\d+(?:px|pt))$/

/** Letters that let nine tenths of their ground through are not read; how much a reckoned opacity lets, nobody knows. */
function isFaint(opacity = ''): boolean {
  if (/^(?:calc|var|min|max|clamp)\(/.test(opacity)) return true
  const [, number = '', percent] = /^\+?([\d.]+|-[\d.]+)(%)?$/.exec(opacity) ?? []
  return number !== '' && Number(number) / (percent === undefined ? 1 : 100) <= 0.1
}
