/** Readers of options: text of a command line or values of a program to what can be used. */
import { fileURLToPath } from 'node:url'
import { periodExample, readAllowance, readPeriod } from '../job/index.ts'
import { type Allowance, type Period, quote } from '../model/index.ts'
import { isDate } from '../schema/index.ts'
import { isRunName } from './place.ts'
import type { Known, PieceRequest, Replacement, RowSource, RunRequest } from './request.ts'

/** A value that can be used, or what it is not, and how to write it. */
export type Read<T> = { readonly value: T } | { readonly not: string; readonly hint: string }
/** How each option is read. */
export type Readers<T> = { readonly [Name in keyof T]-?: (value: unknown) => Read<NonNullable<T[Name]>> }

/** A value of the wrong kind, as a fault may show it. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return quote(String(value))
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? `an object ${value.constructor?.name ?? ''}`.trimEnd() : `a ${typeof value}`
}

const day = (value: unknown): Read<string> =>
  typeof value === 'string' && isDate(value) ? { value } : { not: 'a day', hint: 'write a real day as 2026-03-23' }

const period = (value: unknown): Read<Period> => {
  const read = typeof value === 'string' ? readPeriod(value) : undefined
  const hint = `write a month as ${periodExample('month')}, a quarter as ${periodExample('quarter')}, a year as ${periodExample('year')}`
  return read === undefined ? { not: 'a period', hint } : { value: read }
}

const path = (value: unknown): Read<string> => {
  if (typeof value === 'string' && value !== '') return { value }
  if (value instanceof URL && value.protocol === 'file:') return { value: fileURLToPath(value) }
  return { not: 'a path', hint: 'hand over a path, or a file: URL' }
}

const texts = (value: unknown): Read<readonly string[]> =>
  Array.isArray(value) && value.length > 0 && value.every(text => typeof text === 'string' && text !== '')
    ? { value: [...value] }
    : { not: 'a list of texts', hint: 'hand over one or more texts in a list' }

/** By name; a list of `NAME=VALUE` is the command line's way to write it. */
const settings = (value: unknown): Read<Readonly<Record<string, string>>> => {
  const wrong = {
    not: 'a list of settings, each a text',
    hint: 'write each as NAME=VALUE; a program hands over { NAME: text }',
  }
  if (isPlain(value)) {
    return Object.values(value).every(text => typeof text === 'string')
      ? { value: { ...value } as Record<string, string> }
      : wrong
  }
  if (!Array.isArray(value)) return wrong
  const pairs = value.map(text => (typeof text === 'string' ? /^([^=]+)=(.*)$/s.exec(text) : null))
  if (pairs.some(pair => pair === null)) return wrong
  return { value: Object.fromEntries(pairs.map(pair => [pair?.[1] ?? '', pair?.[2] ?? ''])) }
}

const whole =
  (most: number) =>
  (value: unknown): Read<number> => {
    const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
    const fits = typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= most
    return fits ? { value: number } : { not: `a whole number from 1 to ${most}`, hint: 'write it in digits, such as 8' }
  }

const allowance = (value: unknown): Read<Allowance> => {
  const wrong = { not: 'a count or a share', hint: 'write a count such as 12, or a share such as 10%' }
  if (typeof value === 'string' || typeof value === 'number') {
    const read = readAllowance(String(value))
    return read === undefined ? wrong : { value: read }
  }
  if (!isPlain(value) || Object.keys(value).length !== 1) return wrong
  const { count, share } = value
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return { value: { count } }
  return typeof share === 'number' && share >= 0 && share <= 1 ? { value: { share } } : wrong
}

/** Bits with which the owner can read and write, and nobody executes what is no program. */
const mode = (value: unknown): Read<number> => {
  const bits = typeof value === 'string' && /^0?[0-7]{3}$/.test(value) ? Number.parseInt(value, 8) : value
  const fits = typeof bits === 'number' && Number.isInteger(bits) && bits >= 0 && bits <= 0o777
  return fits && (bits & 0o600) === 0o600
    ? { value: bits }
    : {
        not: 'a mode with which the owner can read and write',
        hint: "write permission bits as 0640; a program as 0o640 or '0640'",
      }
}

const reason = (value: unknown): Read<string> =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 500 && !/[\u0000-\u001f]/.test(value)
    ? { value: value.trim() }
    : { not: 'a reason', hint: 'write it in words, on one line of at most 500 characters' }

const flag = (value: unknown): Read<boolean> =>
  typeof value === 'boolean' ? { value } : { not: 'true or false', hint: 'hand over true, or leave it out' }

const signal = (value: unknown): Read<AbortSignal> =>
  value instanceof AbortSignal ? { value } : { not: 'a signal', hint: 'hand over the signal of an AbortController' }

const data = (value: unknown): Read<readonly Replacement[]> => {
  const hint =
    'hand over a path, a file: URL, objects (one for each row), or any of those by the names of the files of the job'
  const wrong = { not: 'a source of rows', hint }
  if (Array.isArray(value) && value.length > 0 && value.every(words => typeof words === 'string' && words !== ''))
    return { value: value.map(words => ({ words })) }
  const single = source(value)
  if (single !== undefined) return { value: [{ source: single }] }
  if (!isPlain(value) || Object.keys(value).length === 0) return wrong
  const named = Object.entries(value).map(([name, inner]) => ({ name, source: source(inner) }))
  return named.every((one): one is { name: string; source: RowSource } => one.name !== '' && one.source !== undefined)
    ? { value: named }
    : { ...wrong, not: 'a source of rows for each name' }
}

/** Bytes are iterable too, but they are no rows. */
function source(value: unknown): RowSource | undefined {
  const named = path(value)
  if ('value' in named) return named.value
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined
  return Symbol.asyncIterator in value || Symbol.iterator in value ? (value as Iterable<object>) : undefined
}

const runName = (value: unknown): Read<string> =>
  typeof value === 'string' && isRunName(value)
    ? { value }
    : {
        not: 'the name of a run',
        hint: 'use letters, digits, dot, dash and underscore, at most 100; issued.db is the name of a file of the out folder',
      }

/** By option: what a run can be asked for. */
export const ofRun: Readers<Omit<RunRequest, Exclude<keyof Known, 'out'>>> = {
  data,
  expect: path,
  set: settings,
  period,
  date: day,
  run: runName,
  out: path,
  channels: texts,
  workers: whole(64),
  lotSize: whole(999_999),
  rejects: allowance,
  confirm: reason,
  mode,
  retry: flag,
  signal,
}

/** By option: what one piece can be asked for. */
export const ofRender: Readers<PieceRequest> = {
  id: value =>
    typeof value === 'string' && value !== '' ? { value } : { not: 'a text', hint: 'hand over an id as text' },
  date: day,
  period,
  set: settings,
}

/** An object that lists values by name: no instance of a class, no list. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // The plain objects of another realm are plain, too.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
