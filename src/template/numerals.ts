/** Ukrainian and Russian numerals: thousand is feminine, one and two have the gender of what they count. */

/** Grammatical gender. */
export type Gender = 'm' | 'f' | 'n'

interface Numerals {
  readonly zero: string
  readonly one: Readonly<Record<Gender, string>>
  readonly two: Readonly<Record<Gender, string>>
  /** 3 to 19. */
  readonly teens: readonly string[]
  /** 20 to 90. */
  readonly tens: readonly string[]
  /** 100 to 900. */
  readonly hundreds: readonly string[]
  /** Thousands, millions, milliards: their gender, and one, few, many of them. */
  readonly powers: readonly { readonly gender: Gender; readonly forms: readonly [string, string, string] }[]
}

const list = (words: string): readonly string[] => words.split(' ')

// A library was tried first: n2words writes Ukrainian with Latin letters among the Cyrillic ones (двi, мiльйони).
const numerals: Readonly<Record<'uk' | 'ru', Numerals>> = {
  uk: {
    zero: 'нуль',
    one: { m: 'один', f: 'одна', n: 'одне' },
    two: { m: 'два', f: 'дві', n: 'два' },
    teens: list(
      'три чотири п’ять шість сім вісім дев’ять десять одинадцять дванадцять тринадцять чотирнадцять п’ятнадцять шістнадцять сімнадцять вісімнадцять дев’ятнадцять',
    ),
    tens: list('двадцять тридцять сорок п’ятдесят шістдесят сімдесят вісімдесят дев’яносто'),
    hundreds: list('сто двісті триста чотириста п’ятсот шістсот сімсот вісімсот дев’ятсот'),
    powers: [
      { gender: 'f', forms: ['тисяча', 'тисячі', 'тисяч'] },
      { gender: 'm', forms: ['мільйон', 'мільйони', 'мільйонів'] },
      { gender: 'm', forms: ['мільярд', 'мільярди', 'мільярдів'] },
    ],
  },
  ru: {
    zero: 'ноль',
    one: { m: 'один', f: 'одна', n: 'одно' },
    two: { m: 'два', f: 'две', n: 'два' },
    teens: list(
      'три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать',
    ),
    tens: list('двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто'),
    hundreds: list('сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот'),
    powers: [
      { gender: 'f', forms: ['тысяча', 'тысячи', 'тысяч'] },
      { gender: 'm', forms: ['миллион', 'миллиона', 'миллионов'] },
      { gender: 'm', forms: ['миллиард', 'миллиарда', 'миллиардов'] },
    ],
  },
}

/** A whole number below 10¹² in words, its last one or two in the gender of what is counted. */
export function slavic(number: bigint, language: 'uk' | 'ru', gender: Gender): string {
  const words = numerals[language]
  if (number === 0n) return words.zero
  const groups: string[] = []
  for (const [at, power] of [undefined, ...words.powers].entries()) {
    const group = Number((number / 1000n ** BigInt(at)) % 1000n)
    if (group === 0) continue
    const said = below1000(group, words, power?.gender ?? gender)
    groups.unshift(power === undefined ? said : `${said} ${power.forms[formOf(group)]}`)
  }
  return groups.join(' ')
}

function below1000(number: number, { one, two, teens, tens, hundreds }: Numerals, gender: Gender): string {
  const said: (string | undefined)[] = []
  if (number >= 100) said.push(hundreds[Math.floor(number / 100) - 1])
  let rest = number % 100
  if (rest >= 20) {
    said.push(tens[Math.floor(rest / 10) - 2])
    rest %= 10
  }
  if (rest === 1) said.push(one[gender])
  else if (rest === 2) said.push(two[gender])
  else if (rest > 2) said.push(teens[rest - 3])
  return said.join(' ')
}

/** 0 for 1, 21, 101; 1 for 2 to 4, 22; 2 for 5 and more, 11 to 14. */
function formOf(number: number): 0 | 1 | 2 {
  const last = number % 10
  if (number % 100 >= 11 && number % 100 <= 14) return 2
  return last === 1 ? 0 : last >= 2 && last <= 4 ? 1 : 2
}
