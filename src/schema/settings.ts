/** Settings files: YAML checked by a JSON Schema, with a place for everything that is said about them. The one home of yaml. */
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { type Fault, failed, type JsonSchema, type Place, type Result, type Source, settle } from '../model/index.ts'
import { compileCheck, type Problem } from './check.ts'

/** A checked settings file. */
export interface Settings<T> {
  /** Fractions are decimal text as written (`1.30`), so that no figure is a binary float; integers are numbers. */
  readonly value: T
  /** Where a setting stands, by path: `data.fields.lines[0].code`, or its steps where names have dots. The nearest that exists. */
  readonly at: (path: string | readonly (string | number)[]) => Place
}

/** Parses YAML 1.2 and checks it. Unknown names are faults that name the nearest known one. */
export function readSettings<T>(source: Source, schema: JsonSchema): Result<Settings<T>> {
  const lines = new LineCounter()
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  if (document.errors.length > 0) {
    return failed(
      ...document.errors.map(error => {
        const { line, col } = lines.linePos(error.pos[0])
        return {
          code: 'schema.yaml' as const,
          message: `this is not YAML: ${yamlWords(error.message)}`,
          place: { file: source.file, line, column: col },
          hint: 'indent with blanks, write `name: value`, and put texts with ": " or "#" in quotes',
        }
      }),
    )
  }
  const value = plain(document.contents as Node | null)
  const at = (path: string | readonly (string | number)[]): Place => place(document, lines, source.file, path)
  const compiled = compileCheck(schema, source.file)
  if (!compiled.ok) throw new Error(compiled.faults.map(fault => fault.message).join('\n'))
  const faults = compiled.value(value ?? {}).map(problem => settingFault(problem, at))
  return settle({ value: value as T, at }, faults)
}

const codes = { unknown: 'schema.unknown', missing: 'schema.missing', value: 'schema.value' } as const

function settingFault(problem: Problem, at: Settings<unknown>['at']): Fault {
  return {
    code: codes[problem.kind],
    message: problem.message,
    place: at(problem.steps),
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  }
}

function yamlWords(message: string): string {
  const text = message.replace(/\s+at line.*$/s, '').trim()
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** YAML nodes to plain data without prototype tricks; fractions keep their digits as text. */
function plain(node: Node | null, depth = 0): unknown {
  if (depth > 100) throw new RangeError('settings nested more than 100 deep')
  if (isMap(node)) {
    const group: Record<string, unknown> = Object.create(null)
    for (const { key, value } of node.items) {
      group[isScalar(key) ? String(key.source ?? key.value) : String(key)] = plain(value as Node | null, depth + 1)
    }
    return { ...group }
  }
  if (isSeq(node)) return node.items.map(inner => plain(inner as Node | null, depth + 1))
  if (!isScalar(node)) return null
  if (typeof node.value === 'number' && !Number.isSafeInteger(node.value)) return node.source ?? String(node.value)
  return node.value
}

function place(
  document: Document,
  lines: LineCounter,
  file: string,
  path: string | readonly (string | number)[],
): Place {
  const steps = typeof path === 'string' ? splitPath(path) : path
  let node = document.contents as Node | null
  let offset = node?.range?.[0] ?? 0
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.source ?? key.value) === String(step))
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
