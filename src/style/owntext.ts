/** What a template or partial brings itself to be read: its text, and the texts of its attributes, in the pieces that a reader takes in at once. */
import { decodeEntities } from './entities.ts'
import { slot } from './readings.ts'
import { asSeen } from './seen.ts'

/** A heading, a paragraph, an alt text: as read, values as `slot`. */
export interface Passage {
  readonly text: string
  /** Line of the file that an offset of the text stands in, from 1. */
  readonly lineAt: (offset: number) => number
}

/** Attributes that are read, aloud or when an image is not shown. */
const read = /^(alt|title|aria-label|aria-description|label|summary|placeholder)$/i

/** Elements that stand inside a sentence. */
const inline =
  /^<\/?(a|abbr|b|bdi|bdo|big|cite|code|del|em|font|i|ins|mark|nobr|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)\b/i

/** Ends a passage; a private sign, so that templates cannot have it. */
const end = '\u{F8FE}'

/** Markup in passages, or bare text in lines; comments, styles and names of values are not read. */
export function passagesOf(source: string, { markup }: { readonly markup: boolean }): readonly Passage[] {
  const told = source.replace(/\{\{~?!--.*?--~?\}\}|\{\{~?![^}]*\}\}/gs, lineEnds)
  const bare = told.replace(
    /\{\{\{?.*?\}\}\}?/gs,
    tag => `${/^\{\{~?[#/]/.test(tag) ? '' : /^\{\{~?\s*(else\b|\^)/.test(tag) ? end : slot}${lineEnds(tag)}`,
  )
  const plain = markup
    ? bare
        .replace(/<!--.*?-->|<(mj-style|style)\b.*?<\/\1>/gs, lineEnds)
        .replace(/<\/?[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi, readTag)
    : bare.replace(/\n/g, `${end}\n`)
  let line = 1
  const passages = plain.split(end).flatMap(raw => {
    const first = line
    line += count(raw)
    const text = asSeen(markup ? decodeEntities(raw) : raw)
    return /\p{L}/u.test(text)
      ? [{ text: text.replaceAll('\n', ' '), lineAt: (offset: number) => first + count(text.slice(0, offset)) }]
      : []
  })
  return [...passages, ...handedIn(told)]
}

/** Arguments that say how a value is shown, or what markup knows, and are not read themselves. */
const manner = new Set('style currency country symbol decimals class css-class color id lang href src'.split(' '))

/** Texts that stand in arguments by name, of partials and of wording: `{{> row label='Amount'}}`. */
function handedIn(source: string): readonly Passage[] {
  return [...source.matchAll(/\{\{\{?.*?\}\}\}?/gs)].flatMap(({ index, 0: tag }) =>
    [...tag.matchAll(/([\w-]+)=(?:"([^"]*)"|'([^']*)')/g)].flatMap(
      ({ index: at, 1: name = '', 2: double, 3: single }) => {
        const text = asSeen(double ?? single ?? '')
        const line = 1 + count(source.slice(0, index + at))
        return manner.has(name) || !/\p{L}/u.test(text)
          ? []
          : [{ text: text.replaceAll('\n', ' '), lineAt: () => line }]
      },
    ),
  )
}

/** The texts of a tag's attributes, each a passage; an element inside a sentence leaves the sentence whole. */
function readTag(tag: string): string {
  let out = ''
  let at = 0
  for (const { index, 0: whole, 1: name = '', 2: double, 3: single } of tag.matchAll(
    /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  )) {
    out += lineEnds(tag.slice(at, index))
    at = index + whole.length
    out += read.test(name) ? `${end}${double ?? single ?? ''}${end}` : lineEnds(whole)
  }
  out += lineEnds(tag.slice(at))
  return inline.test(tag) && !out.includes(end) ? out : `${end}${out}${end}`
}

function lineEnds(found: string): string {
  return found.replace(/[^\n]/g, '')
}

function count(text: string): number {
  return text.split('\n').length - 1
}
