/** Pieces inside others: which channels that takes, and what an enclosure is called. */
import type { Channel, Piece } from '../../model/index.ts'
import type { PlannedChannel } from '../plan/plan.ts'

/** Channels to make, in order: those given, and all that they enclose. */
export function withEnclosures<C extends Pick<PlannedChannel, 'name' | 'encloses'>>(
  channels: readonly C[],
  to: readonly string[],
): readonly C[] {
  const needed = new Set(to)
  for (const { name, encloses } of channels.toReversed())
    if (needed.has(name)) for (const other of encloses) needed.add(other)
  return channels.filter(({ name }) => needed.has(name))
}

/** The name under which the recipient sees an enclosure: the words of its title, `Invoice-of-9-March-2026-No-417.pdf`. */
export function enclosureName(
  { title = '' }: Piece,
  { fallback, output }: { readonly fallback: string; readonly output: Channel['output'] },
): string {
  const words = title.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+(-[\p{L}\p{N}\p{M}]+)*/gu) ?? []
  // File names of 255 bytes are the most that disks take; a Cyrillic letter has two.
  const name = words.reduce(
    (so, word) => (so.length + word.length >= 100 ? so : so === '' ? word : `${so}-${word}`),
    '',
  )
  return `${name === '' ? fallback : name}.${'extension' in output ? output.extension : 'txt'}`
}
