/** The one word `on`: whether something shows on a page. */
import type { On } from './looks.ts'

export interface Standing {
  /** Whether it is the first, and the last, of the pages that `on` is about. */
  readonly first: boolean
  readonly last: boolean
  /** Number of the page in the document, from 1. */
  readonly page: number
}

export function showsOn(on: On | undefined, { first, last, page }: Standing): boolean {
  switch (on) {
    case undefined:
      return true
    case 'first':
      return first
    case 'not-first':
      return !first
    case 'last':
      return last
    case 'not-last':
      return !last
    case 'odd':
      return page % 2 === 1
    case 'even':
      return page % 2 === 0
  }
}
