/**
 * Decodes quoted-printable (RFC 2045 §6.7). Most lines of a mail are those of all mails of its template: such as were met before are compared
 * as a whole, many at a time. Shares no code with what writes them.
 */

/** Bytes; `asText`: line ends are LF. */
export function decodeQuoted(
  coded: Buffer,
  { into, asText = false }: { readonly into: Buffer; readonly asText?: boolean },
): Buffer {
  if (!asText) return into.subarray(0, decodeLines(coded, 0, { into, to: 0 }).to)
  let place = first
  let run: Run | undefined
  let to = 0
  /** Run and place are those before it. */
  const endRun = (at: number): void => {
    if (run === undefined) return
    if (run.lines >= fewest) place = learned(run, coded.subarray(run.at, at), into.subarray(run.to, to))
    run = undefined
  }
  for (let at = 0; at < coded.length; ) {
    const lines = linesAt(coded, at, place)
    if (lines !== undefined) {
      endRun(at)
      into.set(lines.decoded, to)
      to += lines.decoded.length
      at += lines.coded.length
      place = lines
      continue
    }
    const line = decodeLines(coded, at, { into, to, one: true })
    if (!meet(coded, at, line.at) || (run !== undefined && line.at - run.at > longest)) endRun(at)
    else run = { at, to, place, ...run, lines: (run?.lines ?? 0) + 1 }
    ;({ at, to } = line)
  }
  endRun(coded.length)
  return into.subarray(0, to)
}

/** What was met behind some lines, what was there last first. */
interface Place {
  readonly ahead: Lines[]
}

/** Lines one behind the other, and the place behind them. */
interface Lines extends Place {
  readonly coded: Buffer
  readonly decoded: Buffer
}

/** Lines that are not known together, and were each met before: where they begin, coded and decoded. */
interface Run {
  readonly at: number
  readonly to: number
  readonly lines: number
  readonly place: Place
}

let first: Place = { ahead: [] }
let count = 0
/** Hashes of lines, each at its place. Lines that only share one are learned for nothing, and are compared as a whole all the same. */
const met = new Int32Array(4096)
const [mostAhead, mostKnown, longest] = [6, 500, 8000]
/** Longer lines are those of tables, with values in them. */
const longestMet = 1000
/** One or two may be values that several mails have. */
const fewest = 3

function linesAt(coded: Buffer, at: number, { ahead }: Place): Lines | undefined {
  for (const [place, lines] of ahead.entries()) {
    const end = at + lines.coded.length
    // Which nearly all others do not have there.
    if (coded[end - 1] !== lf || lines.coded.compare(coded, at, end) !== 0) continue
    if (place > 0) ahead.unshift(...ahead.splice(place, 1))
    return lines
  }
  return undefined
}

/** Whether a line was met before; from now on it was. */
function meet(coded: Buffer, at: number, end: number): boolean {
  if (end - at > longestMet || coded[end - 1] !== lf) return false
  let hash = end - at
  for (let place = at; place < end; place += 1) hash = Math.imul(hash ^ coded[place]!, 0x01000193)
  const place = hash >>> 20
  const isMet = met[place] === hash
  met[place] = hash
  return isMet
}

function learned({ place }: Run, coded: Buffer, decoded: Buffer): Place {
  if (place.ahead.length >= mostAhead) place.ahead.pop()
  if (count >= mostKnown) {
    count = 0
    first = { ahead: [] }
  }
  count += 1
  const lines = { coded: Buffer.from(coded), decoded: Buffer.from(decoded), ahead: [] }
  place.ahead.unshift(lines)
  return lines
}

/**
 * Decodes `=D0`: letters of most scripts are two of these each. Blanks before a line end came on the way, and an `=` there only breaks the
 * line. Up to where it came, coded and decoded; `one`: a line, its end as LF.
 */
function decodeLines(
  coded: Uint8Array,
  from: number,
  { into, to: start, one = false }: { readonly into: Buffer; readonly to: number; readonly one?: boolean },
): { readonly at: number; readonly to: number } {
  let to = start
  for (let at = from; at < coded.length; at += 1) {
    let sign = coded[at]!
    // By far the most.
    if (sign > blank && sign !== equals) {
      into[to++] = sign
      continue
    }
    if (sign === equals) {
      const high = hexDigit(coded[at + 1])
      const low = high === undefined ? undefined : hexDigit(coded[at + 2])
      if (high !== undefined && low !== undefined) {
        sign = high * 16 + low
        at += 2
      } else {
        const end = pastBlanks(coded, at + 1)
        if (isLineEnd(coded, end)) {
          at = end + 1
          continue
        }
      }
    } else if (sign === blank || sign === tab) {
      const end = pastBlanks(coded, at)
      if (isLineEnd(coded, end)) {
        at = end - 1
        continue
      }
    }
    if (one && sign === lf && to > 0 && into[to - 1] === cr) to -= 1
    into[to++] = sign
    if (one && coded[at] === lf) return { at: at + 1, to }
  }
  return { at: coded.length, to }
}

/** Where the line goes on behind blanks. */
export function pastBlanks(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === blank || bytes[at] === tab) at += 1
  return at
}

export function isLineEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === cr && bytes[at + 1] === lf
}

const tab = 0x09
const lf = 0x0a
const cr = 0x0d
const blank = 0x20
const equals = 0x3d

function hexDigit(code = 0): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code & ~0x20
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : undefined
}
