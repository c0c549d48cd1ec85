/** The one reader of JSON Schema: what a schema says of each place of a value, in the words that all who ask share. */
import type { JsonSchema } from '../model/index.ts'
import { isObject } from './json.ts'
import type { JsonType } from './keywords.ts'
import { type Layer, layerOf } from './layer.ts'
import { referenced } from './steps.ts'
import { aliasOf, openTerm, type Term, termOf } from './terms.ts'

/** Which the main type is; `any`: the schema does not say, `none`: nothing can stand there. */
export type SchemaKind = 'group' | 'list' | 'text' | 'number' | 'integer' | 'boolean' | 'null' | 'any' | 'none'

/** Whether prepare.js works a value out: always, or where the data brings none. */
export type Derived = boolean | 'unless given'

/** One place of a value. References, combinations and alternatives are drawn together; what lies below is looked at only when asked. */
export interface SchemaNode {
  readonly kind: SchemaKind
  /** All types but null. Empty: any. */
  readonly types: ReadonlySet<Exclude<JsonType, 'null'>>
  /** May be null, which means absent. */
  readonly nullable: boolean
  /** Has to be there; elements and the root have. */
  readonly required: boolean
  /** Of text. */
  readonly format: string | undefined
  /** All there can be but null (`enum`, `const`); undefined: not listed. */
  readonly values: readonly unknown[] | undefined
  /** Marked `private`, here or above. In doubt it is: a value that is not quoted does no harm. */
  readonly private: boolean
  /** Marked `derived`, here or above. */
  readonly derived: Derived
  /** Whether names that are not listed are known too, as anything. */
  readonly open: boolean
  /** Names listed, in the order of the schema. */
  readonly names: readonly string[]
  /** What stands under a name; undefined: the schema does not know it. */
  readonly child: (name: string) => SchemaNode | undefined
  /** What stands under names that are not listed, where names are data; undefined: the schema does not say. */
  readonly rest: () => SchemaNode | undefined
  /** A list's element, at a position from 0, or at any; undefined: the schema does not say. */
  readonly element: (at?: number) => SchemaNode | undefined
  /** Positions that have a schema of their own, and how many elements there are at least. */
  readonly positions: { readonly own: number; readonly least: number }
  /** What it can be, one by one, where that is written as a choice; empty: as one. */
  readonly alternatives: () => readonly SchemaNode[]
  /** What the schema refers to by `$ref` without saying more. */
  readonly reference: { readonly pointer: string; readonly node: SchemaNode } | undefined
  /** `title` and `description`, as written at this place. */
  readonly words: readonly string[]
}

/** Reads a schema from its root. The same schema gives the same nodes, and a schema that refers to itself a finite number of them. */
export function readSchema(schema: unknown): SchemaNode {
  const root: JsonSchema = isObject(schema) ? schema : schema === false ? { not: {} } : {}
  let node = isObject(schema) ? roots.get(schema) : undefined
  if (node === undefined) {
    node = readerOf(root)(termOf(schema), { private: false, derived: false, required: true })
    if (isObject(schema)) roots.set(schema, node)
  }
  return node
}

const roots = new WeakMap<JsonSchema, SchemaNode>()

interface Inherited {
  readonly private: boolean
  readonly derived: Derived
  readonly required: boolean
}

type Read = (term: Term, inherited: Inherited) => SchemaNode

/** Longest formula that is worth following, in characters; schemas written by people stay below a hundredth. */
const longest = 20_000

function readerOf(root: JsonSchema): Read {
  const known = new Map<string, SchemaNode>()
  const read: Read = (term, inherited) => {
    const key = `${term.key} ${inherited.private} ${inherited.derived} ${inherited.required}`
    const found = known.get(key)
    if (found !== undefined) return found
    const tangled = term.key.length > longest
    const node = nodeOf(tangled ? openTerm : term, root, tangled ? { ...inherited, private: true } : inherited, read)
    known.set(key, node)
    return node
  }
  return read
}

function nodeOf(term: Term, root: JsonSchema, inherited: Inherited, read: Read): SchemaNode {
  const layer = layerOf(term, root)
  const all = layer.types ?? layer.implied
  const types = new Set([...all].filter(type => type !== 'null'))
  const derived = inherited.derived === true ? true : derivedBy(layer)
  const below = { private: inherited.private || layer.private, derived: derived === true }
  const lower = (inner: Term | undefined, required = true): SchemaNode | undefined =>
    inner === undefined ? undefined : read(inner, { ...below, required })
  const children = new Map<string, SchemaNode | undefined>()
  const elements = new Map<number | undefined, SchemaNode | undefined>()
  const others = new Map<'rest', SchemaNode | undefined>()
  const reference = referenceOf(term)
  return {
    kind: layer.never ? 'none' : kindOf(types, layer),
    types,
    nullable: all.has('null'),
    required: inherited.required,
    format: layer.format,
    values: layer.values?.filter(value => value !== null),
    private: below.private,
    derived,
    open: layer.lost || (layer.others ?? !layer.listed),
    names: layer.names,
    child: name => once(children, name, () => lower(layer.child(name), layer.required.has(name))),
    rest: () => once(others, 'rest', () => lower(layer.rest(), false)),
    element: at => once(elements, at, () => lower(layer.element(at))),
    positions: {
      own: Math.max(0, ...layer.own.map(({ prefixItems }) => (Array.isArray(prefixItems) ? prefixItems.length : 0))),
      least: Math.max(0, ...layer.own.map(({ minItems }) => (typeof minItems === 'number' ? minItems : 0))),
    },
    alternatives: () => layer.alternatives().map(inner => read(inner, { ...below, required: inherited.required })),
    get reference() {
      if (reference === undefined) return undefined
      const target = referenced(root, reference)
      if (target === undefined) return undefined
      return { pointer: reference, node: read(termOf(target), { private: false, derived: false, required: true }) }
    },
    words: [layer.own[0]?.['title'], layer.own[0]?.['description']].filter(part => typeof part === 'string'),
  }
}

/** What was made before under a key, or is made now. Asked for every value of a batch. */
function once<K>(
  known: Map<K, SchemaNode | undefined>,
  key: K,
  make: () => SchemaNode | undefined,
): SchemaNode | undefined {
  const before = known.get(key)
  if (before !== undefined || known.has(key)) return before
  const made = make()
  known.set(key, made)
  return made
}

function kindOf(types: ReadonlySet<JsonType>, layer: Layer): SchemaKind {
  if (types.has('object')) return 'group'
  if (types.has('array')) return 'list'
  if (types.has('string')) return 'text'
  if (types.has('number')) return 'number'
  if (types.has('integer')) return 'integer'
  if (types.has('boolean')) return 'boolean'
  if (layer.types?.has('null')) return 'null'
  return layer.types === undefined ? 'any' : 'none'
}

function derivedBy({ own }: Layer): Derived {
  const marks = own.map(schema => schema['derived'])
  return marks.includes(true) || (marks.includes('unless given') ? 'unless given' : false)
}

/** The `$ref` at the end of a chain of schemas that say nothing but to look there. */
function referenceOf(term: Term): string | undefined {
  let schema: unknown = term.kind === 'schema' && !term.bare ? term.schema : undefined
  for (let steps = 0; steps < 8 && isObject(schema); steps += 1) {
    const alias = aliasOf(schema)
    if (typeof alias === 'string') return alias
    schema = alias
  }
  return undefined
}
