/** Text to the value that the schema expects in its place, read in the conventions of the file it came from. */
import { type DataFile, quote, type Value } from '../model/index.ts'
import {
  hasOtherDigits,
  isDecimal,
  isEarly,
  isGroup,
  otherDigitsHint,
  plainValue,
  readDate,
  readDecimal,
  type Written,
  WrittenNumber,
} from '../schema/index.ts'
import { type Cell, isTuple } from './cell.ts'
import { define, type Kind, type Shape } from './shape.ts'
import { isUnseen } from './unseen.ts'

/** A value; or what it is not, in words, with a hint. Neither holds the text itself: whoever may quote it does. */
export type Coerced =
  | { readonly value: Value; readonly unread?: readonly Unread[] }
  | { readonly expected: string; readonly hint?: string }

/** Text inside a list or group that cannot be read. */
export interface Unread {
  /** From the list or group. */
  readonly steps: readonly (string | number)[]
  readonly text: string
  readonly private: boolean
  readonly expected: string
  readonly hint?: string
}

/** Coerces a cell that is not absent. Without a shape text stays text. */
export function coerce(cell: Exclude<Cell, null>, shape: Shape | undefined, file: DataFile): Coerced {
  if (typeof cell === 'string') return coerceText(cell, shape?.kind ?? 'text', file, 'file')
  if (isTuple(cell)) return coerceText(cell[0], shape?.kind ?? 'text', file, cell.length === 2 ? 'canonical' : 'clean')
  const unread: Unread[] = []
  const origin = cell.clean === true ? 'clean' : 'file'
  const value = coerceJson(cell.json, shape, { file, origin, steps: [], unread })
  return unread.length === 0 ? { value } : { value, unread }
}

/** The exact decimal text of a cell, whatever the schema says; undefined where it is no number. */
export function exactNumber(cell: Exclude<Cell, null>, file: DataFile): string | undefined {
  if (typeof cell === 'string') return numberIn(cell, file, 'file')
  return isTuple(cell) ? numberIn(cell[0], file, cell.length === 2 ? 'canonical' : 'clean') : undefined
}

/** How a found value is quoted, unless it is private. */
export function found(cell: Cell | undefined, secret: boolean): string {
  if (secret || cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return ` (found ${quote(cell)})`
  return isTuple(cell) ? ` (found ${quote(cell[0])})` : ' (found a list or group)'
}

type Origin = 'file' | 'clean' | 'canonical'

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  y: true,
  n: false,
  1: true,
  0: false,
}

function coerceText(text: string, kind: Kind, file: DataFile, origin: Origin): Coerced {
  switch (kind) {
    case 'text':
      return { value: text }
    case 'decimal': {
      const exact = numberIn(text, file, origin)
      return exact === undefined ? notNumber('a number', text, file) : { value: exact }
    }
    case 'number': {
      const exact = numberIn(text, file, origin)
      const value = numberOf(exact)
      return exact === undefined || !Number.isFinite(value) ? notNumber('a number', text, file) : { value }
    }
    case 'integer': {
      const exact = numberIn(text, file, origin)
      if (exact === undefined || !/^-?\d+(\.0+)?$/.test(exact)) return notNumber('a whole number', text, file)
      const value = numberOf(exact)
      return Number.isSafeInteger(value) ? { value } : { expected: 'a whole number that can be counted with' }
    }
    case 'boolean': {
      const word = text.toLowerCase()
      return Object.hasOwn(truths, word)
        ? { value: truths[word] as boolean }
        : {
            expected: 'true or false',
            hint: 'true, yes, y, 1, false, no, n and 0 are understood; clean.js can translate others',
          }
    }
    case 'date':
    case 'date-time': {
      const read = dateIn(text, file, origin)
      if (read === undefined || (kind === 'date-time' && read.time === undefined)) return notDate(kind, text, file)
      return { value: kind === 'date' ? read.date : `${read.date}T${read.time}` }
    }
  }
}

/** As it is once it was written to JSON and read again: without a minus before nothing. */
function numberOf(exact: string | undefined): number {
  return Number(exact) + 0
}

function numberIn(text: string, file: DataFile, origin: Origin): string | undefined {
  const canonical = origin !== 'file' && isDecimal(text) ? readDecimal(text, { decimal: '.' }) : undefined
  if (origin === 'canonical' && canonical !== undefined) return canonical
  return readDecimal(text, file) ?? canonical
}

function dateIn(text: string, file: DataFile, origin: Origin): { date: string; time?: string } | undefined {
  return readDate(text, file.date) ?? (origin === 'file' ? undefined : readDate(text))
}

interface Inside {
  readonly file: DataFile
  /** Where text in it comes from; numbers and truth values are canonical. */
  readonly origin: 'file' | 'clean'
  readonly steps: readonly (string | number)[]
  readonly unread: Unread[]
}

function coerceJson(value: Written, shape: Shape | undefined, inside: Inside): Value {
  const { file, origin, steps, unread } = inside
  if (Array.isArray(value))
    return value.map((inner, at) => coerceJson(inner, shape?.element(at), { ...inside, steps: [...steps, at] }))
  if (isGroup(value)) {
    const kept: Record<string, Value> = {}
    for (const [name, inner] of Object.entries(value)) {
      const below = shape?.child(name)
      if (inner === null) continue
      if (typeof inner === 'string' && (file.null.includes(inner) || isUnseen(inner, below, file))) continue
      define(kept, name, coerceJson(inner, below, { ...inside, steps: [...steps, name] }))
    }
    return kept
  }
  if (value instanceof WrittenNumber) {
    const read = shape && coerceText(value.text, shape.kind, file, 'canonical')
    // A number that does not fit is left to the check of the schema, which names its path.
    return read !== undefined && 'value' in read ? read.value : plainValue(value)
  }
  if (typeof value !== 'string' || shape === undefined) return value as Value
  const read = coerceText(value, shape.kind, file, origin)
  if ('value' in read) return read.value
  unread.push({ ...read, steps, text: value, private: shape.private })
  return value
}

function notNumber(expected: string, text: string, { decimal, thousands }: DataFile): Coerced {
  if (hasOtherDigits(text)) return { expected, hint: otherDigitsHint }
  const other = decimal === '.' ? ',' : '.'
  const settings = (['', ' ', "'", '.', ','] as const).flatMap(
    mark =>
      [
        { decimal, thousands: mark },
        { decimal: other, thousands: mark },
      ] as const,
  )
  const trimmed = text.trim()
  if (
    trimmed !== text &&
    readDecimal(trimmed, { decimal, ...(thousands === undefined ? {} : { thousands }) }) !== undefined
  )
    return { expected, hint: 'it has blanks around it, which clean.js can trim' }
  if (/^\(.+\)$/.test(trimmed) && settings.some(setting => readDecimal(trimmed.slice(1, -1), setting) !== undefined))
    return { expected, hint: 'parentheses may mean a minus: let clean.js write one, or take them away' }
  const fit = settings.find(
    setting => setting.thousands !== setting.decimal && readDecimal(text, setting) !== undefined,
  )
  if (fit === undefined) return { expected }
  const hints = [
    ...(fit.decimal === decimal ? [] : [`decimal: "${fit.decimal}"`]),
    ...(fit.thousands === '' ? [] : [`thousands: "${fit.thousands}"`]),
  ]
  return hints.length === 0 ? { expected } : { expected, hint: `set ${hints.join(' and ')} in the job` }
}

function notDate(kind: 'date' | 'date-time', text: string, { date }: DataFile): Coerced {
  const what = kind === 'date' ? 'a date' : 'a date with a time'
  if (isEarly(text, date))
    return {
      expected: `${what} of the year 1583 or later`,
      hint: 'write the year in four digits; if the value stands for none, list it under null: in the job',
    }
  return {
    expected: date === undefined ? what : `${what} of the form ${date}`,
    hint: hasOtherDigits(text)
      ? otherDigitsHint
      : `set date: in the job to how the file writes dates, for example ${kind === 'date' ? 'dd.MM.yyyy' : 'yyyy-MM-dd HH:mm'}, or mend the value`,
  }
}
