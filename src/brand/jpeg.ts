/** JPEG files that can be printed as they are: without what only cameras and programs want to know, and nothing encoded anew. */

/** The segments of a JPEG (ITU-T T.81 Annex B) that its picture needs, or undefined where a PDF could not show it as it is meant. */
export function printableJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let adobe = false
  let framed = false
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    const end = at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!
    const segment = bytes.subarray(at, end)
    if (isFrame(marker)) {
      framed = printableFrame(marker, segment, adobe)
      if (!framed) return undefined
    }
    if (marker === 0xee && String.fromCharCode(...segment.subarray(4, 9)) === 'Adobe') adobe = true
    // Of what applications add, only the colour transform decides about the picture.
    const note = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe
    if (!note) kept.push(segment)
    at = end
    if (marker === 0xda) {
      const next = endOfScan(bytes, at)
      kept.push(bytes.subarray(at, next))
      at = next
      if (bytes[at + 1] === 0xd9) return framed ? Buffer.concat([...kept, bytes.subarray(at, at + 2)]) : undefined
    }
  }
  return undefined
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** Baseline, extended or progressive with Huffman codes, 8 bits, grey or of three colours that are not named R, G and B. */
function printableFrame(marker: number, segment: Uint8Array, adobe: boolean): boolean {
  const [bits, , , , , components] = segment.subarray(4)
  const names = String.fromCharCode(...[10, 13, 16].map(offset => segment[offset] ?? 0))
  const plain = components === 1 || (components === 3 && (adobe || names !== 'RGB'))
  return marker <= 0xc2 && bits === 8 && plain
}

/** Where the marker stands that ends the coded data; stuffed and restart bytes belong to it. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next !== 0 && next !== 0xff && !(next !== undefined && next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}
