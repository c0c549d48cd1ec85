/** Envelopes with windows, as their makers give them, and what of a folded sheet each shows. */

const inch = 25.4

/** As the envelope's maker gives it: the window from the left or right edge, and from the bottom; in mm. */
export interface Envelope {
  readonly width: number
  readonly height: number
  readonly window: { readonly width: number; readonly height: number; readonly left?: number; readonly right?: number }
  readonly bottom: number
  readonly sheet: { readonly size: string; readonly width: number }
  /** Height of the folded sheet. */
  readonly folded: readonly number[]
}

const a4 = { size: 'A4', width: 210 }
const dl = { width: 220, height: 110, bottom: 15, sheet: a4, folded: [297 / 3, 105] }
const c65 = { ...dl, width: 229, height: 114 }
export const envelopes: Readonly<Record<string, Envelope>> = {
  dl: { ...dl, window: { width: 90, height: 45, left: 20 } },
  'dl-right': { ...dl, window: { width: 90, height: 45, right: 20 } },
  'c6-5': { ...c65, window: { width: 90, height: 45, left: 20 } },
  'c6-5-right': { ...c65, window: { width: 90, height: 45, right: 20 } },
  'us-10': {
    width: 9.5 * inch,
    height: 4.125 * inch,
    window: { width: 4.5 * inch, height: 1.125 * inch, left: 0.875 * inch },
    bottom: 0.5 * inch,
    sheet: { size: 'Letter', width: 8.5 * inch },
    folded: [(11 / 3) * inch],
  },
}
/** Lines of an address that a preset holds; six where it is not named. */
export const lines: Readonly<Record<string, number>> = { 'c6-5': 5, 'c6-5-right': 5, 'us-10': 4 }

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The part of the sheet behind the window when it has slid by so much of its play, in mm. */
export function seen(
  { width, height, window, bottom, sheet }: Envelope,
  folded: number,
  slid: readonly [number, number],
): Box {
  const left = (window.left ?? width - (window.right ?? 0) - window.width) - slid[0] * (width - sheet.width)
  const top = height - bottom - window.height - slid[1] * (height - folded)
  return { left, top, right: left + window.width, bottom: top + window.height }
}
