/** The parts of a finished message, read where they stand in its bytes (RFC 2045, 2046). Shares no code with what writes it. */
import { decodeQuoted, isLineEnd, pastBlanks } from './quoted.ts'

export interface Part {
  /** By names in small letters; where one stands several times, its values with commas between them. */
  readonly headers: ReadonlyMap<string, string>
  /** As it was sent, with the line end before it, behind which a boundary may stand. */
  readonly sent: Buffer
}

/** A message as one part. Throws where the bytes are none. */
export function readMessage(bytes: Uint8Array): Part {
  return parsePart(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

function parsePart(bytes: Buffer): Part {
  const end = bytes.indexOf('\r\n\r\n', 0, 'latin1')
  if (end < 0) throw new SyntaxError('a part without an empty line behind its headers')
  const headers = new Map<string, string>()
  for (const line of bytes
    .toString('latin1', 0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return { headers, sent: bytes.subarray(end + 2) }
}

/** The parts in a part that have none themselves, in their order. Throws where one has no end. */
export function leaves(part: Part): readonly Part[] {
  const type = part.headers.get('content-type') ?? ''
  if (!/^\s*multipart\//i.test(type)) return [part]
  const boundary = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type)
  const marker = `\r\n--${boundary?.[1] ?? boundary?.[2] ?? ''}`
  const inner: Buffer[] = []
  let from = -1
  for (let at = part.sent.indexOf(marker, 0, 'latin1'); at >= 0; at = part.sent.indexOf(marker, from, 'latin1')) {
    if (from >= 0) inner.push(part.sent.subarray(from, at))
    from = at + marker.length
  }
  if (from < 0 || part.sent.toString('latin1', from, from + 2) !== '--')
    throw new SyntaxError('a multipart body without an end')
  return inner.flatMap(one => {
    const end = pastBlanks(one, 0)
    return leaves(parsePart(isLineEnd(one, end) ? one.subarray(end + 2) : one))
  })
}

/** The text of a part, its line ends as LF. */
export function decodeText(part: Part): string {
  const { coded, encoding } = bodyOf(part)
  if (encoding !== 'quoted-printable') return decodeBytes(part).toString('utf8').replaceAll('\r\n', '\n')
  const into = coded.length <= room.length ? room : Buffer.allocUnsafe(coded.length)
  return decodeQuoted(coded, { into, asText: true }).toString('utf8')
}

/** Enough for nearly every mail: what is made anew for each waits for a collection of all. */
const room = Buffer.allocUnsafeSlow(256 * 1024)

/** What a part holds. */
export function decodeBytes(part: Part): Buffer {
  const { coded, encoding } = bodyOf(part)
  if (encoding === 'base64') return Buffer.from(coded.toString('latin1'), 'base64')
  return encoding === 'quoted-printable' ? decodeQuoted(coded, { into: Buffer.allocUnsafe(coded.length) }) : coded
}

function bodyOf({ headers, sent }: Part): { readonly coded: Buffer; readonly encoding: string } {
  const encoding = headers.get('content-transfer-encoding') ?? '7bit'
  return { coded: sent.subarray(2), encoding: encoding.toLowerCase() }
}
