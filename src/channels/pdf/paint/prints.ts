/** Prints of faces that come again: names of columns and totals take the same letters in many documents, and are then made once. */
import { metLately } from '../layout/lately.ts'
import type { Ink } from './ink.ts'
import type { Shown } from './subset.ts'

/** What a font says wherever it is embedded: a function of the face and of what is used of it. */
export interface Print {
  readonly program: Uint8Array
  /** Entries of the program's stream. */
  readonly entries: string
  /** From codes to glyphs; absent where the program has that. */
  readonly map: Uint8Array | undefined
  readonly unicode: Uint8Array
  /** With the letters that name the subset. */
  readonly name: string
  readonly widths: string
}

/** A print takes some 10 KB. */
const mostPrints = 48
const remembered = new WeakMap<Ink, Map<string, Print>>()

/** Kept from the second time on that the same codes are used, so that what never comes again is never kept. */
export function printOf(ink: Ink, shown: Shown, make: (ink: Ink, shown: Shown) => Print): Print {
  // Other codes stand for other glyphs in each document.
  if (shown.others.length > 0) return make(ink, shown)
  const key = String.fromCharCode(...shown.sets)
  const prints = remembered.get(ink) ?? new Map<string, Print>()
  remembered.set(ink, prints)
  const known = prints.get(key)
  if (known !== undefined) return known
  const print = make(ink, shown)
  if (metLately(`${ink.face.name} ${key}`)) {
    if (prints.size >= mostPrints) prints.clear()
    prints.set(key, print)
  }
  return print
}

/** How many a face has, for the test that they are bounded. */
export function rememberedPrints(ink: Ink): number {
  return remembered.get(ink)?.size ?? 0
}
