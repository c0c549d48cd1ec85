/** Marks by which other systems fill in values: here they are read as they stand. */

/** `*|FNAME|*`, `%%name%%`, `[[name]]`, and in the last group `«name»`, which may be a word in quotes. */
const marks =
  /\*\|([^|*\n]{1,60})\|\*|%%([\p{L}_][\p{L}\d_.-]{0,60})%%|\[\[([\p{L}_][\p{L}\d_. -]{0,60})\]\]|«([\p{L}_][\p{L}\d_.]{0,60})»/gu

export interface ForeignMark {
  readonly found: string
  readonly inner: string
  /** Offset in the text. */
  readonly at: number
  /** Whether it can be nothing else. */
  readonly certain: boolean
}

export function foreignMarks(text: string): readonly ForeignMark[] {
  return [...text.matchAll(marks)].map(({ 0: found, 1: piped, 2: percent, 3: bracketed, 4: quoted = '', index }) => {
    const certain = piped ?? percent ?? bracketed
    return { found, inner: (certain ?? quoted).trim(), at: index, certain: certain !== undefined }
  })
}
