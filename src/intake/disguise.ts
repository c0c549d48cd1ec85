/** UTF-8 in the guise of a single-byte encoding: every byte decodes, and every accent comes out as two wrong letters. */
import type { Encoding } from './encoding.ts'

/** Where the guise slips: the first character beyond ASCII. */
export interface Slip {
  /** From 1. */
  readonly line: number
  /** In bytes, from 0. */
  readonly offset: number
  readonly byte: number
}

/** Watches a file's bytes go by. */
export interface Watch {
  readonly push: (bytes: Uint8Array) => void
  /** After the last byte: where a file that was declared single-byte turns out to be UTF-8 throughout. */
  readonly slip: () => Slip | undefined
}

/**
 * Text in a single-byte encoding is hardly ever well-formed UTF-8 (RFC 3629 §8): its letters would have to come in the right pairs
 * from the first to the last. A file without anything beyond ASCII is in no guise.
 */
export function watchGuise({ name, unit }: Encoding): Watch {
  let decoder = unit === 1 && name !== 'utf-8' ? new TextDecoder('utf-8', { fatal: true }) : undefined
  let first: Slip | undefined
  let offset = 0
  let line = 1
  const decodes = (bytes: Uint8Array | undefined): boolean => {
    try {
      decoder?.decode(bytes, { stream: bytes !== undefined })
      return true
    } catch {
      return false
    }
  }
  return {
    push(bytes) {
      if (decoder === undefined) return
      if (first === undefined) {
        const at = bytes.findIndex(byte => byte > 0x7f)
        const before = at < 0 ? bytes : bytes.subarray(0, at)
        line += before.reduce((ends, byte) => ends + (byte === 0x0a ? 1 : 0), 0)
        if (at >= 0) first = { line, offset: offset + at, byte: bytes[at] as number }
      }
      offset += bytes.length
      if (!decodes(bytes)) decoder = undefined
    },
    slip: () => (decoder !== undefined && decodes(undefined) ? first : undefined),
  }
}
