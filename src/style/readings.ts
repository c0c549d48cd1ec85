/** What a reader can get to see of a wording: the texts that its choices come to. */

/** What stands for a value in a reading: a word of its own, of unknown letters. */
export const slot = '\uFFFC'

/** A choice between texts by a number. */
export interface Plural {
  /** First, second, third, … instead of one, two, three. */
  readonly ordinal: boolean
  /** As they are written: `=0`, `one`, `other`. */
  readonly forms: readonly string[]
  /** Whether a word follows the number (`#`, or the value by its name) in any of its texts, or they follow it, and has to agree with it. */
  readonly counts: boolean
}

/** A value by its name, also as `#`. */
interface Value {
  readonly name: string
}

interface Choice extends Value {
  readonly options: readonly (readonly Node[])[]
  readonly plural?: Omit<Plural, 'counts'>
}

type Node = string | Value | Choice

/**
 * The readings of an ICU text: each option of each choice is in one of them, the other choices at their first. Values are `slot`.
 * A text that is not well-formed is read as it stands: template.wording says what is wrong with it.
 */
export function readings(text: string): readonly string[] {
  const parser = { text, at: 0 }
  return [...new Set(speak(parse(parser), () => slot))]
}

/** The choices by a number of an ICU text, those inside of others too. */
export function plurals(text: string): readonly Plural[] {
  return pluralsIn(parse({ text, at: 0 }), undefined)
}

/** `said`: the value that stands right before all of it. */
function pluralsIn(nodes: readonly Node[], said: string | undefined): readonly Plural[] {
  return nodes.flatMap((node, at): readonly Plural[] => {
    if (!isChoice(node)) return []
    const before = valueBefore(nodes.slice(0, at), said)
    const inside = node.options.flatMap(option => pluralsIn(option, before))
    if (node.plural === undefined) return inside
    const spoken = node.options.flatMap(option => speak(option, ({ name }) => (name === node.name ? number : slot)))
    const counts = spoken.some(one => counted.test(before === node.name ? `${number}${one}` : one))
    return [{ ...node.plural, counts }, ...inside]
  })
}

/** The value at the end of a text, with nothing but blanks behind it. */
function valueBefore(nodes: readonly Node[], said: string | undefined): string | undefined {
  const last = nodes.findLast(node => typeof node !== 'string' || node.trim() !== '')
  if (last === undefined) return said
  return typeof last === 'string' || isChoice(last) ? undefined : last.name
}

/** What stands for the number that a choice is by. */
const number = '\uFFFB'

const counted = new RegExp(`${number}\\s*\\p{L}`, 'u')

const isChoice = (node: Node): node is Choice => typeof node !== 'string' && 'options' in node

/** A number in a choice inside is that choice's own. */
function speak(nodes: readonly Node[], show: (value: Value) => string): readonly string[] {
  const spoken = nodes.map(node =>
    typeof node === 'string'
      ? [node]
      : isChoice(node)
        ? node.options.flatMap(one => speak(one, node.plural ? () => slot : show))
        : [show(node)],
  )
  const first = spoken.map(([one = '']) => one)
  const all = [first.join('')]
  for (const [at, options] of spoken.entries())
    for (const option of options.slice(1)) all.push([...first.slice(0, at), option, ...first.slice(at + 1)].join(''))
  return all
}

interface Parser {
  readonly text: string
  at: number
}

/** Up to the brace that closes it, or the end; `counted`: the value that `#` stands for. */
function parse(parser: Parser, counted?: string): readonly Node[] {
  const nodes: Node[] = []
  let literal = ''
  const { text } = parser
  while (parser.at < text.length && text[parser.at] !== '}') {
    const character = text[parser.at] ?? ''
    if (character === '{') {
      nodes.push(literal, argument(parser))
      literal = ''
      continue
    }
    if (character === "'") {
      literal += quoted(parser)
      continue
    }
    parser.at += 1
    if (character === '#' && counted !== undefined) {
      nodes.push(literal, { name: counted })
      literal = ''
    } else literal += character
  }
  return [...nodes, literal]
}

/** `''` is an apostrophe, `'{…'` is text, any other apostrophe is itself. */
function quoted(parser: Parser): string {
  const { text, at } = parser
  if (text[at + 1] === "'") {
    parser.at += 2
    return "'"
  }
  if (!/[{}#|]/.test(text[at + 1] ?? '')) {
    parser.at += 1
    return "'"
  }
  const end = text.indexOf("'", at + 1)
  parser.at = end < 0 ? text.length : end + 1
  return text.slice(at + 1, end < 0 ? undefined : end)
}

/** `{name}`, or `{name, plural, one {…} other {…}}`. */
function argument(parser: Parser): Node {
  const { text } = parser
  parser.at += 1
  const head = /[^{}]*/y
  head.lastIndex = parser.at
  const [before = ''] = head.exec(text) ?? []
  parser.at += before.length
  const name = before.split(',', 1).join('').trim()
  const kind = /,\s*(plural|selectordinal)/.exec(before)?.[1]
  const options: (readonly Node[])[] = []
  const forms: string[] = []
  let form = before
  while (text[parser.at] === '{') {
    forms.push(/\S+(?=\s*$)/.exec(form)?.[0] ?? '')
    parser.at += 1
    options.push(kind === undefined ? parse(parser) : parse(parser, name))
    parser.at += 1
    const from = parser.at
    while (parser.at < text.length && !/[{}]/.test(text[parser.at] ?? '')) parser.at += 1
    form = text.slice(from, parser.at)
  }
  parser.at += 1
  if (options.length === 0) return { name }
  return kind === undefined
    ? { name, options }
    : { name, options, plural: { ordinal: kind === 'selectordinal', forms } }
}
