/** Encodings of data files: which can be read, what a byte order mark says, and where bytes stop being text. */

export interface Encoding {
  /** The Encoding standard's own name for it. */
  readonly name: string
  /** Bytes of the byte order mark. */
  readonly mark: number
  readonly unit: 1 | 2
  readonly bigEndian: boolean
}

const marks: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** The encoding of a file by its first bytes, else as declared, which the job has seen to be one that can be cut into records. */
export function encodingOf(head: Uint8Array, declared: string): Encoding {
  for (const [name, bytes] of marks) {
    if (bytes.every((byte, at) => head[at] === byte)) return { name, mark: bytes.length, ...units(name) }
  }
  const { encoding: name } = new TextDecoder(declared)
  return { name, mark: 0, ...units(name) }
}

/** Decodes whole records; throws TypeError where bytes are not text. */
export function decoderOf(encoding: Encoding): (bytes: Uint8Array) => string {
  const decoder = new TextDecoder(encoding.name, { fatal: true, ignoreBOM: true })
  return bytes => decoder.decode(bytes)
}

/** Offset of the first byte that cannot be decoded; undefined if all can. */
export function firstBadByte(bytes: Uint8Array, encoding: Encoding): number | undefined {
  if (decodes(bytes, encoding, false)) return undefined
  // The longest beginning that still could go on as text.
  let good = 0
  let bad = bytes.length
  while (good < bad) {
    const middle = Math.ceil((good + bad) / 2)
    if (decodes(bytes.subarray(0, middle), encoding, true)) good = middle
    else bad = middle - 1
  }
  // In UTF-8 the first byte of the sequence is to blame, not the one that breaks it.
  const at = encoding.name === 'utf-8' ? wholeLength(bytes.subarray(0, good)) : good
  return Math.min(at, bytes.length - 1)
}

function wholeLength(bytes: Uint8Array): number {
  return Buffer.byteLength(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true }))
}

function decodes(bytes: Uint8Array, encoding: Encoding, more: boolean): boolean {
  try {
    new TextDecoder(encoding.name, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: more })
    return true
  } catch {
    return false
  }
}

function units(name: string): { unit: 1 | 2; bigEndian: boolean } {
  return { unit: name.startsWith('utf-16') ? 2 : 1, bigEndian: name === 'utf-16be' }
}
