/** A stretch of a template's HTML that is being looked at: where it stands, and where what is found is told. */
import type { Brand, Fault, Source } from '../../../model/index.ts'
import { placeAt } from '../tags/place.ts'
import type { Shields } from '../tags/shield.ts'
import type { Remark } from './inbox.ts'

export interface Reader {
  readonly source: Source
  readonly shields: Shields
  readonly brand: Brand
  /** Offset in the shielded text -> offset in the source. */
  readonly sourceOffset: (offset: number) => number
  readonly faults: Fault[]
  /** Classes that the template defines itself. */
  readonly ownClasses?: ReadonlySet<string>
  /** Warnings. */
  readonly remarks: Fault[]
}

/** Puts a fault at its place. */
export function report(fault: Fault, offset: number, { faults, source, sourceOffset }: Reader): void {
  faults.push({ ...fault, place: placeAt(source, sourceOffset(offset)) })
}

/** Says where a tag stands wrong. */
export function tagFault(reader: Reader, offset: number, message: string, hint: string): void {
  const place = placeAt(reader.source, reader.sourceOffset(offset))
  reader.faults.push({ code: 'email.tag', message, place, hint })
}

/** Puts remarks at their places. */
export function remark(reader: Reader, found: readonly Remark[]): void {
  putAt(reader, found, reader.remarks)
}

/** Puts what was found into a list, each at its place. */
export function putAt({ source, sourceOffset }: Reader, found: readonly Remark[], into: Fault[]): void {
  for (const { fault, offset } of found) into.push({ ...fault, place: placeAt(source, sourceOffset(offset)) })
}
