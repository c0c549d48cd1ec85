/** Where in markup a value may stand: in text and in quoted attributes, with `url` in front of links, never in styles or scripts. */
import { addressAttributes, type Escape, type Fault, type Source, takesParts } from '../model/index.ts'
import {
  followsWhole,
  inspectAddress,
  isUrl,
  isUrlOrBrand,
  leadsToBrand,
  listNames,
  type Misplaced,
  partialIn,
  waysTo,
  wholeText,
} from './addresses.ts'
import { type Call, type Path, type Program, placeOf, walk } from './tree.ts'

/** Where an expression stands, as an HTML or XML parser would see it. */
type Standing =
  | { readonly kind: 'text' }
  /** Inside a tag, but not inside quotes. */
  | { readonly kind: 'tag' }
  | { readonly kind: 'attribute'; readonly name: string; readonly start: number }
  | { readonly kind: 'cdata' }
  /** Inside an element whose text is a program. */
  | { readonly kind: 'raw'; readonly element: string }

const rawElements = new Set(['style', 'script', 'mj-style'])

/** What is found of values in markup. */
export interface Found {
  /** Values that stand where escaping cannot make them safe. */
  readonly faults: readonly Fault[]
  /** Values of the data inside an address, after its beginning. */
  readonly parts: readonly Part[]
}

interface Part {
  readonly call: hbs.AST.MustacheStatement
  /** The helper that makes a value a part of such an address. */
  readonly helper: 'urlPart' | 'telPart'
}

/** Looks at where each value stands. */
export function inspectAttributes(program: Program, source: Source, kind: Escape | 'address'): Found {
  if (kind === 'none') return { faults: [], parts: [] }
  const starts = lineStarts(source.text)
  const offset = ({ line, column }: hbs.AST.Position): number => (starts[line - 1] ?? 0) + column
  const standings = kind === 'address' ? () => alone : standingsIn(program, source, offset)
  const faults: Fault[] = []
  const parts: Part[] = []
  const fault = (node: hbs.AST.Node, problem: Misplaced | undefined): void => {
    if (problem !== undefined)
      faults.push({ code: 'template.attribute', ...problem, place: placeOf(source.file, node.loc) })
  }
  walk(program, {
    statement(node) {
      if (node.type !== 'PartialStatement') return
      const standing = standings(offset(node.loc.start))
      if (holdsAddress(standing)) fault(node, partialIn(standing.name))
    },
    call(call, block) {
      if (block || call.type !== 'MustacheStatement') return
      const at = offset(call.loc.start)
      const standing = standings(at)
      if (!holdsAddress(standing)) {
        fault(call, inspectStanding(call, standing))
        return
      }
      const { name, start } = standing
      const isWhole = standing === alone ? isUrlOrBrand : isUrl
      const ways =
        waysTo({ program, text: source.text, from: start, listed: listNames.has(name), offset, isWhole }, at) ??
        new Set([''])
      const problem = inspectAddress(call, name, ways, isWhole)
      if (problem !== undefined) {
        fault(call, problem)
        return
      }
      const helper = partOf(call, ways)
      if (helper !== undefined) parts.push({ call: call as hbs.AST.MustacheStatement, helper })
    },
  })
  return { faults, parts }
}

/** A text that is an address is one as a whole. */
const alone: Standing = { kind: 'attribute', name: wholeText, start: 0 }

const holdsAddress = (standing: Standing): standing is Standing & { kind: 'attribute' } =>
  standing === alone || (standing.kind === 'attribute' && addressAttributes.has(standing.name))

function standingsIn(
  program: Program,
  source: Source,
  offset: (position: hbs.AST.Position) => number,
): (at: number) => Standing {
  // Everything but literal content is masked, so that quotes and brackets inside expressions mean nothing.
  const masked = new Array<string>(source.text.length).fill(mask)
  walk(program, {
    statement(node) {
      if (node.type !== 'ContentStatement') return
      const end = offset(node.loc.end)
      for (let at = offset(node.loc.start); at < end; at++) masked[at] = source.text[at] as string
    },
  })
  return scan(masked.join(''))
}

/** What the template's author wrote may hold slashes and question marks; data is a part of an address, never its course. */
function partOf(call: Call, ways: ReadonlySet<string>): Part['helper'] | undefined {
  const { path } = call as { path: Path }
  if (leadsToBrand(path) || path.original === 't') return undefined
  const beginnings = Array.from(ways, before => before.trimStart())
  if (beginnings.every(before => /^tel:/i.test(before))) return 'telPart'
  return path.original !== 'urlPart' &&
    beginnings.some(before => takesParts(before) || (!isUrl(call) && followsWhole(before)))
    ? 'urlPart'
    : undefined
}

function inspectStanding(call: Call, standing: Standing): Misplaced | undefined {
  const { path } = call as { path: Path }
  const ofBrand = call.params.length === 0 && leadsToBrand(path)
  switch (standing.kind) {
    case 'text':
      return undefined
    case 'tag':
      return {
        message: 'a value stands inside a tag without quotes',
        hint: 'put the attribute in quotes: name="{{…}}"',
      }
    case 'cdata':
      return {
        message: 'a value stands in CDATA',
        hint: 'take <![CDATA[ and ]]> out: mail programs do not read it, and a document would show &amp; for &',
      }
    case 'raw':
      if (ofBrand) return undefined
      return {
        message: `a value stands inside <${standing.element}>`,
        hint: 'only values of the brand may stand there',
      }
    case 'attribute': {
      const { name } = standing
      const runs = (name === 'style' || name.startsWith('on')) && !onNames.has(name)
      if (!runs || ofBrand) return undefined
      return { message: `a value stands in the attribute ${name}`, hint: 'only values of the brand may stand there' }
    }
  }
}

const mask = '\u0001'

/** Page markup has attributes of its own that begin as event handlers do. */
const onNames = new Set(['on'])

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** What some programs read, and everybody gets: what stands in it is markup, not a comment. */
const condition = /<!--\[if\b[^\]]*\]>/iy

/** Splits masked markup into stretches; comments and declarations count as text. */
function scan(text: string): (offset: number) => Standing {
  const stretches: { readonly end: number; readonly standing: Standing }[] = []
  const until = (end: number, standing: Standing): void => {
    stretches.push({ end, standing })
  }
  const tag = /<(!--|[!?]|\/?[A-Za-z\u0001][^\s/>]*)/g
  let at = 0
  while (true) {
    tag.lastIndex = at
    const open = tag.exec(text)
    if (open === null) break
    until(open.index + 1, { kind: 'text' })
    const name = (open[1] as string).toLowerCase()
    if (name === '!--') {
      condition.lastIndex = open.index
      at = condition.test(text) ? condition.lastIndex : after(text, '-->', open.index)
      until(at, { kind: 'text' })
      continue
    }
    if (text.startsWith('<![CDATA[', open.index)) {
      at = after(text, ']]>', open.index)
      until(at, { kind: 'cdata' })
      continue
    }
    at = scanTag(text, tag.lastIndex - (open[1] as string).length, until)
    if (rawElements.has(name) && text[at - 2] !== '/') {
      const close = new RegExp(`</${name}`, 'gi')
      close.lastIndex = at
      at = close.exec(text)?.index ?? text.length
      until(at, { kind: 'raw', element: name })
    }
  }
  until(text.length + 1, { kind: 'text' })
  return offset => (stretches.find(stretch => offset < stretch.end) as { standing: Standing }).standing
}

function scanTag(text: string, from: number, until: (end: number, standing: Standing) => void): number {
  let at = from
  while (at < text.length && text[at] !== '>') {
    const sign = text[at] as string
    if (sign === '"' || sign === "'") {
      const close = text.indexOf(sign, at + 1)
      const end = close < 0 ? text.length : close
      const name = /([^\s"'=<>/\u0001]+)\s*=\s*$/.exec(text.slice(from, at))?.[1]?.toLowerCase() ?? ''
      until(at + 1, { kind: 'tag' })
      until(end, { kind: 'attribute', name, start: at + 1 })
      at = end
    }
    at += 1
  }
  until(Math.min(at + 1, text.length), { kind: 'tag' })
  return at + 1
}

function after(text: string, sign: string, from: number): number {
  const found = text.indexOf(sign, from)
  return found < 0 ? text.length : found + sign.length
}
