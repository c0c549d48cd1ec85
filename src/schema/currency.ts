/** Currencies by their codes (ISO 4217). */

/** Whether text is a code that is known. */
export const isCurrency = (text: string): boolean => codes.has(text)

/** What to write instead of text that is no code, where it may be quoted: a code in small letters is told as it should be. */
export function hintCurrency(found: string): string {
  const meant = found.trim().toUpperCase()
  return isCurrency(meant) ? `did you mean "${meant}"?` : 'write three capital letters, such as EUR'
}

const codes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))
