/** Values as they are written in a PDF file (ISO 32000-1 §7.3). */

/** Three decimals, without exponent: a 72,000th of an inch. */
export function number(value: number): string {
  const rounded = Math.round(value * 1000) / 1000
  return Object.is(rounded, -0) ? '0' : String(rounded)
}

const special: Readonly<Record<string, string>> = { '(': '\\(', ')': '\\)', '\\': '\\\\', '\r': '\\r', '\n': '\\n' }

/** A text string (§7.9.2.2): PDFDocEncoding where ASCII will do, else UTF-16 with its byte order mark, in hex. */
export function textString(text: string): string {
  if (/^[\x20-\x7e\r\n]*$/.test(text)) return `(${text.replace(/[()\\\r\n]/g, character => special[character] ?? '')})`
  let hex = 'feff'
  for (let at = 0; at < text.length; at += 1) hex += text.charCodeAt(at).toString(16).padStart(4, '0')
  return `<${hex}>`
}

/** A byte string of ASCII: an address, a language. */
export function asciiString(text: string): string {
  return `(${text.replace(/[()\\]/g, character => special[character] ?? '')})`
}

/** A reference to an object that pdfkit knows nothing of; the tag keeps it from being written as a dictionary. */
export function pointer(id: number): unknown {
  return { toString: () => `${id} 0 R`, [Symbol.toStringTag]: 'Pointer' }
}
