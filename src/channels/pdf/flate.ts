/** Streams packed and unpacked (RFC 1950). */
import { constants, createDeflate, createInflate, deflateSync, inflateSync } from 'node:zlib'

/** How far zlib reads beyond what it was given, at the most, and how much of its window it leaves unused (`MIN_LOOKAHEAD`). */
const beyond = 262

/**
 * What is short is packed as well in less memory: 64 KB, where zlib by itself takes 270, and drives what the thread has at hand out of the
 * processor's caches. `most`: what one looks back in whole, through a window of 8 KB; and what one has room for, beside what is beyond.
 */
const short = { most: 8192 - beyond, settings: { level: 2, chunkSize: 4096, windowBits: 13, memLevel: 6 } }
const long = { most: 65536 - 2 * beyond, settings: { level: 2, chunkSize: 4096 } }

const zeros = new Uint8Array(long.most + beyond)

type Packing = typeof short | typeof long

/** One of each for all of a thread, as `unpacker` is; null: in this Node what is inside packs otherwise. */
const packers = new Map<Packing, Inside | null>()

/**
 * A text has one character for each byte. A page of 5 KB takes 30 µs, at level 4 44 and at zlib's own 6 55; it is 3 % larger than at 4.
 * A handle that is reset looks beyond the end at what it packed before: as many zeros as a new one finds there are packed first, so that
 * the same bytes come out whatever came before.
 */
export function packed(text: string | Uint8Array): Uint8Array {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text
  const packing = bytes.length <= short.most ? short : long
  if (bytes.length > packing.most) return deflateSync(bytes, packing.settings)
  const packer = packerOf(packing)
  return (packer && packedBy(packer, bytes)) ?? deflateSync(bytes, packing.settings)
}

function packerOf(packing: Packing): Inside | null {
  const kept = packers.get(packing)
  if (kept !== undefined && kept?.destroyed !== true) return kept
  const made: Inside = createDeflate(packing.settings).on('error', () => {})
  // Were Node otherwise inside, reading back might not notice: it goes through the same.
  const isAsEver = packedBy(made, probe)?.equals(deflateSync(probe, packing.settings)) === true
  packers.set(packing, isAsEver ? made : null)
  return isAsEver ? made : null
}

const probe = Buffer.from('BT /F1 9 Tf 42.52 785.2 Td <01020304> Tj ET\n'.repeat(40))

function packedBy(packer: Inside, bytes: Uint8Array): Buffer | undefined {
  through(packer, zeros.subarray(0, bytes.length + beyond))
  const [chunk] = through(packer, bytes) ?? []
  return chunk && Buffer.from(chunk)
}

/** What a stream of zlib is inside. */
interface Inside extends ReturnType<typeof createInflate> {
  readonly _handle?: { readonly writeSync?: (...args: readonly unknown[]) => void } | null
  /** What is left of the room and of what comes in, after each call. */
  readonly _writeState?: Uint32Array
}

/** As one thing comes after the other, all come through the same memory. */
const room = Buffer.allocUnsafeSlow(128 * 1024)

/**
 * One for all of a thread. What `inflateSync` makes for each call outlives every young collection with the buffers that it holds. Node
 * has no door for more than one stream by one handle, so what is inside is used where it is as it was in Node 24, and its door elsewhere.
 */
let unpacker: Inside | undefined

/** As a text of one character for each byte. Throws for what is no such stream, or only a part of one. */
export function unpacked(bytes: Uint8Array): string {
  // One that stumbled over what it was given is gone; that it did is told by `errored`.
  if (unpacker === undefined || unpacker.destroyed) unpacker = createInflate().on('error', () => {})
  const chunks = through(unpacker, bytes) ?? [inflateSync(bytes)]
  return chunks.length === 1 ? chunks[0]!.toString('latin1') : Buffer.concat(chunks).toString('latin1')
}

/** Chunks that hold until the next call; undefined where this Node's streams are otherwise inside. */
function through(stream: Inside, bytes: Uint8Array): Buffer[] | undefined {
  const { _handle: handle, _writeState: state } = stream
  if (typeof handle?.writeSync !== 'function' || state?.length !== 2) return undefined
  stream.reset()
  const chunks: Buffer[] = []
  for (let from = 0, left = 0; left === 0; ) {
    handle.writeSync(constants.Z_FINISH, bytes, from, bytes.length - from, room, 0, room.length)
    if (stream.errored) throw stream.errored
    left = state[0]!
    from = bytes.length - state[1]!
    const chunk = room.subarray(0, room.length - left)
    // The next chunk comes into the same room.
    chunks.push(left === 0 ? Buffer.from(chunk) : chunk)
  }
  return chunks
}
