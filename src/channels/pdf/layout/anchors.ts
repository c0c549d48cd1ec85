/** Places that are led to: where blocks with a name and headings stand, the bookmarks made of them, and the targets of links. */
import type { Element } from '../markup/tree.ts'
import type { Build } from './context.ts'
import type { Anchor, Bookmark, Page, Places, Spot } from './page.ts'

/** What of an element is led to, if anything. */
export function anchorOf(element: Element, { bookmarks }: Build): Omit<Anchor, 'y'> | undefined {
  const { id } = element.attributes
  const level = bookmarks ? /^h([1-6])$/.exec(element.name)?.[1] : undefined
  const title = level === undefined ? '' : plain(textOf(element))
  if (id === undefined && title === '') return undefined
  return {
    ...(id !== undefined && { id }),
    ...(title !== '' && { heading: { title, level: Number(level) } }),
  }
}

/** Text in one line, without what only steers its setting. */
export function plain(text: string): string {
  return text
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

/** All text inside an element. */
export function textOf(element: Element): string {
  return element.children
    .map(child => (typeof child === 'string' ? child : child.name === 'br' ? ' ' : textOf(child)))
    .join('')
}

/** Where links lead, and the bookmarks: a heading stands inside the last one before it of a higher level. */
export function placesOf(pages: readonly Pick<Page, 'anchors'>[]): Places {
  const places = new Map<string, Spot>()
  interface Open extends Bookmark {
    readonly inner: Open[]
    readonly level: number
  }
  const outline: Open[] = []
  const open: Open[] = []
  pages.forEach(({ anchors }, page) => {
    for (const { id, heading, y } of anchors) {
      if (id !== undefined && !places.has(id)) places.set(id, { page, y })
      if (heading === undefined) continue
      const bookmark: Open = { ...heading, page, y, inner: [] }
      while (open.length > 0 && open.at(-1)!.level >= heading.level) open.pop()
      const within = open.at(-1)?.inner ?? outline
      within.push(bookmark)
      open.push(bookmark)
    }
  })
  return { places, outline }
}
