/** What an audit carries along: one source being read, and all that it is held against. */
import type { Brand, Fault, Source, Template } from '../model/index.ts'
import type { Choices } from './choices.ts'
import type { Program } from './tree.ts'
import type { WordingIndex } from './wording.ts'

/** One source being read, with all that it is held against. */
export interface Reading {
  readonly template: Template
  readonly brand: Brand
  readonly channel: string
  readonly wording: WordingIndex
  /** Undefined, and reported, where it cannot be parsed. */
  readonly parse: (source: Source) => Program | undefined
  readonly report: (fault: Fault) => void
  /** The same of what may be meant. */
  readonly warn: (fault: Fault) => void
  readonly choices: Choices
  /** Notes a schema path as printed. */
  readonly use: (path: string) => void
  /** Notes that wording is used. */
  readonly speaks: () => void
  /** Notes that an amount is shown in the brand's currency, for want of another. */
  readonly inBrandCurrency: () => void
  /** A key for a context that no path names. */
  readonly frame: () => string
  /** The file that is being read: the source, or a partial that it calls. */
  readonly file: string
  /** Partials that led here. */
  readonly trail: readonly string[]
}
