/** What a template or partial brings itself to be read: its text, and the texts of its attributes, in the pieces that a reader takes in at once. */
import { branchesOf } from './branches.ts'
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

/** What only Outlook shows, or all others, is read by somebody. */
const conditions = /<!--\[if [^\]]*\]>(?:<!-->|-->)?|(?:<!--)?<!\[endif\]-->/g

/**
 * Markup in passages, or bare text in lines, with each branch of each block in its place; comments, styles and names of values are not
 * read. A passage in which no branches meet is told once.
 */
export function passagesOf(source: string, { markup }: { readonly markup: boolean }): readonly Passage[] {
  const told = source.replace(/\{\{~?!--.*?--~?\}\}|\{\{~?![^}]*\}\}/gs, lineEnds)
  const passages = new Map<string, Passage>()
  for (const text of branchesOf(told))
    for (const passage of passagesIn(text, markup)) {
      const key = `${passage.lineAt(0)} ${passage.text}`
      if (!passages.has(key)) passages.set(key, passage)
    }
  return [...passages.values(), ...handedIn(told)]
}

/** Those of a text without blocks. */
function passagesIn(written: string, markup: boolean): readonly Passage[] {
  const bare = written.replace(/\{\{\{?.*?\}\}\}?/gs, tag => `${slot}${lineEnds(tag)}`)
  const plain = markup
    ? bare
        .replace(conditions, found => `${end}${lineEnds(found)}`)
        .replace(/<!--.*?-->|<(mj-style|style)\b.*?<\/\1>/gs, lineEnds)
        .replace(/<\/?[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi, readTag)
    : bare.replace(/\n/g, `${end}\n`)
  let line = 1
  return plain.split(end).flatMap(raw => {
    const first = line
    line += count(raw)
    const text = asSeen(markup ? decodeEntities(raw) : raw)
    return /\p{L}/u.test(text)
      ? [{ text: text.replaceAll('\n', ' '), lineAt: (offset: number) => first + count(text.slice(0, offset)) }]
      : []
  })
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
  for (const { index, 0: whole, 1: name = '', 2: double, 3: single, 4: unquoted } of tag.matchAll(
    /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`/]+))/g,
  )) {
    out += lineEnds(tag.slice(at, index))
    at = index + whole.length
    out += read.test(name) ? `${end}${double ?? single ?? unquoted ?? ''}${end}` : lineEnds(whole)
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
