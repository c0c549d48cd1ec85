/** A text that may be remembered. A slice of more than twelve characters keeps the whole text alive that it was cut from: this has a copy. */
export function owned(text: string): string {
  return text.length > 12 ? Buffer.from(text, 'utf16le').toString('utf16le') : text
}
