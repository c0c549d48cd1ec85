/** A finished PDF as text that assertions can look into. */
import { inflateSync } from 'node:zlib'

/** The file as it is, and behind it what its object streams hold. */
export function unpacked(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes).toString('latin1')
  const packed = [...raw.matchAll(/\/ObjStm[\s\S]*?stream\n/g)].map(({ index, 0: head }) =>
    inflateSync(bytes.subarray(index + head.length)).toString('latin1'),
  )
  return [raw, ...packed].join('\n')
}
