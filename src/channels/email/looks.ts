/** Whether an element of a finished mail is seen, by its own attributes. For reading back: shares no code with what writes. */
import { decoded } from './references.ts'

/** What the attributes of an element say of it; undefined where they say nothing. */
export interface Look {
  /** With all that is in it. */
  readonly gone: boolean
  /** The same in Outlook for Windows alone, which may be drawn something else instead. */
  readonly goneInOutlook: boolean
  /** Until an element inside says otherwise. */
  readonly invisible: boolean | undefined
  /** Of its letters, as written. */
  readonly size: string | undefined
}

const plain: Look = { gone: false, goneInOutlook: false, invisible: undefined, size: undefined }

export function lookOf(attributes: string): Look {
  // Most elements have nothing to do with it, and a mail has hundreds.
  if (!/display|visibility|hid|opacity|overflow|font(?:-size)?\s*:|&|\/\*/i.test(attributes)) return plain
  const found = attributesOf(attributes)
  const style = declarationsOf(found.get('style') ?? '')
  const says = (property: string, value: RegExp): boolean => value.test(style.get(property) ?? '')
  const gone =
    says('display', /^none$/) ||
    (found.has('hidden') && !style.has('display')) ||
    says('opacity', zero) ||
    (says('overflow', /^(hidden|clip)/) && sizes.some(size => says(size, zero)))
  return {
    gone,
    goneInOutlook: says('mso-hide', /^all$/),
    invisible:
      says('visibility', /^(hidden|collapse)$/) || (says('visibility', /^(visible|initial)$/) ? false : undefined),
    size: style.get('font-size') ?? sizeOfFont(style.get('font')),
  }
}

const sizes = ['height', 'max-height', 'width', 'max-width']
const zero = /^[+-]?0*\.?0+([a-z]+|%)?$/

/** Whether letters of that size are nothing; what is so many times nothing is. */
export function isNothing(size: string, outer: boolean): boolean {
  return zero.test(size) || (outer && /(?:[\d.](?:em|ex|ch|%)|^(?:inherit|unset|larger|smaller))$/.test(size))
}

/** The size in `font: bold 13px/1.5 Arial`; a number without a unit is a weight, unless it is 0. */
function sizeOfFont(font: string | undefined): string | undefined {
  if (font === undefined) return undefined
  return (
    font.split(/[\s/]+/).find(word => zero.test(word) || /^[\d.]+([a-z]+|%)$/.test(word) || word === 'inherit') ??
    'medium'
  )
}

/** Values by names in small letters, references not decoded. */
export function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', double, single, bare] of text.matchAll(
    /([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  ))
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), double ?? single ?? bare ?? '')
  return found
}

/** The declarations of a style attribute, each with the value that wins: the last one, or the last that is important. */
function declarationsOf(style: string): ReadonlyMap<string, string> {
  const won = new Map<string, string>()
  const important = new Set<string>()
  for (const declaration of decoded(style)
    .toLowerCase()
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split(';')) {
    const [, property = '', value = '', urgent] =
      /^\s*([a-z-]+)\s*:\s*(.*?)\s*(!\s*important)?\s*$/s.exec(declaration) ?? []
    if (property === '' || (important.has(property) && urgent === undefined)) continue
    if (urgent !== undefined) important.add(property)
    won.set(property, value)
  }
  return won
}
