/** Reads a line of messages.jsonl back: what the phone will show. */

/** The text of one line; throws where the bytes are no such line. */
export function read(bytes: Uint8Array): string {
  const line: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  const text = typeof line === 'object' && line !== null && 'text' in line ? line.text : undefined
  if (typeof text !== 'string') throw new TypeError('a line without text')
  return text
}
