/** What a reader can get to see of a wording: the texts that its choices come to. */

/** What stands for a value in a reading: a word of its own, of unknown letters. */
export const slot = '\uFFFC'

/** A choice between texts by a number. */
export interface Plural {
  /** First, second, third, … instead of one, two, three. */
  readonly ordinal: boolean
  /** As they are written: `=0`, `one`, `other`. */
  readonly forms: readonly string[]
  /** Whether a word follows the number (`#`) in any of its texts, and has to agree with it. */
  readonly counts: boolean
}

type Node = string | { readonly options: readonly (readonly Node[])[]; readonly plural?: Plural }

/**
 * The readings of an ICU text: each option of each choice is in one of them, the other choices at their first. Values are `slot`.
 * A text that is not well-formed is read as it stands: template.wording says what is wrong with it.
 */
export function readings(text: string): readonly string[] {
  const parser = { text, at: 0 }
  return [...new Set(speak(parse(parser, false)))]
}

/** The choices by a number of an ICU text, those inside of others too. */
export function plurals(text: string): readonly Plural[] {
  const visit = (nodes: readonly Node[]): readonly Plural[] =>
    nodes.flatMap(node =>
      typeof node === 'string' ? [] : [...(node.plural ? [node.plural] : []), ...node.options.flatMap(visit)],
    )
  return visit(parse({ text, at: 0 }, false))
}

function speak(nodes: readonly Node[]): readonly string[] {
  const spoken = nodes.map(node => (typeof node === 'string' ? [node] : node.options.flatMap(speak)))
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

/** Up to the brace that closes it, or the end. */
function parse(parser: Parser, plural: boolean): readonly Node[] {
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
    if (character === "'") literal += quoted(parser)
    else {
      literal += character === '#' && plural ? slot : character
      parser.at += 1
    }
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

const counts = (nodes: readonly Node[]): boolean => nodes.some(node => typeof node === 'string' && counted.test(node))

const counted = new RegExp(`${slot}\\s*\\p{L}`, 'u')

/** `{name}`, or `{name, plural, one {…} other {…}}`. */
function argument(parser: Parser): Node {
  const { text } = parser
  parser.at += 1
  const head = /[^{}]*/y
  head.lastIndex = parser.at
  const [before = ''] = head.exec(text) ?? []
  parser.at += before.length
  const kind = /,\s*(plural|selectordinal)/.exec(before)?.[1]
  const options: (readonly Node[])[] = []
  const forms: string[] = []
  let form = before
  while (text[parser.at] === '{') {
    forms.push(/\S+(?=\s*$)/.exec(form)?.[0] ?? '')
    parser.at += 1
    options.push(parse(parser, kind !== undefined))
    parser.at += 1
    const from = parser.at
    while (parser.at < text.length && !/[{}]/.test(text[parser.at] ?? '')) parser.at += 1
    form = text.slice(from, parser.at)
  }
  parser.at += 1
  if (options.length === 0) return slot
  return kind === undefined
    ? { options }
    : { options, plural: { ordinal: kind === 'selectordinal', forms, counts: options.some(counts) } }
}
