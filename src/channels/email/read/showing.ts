/** Whether an element of a finished mail is seen, by its attributes and the mail's style sheets. For reading back: shares no code with what writes it but how style sheets are read. */
import { owned } from '../../../model/index.ts'
import { readColor } from '../../../schema/index.ts'
import { drawn, farOff, isGone, isStruck, partedBy } from '../sheet/drawing.ts'
import { readEscapes } from '../sheet/letters.ts'
import { type Declared, picture } from '../sheet/sheet.ts'
import { decoded } from './references.ts'

/** What attributes and style sheets say of an element; undefined where they say nothing. */
export interface Showing {
  /** With all that is in it. */
  readonly gone: boolean
  /** The same in Outlook for Windows alone, which may be drawn something else instead. */
  readonly goneInOutlook: boolean
  /** The same of an element that is a block: its first line begins far off the page. */
  readonly goneAsBlock: boolean
  /** Until an element inside says otherwise. */
  readonly invisible: boolean | undefined
  /** Of its letters, as written. */
  readonly size: string | undefined
  /** Of its letters: `#RRGGBB`, or `none` where nobody sees them. */
  readonly ink: string | undefined
  /** The same by `-webkit-text-fill-color`, which goes before it; undefined too where it is that of `ink`. */
  readonly fill: string | undefined
  /** What parts it from its neighbours in the line, `\n` or a blank; empty where its name decides. */
  readonly apart: string
  /** What is behind them: `#RRGGBB`, or `other` where it is a picture, or no colour that can be told. */
  readonly ground: string | undefined
}

const plain: Showing = {
  gone: false,
  goneInOutlook: false,
  goneAsBlock: false,
  invisible: undefined,
  size: undefined,
  ink: undefined,
  fill: undefined,
  apart: '',
  ground: undefined,
}

/** Mails of a template have the same attributes over and over. */
const known = new Map<string, Showing>()
const mostKnown = 1000

/** `ruled`: what the sheets of the mail say of the element. */
export function showingOf(attributes: string, ruled: Ruled = nothing): Showing {
  if (ruled.size > 0) return readShowing(attributes, ruled)
  const key = attributes.includes('href') ? besideHref(attributes) : attributes
  let found = known.get(key)
  if (found === undefined) {
    found = readShowing(attributes, ruled)
    if (known.size >= mostKnown) known.clear()
    known.set(owned(key), found)
  }
  return found
}

/** What is said beside where a link leads, which decides about nothing here. In most links that stands first; of others it is told as a list, as no attributes are written. */
function besideHref(attributes: string): string {
  const leads = /^\s*href="[^"]*"/.exec(attributes)
  if (leads !== null) return attributes.slice(leads[0].length)
  return JSON.stringify([...attributesOf(attributes)].filter(([name]) => name !== 'href'))
}

function readShowing(attributes: string, ruled: Ruled): Showing {
  // Many elements have nothing to do with it.
  if (
    ruled.size === 0 &&
    !/display|float|scale|zoom|translate|popover|content-visibility|filter|margin|padding|line-through|visibility|hid|opacity|overflow|color|background|indent|position|clip|transform|font(?:-size)?\s*:|&|\\|\/\*/i.test(
      attributes,
    )
  )
    return plain
  const found = attributesOf(attributes)
  const style = won(found.get('style') ?? '', ruled)
  const said = (property: string): string | undefined => style.get(property)
  const says = (property: string, value: RegExp): boolean => value.test(said(property) ?? '')
  const gone = isGone(said) || isStruck(said) || (found.has('hidden') && !style.has('display')) || found.has('popover')
  return {
    gone,
    goneInOutlook: says('mso-hide', /^all$/),
    goneAsBlock: says('text-indent', farOff),
    invisible:
      says('visibility', /^(hidden|collapse)$/) || (says('visibility', /^(visible|initial)$/) ? false : undefined),
    size: style.get('font-size') ?? sizeOfFont(style.get('font')),
    ink: inkOf(style.get('color') ?? found.get('color')),
    fill: inkOf(style.get('-webkit-text-fill-color')),
    apart: partedBy(said),
    ground: groundOf(style, found),
  }
}

function inkOf(written: string | undefined): string | undefined {
  if (written === undefined || /^(?:inherit|unset|currentcolor)$/.test(written)) return undefined
  const read = readColor(written)
  // What is not read may be the colour of any ground.
  if (read === undefined) return setElsewhere.test(written) ? 'other' : 'none'
  return read.opacity === 0 ? 'none' : read.opacity === 1 ? read.color : 'other'
}

const setElsewhere = /^(?:initial|revert(?:-layer)?|(?:window|canvas|button|field|link|visited)text)$/

/** Many programs show no picture before they are asked: then the colour behind it is the ground. */
function groundOf(style: Ruling, found: ReadonlyMap<string, string>): string | undefined {
  const written = style.get('background-color') ?? found.get('bgcolor')
  const isPictured = picture.test(style.get('background-image') ?? '') || (found.get('background') ?? '') !== ''
  if (written === undefined || /^(?:none|transparent|inherit|initial|unset)?$/.test(written))
    return isPictured ? 'other' : undefined
  const read = readColor(written)
  return read?.opacity === 0 ? undefined : read?.opacity === 1 ? read.color : 'other'
}

const zero = /^[+-]?0*\.?0+([a-z]+|%)?$/

/** Smaller than anybody reads. */
const tiny = /^[+-]?(?:0*\.?0+([a-z]+|%)?|0*[12]?(?:\.\d+)?(?:px|pt))$/

/** Whether letters of that size are nothing; what is so many times nothing is. */
export function isNothing(size: string, outer: boolean): boolean {
  return tiny.test(size) || (outer && /(?:[\d.](?:em|ex|ch|%)|^(?:inherit|unset|larger|smaller))$/.test(size))
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

/** What of a sheet's rule decides about what is seen; whether it may hide, or give a colour. */
export function sightOf(
  declarations: Ruled,
  { colors }: { readonly colors: boolean },
): { readonly ruled: Ruled; readonly hides: boolean } {
  const ruled = new Map(
    [...declarations].filter(
      ([property]) => (drawn.test(property) || sight.test(property)) && (colors || !/color|^background/.test(property)),
    ),
  )
  return { ruled, hides: [...ruled].some(([property, { value }]) => hiding.test(`${property}:${value}`)) }
}

const sight = /^(?:mso-hide|color|-webkit-text-fill-color|background-(?:color|image))$/
const hiding =
  /^(?:display:none|text-decoration(?:-line)?:.*line-through|visibility:(?:hidden|collapse)|opacity:|font-size:[+-]?0*(?:\.|[012](?![\d]))|(?:max-)?(?:height|width):[+-]?0*(?:\.|[01](?![\d]))|clip|transform:|translate:|scale:|zoom:|content-visibility:|filter:|margin(?:-left|-top)?:.*-|display:var|font:|mso-hide:all|(?:-webkit-text-fill-)?color:|background|position:(?:absolute|fixed|relative)|text-indent:-)/i

/** Whether nobody sees text of an element of which nothing else is said than this. */
export function hides({ gone, goneInOutlook, goneAsBlock, invisible, size, ink, fill, ground }: Showing): boolean {
  if (gone || goneInOutlook || goneAsBlock || invisible === true) return true
  return isColorless({ ink, fill, ground }) || (size !== undefined && isNothing(size, false))
}

/** Whether what a sheet says hides an element by itself. */
export function hidesAlone(ruled: Ruled): boolean {
  return hides(showingOf('', ruled))
}

/** Whether letters have no colour, or that of their ground. */
export function isColorless({ ink, fill, ground }: Pick<Showing, 'ink' | 'fill' | 'ground'>): boolean {
  const color = fill ?? ink
  return color === 'none' || (color !== undefined && color !== 'other' && color === ground)
}

type Ruling = ReadonlyMap<string, string>
type Ruled = ReadonlyMap<string, Declared>
const nothing: Ruled = new Map()

/** The value of each property that wins: the last one, or the last that is important; those of the style attribute before the sheets'. */
function won(style: string, ruled: Ruled): Ruling {
  const values = new Map([...ruled].map(([property, { value }]) => [property, value.toLowerCase()]))
  const important = new Set([...ruled].flatMap(([property, declared]) => (declared.important ? [property] : [])))
  for (const declaration of readEscapes(decoded(style))
    .toLowerCase()
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split(';')) {
    const [, name = '', value = '', urgent] =
      /^\s*([a-z-]+)\s*:\s*(.*?)\s*(!\s*important)?\s*$/s.exec(declaration) ?? []
    const property = name === 'background' ? 'background-color' : name
    if (property === '' || (important.has(property) && urgent === undefined)) continue
    if (urgent !== undefined) important.add(property)
    values.set(property, value)
  }
  return values
}
