/** Where markup ends, as HTML reads it: behind one tag, one comment, or one element whose text is no text of the mail. */

/** Elements whose text is no text, or is meant as it is written. */
const opaqueNames = 'head|style|pre|title|svg'
const opaque = new RegExp(`^<(${opaqueNames})\\b`, 'i')

/** A tag, over `>` in values of its attributes: as HTML reads it, a quote begins a value behind `=` alone. */
const tag = String.raw`<(?!!--|(?:${opaqueNames})\b)[^>=]*(?:=(?:(?!\s*["'])|\s*(?:"[^"]*"|'[^']*'))[^>=]*)*>`
const comment = '<!(?=--)[^-]*(?:-(?!->)[^-]*)*-->'
const one = new RegExp(`${tag}|${comment}`, 'iy')

const title = '<title>'

/** Behind the markup that begins with this `<`; of a head with a title, which is of each mail, where that begins. -1: it does not end. */
export function behindMarkup(html: string, at: number): number {
  one.lastIndex = at
  if (one.test(html)) return one.lastIndex
  const name = opaque.exec(html.slice(at, at + 8))?.[1]
  if (name === undefined) return behind(html, html.startsWith('<!--', at) ? '-->' : '>', at)
  const end = behindElement(html, name, at)
  const titled = name.toLowerCase() === 'head' ? behind(html, title, at) : -1
  return titled > 0 && titled < end ? titled : end
}

/** Whether it ends there whatever comes behind it: a tag with a quote that nothing closes goes on where something does. */
export function endsByItself(html: string, at: number): boolean {
  one.lastIndex = at
  return one.test(html) || opaque.test(html.slice(at, at + 8))
}

/** Whether markup from there to there, found by `behindMarkup`, is a head that ends where its title begins. */
export function beginsTitle(html: string, from: number, end: number): boolean {
  return html.endsWith(title, end) && /^[^<]*<head\b/i.test(html.slice(from, from + 10))
}

/** Behind the head whose title is there. -1: it does not end. */
export function behindHead(html: string, at: number): number {
  return behindElement(html, 'head', at)
}

function behindElement(html: string, name: string, at: number): number {
  const closing = new RegExp(`</${name}`, 'gi')
  closing.lastIndex = at
  return behind(html, '>', closing.exec(html)?.index ?? -1)
}

function behind(html: string, sign: string, at: number): number {
  const found = at < 0 ? -1 : html.indexOf(sign, at)
  return found < 0 ? -1 : found + sign.length
}
