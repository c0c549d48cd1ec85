/** Facts: the named values that every channel shows, and how they read there. */
import {
  type Brand,
  type Communication,
  type Data,
  type FactRule,
  type Fault,
  lookup,
  type Result,
  type ShownFact,
  settle,
  type Template,
} from '../model/index.ts'
import { isCurrency } from '../schema/index.ts'
import { codeHint, type DateStyle, type Formats, formatsOf, Unshowable } from './formats.ts'

/** How a fact's value reads. Money is shown in `currency`. Throws `Unshowable`. */
export function formatFact(
  rule: FactRule,
  value: unknown,
  {
    formats,
    currency,
    dateStyle,
  }: { readonly formats: Formats; readonly currency: string; readonly dateStyle: DateStyle },
): string {
  switch (rule.as) {
    case 'money':
      return formats.money(value, { currency })
    case 'number':
      return formats.number(value)
    case 'percent':
      return formats.percent(value)
    case 'date':
      return formats.date(value, dateStyle)
    case 'text':
      if (typeof value === 'string') return value
      if (typeof value === 'number') return String(value)
      throw new Unshowable(value === undefined || value === null ? 'is missing' : 'is not text')
  }
}

/** The style of dates that name none: whole dates, but short ones where every character is paid for. */
export const defaultDateStyle = (plain: boolean): DateStyle => (plain ? 'sms' : 'long')

/** ISO 4217 code of a communication's amounts. Throws `Unshowable` where data names none. */
export function currencyOf(template: Pick<Template, 'currency'>, brand: Pick<Brand, 'currency'>, data: Data): string {
  const { currency } = template
  if (currency === undefined) return brand.currency
  const code = isCurrencyCode(currency) ? currency : lookup(data, currency)
  if (typeof code !== 'string' || !isCurrency(code)) {
    throw new Unshowable(`needs a currency, and ${currency} holds no ISO 4217 code`, codeHint)
  }
  return code
}

/** Whether `currency:` in template.yaml is a code; anything else is a path into the data. */
export const isCurrencyCode = (text: string): boolean => /^[A-Z]{3}$/.test(text)

/**
 * All facts of a communication, exact and as shown in its locale; facts whose value is absent are left out. `plain`: as channels of
 * bare text show them. A value that cannot be shown is a fault; it is never quoted, since it may be private.
 */
export function readFacts(
  template: Template,
  brand: Brand,
  communication: Communication,
  { plain = false }: { readonly plain?: boolean } = {},
): Result<Readonly<Record<string, ShownFact>>> {
  const formats = formatsOf(communication.locale, { plain })
  const faults: Fault[] = []
  const facts: Record<string, ShownFact> = {}
  for (const rule of template.facts) {
    const value = lookup(communication.data, rule.value)
    if (value === undefined || value === null) continue
    try {
      const currency = rule.as === 'money' ? currencyOf(template, brand, communication.data) : ''
      const shown = formatFact(rule, value, { formats, currency, dateStyle: defaultDateStyle(plain) })
      facts[rule.name] = { value: String(value), shown }
    } catch (error) {
      if (!(error instanceof Unshowable)) throw error
      faults.push({
        code: 'template.value',
        message: `the fact "${rule.name}" ${error.message}`,
        place: { file: template.file, path: rule.value },
        hint: error.hint ?? 'mend the data, or let schema.json refuse what cannot be shown',
      })
    }
  }
  return settle(facts, faults)
}
