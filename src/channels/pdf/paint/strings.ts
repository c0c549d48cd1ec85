/** Values as they are written in a PDF file (ISO 32000-1 §7.3). */

/** `.001` to `.999` without zeros at the end. */
const fractions = Array.from({ length: 1000 }, (_, part) =>
  part === 0 ? '' : `.${String(part).padStart(3, '0').replace(/0+$/, '')}`,
)

/** Three decimals, without exponent: a 72,000th of an inch. */
export function number(value: number): string {
  const thousandths = Math.round(value * 1000)
  if (!(thousandths >= 0 && thousandths < 1e9)) return negative(value, thousandths)
  const whole = (thousandths / 1000) | 0
  return whole + fractions[thousandths - whole * 1000]!
}

/** A number that is counted in thousandths already. */
export function ofThousandths(thousandths: number): string {
  if (thousandths < 0) return `-${ofThousandths(-thousandths)}`
  if (!(thousandths < 1e9)) return String(thousandths / 1000)
  const whole = (thousandths / 1000) | 0
  return whole + fractions[thousandths - whole * 1000]!
}

function negative(value: number, thousandths: number): string {
  if (thousandths === 0) return '0'
  return thousandths < 0 && thousandths > -1e9 ? `-${number(-value)}` : String(thousandths / 1000)
}

const special: Readonly<Record<string, string>> = { '(': '\\(', ')': '\\)', '\\': '\\\\', '\r': '\\r', '\n': '\\n' }
const escaped = (text: string) => text.replace(/[()\\\r\n]/g, character => special[character] ?? '')

/** A text string (§7.9.2.2): PDFDocEncoding where ASCII will do, else UTF-16 with its byte order mark, in hex. */
export function textString(text: string): string {
  if (/^[\x20-\x7e\r\n]*$/.test(text)) return `(${escaped(text)})`
  let hex = 'feff'
  for (let at = 0; at < text.length; at += 1) hex += text.charCodeAt(at).toString(16).padStart(4, '0')
  return `<${hex}>`
}

/** A text string whose bytes stand as they are: shorter than hex where they are not packed well. */
export function literal(text: string): string {
  return `(${escaped(/^[\x00-\x7f]*$/.test(text) ? text : wide(text))})`
}

/** UTF-16 with its byte order mark, a character for each byte. */
export function wide(text: string): string {
  let bytes = '\xfe\xff'
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    bytes += String.fromCharCode(code >> 8, code & 0xff)
  }
  return bytes
}

/** A byte string of ASCII: an address, a language. */
export function asciiString(text: string): string {
  return `(${text.replace(/[()\\]/g, character => special[character] ?? '')})`
}

/** A point in time (§7.9.4), from ISO 8601 in universal time. */
export function dateString(iso: string): string {
  return `(D:${iso.slice(0, 19).replace(/[-:T]/g, '')}Z)`
}

export function reference(id: number): string {
  return `${id} 0 R`
}

/** Lists are arrays, names begin with a slash, other texts are values that are written already; what is absent is left out. */
export type Value = string | number | readonly Value[] | { readonly [key: string]: Value | undefined }

export function written(value: Value): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return plainNumber(value)
  return isList(value) ? `[${value.map(written).join(' ')}]` : dictionary(value)
}

/** A dictionary, an entry a line. */
export function dictionary(entries: { readonly [key: string]: Value | undefined }): string {
  let out = '<<\n'
  for (const key in entries) {
    const value = entries[key]
    if (value !== undefined) out += entry(key, value)
  }
  return `${out}>>`
}

/** A line of a dictionary. */
export function entry(key: string, value: Value): string {
  return `/${key} ${written(value)}\n`
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

/** Six decimals: scales of drawings are small. */
function plainNumber(value: number): string {
  const rounded = Number(value.toFixed(6))
  return Object.is(rounded, -0) ? '0' : String(rounded)
}
