/** Line ends that data brings into bare text: a name of two lines must not begin a line that reads as if the sender had written it. */
import { seek } from './seek.ts'

/**
 * The message with each value of `data` that has line ends in one line, a blank for each end. Lines of the template and its wording stay,
 * and so do those of a value that the template takes apart itself, as `addressLines` does. `printed`: how a value stands in the message.
 */
export function inOneLine(message: string, data: unknown, printed = (value: string): string => value): string {
  // Nearly no message has lines: the data is looked at where one has.
  if (!ends.test(message.trim())) return message
  let out = message
  for (const value of valuesWithLines(data, printed)) {
    const line = value.replace(around, ' ')
    // A function, since `$'` in a text of data would copy what stands behind it.
    out = out.replaceAll(value, () => line)
  }
  return out
}

const ends = /[\n\r\v\f\u0085\u2028\u2029]/
/** From where blanks begin: else each of many would be a beginning, and 100,000 of them took a minute. */
const around = /(?<!\s)\s*[\n\r\v\f\u0085\u2028\u2029]\s*/g

/** Longest first, so that a value that is part of another does not take that one apart. */
function valuesWithLines(data: unknown, printed: (value: string) => string): readonly string[] {
  const found = new Set<string>()
  seek(data, leaf => {
    if (typeof leaf !== 'string' || !ends.test(leaf)) return false
    const written = printed(leaf).trim()
    if (ends.test(written)) found.add(written)
    return false
  })
  return [...found].sort((one, other) => other.length - one.length)
}
