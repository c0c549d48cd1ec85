/**
 * Private-use signs that a mail is set by while it is made, all of them: no value has one (`withoutOwnSigns`), and none goes out. In
 * `press/chosen.ts` U+E008 and U+E009 frame a choice of classes, too: they are gone before the plain part is derived.
 */

/** Frame the number of a shield. */
export const [shieldOpen, shieldShut] = ['\u{E000}', '\u{E001}'] as const

/** Stands before each cell of a row in the plain part, until the message is known and columns can be aligned. */
export const cellMark = '\u{E002}'

/** Begins a table of the plain part, so that its distance to what is before it is not its first row's, which a loop may repeat. */
export const tableMark = '\u{E003}'

/** Frame what an item of an ordered list is. */
export const [itemOpen, itemShut] = ['\u{E004}', '\u{E005}'] as const

/** Frame the offset in the source of the text behind them. */
export const [placeOpen, placeShut] = ['\u{E006}', '\u{E007}'] as const

/** A line end inside of a cell, until the message is known. */
export const lineMark = '\u{E008}'

/** Stands behind each cell of a row while the plain part is derived. */
export const cellEnd = '\u{E009}'

/** Frame an image: its address, then its alt text. */
export const [imageOpen, imageMiddle, imageShut] = ['\u{E00A}', '\u{E00B}', '\u{E00C}'] as const

/**
 * Stands before the line end of a `<br>` until the message is known: a line that has it is more than the tags on it, and Handlebars takes
 * away line ends of lines that are tags alone.
 */
export const breakMark = '\u{E00D}'

/**
 * Stands before the address of a link until the message is known. What has no mark is no link of the template: data may stand in
 * angle brackets, too, and a plain part that a template brings itself stays as it is written.
 */
export const linkMark = '\u{E00E}'

/** Stands where a comment began and ended, until blanks beside it are settled. */
export const commentEdge = '\u{E00F}'

/** Stands beside what a mail draws apart from its neighbours while the plain part is derived: by then no comment has edges. */
export const apartMark = commentEdge
