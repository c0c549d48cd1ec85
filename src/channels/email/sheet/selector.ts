/** Selectors of style sheets: what they say of an element and of those around it. */
import { unveil } from './letters.ts'

/** An element, as selectors see it. */
export interface Element {
  readonly name: string
  readonly id: string
  readonly classes: readonly string[]
  /** By names in small letters; absent: rules that go by others than class and id do not hold. */
  readonly attributes?: ReadonlyMap<string, string>
  /** The one right before it in the same element; absent: rules that go by it do not hold. */
  readonly before?: Element | undefined
}

/** What a selector says of one element. */
interface Wanted extends Pick<Element, 'name' | 'id' | 'classes'> {
  readonly having: readonly Having[]
  readonly not: readonly Wanted[]
}

/** `[name operator value]`; without an operator, any value will do. */
interface Having {
  readonly name: string
  readonly operator: string
  readonly value: string
  /** Whatever the case of its letters (`i`). */
  readonly anyCase: boolean
}

export interface Selector {
  /** Elements from the outermost to the one that is meant. */
  readonly path: readonly (Wanted & { readonly stands: Stands })[]
  /** Whether it is read whole; if not, it chooses more elements than it says. */
  readonly whole: boolean
}

/** Where an element is from the one that a selector names before it: somewhere in it, directly in it, right behind it, or somewhere behind it. */
type Stands = '' | '>' | '+' | '~'

/** Undefined for one of a state (`:hover`) or a part that is no element (`::before`): it is not how the mail stands. */
export function readSelector(selector: string): Selector | undefined {
  const path: (Wanted & { stands: Stands })[] = []
  const parts = selector.match(piece) ?? []
  let whole = parts.join('') === selector.replace(/\s+/g, '')
  let stands: Stands = ''
  for (const part of parts) {
    if (part === '>' || part === '+' || part === '~') {
      stands = part
      continue
    }
    const read = wantedBy(part)
    if (read === undefined) return undefined
    whole &&= read.whole
    path.push({ ...read.wanted, stands })
    stands = ''
  }
  return path.length === 0 ? undefined : { path, whole }
}

const round = String.raw`\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)`
const piece = new RegExp(String.raw`[>+~]|(?:\[[^\]]*\]|${round}|[^\s>+~[(])+`, 'g')
const named = String.raw`(?:[\w-]|[\u0080-\uffff])+`
const mark = new RegExp(String.raw`[.#]${named}|\[[^\]]*\]|::?[\w-]+(?:${round})?`, 'g')
const several = new RegExp(String.raw`(?:\[[^\]]*\]|${round}|[^,[(])+`, 'g')

/** The selectors of a list. */
export function selectorsOf(list: string): readonly string[] {
  return (list.match(several) ?? []).map(one => one.trim()).filter(one => one !== '')
}

/** States that a mail is not in before somebody touches it, what has no text, and parts that are no elements. */
const state =
  /^(?::(?:hover|active|focus|focus-within|focus-visible|target|empty|before|after|first-line|first-letter)$|::)/i

/** A selector of one element; undefined for one that is of no element as it stands. What is not read is left out of it. */
function wantedBy(selector: string): { readonly wanted: Wanted; readonly whole: boolean } | undefined {
  const [, name = '', rest = ''] = /^([a-z][\w-]*|\*)?(.*)$/is.exec(selector) ?? []
  const marks = rest.match(mark) ?? []
  let whole = marks.join('') === rest
  const having: Having[] = []
  const not: Wanted[] = []
  for (const one of marks) {
    if (state.test(one)) return undefined
    if (/^:(?:link|visited|any-link)$/i.test(one) || /^[.#]/.test(one)) continue
    if (one.startsWith('[') || /^:checked$/i.test(one)) {
      const read = havingBy(one.startsWith('[') ? one : '[checked]')
      if (read === undefined) whole = false
      else having.push(read)
    } else if (/^:not\(/i.test(one)) {
      for (const inner of selectorsOf(one.slice(5, -1))) {
        const read = /[\s>+~]/.test(inner.replace(/[[(].*[\])]/s, '')) ? 'more' : wantedBy(inner)
        if (read === undefined) continue
        if (read === 'more' || !read.whole) whole = false
        else not.push(read.wanted)
      }
    } else whole = false
  }
  const wanted = {
    name: name === '*' ? '' : name.toLowerCase(),
    id: unveil(marks.find(one => one.startsWith('#'))?.slice(1) ?? ''),
    classes: marks.filter(one => one.startsWith('.')).map(one => unveil(one.slice(1))),
    having,
    not,
  }
  return { wanted, whole }
}

function havingBy(mark: string): Having | undefined {
  const [whole, name = '', operator = '', double, single, bare, flag] =
    /^\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*(?:"([^"]*)"|'([^']*)'|((?:[\w-]|[\u0080-\uffff])+))\s*([is])?\s*)?\]$/i.exec(
      mark,
    ) ?? []
  if (whole === undefined) return undefined
  const anyCase = flag?.toLowerCase() === 'i'
  const value = unveil(double ?? single ?? bare ?? '')
  return { name: name.toLowerCase(), operator, value: anyCase ? value.toLowerCase() : value, anyCase }
}

/** Specificity (Selectors 3 §9): that of :not() is what stands in it. */
export function weightOf({ path }: Selector): number {
  return path.reduce((sum, wanted) => sum + weightOfOne(wanted), 0)
}

function weightOfOne({ name, id, classes, having, not }: Wanted): number {
  const own = (id === '' ? 0 : 10_000) + (classes.length + having.length) * 100 + (name === '' ? 0 : 1)
  return not.reduce((sum, wanted) => sum + weightOfOne(wanted), own)
}

/** Whether the last of some elements, each inside the one before it, is meant. */
export function matches(path: Selector['path'], elements: readonly Element[]): boolean {
  const last = path.at(-1)
  const element = elements.at(-1)
  if (last === undefined) return true
  if (element === undefined || !isMeant(last, element)) return false
  const rest = path.slice(0, -1)
  const around = elements.slice(0, -1)
  if (rest.length === 0) return true
  if (last.stands === '+') return element.before !== undefined && matches(rest, [...around, element.before])
  if (last.stands === '~') {
    for (let one = element.before; one !== undefined; one = one.before) if (matches(rest, [...around, one])) return true
    return false
  }
  if (last.stands === '>') return matches(rest, around)
  return around.some((_one, at) => matches(rest, around.slice(0, around.length - at)))
}

function isMeant(wanted: Wanted, element: Element): boolean {
  const { name, id, classes, attributes } = element
  return (
    (wanted.name === '' || wanted.name === name) &&
    (wanted.id === '' || wanted.id === id) &&
    wanted.classes.every(one => classes.includes(one)) &&
    wanted.having.every(one => has(one, attributes?.get(one.name))) &&
    !wanted.not.some(one => isMeant(one, element))
  )
}

/** Selectors 3 §6.3. */
function has({ operator, value, anyCase }: Having, written: string | undefined): boolean {
  if (written === undefined) return false
  const found = anyCase ? written.toLowerCase() : written
  switch (operator) {
    case '':
      return true
    case '=':
      return found === value
    case '~=':
      return value !== '' && found.split(/\s+/).includes(value)
    case '|=':
      return found === value || found.startsWith(`${value}-`)
    case '^=':
      return value !== '' && found.startsWith(value)
    case '$=':
      return value !== '' && found.endsWith(value)
    default:
      return value !== '' && found.includes(value)
  }
}
