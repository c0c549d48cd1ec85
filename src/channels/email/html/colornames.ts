/** Colours in the HTML and CSS of a mail, where names of the brand mean nothing: mail programs show such text and grounds in black, or not at all. */
import { type Brand, type Fault, quote } from '../../../model/index.ts'
import { nearest, readColor } from '../../../schema/index.ts'
import { isBlock } from '../tags/blocks.ts'
import { placeAt } from '../tags/place.ts'
import { shieldPattern } from '../tags/shield.ts'
import { findTags } from '../tags/tags.ts'
import type { Attribute } from './attributes.ts'
import type { Declaration } from './declarations.ts'
import { valueStart } from './declarations.ts'
import type { Reader } from './reader.ts'

/** Properties that take one colour, and those that take words beside it. */
const colorOnly =
  /^(color|background-color|outline-color|text-decoration-color|border(-(top|right|bottom|left))?-color)$/
const shorthand = /^(background|outline|border(-(top|right|bottom|left))?)$/

/** What may stand in such values, and names no colour of CSS. */
const everywhere = 'inherit initial unset revert revert-layer currentcolor transparent auto invert'
const inShorthands =
  'none hidden dotted dashed solid double groove ridge inset outset thin medium thick left right top bottom center cover contain repeat repeat-x repeat-y no-repeat space round scroll fixed local border-box padding-box content-box text'
/** CSS Color 4, §6.2 and appendix A: colours of the machine. Word writes some of them. */
const machine =
  'accentcolor accentcolortext activetext buttonborder buttonface buttontext canvas canvastext field fieldtext graytext highlight highlighttext linktext mark marktext selecteditem selecteditemtext visitedtext activeborder activecaption appworkspace background buttonhighlight buttonshadow captiontext inactiveborder inactivecaption inactivecaptiontext infobackground infotext menu menutext scrollbar threeddarkshadow threedface threedhighlight threedlightshadow threedshadow window windowframe windowtext'
const words: ReadonlySet<string> = new Set(`${everywhere} ${machine}`.split(' '))
const shorthandWords: ReadonlySet<string> = new Set(inShorthands.split(' '))

/** Colours of CSS that people write by name. */
const usual =
  'aqua black blue brown cyan fuchsia gold gray green grey indigo lime magenta maroon navy olive orange pink purple red silver teal tomato violet white yellow'.split(
    ' ',
  )

/** Colours of declarations that begin at an offset. */
export function checkColors(declarations: readonly Declaration[], offset: number, reader: Reader): void {
  for (const { property, value, at } of declarations) {
    const several = shorthand.test(property)
    if ((!several && !colorOnly.test(property)) || value.includes('\u{E000}')) continue
    const bare = value
      .replace(/!\s*important/gi, blank)
      .replace(/"[^"]*"|'[^']*'/g, blank)
      .replace(/[\w-]*\((?:[^()]|\([^()]*\))*\)/g, blank)
    for (const { 0: word, index } of bare.matchAll(/[^\s,/]+/g))
      if (!(several && shorthandWords.has(word.toLowerCase()))) checkWord(word, offset + at + index, reader)
  }
}

/** `bgcolor` and `color` of HTML, each way that a block in them can choose. */
export function checkColorAttribute(attribute: Attribute, offset: number, reader: Reader): void {
  const { name, value } = attribute
  if (value === undefined || !/^(bgcolor|color|bordercolor)$/i.test(name)) return
  let from = 0
  const ways: { readonly text: string; readonly at: number }[] = []
  for (const { 0: shield, 1: position, index } of value.matchAll(shieldPattern)) {
    if (!isBlock(reader.shields.get(Number(position)))) continue
    ways.push({ text: value.slice(from, index), at: from })
    from = index + shield.length
  }
  ways.push({ text: value.slice(from), at: from })
  for (const { text, at } of ways) {
    const word = text.trim()
    // What HTML reads as a colour without its #.
    if (word === '' || word.includes('\u{E000}') || (/^([\da-f]{3}|[\da-f]{6})$/i.test(word) && !isNamed(word, reader)))
      continue
    checkWord(word, offset + valueStart(attribute) + at + text.search(/\S/), reader)
  }
}

/** `border` of a component: names of the brand are known there, and MJML takes whatever else it is given. */
export function checkBorder(attribute: Attribute, offset: number, reader: Reader): void {
  const { name, value } = attribute
  const property = name.replace(/^inner-/, '')
  if (value === undefined || !shorthand.test(property) || property === 'background') return
  const others = value.replace(/[^\s]+/g, word => (isNamed(word, reader) ? blank(word) : word))
  checkColors([{ property, value: others, at: valueStart(attribute) }], offset, reader)
}

/** One word where a colour stands; what is neither a name nor a number of a colour is left. */
function checkWord(word: string, offset: number, reader: Reader): void {
  const { brand, faults, source, sourceOffset } = reader
  const start = sourceOffset(offset)
  const report = (message: string, hint: string): void => {
    const fault: Fault = { code: 'email.color', message, place: placeAt(source, start), hint }
    faults.push(fault)
  }
  if (/^#[\w-]*$/.test(word)) {
    if (!/^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(word))
      report(
        `${quote(word)} is no colour of HTML and CSS`,
        'a colour has three or six digits of 0 to 9 and a to f: #14232E',
      )
    return
  }
  if (!/^[a-z][\w-]*$/i.test(word) || readColor(word) !== undefined) return
  const tag = (name: string): string => `{{${inLoop(reader, start) ? '@root.' : ''}brand.colors.${name}}}`
  if (isNamed(word, reader)) {
    report(`${quote(word)} is no colour of HTML and CSS`, `the brand has a colour ${word}; write ${tag(word)}`)
    return
  }
  if (words.has(word.toLowerCase())) return
  const near = nearest(word, [...Object.keys(brand.colors), ...usual])
  report(
    `${quote(word)} is no colour of HTML and CSS`,
    near === undefined
      ? `write #RRGGBB, or a colour of the brand: ${known(brand, tag)}`
      : `did you mean ${isNamed(near, reader) ? tag(near) : quote(near)}?`,
  )
}

function known({ colors }: Brand, tag: (name: string) => string): string {
  return Object.keys(colors).slice(0, 6).map(tag).join(', ')
}

const isNamed = (word: string, { brand }: Reader): boolean => Object.hasOwn(brand.colors, word)

/** Whether an offset of the source stands inside of a block that looks at something else than the whole of the data. */
function inLoop({ source }: Reader, start: number): boolean {
  let depth = 0
  for (const { kind, name, start: at } of findTags(source.text).tags) {
    if (at >= start) break
    if (!/^[#^]?(each|with)$/.test(name)) continue
    if (kind === 'block') depth += 1
    else if (kind === 'close') depth -= 1
  }
  return depth > 0
}

const blank = (text: string): string => ' '.repeat(text.length)
