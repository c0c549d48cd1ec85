/** Trays: what of a lot goes along the line together. */

/** Enough for a station to be at one kind of work; more gives nothing (bench/NOTES.md). */
const mostOnTray = 32
/** Pieces of all of a tray are held at once: long documents go in fewer, a very long one alone. Characters of JSON. */
const mostText = 128 * 1024

/** In their order. */
export function* traysOf<W extends { readonly text: string }>(works: readonly W[]): Generator<readonly W[]> {
  let tray: W[] = []
  let length = 0
  for (const work of works) {
    if (tray.length === mostOnTray || (tray.length > 0 && length + work.text.length > mostText)) {
      yield tray
      tray = []
      length = 0
    }
    tray.push(work)
    length += work.text.length
  }
  if (tray.length > 0) yield tray
}
