/** One wording text: ICU MessageFormat, parsed once, spoken often. The one home of intl-messageformat. */
import { IntlMessageFormat } from 'intl-messageformat'
import { done, failed, type Result, type TextPart } from '../model/index.ts'
import { type Formats, Unshowable } from './formats.ts'

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
    const words = (error as Error).message.toLowerCase().replaceAll('_', ' ').slice(0, 120)
    return refuse(
      `this is not ICU MessageFormat: ${words}`,
      "close every brace, give plural and select an `other`, write '{' for a brace",
    )
  }
  const names = new Set<string>()
  const odd = collect(elements, names)
  if (odd !== undefined) {
    return refuse(
      `the argument {${odd}} has a format of its own`,
      `format it in the template, \`t 'key' ${odd}=(money …)\`, and write {${odd}}`,
    )
  }
  return done(names)
}

/** Throws where the text is no ICU MessageFormat. */
function elementsOf(text: string): readonly Element[] {
  return new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst()
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

/** Adds the names of all arguments; returns the name of one with a style, which would bypass the locale's formatter. */
function collect(elements: readonly Element[], names: Set<string>): string | undefined {
  for (const element of elements) {
    if (element.type === kind.literal || element.type === kind.pound) continue
    names.add(element.value)
    if (element.type === kind.time) return element.value
    if ((element.type === kind.number || element.type === kind.date) && element.style != null) return element.value
    if (element.type === kind.select || element.type === kind.plural) {
      for (const option of Object.values(element.options)) {
        const odd = collect(option.value, names)
        if (odd !== undefined) return odd
      }
    }
  }
  return undefined
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
        ({ format: (value: unknown) => formats.date(value, 'long') }) as unknown as Intl.DateTimeFormat,
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
