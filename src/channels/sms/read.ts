/** Reads a line of messages.jsonl back: what the phone will show. */
import type { ReadApart } from '../../model/index.ts'

/** The text of one line, and the number that it goes to; throws where the bytes are no such line. */
export function readApart(bytes: Uint8Array): ReadApart {
  const { text, to } = parse(bytes)
  return { texts: [{ name: '', text, whole: true }], enclosed: [], to }
}

/** The text of one line; throws where the bytes are no such line. */
export function read(bytes: Uint8Array): string {
  return parse(bytes).text
}

function parse(bytes: Uint8Array): { readonly text: string; readonly to: string } {
  const line: unknown = JSON.parse(utf8.decode(bytes))
  const { text, to }: { text?: unknown; to?: unknown } = typeof line === 'object' && line !== null ? line : {}
  if (typeof text !== 'string' || typeof to !== 'string')
    throw new TypeError('a line without text, or without a number')
  return { text, to }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
