/** Finds the Handlebars tags of a text, so that MJML never has to understand them. */

/** One `{{…}}`. */
export interface Tag {
  /** As written, braces included. */
  readonly text: string
  /** Offset in the text. */
  readonly start: number
  readonly end: number
  readonly kind: TagKind
  /** What it opens, closes, includes or shows: `#each lines` opens `each`, `> legal` includes `legal`. */
  readonly name: string
  /** Whatever stands behind the name. */
  readonly rest: string
}

/** `value` shows something, `block` is `{{#…}}` or `{{^…}}`, `else` and `close` belong to one. */
export type TagKind = 'block' | 'else' | 'close' | 'partial' | 'value' | 'comment'

/** All tags in order. A tag that does not end reaches to the end of the text and is `broken`. */
export function findTags(text: string): { readonly tags: readonly Tag[]; readonly broken?: number } {
  const tags: Tag[] = []
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', tags.at(-1)?.end ?? 0)) {
    const escaped = text[start - 1] === '\\'
    const end = endOf(text, start)
    if (end === undefined) return { tags, broken: start }
    const from = escaped ? start - 1 : start
    tags.push({
      text: text.slice(from, end),
      start: from,
      end,
      ...(escaped ? literal : classify(text.slice(start, end))),
    })
  }
  return { tags }
}

const literal = { kind: 'value', name: '', rest: '' } as const

/** Where the tag ends: behind its closing braces, wherever texts and comments inside it hold braces too. */
function endOf(text: string, start: number): number | undefined {
  const comment = /^\{\{~?!(--)?/.exec(text.slice(start, start + 6))
  if (comment !== null) {
    const closing = comment[1] === undefined ? /\}\}/g : /--~?\}\}/g
    closing.lastIndex = start + comment[0].length
    return closing.exec(text) === null ? undefined : closing.lastIndex
  }
  const braces = /^\{{2,4}/.exec(text.slice(start, start + 4))?.[0].length ?? 2
  const closing = '}'.repeat(braces === 4 ? 4 : braces === 3 ? 3 : 2)
  let quote = ''
  for (let at = start + braces; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (quote !== '') {
      if (character === '\\' && quote !== ']') at += 1
      else if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '[') quote = ']'
    else if (text.startsWith(closing, at)) return at + closing.length
  }
  return undefined
}

function classify(tag: string): Pick<Tag, 'kind' | 'name' | 'rest'> {
  const inner = tag.replace(/^\{+~?\{?|\}?~?\}+$/g, '').trim()
  if (inner.startsWith('!')) return { kind: 'comment', name: '', rest: '' }
  const [, sign = '', name = '', rest = ''] = /^([#^/>&]?[>*]?)\s*([^\s]*)\s*(.*)$/s.exec(inner) ?? []
  if (inner === '^' || /^else(\s|$)/.test(inner)) return { kind: 'else', name: 'else', rest: '' }
  if (sign === '>') return { kind: 'partial', name, rest: rest.trim() }
  if (sign.startsWith('#') || sign.startsWith('^')) return { kind: 'block', name, rest: rest.trim() }
  if (sign === '/') return { kind: 'close', name, rest: '' }
  return { kind: 'value', name, rest: rest.trim() }
}
