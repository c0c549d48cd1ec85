/** Text as it is seen: composed, and without signs that nobody sees, such as soft hyphens. */

export function asSeen(text: string): string {
  return text.normalize('NFC').replace(/\p{Cf}/gu, '')
}
