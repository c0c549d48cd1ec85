/** Rules for ids: each has to give a file name of its own. */
import { drawn, type Fault, foldName, type Place, type RowKey } from '../model/index.ts'

/** Longest file name that an id may give, in bytes, without its extension. */
const longestName = 200

/** The id as a key. */
export function keyOf(id: string): RowKey {
  return { text: id, drawn: drawn(foldName(id)) }
}

/** What is wrong with an id in itself. */
export function checkId(id: string, column: string, place: Place): Fault[] {
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(id)) {
    return [
      {
        code: 'intake.id',
        message: `${column} has a control or invisible character in it`,
        place,
        hint: 'remove it: ids become file names',
      },
    ]
  }
  const bytes = nameLength(id)
  if (bytes <= longestName) return []
  return [
    {
      code: 'intake.id',
      message: `${column} gives a file name of ${bytes} bytes, and ${longestName} are the most`,
      place,
      hint: 'use a shorter key',
    },
  ]
}

/** Bytes of the file name made from an id: UTF-8, all but `A-Z a-z 0-9 - _ .` percent-encoded, a leading dot too. */
function nameLength(id: string): number {
  let bytes = id.startsWith('.') ? 2 : 0
  if (/^[A-Za-z0-9\-_.]*$/.test(id)) return bytes + id.length
  for (const byte of Buffer.from(id, 'utf8')) bytes += /[A-Za-z0-9\-_.]/.test(String.fromCharCode(byte)) ? 1 : 3
  return bytes
}
