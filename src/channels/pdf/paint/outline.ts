/** Bookmarks and places that links lead to (ISO 32000-1 §12.3), written when all pages are there. */
import { placesOf } from '../layout/anchors.ts'
import type { Bookmark, Page, Spot } from '../layout/page.ts'
import { dictionary, literal, number, reference, type Value } from './strings.ts'
import type { Writer } from './writer.ts'

/** What of a page is kept until all are there. */
export interface Painted extends Pick<Page, 'heightPt' | 'anchors'> {
  /** Number of its object. */
  readonly id: number
}

/** What the catalog says of them: the name tree of places, and the bookmarks. */
export interface Outline {
  readonly places?: Value
  readonly bookmarks?: number
}

export function writeOutline(pages: readonly Painted[], writer: Writer): Outline {
  const { places, outline } = placesOf(pages)
  const destination = ({ page, y }: Spot): string =>
    `[${reference(pages[page]!.id)} /XYZ null ${number(pages[page]!.heightPt - y)} null]`
  // ASCII, so their order as text is that of their bytes, which a name tree has to have.
  const names = [...places.keys()].sort()
  const top = outline.length === 0 ? undefined : writer.reserve()
  if (top !== undefined) writer.put(top, dictionary({ Type: '/Outlines', ...writeItems(outline, top) }))
  return {
    ...(names.length > 0 && {
      places: { Names: names.flatMap(name => [literal(name), destination(places.get(name)!)]) },
    }),
    ...(top !== undefined && { bookmarks: top }),
  }

  /** What their parent says of them; all is open, so all counts. */
  function writeItems(bookmarks: readonly Bookmark[], parent: number): { First: string; Last: string; Count: number } {
    const ids = bookmarks.map(() => writer.reserve())
    let count = ids.length
    bookmarks.forEach((bookmark, index) => {
      const inner = bookmark.inner.length > 0 ? writeItems(bookmark.inner, ids[index]!) : undefined
      count += inner?.Count ?? 0
      const [before, after] = [ids[index - 1], ids[index + 1]]
      writer.put(
        ids[index]!,
        dictionary({
          Title: literal(bookmark.title),
          Parent: reference(parent),
          Dest: destination(bookmark),
          Prev: before === undefined ? undefined : reference(before),
          Next: after === undefined ? undefined : reference(after),
          ...inner,
        }),
      )
    })
    return { First: reference(ids[0]!), Last: reference(ids.at(-1)!), Count: count }
  }
}
