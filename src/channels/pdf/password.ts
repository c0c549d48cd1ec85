/** What a recipient types to open a file: from the data, in the form that viewers give it. */
import type { Communication, Result } from '../../model/index.ts'
import { done, failed, lookup } from '../../model/index.ts'
import { isPassword } from './paint/encrypt.ts'

/** What opens the recipient's file, from this path of the data; undefined where it is open to all. Faults: `pdf.password`. */
export function passwordOf(path: string | undefined, { data }: Communication): Result<string | undefined> {
  if (path === undefined) return done(undefined)
  const value = lookup(data, path)
  const fault = (message: string, hint: string) => failed({ code: 'pdf.password', message, hint })
  const given = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const text = prepared(given)
  if (given === '')
    return fault(
      `the file is to be encrypted, and ${path} is empty`,
      'mend the data, or let the schema require it: the file is not made without a password',
    )
  if (text !== '' && isPassword(text)) return done(text)
  return fault(
    `the file is to be encrypted, and ${path} has characters that no password can have`,
    'take out what cannot be typed: controls, invisible characters, new emoji, and words of two directions at once',
  )
}

/** As viewers prepare what is typed (SASLprep, RFC 4013 §2.1 and §2.2), once for who encrypts and who reads back. */
function prepared(password: string): string {
  return password
    .replace(/[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/gu, ' ')
    .replace(/\u00AD|\u034F|\u1806|[\u180B-\u180D]|\u200C|\u200D|\u2060|[\uFE00-\uFE0F]|\uFEFF/gu, '')
    .normalize('NFKC')
}
