/** What a weaver works on: the template that it reads, and the MJML that it writes, each line with the one that it came from. */
import type { Brand, Fault, Source } from '../../../model/index.ts'
import type { Reader } from '../html/reader.ts'
import type { InlineImage, Look } from '../look/look.ts'
import { placeAt } from '../tags/place.ts'
import { newShields, type ShieldedText, shieldTags } from '../tags/shield.ts'

export interface Loom extends Reader {
  readonly look: Look
  /** The template behind shields. */
  readonly text: string
  readonly images: ReadonlyMap<string, InlineImage>
  /** Numbers of the shields that the pressed HTML has to show, in this order. */
  readonly expected: number[]
  /** Of the stretches that move as one: each has to be shown, wherever and however often. */
  readonly wholes: number[]
  /** Writes text that came from an offset of the shielded text, all of its lines from that one. */
  readonly write: (written: string, offset: number) => void
  /** The same for a stretch that is taken over character by character. */
  readonly copy: (written: string, offset: number) => void
  /** The same for what takes the place of a stretch, whose lines end where its own did: counted from the end, where lines were left out. */
  readonly replace: (written: string, stretch: { readonly inner: string; readonly at: number }) => void
  /** A shield for a stretch that moves as one. */
  readonly whole: (shielded: string, offset: number) => string
  /** Reports markup that is wrong at an offset of the shielded text. */
  readonly fail: (offset: number, message: string, hint: string) => void
  readonly written: () => { readonly mjml: string; readonly lines: readonly number[] }
}

export interface LoomRequest {
  readonly look: Look
  readonly brand: Brand
  readonly images: ReadonlyMap<string, InlineImage>
  readonly faults: Fault[]
}

export function openLoom(source: Source, { look, brand, images, faults }: LoomRequest): Loom {
  const shields = newShields()
  const { text, sourceOffset }: ShieldedText = shieldTags(source.text, shields)
  const wholes: number[] = []
  let mjml = ''
  const lines = [1]
  const append = (written: string, lineOf: (at: number) => number): void => {
    mjml += written
    for (let at = written.indexOf('\n'); at >= 0; at = written.indexOf('\n', at + 1))
      lines.push(placeAt(source, sourceOffset(lineOf(at + 1))).line ?? 1)
  }
  return {
    source,
    shields,
    brand,
    sourceOffset,
    faults,
    remarks: [],
    ownClasses: classesOf(text),
    look,
    text,
    images,
    expected: [],
    wholes,
    write: (written, offset) => append(written, () => offset),
    copy: (written, offset) => append(written, at => offset + at),
    replace: (written, { inner, at }) => {
      const ends = [...inner.matchAll(/\n/g)].map(({ index }) => at + index + 1)
      let left = written.split('\n').length - 1
      append(written, () => ends.at(-left--) ?? at)
    },
    whole: (shielded, offset) => {
      const shield = shields.add({ text: shields.lift(shielded), tag: 'whole', start: sourceOffset(offset) })
      wholes.push(Number(/\d+/.exec(shield)?.[0]))
      return shield
    },
    fail: (offset, message, hint) => {
      faults.push({ code: 'email.markup', message, place: placeAt(source, sourceOffset(offset)), hint })
    },
    written: () => ({ mjml, lines }),
  }
}

/** Names that `mj-class` in the template's own `mj-attributes` define. */
function classesOf(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/<mj-class\b[^>]*?\sname\s*=\s*["']([^"']+)["']/g)].map(([, name = '']) => name))
}
