/** Data that was written for HTML: `O&#39;Neil &amp; Co` would be read like that, sign by sign. */
import { characterReference, type Data, type Fault, type JsonSchema, type Value } from '../../model/index.ts'
import { readSchema, type SchemaNode } from '../../schema/index.ts'
import { firstLines, type Lines } from './firstlines.ts'

/** Paths and references that a warning names, at most. */
const most = 3

export class ForHtml {
  readonly #root: SchemaNode
  readonly #seqs: number[] = []
  readonly #paths = new Set<string>()
  readonly #references = new Set<string>()

  constructor(schema: JsonSchema) {
    this.#root = readSchema(schema)
  }

  /** Looks at a communication; `text`: its data as JSON, in which nearly none has an ampersand. */
  add(seq: number, data: Data, text: string): void {
    if (!text.includes('&') || text.search(characterReference) < 0) return
    const before = this.#seqs.length
    for (const [path, value] of textsOf(data, this.#root, '')) {
      const found = value.match(characterReference)
      if (found === null) continue
      this.#paths.add(path)
      for (const one of found) this.#references.add(one)
      if (this.#seqs.length === before) this.#seqs.push(seq)
    }
  }

  warnings(file: string, lines: Lines): readonly Fault[] {
    const count = this.#seqs.length
    if (count === 0) return []
    const where = firstLines(this.#seqs, lines)
    const has = `${count.toLocaleString('en-US')} communication${count === 1 ? ' has' : 's have'}`
    return [
      {
        code: 'run.html',
        message: `${has} text that looks as if it had been written for HTML: ${few(this.#references)} in ${few(this.#paths)}${where === '' ? '' : ` (${where})`}`,
        place: { file },
        hint: 'it is read as it stands: have it exported as plain text, or let clean.js write the letters themselves',
      },
    ]
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
