import fc from 'fast-check'
import LineBreaker from 'linebreak'
import { describe, expect, it } from 'vitest'
import { breaksOf, isPlain } from '../../../../src/channels/pdf/layout/breaks.ts'
import { holdsBlank } from '../../../../src/model/index.ts'

/** The text with a stroke wherever a line may end. */
function strokes(text: string): string {
  let from = 0
  return breaksOf(text)
    .map(to => {
      const stretch = text.slice(from, to)
      from = to
      return stretch
    })
    .join('|')
}

/** The same, without those blanks that hold in the language. */
function held(text: string, lang: string): string {
  let from = 0
  return breaksOf(text)
    .map(to => {
      const stretch = text.slice(from, to)
      const end = from + stretch.trimEnd().length
      from = to
      return to < text.length && !(end < to && holdsBlank(text, end, to, lang)) ? `${stretch.trimEnd()}|` : stretch
    })
    .join('')
}

describe('lines may end', () => {
  it.each([
    // UAX #14 as it stands.
    ['5 кВт·год', '5 |кВт·год'],
    ['1\u202F234,50\u00A0грн', '1\u202F234,50\u00A0грн'],
    ['−1\u00A0234,50 $5 £1,482.50 5€ 10% 20°C 5₽ ₴5', '−1\u00A0234,50 |$5 |£1,482.50 |5€ |10% |20°C |5₽ |₴5'],
    ['слово — слово a—b', 'слово |— |слово |a|—|b'],
    ['слово „Wort“, «b» “c” und', 'слово |„Wort“, |«b» |“c” |und'],
    ['a\u2060b-\u2060c a\u200Bb a\u00ADb a\u2011b', 'a\u2060b-\u2060c |a\u200B|b |a\u00AD|b |a\u2011b'],
    ['(12.40) [1] a… b 24/7 12,5;13 А.Б.Коваленко', '(12.40) |[1] |a… |b |24/7 |12,5;13 |А.Б.Коваленко'],
    ['ко\u0301т e\u0301-e a\u200Db', 'ко\u0301т |e\u0301-e |a\u200Db'],
    ['Kyiv–Lviv', 'Kyiv–|Lviv'],
    // What is mended in it.
    ['»Nova« (branch) «Нова» „x“ foo (b)', '»Nova« |(branch) |«Нова» |„x“ |foo |(b)'],
    ['Er sagte: „Nein“ „Ja“', 'Er |sagte: |„Nein“ |„Ja“'],
    ['1–31 5:00–6:00', '1–31 |5:00–6:00'],
    ['км/год и/или Strom/Gas', 'км/год |и/или |Strom/|Gas'],
    ['5-го 17-й e-mail А-101 100%-ий по-перше Nord-Süd', '5-го |17-й |e-mail |А-101 |100%-ий |по-|перше |Nord-|Süd'],
    ['№5 №№ 5', '№5 |№№ |5'],
    ['https://nord.example/verbrauch/a-b', 'https://nord.example/|verbrauch/a-b'],
    ['olena.kovalenko-petrova@nord.example', 'olena.kovalenko-petrova@nord.example'],
  ])('%s', (text, expected) => {
    expect(strokes(text)).toBe(expected)
  })

  it('in linear time, whatever is asked around each place', () => {
    for (const unit of ['ab-cde', '» (', '/abc', '№', 'a ', '1 ', '– ']) {
      const text = unit.repeat(20_000)
      const start = process.cpuUsage().user
      for (const at of breaksOf(text)) holdsBlank(text, at - 1, at, 'uk')
      expect(process.cpuUsage().user - start, unit).toBeLessThan(2_000_000)
    }
  })
})

describe('plain blanks hold', () => {
  it.each([
    ['uk', 'до 28 квітня 2026 р. за № 417 від 5 грн', 'до|28 квітня|2026 р.|за|№ 417|від|5 грн'],
    ['uk', 'У місті й в селі (в полі) «о восьмій» А це', 'У місті|й в селі|(в полі)|«о восьмій»|А це'],
    ['uk', 'О. Коваленко, буд. 12, кв. 5, стор. 2, 100 Мбіт/с', 'О. Коваленко,|буд. 12,|кв. 5,|стор. 2,|100 Мбіт/с'],
    ['uk', 'ціна 1 234 567,89 грн, рахунки 12 3456 і 5', 'ціна|1 234 567,89 грн,|рахунки|12|3456|і 5'],
    ['ru', 'счёт № 5 на 1 482,50 ₽ — не оплачен и в срок', 'счёт|№ 5|на|1 482,50 ₽ —|не|оплачен|и в срок'],
    ['pl', 'faktura nr 417, 23 marca i w domu, 5 tys. zł', 'faktura|nr 417,|23 marca|i w domu,|5 tys.|zł'],
    ['de', 'Nr. 5, S. 12, 5 kWh, z. B. am 3 März', 'Nr. 5,|S. 12,|5 kWh,|z. B.|am|3 März'],
    ['de', 'im Jahr 2026 wurde', 'im|Jahr|2026|wurde'],
    [
      'en',
      'I pay £ 5 or 5 % by 23 March, No. 417, page 2 – a lot',
      'I|pay|£ 5|or|5 %|by|23 March,|No. 417,|page 2 –|a|lot',
    ],
    ['en', 'there is no 5 and 5 apples', 'there|is|no|5|and|5|apples'],
    ['fr', '5 kg, № 5, 10 € à la', '5 kg,|№ 5,|10 €|à|la'],
  ])('%s: %s', (lang, text, expected) => {
    expect(held(text, `${lang}-XX`)).toBe(expected)
  })
})

describe('texts of plain words', () => {
  it('have the places of UAX #14, which is not asked', () => {
    const signs = [..."0159aZbQéÀßЖяієґҐňŁž#−-.,:;’'%€£$\u00a0\u00a0\u202f", ' ', ' ', ' ']
    const texts = fc.array(fc.constantFrom(...signs), { minLength: 1, maxLength: 14 }).map(found => found.join(''))
    let asked = 0
    const same = (text: string) => {
      if (!isPlain(text)) return
      asked += 1
      const breaker = new LineBreaker(text)
      const found: number[] = []
      for (let at = breaker.nextBreak(); at !== null; at = breaker.nextBreak()) found.push(at.position)
      expect(breaksOf(text), text).toEqual(found)
    }
    fc.assert(fc.property(texts, same), { seed: 3, numRuns: 40_000 })
    expect(asked).toBeGreaterThan(1_000)
  })
})

describe('texts that are known to have no place to break', () => {
  it('have none by UAX #14 either', () => {
    const texts = [
      '23,604.48',
      '2025-01-13',
      '1-2-3',
      '5',
      '10,5-7.3',
      'Annual',
      'Україна'.replace('ї', 'и'),
      'яАЯа',
      'zAZ',
    ]
    for (const digits of ['0', '19', '456']) for (const sign of ',.-') texts.push(`${digits}${sign}${digits}${sign}7`)
    for (const text of texts) {
      expect(new LineBreaker(text).nextBreak()?.position, text).toBe(text.length)
      expect(breaksOf(text)).toEqual([text.length])
    }
  })
})
