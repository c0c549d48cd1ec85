/** Takes Handlebars out of a template source without moving anything else, so that what is left can be read as XML. */

import type { Border } from './blocks.ts'
import { borderOf } from './blocks.ts'

/** Stands for merged text, once for each character taken out: a private-use character that XML allows. */
export const merged = '\uE000'

export interface Blanked {
  /** As long as the source, with the same line ends. */
  readonly text: string
  /** Names of the partials it includes, each once, in order. */
  readonly partials: readonly string[]
  readonly borders: readonly Border[]
}

type Place = 'text' | 'tag' | 'value' | 'comment'

/** Expressions become `merged` in text and in values, and blanks inside a tag; escaped ones (`\{{`) stay. */
export function blank(source: string): Blanked {
  const partials: string[] = []
  const borders: Border[] = []
  let text = ''
  let place: Place = 'text'
  let quote = ''
  let at = 0
  while (at < source.length) {
    if (source.startsWith('{{', at) && source[at - 1] !== '\\') {
      const end = endOfExpression(source, at)
      const expression = source.slice(at, end)
      const partial = /^\{\{~?#?>\s*([^\s}~"'(]+)/.exec(expression)?.[1]
      if (partial !== undefined && !partials.includes(partial)) partials.push(partial)
      const kind = place === 'text' ? borderOf(expression) : undefined
      if (kind !== undefined) borders.push({ kind, offset: at })
      text += expression.replace(/[^\n\r]/g, place === 'tag' ? ' ' : merged)
      at = end
      continue
    }
    const character = source[at]!
    if (place === 'comment' ? source.startsWith('-->', at) : place === 'tag' && character === '>') place = 'text'
    else if (place === 'text' && source.startsWith('<!--', at)) place = 'comment'
    else if (place === 'text' && character === '<') place = 'tag'
    else if (place === 'value' && character === quote) place = 'tag'
    else if (place === 'tag' && (character === '"' || character === "'")) {
      place = 'value'
      quote = character
    }
    text += character
    at += 1
  }
  return { text, partials, borders }
}

/** Just past the `}}` that ends the expression at `start`; strings inside it may hold braces. */
function endOfExpression(source: string, start: number): number {
  const comment = /^\{\{~?!--/.test(source.slice(start, start + 6))
  if (comment) return past(source, /--~?\}\}/g, start)
  if (source.startsWith('{{!', start) || source.startsWith('{{~!', start)) return past(source, /\}\}/g, start)
  const close = source.startsWith('{{{{', start) ? '}}}}' : source.startsWith('{{{', start) ? '}}}' : '}}'
  for (let at = start + 2; at < source.length; at += 1) {
    const character = source[at]
    if (character === '"' || character === "'") {
      const end = source.indexOf(character, at + 1)
      if (end !== -1) at = end
    } else if (source.startsWith(close, at)) return at + close.length
  }
  return source.length
}

function past(source: string, end: RegExp, start: number): number {
  end.lastIndex = start
  return end.exec(source) === null ? source.length : end.lastIndex
}
