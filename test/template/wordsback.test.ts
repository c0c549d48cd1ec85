/** Amounts in words, read back to the number by a reader that shares no word with the writer. */
import { describe, expect, test } from 'vitest'
import { amountInWords } from '../../src/template/words.ts'

interface Reader {
  /** Words from one to nineteen, each with all its genders. */
  readonly ones: string
  /** Twenty, thirty, … ninety. */
  readonly tens: string
  /** One hundred, two hundred, … nine hundred; or the word that multiplies what stands before it. */
  readonly hundreds: string
  readonly zero: string
  readonly thousand: string
  readonly currencies: string
}

const readers: Readonly<Record<string, Reader>> = {
  uk: {
    zero: 'нуль',
    ones: 'один|одна|одне два|дві три чотири п’ять шість сім вісім дев’ять десять одинадцять дванадцять тринадцять чотирнадцять п’ятнадцять шістнадцять сімнадцять вісімнадцять дев’ятнадцять',
    tens: 'двадцять тридцять сорок п’ятдесят шістдесят сімдесят вісімдесят дев’яносто',
    hundreds: 'сто двісті триста чотириста п’ятсот шістсот сімсот вісімсот дев’ятсот',
    thousand: 'тисяча|тисячі|тисяч',
    currencies: 'UAH RUB EUR USD GBP PLN',
  },
  ru: {
    zero: 'ноль',
    ones: 'один|одна|одно два|две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать',
    tens: 'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто',
    hundreds: 'сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот',
    thousand: 'тысяча|тысячи|тысяч',
    currencies: 'UAH RUB EUR USD GBP PLN',
  },
  pl: {
    zero: 'zero',
    ones: 'jeden|jedna|jedno dwa|dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście',
    tens: 'dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt',
    hundreds: 'sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset',
    thousand: 'tysiąc|tysiące|tysięcy',
    currencies: 'UAH RUB EUR USD GBP PLN',
  },
  en: {
    zero: 'zero',
    ones: 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
    tens: 'twenty thirty forty fifty sixty seventy eighty ninety',
    hundreds: 'hundred',
    thousand: 'thousand',
    currencies: 'UAH RUB EUR USD GBP PLN',
  },
  de: {
    zero: 'null',
    ones: 'ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
    tens: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
    hundreds: 'hundert',
    thousand: 'tausend',
    currencies: 'RUB EUR USD GBP PLN',
  },
}

/** The number that words begin with; what stands behind it has to be the noun and two digits. */
function readerOf({ zero, ones, tens, hundreds, thousand }: Reader): (words: string) => number | undefined {
  const values = new Map<string, number>([[zero, 0]])
  const learn = (list: string, valueAt: (at: number) => number): void => {
    for (const [at, forms] of list.split(' ').entries())
      for (const form of forms.split('|')) values.set(form, valueAt(at))
  }
  learn(ones, at => at + 1)
  learn(tens, at => 20 + at * 10)
  const multiplies = !hundreds.includes(' ')
  if (!multiplies) learn(hundreds, at => (at + 1) * 100)
  const thousands = thousand.split('|')
  const known = [...values.keys(), ...thousands, 'und', ...(multiplies ? [hundreds] : [])].sort(
    (a, b) => b.length - a.length,
  )
  // Longest first, so that `seven` is not read into `seventeen`; words of German stand together.
  const word = new RegExp(`\\s*(?:and |-)?(${known.join('|')})`, 'uy')
  return words => {
    let [total, group] = [0, 0]
    word.lastIndex = 0
    let end = 0
    for (let found = word.exec(words); found !== null; found = word.exec(words)) {
      const said = found[1] ?? ''
      if (thousands.includes(said)) {
        total += Math.max(group, 1) * 1000
        group = 0
      } else if (multiplies && said === hundreds) group *= 100
      else group += values.get(said) ?? 0
      end = word.lastIndex
    }
    return /^ \p{L}[\p{L}-]* 00 \p{L}+$/u.test(words.slice(end)) ? total + group : undefined
  }
}

describe.each(Object.entries(readers))('amounts in %s', (language, reader) => {
  test.each(reader.currencies.split(' '))('of %s are read back to what they were', currency => {
    const read = readerOf(reader)
    const numbers = [...Array(1_130).keys()]
    for (let number = 1_130; number < 1_000_000; number += 1_993) numbers.push(number)
    const wrong = numbers
      .map(number => ({ number, words: amountInWords(String(number), currency, language).toLowerCase() }))
      .filter(({ number, words }) => read(words) !== number)
    expect(wrong.slice(0, 3)).toEqual([])
  })
})
