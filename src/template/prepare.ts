/** prepare.js: derived values, made once for all channels, so that all of them show the same. */
import {
  type Data,
  done,
  type Fault,
  failed,
  type Result,
  type RunView,
  type Source,
  type Template,
  type Value,
} from '../model/index.ts'
import { date, decimal, loadScript, repeatableHint, threwAt, unrepeatable } from '../schema/index.ts'

/** Makes the data that templates see out of the data that was read. Its argument is left as it is. */
export type Prepare = (data: Data, run: RunView) => Result<Data>

/** Loads a template's prepare.js; without one, data stays as it is. Faults at loading: syntax, imports, no default function. */
export async function openPrepare(template: Pick<Template, 'prepare'>): Promise<Result<Prepare>> {
  const { prepare: source } = template
  if (source === undefined) return done(data => done(data))
  const loaded = await loadScript(source)
  if (!loaded.ok) return loaded
  return done((data, run) => {
    const rejections: Fault[] = []
    const reject = (message: unknown, path?: unknown): void => {
      rejections.push({
        code: 'prepare.rejected',
        message: plainText(message),
        place: { file: source.file, ...(path === undefined ? {} : { path: String(path) }) },
        hint: 'prepare.js of the template wants it so: mend the data, or the script',
      })
    }
    let made: unknown
    try {
      made = loaded.value(copy(data), { decimal, date, run: copy(run as unknown as Value), reject })
    } catch (error) {
      return failed(...rejections, threw(error, source))
    }
    if (rejections.length > 0) return failed(...rejections)
    if (typeof made === 'object' && made !== null && typeof (made as { then?: unknown }).then === 'function') {
      return failed(odd(source, '', 'a promise', 'prepare.js is not async: return the data itself'))
    }
    if (!isGroup(made)) return failed(odd(source, '', wordFor(made), 'return the data: `return { ...data, total }`'))
    try {
      return done(plain(made, '') as Data)
    } catch (error) {
      if (!(error instanceof Odd)) throw error
      return failed(odd(source, error.path, error.message, error.hint))
    }
  })
}

/** What a script says of its data, on one line and bounded. */
function plainText(message: unknown): string {
  return [...String(message).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}')].slice(0, 300).join('')
}

/** What the error says may quote data, private data too: only its kind and place are told. */
function threw(error: unknown, source: Source): Fault {
  const asked = unrepeatable(error)
  if (asked !== undefined)
    return {
      code: 'prepare.threw',
      message: `prepare.js stopped: ${asked}`,
      place: threwAt(error, source),
      hint: repeatableHint,
    }
  const kind = error instanceof Error ? error.name : typeof error
  return {
    code: 'prepare.threw',
    message: `prepare.js stopped with ${kind === 'Error' ? 'an error' : kind}`,
    place: threwAt(error, source),
    hint: 'use reject(message, path) for data that cannot be used',
  }
}

function odd(source: Source, path: string, what: string, hint: string): Fault {
  return {
    code: 'prepare.result',
    message: path === '' ? `prepare.js returned ${what}` : `prepare.js returned ${what} at ${path}`,
    place: { file: source.file, ...(path === '' ? {} : { path }) },
    hint,
  }
}

const allowed = 'data is text, whole numbers, true, false, null, lists and groups of them'

class Odd extends Error {
  readonly path: string
  readonly hint: string
  constructor(path: string, what: string, hint = allowed) {
    super(what)
    this.path = path
    this.hint = hint
  }
}

function copy(value: Value): Value {
  if (Array.isArray(value)) return value.map(copy)
  if (!isGroup(value)) return value
  const group: Record<string, Value> = {}
  for (const name of Object.keys(value)) put(group, name, copy(value[name] as Value))
  return group
}

function isGroup(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Copies what a script returned, refusing what JSON cannot hold. Decimals become text; fields that are undefined are absent. */
function plain(value: unknown, path: string, depth = 0): Value {
  if (depth > 100) throw new Odd(path, 'data nested more than 100 deep')
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    // As JSON has it: -0 is 0.
    if (Number.isSafeInteger(value)) return value + 0
    if (Number.isInteger(value)) throw new Odd(path, 'a number beyond 2^53')
    if (!Number.isFinite(value)) throw new Odd(path, 'what is no number')
    throw new Odd(path, 'a binary fraction', 'calculate with decimal(…), and end with .toString()')
  }
  if (Array.isArray(value)) return Array.from(value, (inner, at) => plain(inner, `${path}[${at}]`, depth + 1))
  if (typeof value !== 'object') throw new Odd(path, wordFor(value))
  if (isDecimalValue(value)) return value.toString()
  const prototype = Object.getPrototypeOf(value)
  if (value instanceof Date)
    throw new Odd(path, 'a Date', 'dates are text: 2026-03-23; calculate with the date handed in')
  if (prototype !== null && prototype !== Object.prototype) throw new Odd(path, wordFor(value))
  const group: Record<string, Value> = {}
  for (const [name, inner] of Object.entries(value)) {
    if (inner !== undefined) put(group, name, plain(inner, path === '' ? name : `${path}.${name}`, depth + 1))
  }
  return group
}

/** Defines rather than assigns: `__proto__` is a name like any other. */
function put(group: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__')
    Object.defineProperty(group, name, { value, enumerable: true, writable: true, configurable: true })
  else group[name] = value
}

function isDecimalValue(value: object): boolean {
  return value.constructor === decimal(0).constructor
}

function wordFor(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? `a ${value.constructor?.name ?? 'object'}` : `a ${typeof value}`
}
