/** Which wording a text says: the keys of `t` that a reader can get to see, those of its partials included. */
import { type Brand, type Escape, partialFor, type Source, type TextPart } from '../model/index.ts'
import { partsOf } from './message.ts'
import { parseTemplate } from './parse.ts'
import { type Call, type Expression, literal, type Path, type Program, partialName, walk } from './tree.ts'
import { blocksOf, visiblePart } from './visible.ts'

export interface SaidRequest {
  readonly brand: Pick<Brand, 'partials'>
  readonly channel: string
  readonly escape: Escape
  /** What is seen of a file, by its name, for each way that a piece may be looked at, where the channel knows better than its markup. */
  readonly seen?: readonly Readonly<Record<string, string>>[] | undefined
  /** Wording by its keys, in each language: of the template and of the brand. Absent: none is known, and what is handed to one is not said. */
  readonly texts?: readonly Readonly<Record<string, string>>[]
  /** What a piece of text says besides, by names that are no keys. Absent: nothing. */
  readonly says?: Says | undefined
}

/** A text of the template itself, a key of the wording, or a path: what is said of it on every way, or on any. */
export type Says = (piece: Piece, ways: Ways) => readonly string[]

export interface Piece {
  readonly kind: 'text' | 'key' | 'path'
  readonly words: string
}

/**
 * Whether a key is said to every reader whatever the data is, or only in some branches that data decides about, or only where not every
 * reader sees it: in a hidden part, in an attribute, on pages that not every document has, in an argument.
 */
export type Saying = 'always' | 'sometimes' | 'hidden'

/**
 * Keys in calls of `t` with a literal key. What is commented out, in Handlebars or in markup, is not said; what stands behind a
 * condition that never holds (`{{#if false}}`) is hidden; what data decides about is said sometimes, unless every branch says it. An
 * argument is said where a partial shows it, or the wording in every language. Undefined where the text or a partial cannot be parsed.
 */
export function saidKeys(
  source: Source,
  { brand, channel, escape: escaping, seen: looks = [{}], texts = [], says = nothing }: SaidRequest,
): ReadonlyMap<string, Saying> | undefined {
  const keys = new Set<string>()
  const read = new Map<Source, readonly Program[]>()
  const partialOf = (node: hbs.AST.Statement): Source | undefined =>
    node.type === 'PartialStatement'
      ? partialFor(brand, partialName(node as hbs.AST.PartialStatement), channel)
      : undefined
  const sources = [source]
  for (const one of sources) {
    if (read.has(one)) continue
    const text = escaping === 'none' ? one.text : one.text.replace(/<!--.*?-->/gs, blocksOf)
    const { program } = parseTemplate({ ...one, text }, { escape: escaping })
    if (program === undefined) return undefined
    const programs = looks.map(known => {
      const seen = known[one.file] ?? (escaping === 'none' ? text : visiblePart(text))
      return parseTemplate({ ...one, text: seen }, { escape: escaping }).program ?? { ...program, body: [] }
    })
    read.set(one, programs)
    walk(program, {
      statement(node) {
        const partial = partialOf(node)
        if (partial !== undefined) sources.push(partial)
      },
      call: call => add(keys, keyOf(call)),
    })
  }
  const shownOn = (ways: Ways, look: number): ReadonlySet<string> => {
    const open = new Set<Source>()
    const partialKeys = (node: hbs.AST.Statement): ReadonlySet<string> => {
      const partial = partialOf(node)
      // A partial that includes itself does so under a condition, or never ends.
      if (partial === undefined || open.has(partial)) return new Set()
      open.add(partial)
      const found = shown(read.get(partial)?.[look], { ways, says, texts, partialKeys })
      open.delete(partial)
      return found
    }
    return shown(read.get(source)?.[look], { ways, says, texts, partialKeys })
  }
  const every = looks.map((_seen, look) => shownOn('every', look))
  const any = looks.map((_seen, look) => shownOn('any', look))
  for (const one of any.flatMap(keysShown => [...keysShown])) if (!one.startsWith('{')) keys.add(one)
  // What is shown in some looks alone, as on a desk, is hidden from who has another.
  const inAll = (sets: readonly ReadonlySet<string>[], key: string): boolean => sets.every(set => set.has(key))
  return new Map([...keys].map(key => [key, inAll(every, key) ? 'always' : inAll(any, key) ? 'sometimes' : 'hidden']))
}

const nothing: Says = () => []

function keyOf({ path, params }: Call): string | undefined {
  if ((path as Path).original !== 't') return undefined
  const parts = params.map(literal)
  return parts.includes(undefined) ? undefined : parts.join('.')
}

function add(keys: Set<string>, key: string | undefined): void {
  if (key !== undefined) keys.add(key)
}

/** Every way through a tree that data may choose, or any of them. */
export type Ways = 'every' | 'any'

interface Through {
  readonly ways: Ways
  readonly says: Says
  readonly texts: readonly Readonly<Record<string, string>>[]
  readonly partialKeys: (node: hbs.AST.Statement) => ReadonlySet<string>
}

type Sides = readonly [Set<string>, Set<string>]

/**
 * What a tree shows on its ways: keys, and values by their names in braces. Two blocks of one condition, such as `if` and `unless`, are
 * two sides of one.
 */
function shown(program: Program | undefined, through: Through): ReadonlySet<string> {
  const keys = new Set<string>()
  const conditions = new Map<string, Sides>()
  const addPiece = (piece: string): void => {
    keys.add(piece)
    const path = /^\{(.*)\}$/.exec(piece)?.[1]
    const said: Piece = path === undefined ? { kind: 'key', words: piece } : { kind: 'path', words: path }
    for (const one of through.says(said, through.ways)) keys.add(one)
  }
  for (const [at, node] of (program?.body ?? []).entries()) {
    if (node.type === 'ContentStatement')
      for (const one of through.says({ kind: 'text', words: (node as hbs.AST.ContentStatement).value }, through.ways))
        keys.add(one)
    if (node.type === 'MustacheStatement') printed(node as hbs.AST.MustacheStatement, through).forEach(addPiece)
    if (node.type === 'PartialStatement')
      for (const key of through.partialKeys(node)) {
        const handed = handedIn(key, node as hbs.AST.PartialStatement, through)
        if (handed === undefined) keys.add(key)
        else handed.forEach(addPiece)
      }
    if (node.type !== 'BlockStatement') continue
    const block = node as hbs.AST.BlockStatement
    const [holds, name] = [fixed(block), (block.path as Path).original]
    const branches = [block.program, block.inverse].map(branch => shown(branch, through))
    if (holds !== undefined) {
      for (const key of branches[holds ? 0 : 1] ?? []) keys.add(key)
      continue
    }
    if (name === 'unless') branches.reverse()
    const asked = name === 'if' || name === 'unless' ? wordsOf(block) : `block ${at}`
    const sides = conditions.get(asked) ?? [new Set<string>(), new Set<string>()]
    conditions.set(asked, sides)
    for (const [side, found] of branches.entries()) for (const key of found) sides[side]?.add(key)
  }
  for (const [one, other] of conditions.values())
    for (const key of through.ways === 'any' ? one.union(other) : one.intersection(other)) keys.add(key)
  return keys
}

/** What a call prints: a value by its name in braces, or a key with those of its arguments that the wording shows, which may leave them out. */
function printed({ path, params, hash }: Call, through: Through): readonly string[] {
  const pairs = hash?.pairs ?? []
  if (params.length === 0 && pairs.length === 0) return [`{${(path as Path).original}}`]
  const key = keyOf({ path, params } as Call)
  if (key === undefined) return []
  const spoken = through.texts.flatMap(texts => (Object.hasOwn(texts, key) ? [partsOf(texts[key] ?? '')] : []))
  const shows = (name: string): boolean =>
    through.ways === 'any'
      ? spoken.some(parts => isShown(name, parts, 'any'))
      : spoken.length > 0 && spoken.every(parts => isShown(name, parts, 'every'))
  return [key, ...pairs.flatMap(pair => (shows(pair.key) ? given(pair.value, through) : []))]
}

/** Whether a text of the wording shows an argument, in every one of its choices or in any. */
function isShown(name: string, parts: readonly TextPart[], ways: Ways): boolean {
  return parts.some(part => {
    if (typeof part === 'string') return false
    if (!('options' in part)) return part.name === name
    const shows = (option: readonly TextPart[]): boolean => isShown(name, option, ways)
    return ways === 'every' ? part.options.every(shows) : part.options.some(shows)
  })
}

/** What a partial shows, as the one that includes it says: an argument's name becomes what was handed in under it; undefined where nothing was. */
function handedIn(key: string, { hash }: hbs.AST.PartialStatement, through: Through): readonly string[] | undefined {
  const handed = hash?.pairs.find(pair => `{${pair.key}}` === key)?.value
  return handed === undefined ? undefined : given(handed, through)
}

/** What an argument says where it is shown. */
function given(value: Expression, through: Through): readonly string[] {
  if (value.type === 'PathExpression') return [`{${(value as Path).original}}`]
  return value.type === 'SubExpression' ? printed(value as hbs.AST.SubExpression, through) : []
}

/** A condition as it is written, wherever it stands. */
function wordsOf({ params, hash }: hbs.AST.BlockStatement): string {
  return JSON.stringify([params, hash], (name, value: unknown) => (name === 'loc' ? undefined : value))
}

/** What a condition comes to that no data decides about. */
function fixed({ path, params }: Call): boolean | undefined {
  const name = (path as Path).original
  const [condition] = params
  if ((name !== 'if' && name !== 'unless') || condition === undefined || !isLiteral(condition)) return undefined
  return Boolean(literal(condition)) === (name === 'if')
}

function isLiteral({ type }: Expression): boolean {
  return type.endsWith('Literal')
}
