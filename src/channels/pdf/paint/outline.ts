/** Bookmarks and places that links lead to (ISO 32000-1 §12.3), written when all pages are there. */
import { placesOf } from '../layout/anchors.ts'
import type { Bookmark, Page, Spot } from '../layout/page.ts'
import type { Reference, Writer } from './subset.ts'

/** What is used of pdfkit's catalog. */
export interface Catalog {
  _root: {
    readonly data: Record<string, unknown> & {
      readonly Pages: { readonly data: { readonly Kids: readonly Reference[] } }
      readonly Names: { readonly data: Record<string, unknown> }
    }
  }
}

/** What of a page is kept until all are there. */
export type Painted = Pick<Page, 'heightPt' | 'anchors'>

export function writeOutline(pages: readonly Painted[], document: Writer & Catalog): void {
  const { places, outline } = placesOf(pages)
  const { data } = document._root
  const destination = ({ page, y }: Spot) => [data.Pages.data.Kids[page], 'XYZ', null, pages[page]!.heightPt - y, null]
  // ASCII, so their order as text is that of their bytes, which a name tree has to have.
  const names = [...places.keys()].sort()
  if (names.length > 0)
    data.Names.data['Dests'] = { Names: names.flatMap(name => [new String(name), destination(places.get(name)!)]) }
  if (outline.length === 0) return
  const top = document.ref({ Type: 'Outlines' })
  writeItems(outline, top)
  top.end()
  data['Outlines'] = top
  data['PageMode'] = 'UseOutlines'

  /** Says of `parent` what stands in it; all is open, so all counts. Returns how many. */
  function writeItems(bookmarks: readonly Bookmark[], parent: Reference): number {
    const items = bookmarks.map(bookmark => ({
      bookmark,
      reference: document.ref({ Title: new String(bookmark.title), Parent: parent, Dest: destination(bookmark) }),
    }))
    let count = items.length
    items.forEach(({ bookmark, reference }, index) => {
      const before = items[index - 1]?.reference
      const after = items[index + 1]?.reference
      if (before !== undefined) reference.data['Prev'] = before
      if (after !== undefined) reference.data['Next'] = after
      if (bookmark.inner.length > 0) count += writeItems(bookmark.inner, reference)
      reference.end()
    })
    parent.data['First'] = items[0]!.reference
    parent.data['Last'] = items.at(-1)!.reference
    parent.data['Count'] = count
    return count
  }
}
