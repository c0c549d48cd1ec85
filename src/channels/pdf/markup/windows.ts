/**
 * Address windows by name: where an address stands on the sheet so that its envelope shows it, however the sheet has slid inside.
 *
 * A folded sheet is smaller than its envelope. Where the window is at E on the envelope and the sheet has slid by s, the window shows
 * E - s of the sheet; the address stands where that holds for every s. All measures in mm from the upper left corner of the sheet.
 */
import { mm } from '../measure.ts'

export interface AddressWindow {
  /** The sheet that it is measured for, and the envelope. */
  readonly paper: string
  /** The address: at most so wide and high. */
  readonly text: Area
  /** The return line stands between here and the address; absent: there is no room for one. */
  readonly returnTop?: number
  /** Where the text of the page goes on, at the earliest. */
  readonly bottom: number
  /** All that the window may show while the sheet slides: nothing else should stand there. */
  readonly shows: Area
}

export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** From millimetres. */
export function inPoints({ left, top, width, height }: Area): Area {
  return { left: left * mm, top: top * mm, width: width * mm, height: height * mm }
}

/** Six lines of 12.9 pt (4.55 mm): the address zone of DIN 5008, and what the others aim at. */
const sixLines = 27.3

// DIN 5008:2020: field 85 x 45 at left 20; return line and notes in the upper 17.7, address in the lower 27.3; text 5 from the edge.
const din = (top: number) => ({
  text: { left: 20 + 5, top: top + 17.7, width: 85 - 5, height: sixLines },
  returnTop: top,
  bottom: top + 45,
})

// DL, 220 x 110, window 90 x 45, 20 from the left, 15 from the bottom: on the envelope x 20-110, y 110 - 60 = 50 to 95.
// An A4 sheet in equal thirds is 210 x 99, so it slides by 0-10 and 0-11: always seen x 20-100, y 50-84; ever seen x 10-110, y 39-95.
// (Folded at 105, as DIN 5008 B marks it, it slides by 0-5: always seen down to y 90. The thirds are the narrower case.)
const dl = {
  // Return line 3.7 and gap 1.2, then six lines: 50.9 to 83.1. Text 5 from the left (the text's margin of 25), 2 from the right.
  text: { left: 25, top: 55.8, width: 98 - 25, height: sixLines },
  returnTop: 50,
  bottom: 95,
  shows: { left: 10, top: 39, width: 100, height: 56 },
}

// C6/5, 229 x 114, the same window: on the envelope x 20-110, y 114 - 60 = 54 to 99.
// An A4 sheet in thirds slides by 0-19 and 0-15: always seen x 20-91, y 54-84; ever seen x 1-110, y 39-99.
const c65 = {
  // Six lines and a return line would be 32.2 of 30, so there are five: 55.1 to 82.8. Text 5 from the left, 2 from the right.
  text: { left: 25, top: 60, width: 89 - 25, height: 22.8 },
  returnTop: 54,
  bottom: 99,
  shows: { left: 1, top: 39, width: 109, height: 60 },
}

export const windows: Readonly<Record<string, AddressWindow>> = {
  // Folded at 87 and 105, in DL or C6/5. Form A's sheet slides by 0-27 upright, form B's by 0-9, each by 0-19 across.
  'din-5008-a': { paper: 'A4, DL or C6/5', ...din(27), shows: { left: 1, top: 27, width: 109, height: 72 } },
  'din-5008-b': { paper: 'A4, DL or C6/5', ...din(45), shows: { left: 1, top: 45, width: 109, height: 54 } },

  dl: { paper: 'A4, DL', ...dl },
  'c6-5': { paper: 'A4, C6/5', ...c65 },

  // Assumption: a right-hand window is the same one seen in a mirror, 20 from the right. Suppliers differ: measure yours.
  // DL: on the envelope x 110-200, always seen x 110-190, ever seen x 100-200. Text 5 from the left, 2 from the right.
  'dl-right': {
    paper: 'A4, DL, window on the right',
    ...dl,
    text: { ...dl.text, left: 115, width: 188 - 115 },
    shows: { ...dl.shows, left: 100 },
  },
  // C6/5: on the envelope x 119-209, always seen x 119-190, ever seen x 100-209. Text from 125, where the information block stands.
  'c6-5-right': {
    paper: 'A4, C6/5, window on the right',
    ...c65,
    text: { ...c65.text, left: 125, width: 188 - 125 },
    shows: { ...c65.shows, left: 100 },
  },

  // US #10, 9 1/2 x 4 1/8 in, window 4 1/2 x 1 1/8 in, 7/8 from the left, 1/2 from the bottom: x 7/8 to 5 3/8, y 2 1/2 to 3 5/8 in.
  // A Letter sheet in thirds is 8 1/2 x 3 2/3 in and slides by 0-1 and 0-11/24: always seen x 7/8 to 4 3/8, y 2 1/2 to 3 1/6 in (48 pt),
  // ever seen x 0 to 5 3/8, y 2 1/24 to 3 5/8 in. Text 1/8 in from the left and right (USPS asks that much around it).
  // Four lines of 12.9 pt are 51.6, their letters 48: they begin 2.3 pt higher, which is white above the letters. No return line.
  'us-10': {
    paper: 'Letter, US #10',
    text: { left: 25.4, top: 62.7, width: 82.5, height: 18.2 },
    bottom: 92.1,
    shows: { left: 0, top: 51.9, width: 136.5, height: 40.2 },
  },
}
