/** One wording text: ICU MessageFormat, parsed once, spoken often. The one home of intl-messageformat. */
import { IntlMessageFormat } from 'intl-messageformat'
import { done, failed, quote, type Result, type TextPart } from '../model/index.ts'
import { hintKnown } from '../schema/index.ts'
import { type Formats, Unshowable } from './formats.ts'
import { withStop } from './onestop.ts'
import { quotedName, quotingApostrophe } from './quoted.ts'

/** The text with its arguments filled in. Throws `Unshowable` for a value that does not fit. */
export type Message = (values: Readonly<Record<string, unknown>>) => string

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** Element kinds of the parser, which exports them as an enum only from a package that is not ours. */
const kind = { literal: 0, argument: 1, number: 2, date: 3, time: 4, select: 5, plural: 6, pound: 7 } as const

/** What is wrong with an ICU text, and the names of the arguments it takes. The text is plain: `<b>` is printed as it stands. */
export function inspectMessage(text: string): Result<ReadonlySet<string>> {
  const refuse = (message: string, hint: string): Result<ReadonlySet<string>> =>
    failed({ code: 'template.wording', message, hint })
  let elements: readonly Element[]
  try {
    elements = elementsOf(text)
  } catch (error) {
    const apostrophe = quotingApostrophe(text, parses)
    if (apostrophe !== undefined)
      return refuse(
        `this is not ICU MessageFormat: the apostrophe in ${quote(apostrophe)} keeps what stands behind it from being read`,
        `write ${apostrophe.replace("'", '’')}, or '' for the apostrophe`,
      )
    const words = (error as Error).message.toLowerCase().replaceAll('_', ' ').slice(0, 120)
    return refuse(
      `this is not ICU MessageFormat: ${words}`,
      "close every brace, give plural and select an `other`, write '{' for a brace",
    )
  }
  const quoted = quotedName(text)
  if (quoted !== undefined) {
    return refuse(
      `an apostrophe keeps {${quoted}} from being filled in`,
      `write '' or ’ for an apostrophe; braces that are meant to be read: '{'${quoted}'}'`,
    )
  }
  const names = new Set<string>()
  const flaw = collect(elements, names) ?? unfilledNumber(elements, text)
  return flaw === undefined ? done(names) : refuse(flaw.message, flaw.hint)
}

/** Texts read lately: each is looked at for its arguments, its branches and its parts, and for every channel anew. */
const read = new Map<string, readonly Element[]>()
const mostRead = 2_000

/** Throws where the text is no ICU MessageFormat. */
function elementsOf(text: string): readonly Element[] {
  const known = read.get(text)
  if (known !== undefined) return known
  const elements = new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst()
  if (read.size >= mostRead) read.clear()
  read.set(text, elements)
  return elements
}

function parses(text: string): boolean {
  try {
    return elementsOf(text).length > 0
  } catch {
    return false
  }
}

/** What a text is made of; one that `inspectMessage` does not find good is read as it stands. */
export function partsOf(text: string): readonly TextPart[] {
  try {
    return elementsOf(text).map(element => partOf(element))
  } catch {
    return [text]
  }
}

/** `counted`: the value that `#` stands for. */
function partOf(element: Element, counted = ''): TextPart {
  if (element.type === kind.pound) return { name: counted }
  if (element.type === kind.literal) return element.value
  const name = element.value
  if (element.type !== kind.select && element.type !== kind.plural) return { name }
  const isPlural = element.type === kind.plural
  const options = Object.values(element.options).map(({ value }) =>
    value.map(one => partOf(one, isPlural ? name : counted)),
  )
  if (!isPlural) return { name, options }
  const forms = Object.keys(element.options)
  return { name, options, plural: { ordinal: element.pluralType === 'ordinal', forms } }
}

interface Flaw {
  readonly message: string
  readonly hint: string
}

/** Adds the names of all arguments; tells of one with a style, which would bypass the locale's formatter, and of a form that no number has. */
function collect(elements: readonly Element[], names: Set<string>): Flaw | undefined {
  for (const element of elements) {
    if (element.type === kind.literal || element.type === kind.pound) continue
    names.add(element.value)
    const styled = (element.type === kind.number || element.type === kind.date) && element.style != null
    if (element.type === kind.time || styled) {
      return {
        message: `the argument {${element.value}} has a format of its own`,
        hint: `format it in the template, \`t 'key' ${element.value}=(money …)\`, and write {${element.value}}`,
      }
    }
    if (element.type !== kind.select && element.type !== kind.plural) continue
    for (const [name, option] of Object.entries(element.options)) {
      if (element.type === kind.plural && !name.startsWith('=') && !forms.includes(name))
        return { message: `${name} is no form of a number`, hint: hintKnown(name, forms) }
      const flaw = collect(option.value, names)
      if (flaw !== undefined) return flaw
    }
  }
  return undefined
}

/** A `#` that an apostrophe quotes, or that stands in a choice by a word, where it is no number (ICU MessagePattern): read as it stands. */
function unfilledNumber(elements: readonly Element[], text: string, counted?: string): Flaw | undefined {
  for (const element of elements) {
    if (element.type === kind.literal && counted !== undefined && /#\s/.test(element.value) && !text.includes("'#'"))
      return {
        message: 'a # is read as it stands',
        hint: `write {${counted}} for it, or take away the apostrophe before it`,
      }
    if (element.type !== kind.select && element.type !== kind.plural) continue
    for (const { value } of Object.values(element.options)) {
      const flaw = unfilledNumber(value, text, element.type === kind.plural ? element.value : counted)
      if (flaw !== undefined) return flaw
    }
  }
  return undefined
}

/** Plural categories of the CLDR (UTS 35, Plural Rules). */
const forms = ['zero', 'one', 'two', 'few', 'many', 'other']

/** How a text chooses by a word. */
export interface Branches {
  readonly names: ReadonlySet<string>
  /** Whether `other` says the word itself: what has no branch is not lost, and each language may have its own. */
  readonly tells: boolean
}

/** By argument; none for a text that is not well-formed. */
export function branchesOf(text: string): ReadonlyMap<string, Branches> {
  const found = new Map<string, { readonly names: Set<string>; tells: boolean }>()
  // Nearly no text chooses by a word, and all are asked for at each call.
  if (!/,\s*select\s*,/.test(text)) return found
  const gather = (elements: readonly Element[]): void => {
    for (const element of elements) {
      if (element.type !== kind.select && element.type !== kind.plural) continue
      for (const [name, { value }] of Object.entries(element.options)) {
        gather(value)
        if (element.type === kind.plural) continue
        const branches = found.get(element.value) ?? { names: new Set(), tells: false }
        found.set(element.value, branches)
        branches.names.add(name)
        if (name === 'other')
          branches.tells ||= value.some(it => it.type === kind.argument && it.value === element.value)
      }
    }
  }
  if (inspectMessage(text).ok) gather(elementsOf(text))
  return found
}

/**
 * Compiles a text that `inspectMessage` found good. Plurals follow `locale`, the wording's own; numbers and dates in it are shown by
 * `formats`, the recipient's. Texts without plural or select, nearly all, are joined without asking the library.
 */
export function compileMessage(text: string, locale: string, formats: Formats): Message {
  const rules = { cardinal: new Intl.PluralRules(locale), ordinal: new Intl.PluralRules(locale, { type: 'ordinal' }) }
  const formatter = new IntlMessageFormat(text, locale, undefined, {
    ignoreTag: true,
    formatters: {
      getNumberFormat: () => ({ format: (value: unknown) => formats.number(value) }) as unknown as Intl.NumberFormat,
      getDateTimeFormat: () =>
        ({ format: (value: unknown) => withStop(formats.date(value, 'long')) }) as unknown as Intl.DateTimeFormat,
      getPluralRules: (_, options) => rules[options?.type ?? 'cardinal'],
    },
  })
  const elements = formatter.getAst()
  const names = new Set<string>()
  collect(elements, names)
  if (elements.every(element => element.type === kind.literal)) {
    const whole = elements.map(element => (element as { value: string }).value).join('')
    return () => whole
  }
  if (elements.every(element => element.type === kind.literal || element.type === kind.argument)) {
    const parts = elements.map(element => ({
      name: element.type === kind.argument,
      text: (element as { value: string }).value,
    }))
    return values => {
      let out = ''
      for (const part of parts) out += part.name ? argument(values, part.text) : part.text
      return out
    }
  }
  return values => {
    const texts: Record<string, string> = {}
    for (const name of names) texts[name] = argument(values, name)
    return String(formatter.format(texts))
  }
}

function argument(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Unshowable(
    value === undefined || value === null ? `has no value for {${name}}` : `has a value for {${name}} that is not text`,
  )
}
