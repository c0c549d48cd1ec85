/** What a reader can get to see of a wording: the texts that its choices come to. */
import type { TextChoice, TextPart, TextValue } from '../model/index.ts'

/** What stands for a value in a reading: a word of its own, of unknown letters. */
export const slot = '\uFFFC'

/** A choice between texts by a number. */
export interface Plural extends NonNullable<TextChoice['plural']> {
  /** Whether a word follows the number (`#`, or the value by its name) in any of its texts, or they follow it, and has to agree with it. */
  readonly counts: boolean
}

/** The readings of an ICU text: each option of each choice is in one of them, the other choices at their first. Values are `slot`. */
export function readings(parts: readonly TextPart[]): readonly string[] {
  return [...new Set(speak(parts, () => slot))]
}

/** The choices by a number of an ICU text, those inside of others too. */
export function plurals(parts: readonly TextPart[]): readonly Plural[] {
  return pluralsIn(parts, undefined)
}

/** `said`: the value that stands right before all of it. */
function pluralsIn(nodes: readonly TextPart[], said: string | undefined): readonly Plural[] {
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
function valueBefore(nodes: readonly TextPart[], said: string | undefined): string | undefined {
  const last = nodes.findLast(node => typeof node !== 'string' || node.trim() !== '')
  if (last === undefined) return said
  return typeof last === 'string' || isChoice(last) ? undefined : last.name
}

/** What stands for the number that a choice is by. */
const number = '\uFFFB'

const counted = new RegExp(`${number}\\s*\\p{L}`, 'u')

const isChoice = (node: TextPart): node is TextChoice => typeof node !== 'string' && 'options' in node

/** A number in a choice inside is that choice's own. */
function speak(nodes: readonly TextPart[], show: (value: TextValue) => string): readonly string[] {
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
