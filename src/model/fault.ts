/** Faults: problems in the outside world, as values. Bugs are thrown; faults are returned. */
import type { FaultCode } from './codes.ts'

/** Where a fault was found. Lines and columns count from 1; `path` is a dotted path into data or a settings file. */
export interface Place {
  /** The file as the user would type it. */
  readonly file: string
  readonly line?: number
  readonly column?: number
  readonly path?: string
}

/**
 * What failed, where, what was found, and what to do about it.
 * `message` is lower case, without full stop, and quotes at most the one offending value, clipped; never a private one.
 */
export interface Fault {
  readonly code: FaultCode
  readonly message: string
  readonly place?: Place
  readonly hint?: string
}

/** A value, or every fault that stood in its way, in input order. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] }

export function done<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function failed(...faults: readonly Fault[]): { readonly ok: false; readonly faults: readonly Fault[] } {
  return { ok: false, faults }
}

/** The value if there are no faults, else the faults: the last line of a function that collects. */
export function settle<T>(value: T, faults: readonly Fault[]): Result<T> {
  return faults.length === 0 ? done(value) : failed(...faults)
}

/** Carries faults through the library's door, where promises reject; `cause` is the error behind them, where there is one. */
export class FaultError extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[], options?: { readonly cause?: unknown }) {
    super(faults.map(describe).join('\n'), options)
    this.name = 'FaultError'
    this.faults = faults
  }
}

/** One fault in words, on one line, its place first: `invoices.csv:13: amount is not a number (found "12,50")`. */
export function describe(fault: Fault): string {
  const place = fault.place === undefined ? '' : `${describePlace(fault.place)}: `
  return `${place}${fault.message}`
}

/** `file:line:column (path)`, as far as each is known. */
export function describePlace(place: Place): string {
  const position = [place.file, place.line, place.column].filter(part => part !== undefined).join(':')
  return place.path === undefined ? position : `${position} (${place.path})`
}

/** The offending value as a message may quote it: on one line, without control characters, at most 60 characters. */
export function quote(value: unknown): string {
  const text = (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    '\u{FFFD}',
  )
  const characters = [...text]
  return `"${characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : text}"`
}
