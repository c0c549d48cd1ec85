/** Cuts MJML, its Handlebars tags behind shields, into the pieces that are woven one after the other. */
import { holdsComment } from '../tags/comments.ts'
import { holdsHtml, holdsText } from './components.ts'

/** Offsets are those of the shielded text. */
export type Piece = Comment | Text | Opening | Closing | Stray

/** What stands between `<!--` and `-->`. */
export interface Comment {
  readonly kind: 'comment'
  readonly inner: string
  readonly at: number
}

/** What stands between two components, plain or in `<![CDATA[…]]>`. */
export interface Text {
  readonly kind: 'text'
  readonly inner: string
  readonly at: number
}

export interface Opening {
  readonly kind: 'opening'
  readonly name: string
  readonly at: number
  /** As written, without the slash of a tag that closes itself. */
  readonly attributes: string
  readonly attributesAt: number
  /** Whether it closes itself. */
  readonly closed: boolean
  /** What it holds, where MJML passes that on as it is; the component is whole then. */
  readonly content?: Content
}

export interface Content {
  readonly inner: string
  readonly at: number
  /** Its closing tag; undefined where it has none. */
  readonly closing: { readonly written: string; readonly at: number } | undefined
}

export interface Closing {
  readonly kind: 'closing'
  readonly name: string
  readonly written: string
  readonly at: number
}

/** A `<` that begins nothing, or a comment that is not closed: what stands behind it is not what it seems. */
export interface Stray {
  readonly kind: 'stray'
  readonly at: number
}

const pattern =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[!?][^>]*>|<\/([A-Za-z][\w-]*)\s*>|<([A-Za-z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|[^<]+|</g

/** All pieces in their order; declarations (`<!doctype>`, `<?xml?>`) are none. */
export function* scan(text: string): Generator<Piece, void> {
  let from = 0
  for (let match = next(text, from); match !== null; match = next(text, from)) {
    const [found, closed, opened, written = ''] = match
    const at = match.index
    from = at + found.length
    if (found.startsWith('<!--') && (!found.endsWith('-->') || holdsComment(found))) {
      yield { kind: 'stray', at }
      return
    }
    if (found.startsWith('<!--')) yield { kind: 'comment', inner: found.slice(4, -3), at: at + 4 }
    else if (closed !== undefined) yield { kind: 'closing', name: closed, written: found, at }
    else if (opened !== undefined) {
      const slash = /\/\s*$/
      const opening = {
        kind: 'opening',
        name: opened,
        at,
        attributes: written.replace(slash, ''),
        attributesAt: at + 1 + opened.length,
        closed: slash.test(written),
      } as const
      if (opening.closed || !(holdsHtml.has(opened) || holdsText.has(opened))) yield opening
      else {
        const content = contentOf(text, opened, from)
        yield { ...opening, content }
        // Without an end it has all that is left.
        from = content.closing === undefined ? text.length : content.closing.at + content.closing.written.length
      }
    } else if (found === '<') yield { kind: 'stray', at }
    else if (!/^<[!?](?!\[CDATA\[)/.test(found)) yield { kind: 'text', inner: found, at }
  }
}

function next(text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from
  return pattern.exec(text)
}

function contentOf(text: string, name: string, at: number): Content {
  const end = text.indexOf(`</${name}`, at)
  const written = end < 0 ? undefined : /^<\/[\w-]+\s*>/.exec(text.slice(end))?.[0]
  if (written === undefined) return { inner: text.slice(at), at, closing: undefined }
  return { inner: text.slice(at, end), at, closing: { written, at: end } }
}
