/** Addresses that templates write: data may be a part of one, and never says where it leads, whichever way its blocks go. */
import type { Call, Expression, Path, Program, Statement } from './tree.ts'

/** An address in a text: where it begins, and the offsets of what stands there. */
export interface Written {
  readonly program: Program
  readonly text: string
  readonly from: number
  /** Whether it is one of several, parted by commas or blanks. */
  readonly listed: boolean
  readonly offset: (position: hbs.AST.Position) => number
  /** Whether what a call gives is an address by itself. */
  readonly isWhole: (call: Call) => boolean
}

/** Stand for a value, for a whole address (`url`), and for the others of a list before this one. */
const value = '\u0001'
const whole = '\u0002'
const others = '\u0003'

/** Attributes that hold several addresses. */
export const listNames: ReadonlySet<string> = new Set(['srcset', 'ping'])

/** More ways than this through one address are not followed. */
const mostWays = 256

/** What may stand in an address before an expression at this offset, by every way through its blocks; undefined where there are too many. */
export function waysTo(written: Written, to: number): ReadonlySet<string> | undefined {
  try {
    const ways = reach(written.program.body, new Set(['']), { ...written, to }) ?? new Set([''])
    return new Set(Array.from(ways, before => before.slice(before.lastIndexOf(others) + 1)))
  } catch (error) {
    if (error instanceof TooMany) return undefined
    throw error
  }
}

class TooMany extends Error {}

interface Way extends Written {
  readonly to: number
}

/** The texts before the expression that is looked for, if it stands in here. */
function reach(body: readonly Statement[], begun: ReadonlySet<string>, way: Way): ReadonlySet<string> | undefined {
  let before = begun
  for (const node of body) {
    const [start, end] = [way.offset(node.loc.start), way.offset(node.loc.end)]
    if (end <= way.from) continue
    if (start >= way.to) return before
    if (node.type === 'BlockStatement' && way.to < end) {
      const block = node as hbs.AST.BlockStatement
      const { program, inverse } = block
      // In a loop what it has written before may stand there as well.
      const begins = isLoop(block) ? union(before, join(before, all(program, way))) : before
      const found = reach(program?.body ?? [], begins, way)
      return found ?? reach(inverse?.body ?? [], before, way) ?? before
    }
    before = join(before, textsOf(node, way))
  }
  return body.length === 0 || way.offset(body.at(-1)!.loc.end) <= way.to ? undefined : before
}

/** What a statement may write. */
function textsOf(node: Statement, way: Way): ReadonlySet<string> {
  if (node.type === 'ContentStatement') {
    const [start, end] = [way.offset(node.loc.start), way.offset(node.loc.end)]
    const text = way.text.slice(Math.max(start, way.from), end)
    return new Set([way.listed ? text.replace(/^.*[,\s]/s, others) : text])
  }
  if (node.type === 'MustacheStatement')
    return new Set([way.isWhole(node as hbs.AST.MustacheStatement) ? whole : value])
  if (node.type === 'PartialStatement') return new Set([value])
  if (node.type !== 'BlockStatement') return new Set([''])
  const { program, inverse } = node as hbs.AST.BlockStatement
  const once = all(program, way)
  const written = isLoop(node as hbs.AST.BlockStatement) ? union(once, join(once, once)) : once
  return union(written, all(inverse, way))
}

function isLoop({ path }: hbs.AST.BlockStatement): boolean {
  return (path as Path).original === 'each'
}

function all(program: Program | undefined | null, way: Way): ReadonlySet<string> {
  let texts: ReadonlySet<string> = new Set([''])
  for (const node of program?.body ?? [])
    if (way.offset(node.loc.end) > way.from) texts = join(texts, textsOf(node, way))
  return texts
}

function join(some: ReadonlySet<string>, more: ReadonlySet<string>): ReadonlySet<string> {
  return bounded(new Set([...some].flatMap(one => Array.from(more, other => asFarAsItLeads(one + other)))))
}

/** What stands behind the part that says where an address leads makes no other way. */
function asFarAsItLeads(text: string): string {
  const at = text.lastIndexOf(others)
  const own = at < 0 ? text : text.slice(at + 1)
  return (at < 0 ? '' : others) + (led.exec(own.trimStart())?.[0] ?? own)
}

function union(some: ReadonlySet<string>, more: ReadonlySet<string>): ReadonlySet<string> {
  return bounded(new Set([...some, ...more]))
}

function bounded(texts: ReadonlySet<string>): ReadonlySet<string> {
  if (texts.size > mostWays) throw new TooMany()
  return texts
}

/** `{{url …}}`; in a text that is an address the brand may say it as well. */
export function isUrl({ path, params }: Call): boolean {
  return (path as Path).original === 'url' && params.length === 1
}

export function isUrlOrBrand(call: Call): boolean {
  return isUrl(call) || (call.params.length === 0 && leadsToBrand(call.path as Path))
}

/** Whether the beginning is a whole address, behind which parts follow. */
export function followsWhole(before: string): boolean {
  return before.startsWith(whole)
}

/** What is wrong with where a value stands, and what to do. */
export interface Misplaced {
  readonly message: string
  readonly hint: string
}

/** What is wrong with an expression in an address that may begin in these ways. */
export function inspectAddress(
  call: Call,
  name: string,
  ways: ReadonlySet<string>,
  isWhole: Written['isWhole'],
): Misplaced | undefined {
  if (saysData(call))
    return {
      message: `wording that is handed values of the data stands in ${name}`,
      hint: 'write {{urlPart (t …)}}, or the values beside the wording: as they stand they could lead elsewhere',
    }
  if (isWhole(call)) return undefined
  const misled = Array.from(ways, before => before.trimStart()).find(before => !led.test(before))
  if (misled === undefined) return undefined
  if (misled.startsWith(whole))
    return {
      message: `a value stands right behind a whole address in ${name}: its host would go on with it`,
      hint: 'write / or ? behind {{url …}}',
    }
  if (/^https?:/i.test(misled))
    return {
      message: `a value stands in the host of ${name}: the data would say where it leads`,
      hint: 'write the host itself, such as https://nord.example/{{…}}, or hand in the whole address as {{url …}}',
    }
  return {
    message: `a value stands at the beginning of ${name}`,
    hint: name === wholeText ? 'write https://… before it, or {{url …}}' : `write ${name}="{{url …}}"`,
  }
}

/** A host and what ends it, or a scheme that needs none; behind a whole address what follows has to end its host. */
const led =
  /^(?:https?:\/\/[^/?#\\\u0001\u0002]+[/?#]|\u0002[^/?#\u0001\u0002]*[/?#]|mailto:|tel:|sms:[+\d][\d ()-]*\?|cid:|brand:|[?#])/i

/** What a text is called that is an address as a whole. */
export const wholeText = 'the address'

/** What a partial says is not known where it is called. */
export function partialIn(name: string): Misplaced {
  return {
    message: `a partial stands in ${name}`,
    hint: 'write the address itself, or keep it in brand.yaml: {{url brand.company.pay}}',
  }
}

/** `brand.name`, and inside of blocks `@root.brand.name` or `../brand.name`. */
export function leadsToBrand({ data, parts = [] }: Path): boolean {
  return data ? parts[0] === 'root' && parts[1] === 'brand' : parts[0] === 'brand'
}

/** Whether wording is handed values that are not the brand's: it would set them into an address as they stand. */
function saysData(call: Pick<Call, 'path' | 'params'> & { readonly hash?: hbs.AST.Hash }): boolean {
  const { original } = call.path as Path
  if (original === 'url') return call.params.some(inner => inner.type === 'SubExpression' && saysData(inner as Call))
  if (original !== 't') return false
  const [, ...rest] = call.params
  return [...rest, ...(call.hash?.pairs ?? []).map(pair => pair.value)].some(isOfData)
}

function isOfData(expression: Expression): boolean {
  if (expression.type === 'SubExpression') return true
  return expression.type === 'PathExpression' && !leadsToBrand(expression as Path)
}
