/** Cuts the address window out of a merged text, inside the elements that it inherits from, so that the rest need not be read. */

const name = 'address-window'

/**
 * A document of the address window alone; empty where there is none. Undefined where only reading the whole text can tell: with
 * comments, several windows or several pages.
 */
export function excerptWindow(text: string): string | undefined {
  const at = text.indexOf(`<${name}`)
  if (at === -1) return ''
  if (text.includes('<!') || text.indexOf(`<${name}`, at + 1) !== -1) return undefined
  const document = tagAt(text, text.indexOf('<document'))
  const first = pageAt(text, 0)
  const page = tagAt(text, first)
  const window = tagAt(text, at)
  if (document === undefined || page === undefined || window === undefined) return undefined
  if (first > at || pageAt(text, first + 1) !== -1) return undefined
  const end = window.endsWith('/>') ? at + window.length : text.indexOf(`</${name}>`, at) + `</${name}>`.length
  if (end <= at) return undefined
  const header = text.lastIndexOf('<header', at)
  const inside = header !== -1 && !text.slice(header, at).includes('</header') ? (tagAt(text, header) ?? '') : ''
  const cut = text.slice(at, end)
  const whole = inside === '' || inside.endsWith('/>') ? cut : `${inside}${cut}</header>`
  return `${document}${page}${whole}</page></document>`
}

/** `<page-number/>` is another element. */
function pageAt(text: string, from: number): number {
  const tag = /<page[\s>]/g
  tag.lastIndex = from
  return tag.exec(text)?.index ?? -1
}

/** A start tag as it is written; a `>` may stand in its quotes. */
function tagAt(text: string, at: number): string | undefined {
  if (at === -1) return undefined
  const tag = /<[a-z-]+(?:[^>"']|"[^"]*"|'[^']*')*>/y
  tag.lastIndex = at
  return tag.exec(text)?.[0]
}
