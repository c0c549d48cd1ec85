/** The proof of facts: what was read out of a finished piece, held against the data. Knows nothing of how pieces are made. */
import type { Brand, Communication, FactRule, OpenChannel, Result, Template } from '../../model/index.ts'
import { done, lookup } from '../../model/index.ts'
import { currencyOf, formatsOf, readFacts } from '../../template/index.ts'
import {
  bare,
  type Figures,
  isDecimalText,
  readFigures,
  type Separators,
  type Sighted,
  separatorsOf,
} from './figures.ts'
import { fold, readTokens } from './tokens.ts'

/** A fact as a text has to show it. */
export interface Demand {
  readonly as: FactRule['as']
  /** The exact value: decimal text, ISO date or text. */
  readonly value: string
  /** How it may read; the first is how `{{fact}}` shows it. */
  readonly shown: readonly string[]
  /** ISO 4217, for money. */
  readonly currency?: string
}

/** Demands by the names of the facts. */
export type Demands = Readonly<Record<string, Demand>>

/** One text of a piece, as it was read, and the facts that it has to show. */
export interface ReadText {
  /** Tells the texts of a piece apart: `subject`, `text`, `html`; empty where there is one. */
  readonly name: string
  readonly text: string
  /** The same folded, where that was done already. */
  readonly folded?: string
  readonly facts: readonly string[]
  /** Facts that its template asked for as it was merged: of these a zero has to stand there as a figure too. */
  readonly asked?: readonly string[]
}

/** What a piece was found to say. */
export interface Proof {
  /** Facts that are money or numbers, as they were read: canonical decimal text. */
  readonly read: Readonly<Record<string, string>>
  /** Facts that a text has to show and does not. */
  readonly missing: readonly Missing[]
}

/** A fact that a text has to show and does not, and the figures there that read like it. */
export interface Missing {
  readonly fact: string
  readonly text: string
  readonly sighted: readonly Sighted[]
}

/**
 * Proves that each text shows each fact demanded of it, in the locale, as a whole token, and equal to the data. Figures are read and
 * compared by value and decimals; all else letter by letter once blanks, line ends and invisible signs are folded. A figure of zero
 * may be said in words, by a text whose template did not ask for it.
 */
export function prove(texts: readonly ReadText[], demands: Demands, locale: string): Proof {
  const read: Record<string, string> = {}
  const missing: Missing[] = []
  let separators: Separators | undefined
  for (const { name, text, folded = fold(text), facts, asked = [] } of texts) {
    const wanted = facts.filter(fact => Object.hasOwn(demands, fact))
    if (wanted.length === 0) continue
    const tokens = readTokens(folded)
    let figures: Figures | undefined
    if (wanted.some(fact => isFigure((demands[fact] as Demand).as))) {
      separators ??= separatorsOf(formatsOf(locale).number('1234567.5'))
      figures = readFigures(text.includes('\u2212') ? fold(text.replace(parted, '\u2212')) : folded, separators)
    }
    for (const fact of wanted) {
      const demand = demands[fact] as Demand
      if (isFigure(demand.as)) {
        const figure = { ...demand, shown: fold(demand.shown[0] ?? '') }
        const found = figures?.find(figure)
        if (found === undefined) {
          // Nothing may be said in words: `free`, `your account is settled`.
          if (/[1-9]/.test(demand.value) || asked.includes(fact))
            missing.push({ fact, text: name, sighted: figures?.like(figure) ?? [] })
        } else if (demand.as !== 'percent') read[fact] = found
      } else if (!demand.shown.some(shown => tokens.hold(fold(shown)))) missing.push({ fact, text: name, sighted: [] })
    }
  }
  return { read, missing }
}

/** A minus (no hyphen or dash, from which folding does not tell it) with a blank behind it, and no amount before it that it subtracts from. */
const parted = /\u2212(?<!(?:[.,]\d{1,3}|\p{Sc}[ \u00a0]?\d+|\p{Sc})[^\d\n\t]{0,8}\u2212)[ \u00a0\u2007\u202f]+(?=\S)/gu

const isFigure = (as: FactRule['as']): as is 'money' | 'number' | 'percent' =>
  as === 'money' || as === 'number' || as === 'percent'

/** Facts whose values can be added up and read back. */
export const isSummed = ({ as }: Pick<FactRule, 'as'>): boolean => as === 'money' || as === 'number'

/** The facts that a template shows on a channel. */
export function factsOn({ facts }: Pick<Template, 'facts'>, channel: string): readonly string[] {
  return facts.filter(({ on }) => on.includes(channel)).map(({ name }) => name)
}

/**
 * What a communication demands of the texts of a channel: every fact that it has, in the recipient's locale. `plain`: the channel is
 * bare text, where dates may stand without a year; `respell`: how else it writes on purpose. Faults: values that cannot be shown.
 */
export function demandsOf(
  { template, brand }: { readonly template: Template; readonly brand: Brand },
  communication: Communication,
  { plain, respell = () => [] }: { readonly plain: boolean; readonly respell?: NonNullable<OpenChannel['respell']> },
): Result<Demands> {
  const facts = readFacts(template, brand, communication, { plain })
  if (!facts.ok) return facts
  const { data, locale } = communication
  const demands: Record<string, Demand> = {}
  for (const { name, as, value: path, identity } of template.facts) {
    const fact = facts.value[name]
    if (fact === undefined) continue
    const day = as === 'date' ? lookup(data, path) : undefined
    const shown = day === undefined ? [fact.shown] : [fact.shown, ...daysOf(day, locale, plain)]
    demands[name] = {
      as,
      value: isFigure(as) && isDecimalText(fact.value) ? bare(fact.value) : fact.value,
      // Whose a piece is, is said letter by letter: in other ones it may be somebody else's number.
      shown: identity && as === 'text' ? shown : [...new Set(shown.flatMap(text => [text, ...respell(text, locale)]))],
      ...(as === 'money' ? { currency: currencyOf(template, brand, data) } : {}),
    }
  }
  return done(demands)
}

/** The ways to write a whole date; bare text may leave the year out. */
function daysOf(day: unknown, locale: string, plain: boolean): readonly string[] {
  const styles = plain ? (['sms', 'day', 'short', 'long'] as const) : (['long', 'short'] as const)
  return styles.flatMap(style => [
    formatsOf(locale, { plain }).date(day, style),
    ...(plain ? [] : [formatsOf(locale, { plain: true }).date(day, style)]),
  ])
}
