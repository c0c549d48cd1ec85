/** Settings files: YAML checked by a JSON Schema, with a place for everything that is said about them. The one home of yaml. */
import type { Document, LineCounter, Node } from 'yaml'
import { type Fault, failed, type JsonSchema, type Place, type Result, type Source, settle } from '../model/index.ts'
import { type Check, compileCheck, type Problem } from './check.ts'
import { later } from './later.ts'
import { dotted } from './steps.ts'

const yaml = later<typeof import('yaml')>('yaml')

/** A checked settings file. */
export interface Settings<T> {
  /** Integers are numbers; other figures are text as written (`1.30`, `0042`), so that none is a binary float. */
  readonly value: T
  /** Where a setting stands, by path: `data.fields.lines[0].code`, or its steps where names have dots. The nearest that exists. */
  readonly at: (path: string | readonly (string | number)[]) => Place
}

/** Parses YAML 1.2 and checks it. Unknown names are faults that name the nearest known one. */
export function readSettings<T>(source: Source, schema: JsonSchema): Result<Settings<T>> {
  const lines = new (yaml().LineCounter)()
  const document = yaml().parseDocument(source.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const code = 'schema.yaml' as const
  if (document.errors.length > 0) {
    // What the parser says of the rest, once it has lost its way, is about no mistake of the user's.
    const lost = document.errors.findIndex(error => error.code !== 'DUPLICATE_KEY')
    return failed(
      ...document.errors.slice(0, lost < 0 ? undefined : lost + 1).map(error => {
        const { line, col } = lines.linePos(error.pos[0])
        const place = { file: source.file, line, column: col }
        if (error.code === 'DUPLICATE_KEY') {
          const name = /^[^\s:]+/.exec(source.text.slice(error.pos[0]))?.[0] ?? ''
          return { code, message: `${name} stands twice`, place, hint: 'remove one of the two' }
        }
        return { code, message: `this is not YAML: ${yamlWords(error.message)}`, place, hint: yamlHint }
      }),
    )
  }
  const { value, exceeded } = plainValue(document)
  if (exceeded) {
    return failed({
      code,
      message: `this is nested more than ${deepest} deep, or has more than ${most} entries`,
      place: { file: source.file },
      hint: 'write the settings out, without anchors inside anchors',
    })
  }
  const at = (path: string | readonly (string | number)[]): Place => place(document, lines, source.file, path)
  const faults = ownCheck(schema)(value ?? {}).map(problem => settingFault(problem, at))
  return settle({ value: value as T, at }, faults)
}

/** Schemas of settings are few, and made anew for each table of channels: each is compiled once. */
const checks = new Map<string, Check>()

/** The check of a schema of ours. Throws for one that is not well-formed. */
export function ownCheck(schema: JsonSchema): Check {
  const key = JSON.stringify(schema)
  const known = checks.get(key)
  if (known !== undefined) return known
  const compiled = compileCheck(schema, 'settings')
  if (!compiled.ok) throw new Error(compiled.faults.map(fault => fault.message).join('\n'))
  checks.set(key, compiled.value)
  return compiled.value
}

const codes = { unknown: 'schema.unknown', missing: 'schema.missing', value: 'schema.value' } as const

function settingFault(problem: Problem, at: Settings<unknown>['at']): Fault {
  return {
    code: codes[problem.kind],
    message: problem.message,
    place: at(problem.steps),
    hint: problem.hint ?? hintOf(problem),
  }
}

function hintOf({ kind, steps, expected }: Problem): string {
  if (kind !== 'missing') return expected === undefined ? 'write another value' : `write ${expected}`
  const [name, ...above] = steps.toReversed()
  return `add ${name}: ${above.length === 0 ? 'to the file' : `below ${dotted(above.toReversed())}:`}`
}

const yamlHint = 'indent with blanks, write `name: value`, and put texts with ": " or "#" in quotes'

function yamlWords(message: string): string {
  const text = message
    .replace(/\s+at line.*$/s, '')
    .replace(/^Missing closing (["'])quote/, 'a $1 is opened and never closed')
    .trim()
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** Bounds for aliases, by which a short text can mean an endless one. */
const deepest = 100
const most = 100_000

/** YAML nodes to plain data without prototype tricks; numbers that would read differently keep their digits as text. */
function plainValue(document: Document): { readonly value: unknown; readonly exceeded: boolean } {
  const { isAlias, isMap, isScalar, isSeq } = yaml()
  let entries = 0
  let exceeded = false
  const plain = (written: unknown, depth: number): unknown => {
    entries += 1
    if (depth > deepest || entries > most) exceeded = true
    if (exceeded) return null
    const node = isAlias(written) ? written.resolve(document) : written
    if (isMap(node)) {
      return Object.fromEntries(node.items.map(({ key, value }) => [keyText(key), plain(value, depth + 1)]))
    }
    if (isSeq(node)) return node.items.map(inner => plain(inner, depth + 1))
    if (!isScalar(node)) return null
    return typeof node.value === 'number' ? numberAsWritten(node.value, node.source) : node.value
  }
  const value = plain(document.contents, 0)
  return { value, exceeded }
}

/** Integers that read as they are written are numbers. `1.30`, `0042` and `1e3` are not, and stay text. */
function numberAsWritten(value: number, source = String(value)): number | string {
  return Number.isSafeInteger(value) && String(value) === source ? value : source
}

function keyText(key: unknown): string {
  return yaml().isScalar(key) ? String(key.source ?? key.value) : String(key)
}

function place(
  document: Document,
  lines: LineCounter,
  file: string,
  path: string | readonly (string | number)[],
): Place {
  const { isAlias, isMap, isSeq } = yaml()
  const steps = typeof path === 'string' ? splitPath(path) : path
  let node = document.contents as Node | null
  let offset = node?.range?.[0] ?? 0
  for (const step of steps) {
    if (isAlias(node)) node = node.resolve(document) ?? null
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => keyText(key) === String(step))
      if (pair === undefined) break
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value as Node | null
    } else if (isSeq(node)) {
      const inner = node.items[Number(step)] as Node | undefined
      if (inner === undefined) break
      offset = inner.range?.[0] ?? offset
      node = inner
    } else break
  }
  const { line, col } = lines.linePos(offset)
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
}

function splitPath(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([name, position]) =>
    position === undefined ? name : Number(position),
  )
}
