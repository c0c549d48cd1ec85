/** Faults in words: the one place where they are written for people. */
import { codes, describe, type Fault } from '../model/index.ts'

/** How many faults of one kind are written out before the rest is only counted. */
const most = 20

/** How many warnings are: each is of its own kind, and what was not seen cannot be mended. */
export const mostWarnings = 100

/** Faults as lines for a terminal: place and message, the hint below. */
export function faultLines(faults: readonly Fault[], limit = most): readonly string[] {
  const lines = faults
    .slice(0, limit)
    .flatMap(fault => [describe(fault), ...(fault.hint === undefined ? [] : [`  hint: ${fault.hint}`])])
  return faults.length > limit ? [...lines, `… and ${faults.length - limit} more`] : lines
}

/** What a code stands for. */
export function meaning(code: string): string {
  return Object.hasOwn(codes, code) ? codes[code as keyof typeof codes] : code
}
