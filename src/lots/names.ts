/** Names on disk: lots, and files made from ids so that every id has one name and every name one id. */

/** `lot-0001`; numbers past 9999 just grow. */
export function lotName(number: number): string {
  return `lot-${String(number).padStart(4, '0')}`
}

/**
 * An id as a file name: UTF-8, all but `A-Z a-z 0-9 - _ .` percent-encoded (RFC 3986 §2.1), a leading dot too. Reversible with
 * decodeURIComponent. Intake refuses ids whose name would be longer than 200 bytes.
 */
export function safeName(id: string): string {
  const encoded = encodeURIComponent(id).replace(
    /[!'()*~]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return encoded.startsWith('.') ? `%2E${encoded.slice(1)}` : encoded
}
