/** What helpers write by themselves in a language, whatever the data says: months, and numbers in words. */
import { dateStyles, formatsOf } from './formats.ts'
import { amountInWords, spokenCurrencies } from './words.ts'

/** Whole numbers that have a word of their own, in one language or another. */
const spoken = [
  ...Array.from({ length: 20 }, (_, at) => at),
  ...[20, 30, 40, 50, 60, 70, 80, 90],
  ...[100, 200, 300, 400, 500, 600, 700, 800, 900],
  ...[1_000, 2_000, 5_000, 1_000_000, 2_000_000, 5_000_000, 1_000_000_000, 2_000_000_000, 5_000_000_000],
]

/** Texts, as `{{date …}}` and `{{words …}}` write them in a locale (BCP 47), which between them have every such word. */
export function writtenByHelpers(locale: string): readonly string[] {
  const { date } = formatsOf(locale)
  const months = Array.from({ length: 12 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}-01`)
  const dates = months.flatMap(day => dateStyles.map(style => date(day, style)))
  const amounts = spokenCurrencies(locale).flatMap(currency =>
    spoken.map(number => amountInWords(String(number), currency, locale)),
  )
  return [...dates, ...amounts]
}
