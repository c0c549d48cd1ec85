/** Codes of a deflate block (RFC 1951 §3.2.7), made from how often each byte occurs in a sample. */

const endOfBlock = 256

/** In bits. */
export const longestCode = 15

export interface Block {
  /** By byte, and of the block's end: how many bits its code takes, and the code as it is put, the lowest bit first. */
  readonly lengths: readonly number[]
  readonly codes: readonly number[]
  /** What the block begins with: that it is the last one, of dynamic codes, and which. */
  readonly header: Bits
  readonly end: Bits
}

export interface Bits {
  readonly bits: Uint8Array
  readonly bitLength: number
}

export function openBlock(sample: Iterable<Uint8Array>): Block {
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
  return { lengths, codes, header: header.done(), end: end.done() }
}

interface BitWriter {
  /** The lowest bits of a value, the lowest first. */
  readonly put: (value: number, count: number) => void
  readonly done: () => Bits
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
  const said = repeated([...lengths, 1])
  const counts = new Array<number>(19).fill(0)
  for (const { symbol } of said) counts[symbol]! += 1
  const used = codeLengthsOfUsed(counts)
  const codes = codesOf(used)
  to.put(lengths.length - 257, 5)
  to.put(0, 5)
  to.put(order.length - 4, 4)
  for (const symbol of order) to.put(used[symbol]!, 3)
  for (const { symbol, times } of said) {
    to.put(codes[symbol]!, used[symbol]!)
    if (symbol === again) to.put(times - 3, 2)
  }
}

/** Stands for the length before it, three to six times more. */
const again = 16

/** Lengths as they are said: each, or that the one before it comes again so many times. */
function repeated(lengths: readonly number[]): { readonly symbol: number; readonly times: number }[] {
  const said: { symbol: number; times: number }[] = []
  for (let at = 0; at < lengths.length; ) {
    let times = 0
    while (times < 6 && at + times < lengths.length && lengths[at + times] === lengths[at - 1]) times += 1
    said.push(times < 3 ? { symbol: lengths[at]!, times: 1 } : { symbol: again, times })
    at += times < 3 ? 1 : times
  }
  return said
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
