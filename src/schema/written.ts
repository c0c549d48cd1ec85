/** JSON as a file has it: what is written as a number stays apart from text that looks like one. */
import type { Result, Source, Value } from '../model/index.ts'
import { exactNumber, isObject, parseWith, reviveJson } from './json.ts'

/** A number of JSON, with all its digits. */
export class WrittenNumber {
  readonly #text: string

  /** Decimal text; exponents are written out. */
  constructor(text: string) {
    this.#text = text
  }

  get text(): string {
    return this.#text
  }

  /** Stands in JSON as it was, however long. */
  toJSON(): unknown {
    return rawJson(this.#text)
  }
}

export type Written = string | boolean | null | WrittenNumber | readonly Written[] | WrittenGroup

export interface WrittenGroup {
  readonly [name: string]: Written
}

/** Parses JSON (RFC 8259), numbers marked as such. */
export function parseWritten(source: Source): Result<Written> {
  return parseWith<Written>(source, writtenNumber)
}

/** What `JSON.stringify` made of written values, without looking for mistakes. */
export function reviveWritten(text: string): unknown {
  return reviveJson(text, writtenNumber)
}

/** The same values as `parseJson` gives them. */
export function plainValue(written: Written): Value {
  if (written instanceof WrittenNumber) return exactNumber(written.text)
  if (Array.isArray(written)) return written.map(plainValue)
  if (!isGroup(written)) return written as Value
  return Object.fromEntries(Object.entries(written).map(([name, inner]) => [name, plainValue(inner)]))
}

/** Whether a value is a group: neither null, a list nor a number. */
export function isGroup(written: Written | undefined): written is WrittenGroup {
  return isObject(written) && !((written as unknown) instanceof WrittenNumber)
}

function writtenNumber(digits: string): WrittenNumber {
  return new WrittenNumber(String(exactNumber(digits)))
}

const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (text: string) => unknown }
