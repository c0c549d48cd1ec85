/** Marks in a mail that is being pressed: each says where in its source the text behind it stands. */
import { isBlock } from './blocks.ts'
import { type Shields, shieldPattern } from './shield.ts'
import { placeOpen, placeShut } from './signs.ts'

/** One mark, the offset in the source in its group. */
const markPattern = new RegExp(`${placeOpen}(\\d+)${placeShut}`, 'gu')

/** Comments, tags and texts; quoted values are skipped as wholes. */
const pieces = /<!--[\s\S]*?-->|<[/!?]?[A-Za-z[](?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+|</g

/** Shielded HTML with a mark before each text: at what is first read of it, since blocks show nothing, and behind each partial. */
export function markTexts(
  html: string,
  { shields, sourceOffset }: { readonly shields: Shields; readonly sourceOffset: (offset: number) => number },
): string {
  return html.replace(pieces, (piece, at: number) => {
    if (piece.startsWith('<')) return piece
    let fresh = true
    return piece.replace(
      new RegExp(`${shieldPattern.source}|\\S`, 'gu'),
      (sign, position: string | undefined, inside: number) => {
        const shielded = position === undefined ? undefined : shields.get(Number(position))
        if (shielded !== undefined && isBlock(shielded)) return sign
        const before = fresh ? markOf(sourceOffset(at + inside)) : ''
        fresh = shielded !== undefined && shielded.tag !== 'whole' && shielded.tag.kind === 'partial'
        return before + sign
      },
    )
  })
}

/** A mark for an offset in the source. */
export function markOf(offset: number): string {
  return `${placeOpen}${offset}${placeShut}`
}

export function withoutMarks(text: string): string {
  return text.replace(markPattern, '')
}

/** The offset that the first mark of a text names. */
export function firstMark(text: string): number | undefined {
  const offset = new RegExp(markPattern.source, 'u').exec(text)?.[1]
  return offset === undefined ? undefined : Number(offset)
}
