/** What is asked of the process that draws images, and what it answers. */
import type { ImageBytes } from '../model/index.ts'

/** An image to be drawn. */
export interface Order {
  /** Its file below `assets`, as faults name it. */
  readonly path: string
  readonly bytes: Uint8Array
  /** How wide it is shown, in CSS pixels; absent: as its file says. */
  readonly widthPx?: number
}

/** What became of an order. */
export type Drawn =
  | { readonly print: ImageBytes; readonly mail: ImageBytes; readonly vector: boolean }
  | { readonly message: string; readonly hint: string }
