/**
 * Deflate with codes that are fixed beforehand (RFC 1951 §3.2.7): pieces are coded once and joined bit by bit, so that a stream of
 * known pieces costs no compression at all. Literals only: a sixth larger than what zlib finds in outlines of letters.
 */

/** Codes for bytes of one kind of text, made from how often each byte occurs in a sample. */
export interface Coder {
  /** A block's header: that it is the last one, of dynamic codes, and which. */
  readonly header: Piece
  readonly piece: (bytes: Uint8Array) => Piece
  readonly end: Piece
}

/** Bytes as bits, with what their part in checksums is. Never changed. */
export interface Piece {
  readonly bits: Uint8Array
  readonly bitLength: number
  /** The same bits begun later in a byte, as far as they were asked for. */
  readonly copies: (Uint8Array | undefined)[]
  /** How many bytes it stands for, and their share in Adler-32: the sum of all, and the sum of all sums from each on. */
  readonly length: number
  readonly sum: number
  readonly sums: number
}

const base = 65521
const endOfBlock = 256
const longestCode = 15

export function openCoder(sample: Iterable<Uint8Array>): Coder {
  const counts = new Array<number>(257).fill(1)
  for (const bytes of sample) for (let at = 0; at < bytes.length; at += 1) counts[bytes[at]!]! += 64
  const lengths = codeLengths(counts, longestCode)
  const codes = codesOf(lengths)
  const header = bitWriter()
  header.put(1, 1)
  header.put(2, 2)
  writeLengths(lengths, header)
  const end = bitWriter()
  end.put(codes[endOfBlock]!, lengths[endOfBlock]!)
  return {
    header: { ...header.done(), copies: [], length: 0, sum: 0, sums: 0 },
    end: { ...end.done(), copies: [], length: 0, sum: 0, sums: 0 },
    piece(bytes) {
      const out = new Uint8Array(Math.ceil((bytes.length * longestCode) / 8) + 4)
      let at = 0
      let held = 0
      let count = 0
      let sum = 0
      let sums = 0
      for (let index = 0; index < bytes.length; index += 1) {
        const byte = bytes[index]!
        held |= codes[byte]! << count
        count += lengths[byte]!
        while (count >= 8) {
          out[at] = held
          at += 1
          held >>>= 8
          count -= 8
        }
        sum += byte
        sums += sum
        // 5,552 is the most that zlib adds before it divides; numbers here hold more, and outlines are short.
        if ((index & 0xfff) === 0xfff) sums %= base
      }
      const bitLength = at * 8 + count
      if (count > 0) out[at] = held
      return {
        bits: out.slice(0, (bitLength + 7) >> 3),
        bitLength,
        copies: [],
        length: bytes.length,
        sum: sum % base,
        sums: sums % base,
      }
    },
  }
}

/** One zlib stream (RFC 1950) of one block that holds the pieces. */
export function join({ header, end }: Coder, pieces: readonly Piece[]): Uint8Array {
  let bits = header.bitLength + end.bitLength
  for (const piece of pieces) bits += piece.bitLength
  const out = new Uint8Array(2 + Math.ceil(bits / 8) + 4)
  out[0] = 0x78
  out[1] = 0xda
  lay(header, 16, out)
  let place = 16 + header.bitLength
  let one = 1
  let two = 0
  for (const piece of pieces) {
    lay(piece, place, out)
    place += piece.bitLength
    two = (two + piece.length * one + piece.sums) % base
    one = (one + piece.sum) % base
  }
  lay(end, place, out)
  const at = (place + end.bitLength + 7) >> 3
  out[at] = two >> 8
  out[at + 1] = two
  out[at + 2] = one >> 8
  out[at + 3] = one
  return out
}

/** Pieces as one: what stands side by side in many streams is joined once. */
export function chained(pieces: readonly Piece[]): Piece {
  let [bitLength, length, sum, sums] = [0, 0, 0, 0]
  for (const piece of pieces) bitLength += piece.bitLength
  const bits = new Uint8Array((bitLength + 7) >> 3)
  let place = 0
  for (const piece of pieces) {
    lay(piece, place, bits)
    place += piece.bitLength
    sums = (sums + piece.length * sum + piece.sums) % base
    sum = (sum + piece.sum) % base
    length += piece.length
  }
  return { bits, bitLength, copies: [], length, sum, sums }
}

/** Puts a piece's bits at this bit of what is made: what the byte there begins with is what the copy leaves open. */
function lay(piece: Piece, place: number, out: Uint8Array): void {
  const copy = shifted(piece, place & 7)
  if (copy.length === 0) return
  const at = place >> 3
  const begun = out[at]!
  out.set(copy, at)
  out[at]! |= begun
}

/** A piece's bits, moved so that they begin at this bit of their first byte. Kept: outlines are joined many thousand times. */
function shifted({ bits, bitLength, copies }: Piece, shift: number): Uint8Array {
  if (shift === 0) return bits
  const known = copies[shift]
  if (known !== undefined) return known
  const copy = new Uint8Array((bitLength + shift + 7) >> 3)
  let held = 0
  for (let at = 0; at < copy.length; at += 1) {
    held |= (bits[at] ?? 0) << shift
    copy[at] = held
    held >>>= 8
  }
  copies[shift] = copy
  return copy
}

interface BitWriter {
  /** The lowest bits of a value, the lowest first. */
  readonly put: (value: number, count: number) => void
  readonly done: () => Pick<Piece, 'bits' | 'bitLength'>
}

function bitWriter(): BitWriter {
  let bytes = new Uint8Array(64)
  let at = 0
  let held = 0
  let count = 0
  let bitLength = 0
  return {
    put(value, length) {
      held |= value << count
      count += length
      bitLength += length
      for (; count >= 8; count -= 8) {
        if (at === bytes.length) {
          const longer = new Uint8Array(at * 2)
          longer.set(bytes)
          bytes = longer
        }
        bytes[at++] = held
        held >>>= 8
      }
    },
    done() {
      const bits = new Uint8Array(count > 0 ? at + 1 : at)
      bits.set(bytes.subarray(0, at))
      if (count > 0) bits[at] = held
      return { bits, bitLength }
    },
  }
}

/** Huffman's lengths, none longer than `most`: counts are evened out until they fit. */
function codeLengths(counts: readonly number[], most: number): number[] {
  // Symbols, then the pairs that are made of two; of equal sums the one goes first whose first symbol does.
  const sums = [...counts]
  const firsts = counts.map((_, symbol) => symbol)
  const before = (one: number, other: number): boolean =>
    sums[one]! < sums[other]! || (sums[one] === sums[other] && firsts[one]! < firsts[other]!)
  const symbols = firsts.toSorted((one, other) => (before(one, other) ? -1 : 1))
  const pairs: number[] = []
  const above: number[] = []
  let [symbol, pair] = [0, 0]
  const least = (): number =>
    pair === pairs.length || (symbol < symbols.length && before(symbols[symbol]!, pairs[pair]!))
      ? symbols[symbol++]!
      : pairs[pair++]!
  for (let made = 1; made < counts.length; made += 1) {
    const [one, other] = [least(), least()]
    const sum = sums.push(sums[one]! + sums[other]!) - 1
    firsts.push(firsts[one]!)
    above[one] = sum
    above[other] = sum
    // Sums never fall: only among equal ones is there a place before the end.
    let at = pairs.push(sum) - 1
    for (; at > pair && before(sum, pairs[at - 1]!); at -= 1) pairs[at] = pairs[at - 1]!
    pairs[at] = sum
  }
  const depths = sums.map(() => 0)
  for (let node = sums.length - 2; node >= 0; node -= 1) depths[node] = depths[above[node]!]! + 1
  const lengths = depths.slice(0, counts.length)
  if (Math.max(...lengths) <= most) return lengths
  return codeLengths(
    counts.map(count => Math.ceil(count / 2) + 1),
    most,
  )
}

/** The codes that follow from lengths (§3.2.2), with their bits turned round, since Huffman codes are packed from the highest. */
function codesOf(lengths: readonly number[]): number[] {
  const codes = new Array<number>(lengths.length).fill(0)
  let code = 0
  for (let length = 1; length <= 15; length += 1) {
    code <<= 1
    lengths.forEach((own, symbol) => {
      if (own !== length) return
      let turned = 0
      for (let bit = 0; bit < length; bit += 1) turned |= ((code >> bit) & 1) << (length - 1 - bit)
      codes[symbol] = turned
      code += 1
    })
  }
  return codes
}

/** The order in which the lengths of the codes of lengths stand (§3.2.7). */
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/** 257 lengths for literals, and one for distances that never come. */
function writeLengths(lengths: readonly number[], to: BitWriter): void {
  const said = [...lengths, 1]
  const counts = new Array<number>(19).fill(0)
  for (const length of said) counts[length]! += 1
  const used = codeLengthsOfUsed(counts)
  const codes = codesOf(used)
  to.put(lengths.length - 257, 5)
  to.put(0, 5)
  to.put(order.length - 4, 4)
  for (const symbol of order) to.put(used[symbol]!, 3)
  for (const length of said) to.put(codes[length]!, used[length]!)
}

function codeLengthsOfUsed(counts: readonly number[]): number[] {
  const symbols = counts.flatMap((count, symbol) => (count > 0 ? [symbol] : []))
  const found = codeLengths(
    symbols.map(symbol => counts[symbol]!),
    7,
  )
  const lengths = new Array<number>(counts.length).fill(0)
  symbols.forEach((symbol, index) => {
    lengths[symbol] = found[index]!
  })
  return lengths
}
