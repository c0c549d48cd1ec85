/** Where a wording stands in its file. */
import { literal, type Place } from '../model/index.ts'

/** The line of a key, or its path where the file's text is not at hand. */
export function placeOf(key: string, file: string, textOf: (file: string) => string | undefined): Place {
  const text = textOf(file)
  const at = text === undefined ? -1 : text.search(new RegExp(`${literal(JSON.stringify(key))}\\s*:`))
  return at < 0 || text === undefined ? { file, path: key } : { file, line: text.slice(0, at).split('\n').length }
}
