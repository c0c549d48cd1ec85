/** Blocks that are open: each has to close in the component that it was opened in. */
import { type Fault, quote, type Source } from '../../../model/index.ts'
import { placeAt } from './place.ts'
import type { Shielded } from './shield.ts'

/** Whether it opens a block, closes one or stands between its branches. */
export function isBlock({ tag }: Shielded): boolean {
  return tag !== 'whole' && (tag.kind === 'block' || tag.kind === 'else' || tag.kind === 'close')
}

/** Whether an else takes all that is left; `{{else if b}}` leaves it open that no branch holds. */
export function takesRest(written: string): boolean {
  return !/^\{\{~?\s*else\s+[^\s~}]/.test(written)
}

/** Keeps the blocks that are open. A block that was opened elsewhere is reported there. */
export function follow(blocks: Shielded[], shielded: Shielded): void {
  if (shielded.tag === 'whole') return
  if (shielded.tag.kind === 'block') blocks.push(shielded)
  else if (shielded.tag.kind === 'close') blocks.pop()
}

/** A block that is opened in a component and closed elsewhere would repeat or drop half of one. */
export function reportUnclosed(
  name: string,
  blocks: readonly Shielded[],
  { source, faults }: { readonly source: Source; readonly faults: Fault[] },
): void {
  for (const { text: written, start } of blocks)
    faults.push({
      code: 'email.tag',
      message: `${quote(written)} is opened in ${name} and closed elsewhere`,
      place: placeAt(source, start),
      hint: 'put the whole block inside the text of a component, or around whole components',
    })
}
