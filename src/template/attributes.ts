/** Where in markup a value may stand: in text and in quoted attributes, with `url` in front of links, never in styles or scripts. */
import { type Escape, type Fault, type Source, takesParts } from '../model/index.ts'
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

const linkNames = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'background',
  'background-url',
  'poster',
  'srcset',
  'ping',
  'xlink:href',
])
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
export function inspectAttributes(program: Program, source: Source, kind: Escape): Found {
  if (kind === 'none') return { faults: [], parts: [] }
  const starts = lineStarts(source.text)
  const offset = ({ line, column }: hbs.AST.Position): number => (starts[line - 1] ?? 0) + column
  // Everything but literal content is masked, so that quotes and brackets inside expressions mean nothing.
  const masked = new Array<string>(source.text.length).fill(mask)
  walk(program, {
    statement(node) {
      if (node.type !== 'ContentStatement') return
      const end = offset(node.loc.end)
      for (let at = offset(node.loc.start); at < end; at++) masked[at] = source.text[at] as string
    },
  })
  const text = masked.join('')
  const standings = scan(text)
  const faults: Fault[] = []
  const parts: Part[] = []
  const linked = new Set<number>()
  walk(program, {
    call(call, block) {
      if (block || call.type !== 'MustacheStatement') return
      const at = offset(call.loc.start)
      const standing = standings(at)
      const before = text.slice(standing.kind === 'attribute' ? standing.start : at, at)
      const problem = inspectStanding(call, standing, before, linked)
      if (problem !== undefined) {
        faults.push({ code: 'template.attribute', ...problem, place: placeOf(source.file, call.loc) })
        return
      }
      const helper = partOf(call, standing, before, linked)
      if (helper !== undefined) parts.push({ call: call as hbs.AST.MustacheStatement, helper })
    },
  })
  return { faults, parts }
}

/** What the template's author wrote may hold slashes and question marks; data is a part of an address, never its course. */
function partOf(
  call: Call,
  standing: Standing,
  before: string,
  linked: ReadonlySet<number>,
): Part['helper'] | undefined {
  if (standing.kind !== 'attribute' || !linkNames.has(standing.name)) return undefined
  const { path } = call as { path: Path }
  if (leadsToBrand(path) || path.original === 't') return undefined
  const literal = before.replaceAll(mask, '').trimStart()
  if (/^tel:/i.test(literal)) return 'telPart'
  const inside = takesParts(literal)
  return path.original !== 'urlPart' && (inside || (path.original !== 'url' && linked.has(standing.start)))
    ? 'urlPart'
    : undefined
}

/** `brand.name`, and inside of blocks `@root.brand.name` or `../brand.name`. */
function leadsToBrand({ data, parts = [] }: Path): boolean {
  return data ? parts[0] === 'root' && parts[1] === 'brand' : parts[0] === 'brand'
}

const mask = '\u0001'

function inspectStanding(
  call: Call,
  standing: Standing,
  before: string,
  linked: Set<number>,
): { readonly message: string; readonly hint: string } | undefined {
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
      const { name, start } = standing
      if ((name === 'style' || name.startsWith('on')) && !onNames.has(name) && !ofBrand) {
        return { message: `a value stands in the attribute ${name}`, hint: 'only values of the brand may stand there' }
      }
      if (!linkNames.has(name)) return undefined
      if (path.original === 'url' && call.params.length === 1) {
        linked.add(start)
        return undefined
      }
      const literal = before.replaceAll(mask, '').trimStart()
      if (
        linked.has(start) ||
        /^(?:https?:\/\/[^/?#\\]+[/?#]|mailto:|tel:|sms:[+\d][\d ()-]*\?|cid:|brand:|#)/i.test(literal)
      )
        return undefined
      if (/^https?:/i.test(literal))
        return {
          message: `a value stands in the host of ${name}: the data would say where it leads`,
          hint: 'write the host itself, such as https://nord.example/{{…}}, or hand in the whole address as {{url …}}',
        }
      return { message: `a value stands at the beginning of ${name}`, hint: `write ${name}="{{url …}}"` }
    }
  }
}

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
