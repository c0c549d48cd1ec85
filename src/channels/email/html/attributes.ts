/** Attributes of an element, as its author writes them. */

const attributePattern = /([^\s=/>"']+)(?:(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+))?/g

export interface Attribute {
  readonly name: string
  /** Without quotes; undefined for a bare name. */
  readonly value: string | undefined
  readonly quoted: boolean
  /** Offset in the text of the attributes. */
  readonly start: number
  readonly end: number
}

/** Attributes of an opening tag, from the text between name and `>`. */
export function readAttributes(text: string): readonly Attribute[] {
  return [...text.matchAll(attributePattern)].map(match => {
    const raw = match[3]
    const quoted = raw !== undefined && /^["']/.test(raw)
    const value = raw === undefined ? undefined : quoted ? raw.slice(1, -1) : raw.replace(/\/$/, '')
    return { name: match[1] ?? '', value, quoted, start: match.index, end: match.index + match[0].length }
  })
}
