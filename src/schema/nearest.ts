/** The known name that a mistyped one most likely meant. */
import { distance } from 'fastest-levenshtein'

/** The nearest known name within a third of the letters (at least two edits, never more than half of them); undefined where none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of known) {
    const edits = distance(wanted, candidate.toLowerCase())
    if (edits < bestDistance) {
      best = candidate
      bestDistance = edits
    }
  }
  const allowed = Math.min(Math.max(2, Math.floor(name.length / 3)), Math.ceil(name.length / 2))
  return bestDistance <= allowed ? best : undefined
}

/** `did you mean "columns"?`, or undefined where no known name is near. */
export function hintNearest(name: string, known: Iterable<string>): string | undefined {
  const match = nearest(name, known)
  return match === undefined ? undefined : `did you mean "${match}"?`
}

/** The nearest name as a hint, else the list of what there is (at most twelve names), else what to do where there is nothing. */
export function hintKnown(name: string, known: readonly string[], none = 'there is none'): string {
  const near = hintNearest(name, known)
  if (near !== undefined) return near
  if (known.length === 0) return none
  return `known: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}`
}
