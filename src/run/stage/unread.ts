/** Data that is not what its readers should see: written for HTML (`O&#39;Neil &amp; Co`), or with marks that another system was to fill in (`%%name%%`). */
import type { Data, Fault, JsonSchema, Value } from '../../model/index.ts'
import { readSchema, type SchemaNode } from '../../schema/index.ts'
import { foreignMarks, marksOfHtml } from '../../template/index.ts'
import { firstLines, type Lines } from './firstlines.ts'

/** Paths and marks that a warning names, at most. */
const most = 3

interface Kind {
  readonly code: Fault['code']
  /** What no text of this kind is without, as JSON has it. Every communication is asked. */
  readonly sign: RegExp
  readonly marksIn: (text: string) => readonly string[]
  readonly what: string
  readonly hint: string
}

const kinds: readonly Kind[] = [
  {
    code: 'run.html',
    sign: /[&<]/,
    // What stands in a tag may be private.
    marksIn: text => marksOfHtml(text).map(mark => mark.replace(/\s.*>$/s, '>')),
    what: 'text that looks as if it had been written for HTML',
    hint: 'it is read as it stands: have it exported as plain text, or let clean.js write the letters themselves',
  },
  {
    code: 'run.unmerged',
    sign: /\*\||%%|##|@@|\[\[|\{[{%]|\$\{|<</,
    marksIn: text => [
      ...foreignMarks(text).flatMap(({ found, certain }) => (certain ? [found] : [])),
      ...(text.match(ownMarks) ?? []),
    ],
    what: 'text that another system was to fill in',
    hint: 'it is read as it stands: have the data exported once it is filled in',
  },
]

/** `{{name}}`, as in our own templates, and `${name}`, which in a template or wording may be a price. */
const ownMarks = /\{\{[^{}\n]{1,60}\}\}|\$\{[\p{L}_][\p{L}\d_. -]{0,60}\}/gu

export class Unread {
  readonly #root: SchemaNode
  readonly #found = kinds.map(kind => ({
    kind,
    seqs: [] as number[],
    paths: new Set<string>(),
    marks: new Set<string>(),
  }))

  constructor(schema: JsonSchema) {
    this.#root = readSchema(schema)
  }

  /** Looks at a communication; `text`: its data as JSON, in which nearly none has such a sign. */
  add(seq: number, data: Data, text: string): void {
    for (const { kind, seqs, paths, marks } of this.#found) {
      if (!kind.sign.test(text)) continue
      const before = seqs.length
      for (const [path, value] of textsOf(data, this.#root, '')) {
        const found = kind.marksIn(value)
        if (found.length === 0) continue
        paths.add(path)
        for (const one of found) if (marks.size <= most) marks.add(one)
        if (seqs.length === before) seqs.push(seq)
      }
    }
  }

  warnings(file: string, lines: Lines): readonly Fault[] {
    return this.#found.flatMap(({ kind: { code, what, hint }, seqs, paths, marks }) => {
      if (seqs.length === 0) return []
      const where = firstLines(seqs, lines)
      const has = `${seqs.length.toLocaleString('en-US')} communication${seqs.length === 1 ? ' has' : 's have'}`
      const message = `${has} ${what}: ${few(marks)} in ${few(paths)}${where === '' ? '' : ` (${where})`}`
      return [{ code, message, place: { file }, hint }]
    })
  }
}

function few(all: ReadonlySet<string>): string {
  return [...[...all].slice(0, most), ...(all.size > most ? ['…'] : [])].join(', ')
}

/** Names that are data themselves, and perhaps a customer's, are `*`. */
function* textsOf(
  value: Value | undefined,
  node: SchemaNode | undefined,
  path: string,
): Iterable<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) for (const one of value) yield* textsOf(one as Value, node?.element(), path)
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) {
      const step = node?.names.includes(name) ? name : '*'
      yield* textsOf(one as Value, node?.child(name), path === '' ? step : `${path}.${step}`)
    }
}
