import { describe, expect, it } from 'vitest'
import { formatsOf } from '../../src/template/formats.ts'
import { compileMessage, inspectMessage } from '../../src/template/message.ts'
import { oneStop } from '../../src/template/onestop.ts'
import { indexWording, openSpeakers } from '../../src/template/wording.ts'
import { good } from './kit.ts'

const says = (text: string, values: Readonly<Record<string, unknown>> = {}, locale = 'uk', plain = false): string =>
  oneStop(compileMessage(text, locale, formatsOf(locale, { plain }))(values))

describe('texts', () => {
  it('fill in their arguments as they are', () => {
    expect(says('Рахунок')).toBe('Рахунок')
    expect(says('{a} і {b}, {a}', { a: 'x & <y>', b: 2 })).toBe('x & <y> і 2, x & <y>')
    expect(says("пам'ять '{'a'}'", {})).toBe("пам'ять {a}")
    expect(says('<b>{a}</b>', { a: '' })).toBe('<b></b>')
  })
  it('count in their language', () => {
    const text = '{count, plural, =0 {нічого} one {# товар} few {# товари} many {# товарів} other {# товару}}'
    const counts: readonly (readonly [unknown, string])[] = [
      [0, 'нічого'],
      [1, '1 товар'],
      ['2', '2 товари'],
      [5, '5 товарів'],
      [21, '21 товар'],
      [1234, '1\u00a0234 товари'],
      ['1.5', '1,5 товару'],
    ]
    for (const [count, shown] of counts) expect(says(text, { count })).toBe(shown)
    expect(says(text, { count: 1234 }, 'uk', true)).toBe('1234 товари')
    expect(says('{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}', { n: 22 }, 'en')).toBe('22nd')
  })
  it('choose by a value', () => {
    const text = '{paid, select, true {Сплачено} other {Борг {sum}}}'
    expect(says(text, { paid: true, sum: '' })).toBe('Сплачено')
    expect(says(text, { paid: false, sum: '5' })).toBe('Борг 5')
  })
  it('show numbers and dates as every channel does', () => {
    expect(says('{n, number} {d, date}', { n: '12345.60', d: '2026-03-23' })).toBe(
      '12\u00a0345,60 23\u00a0березня 2026\u00a0р.',
    )
  })
  it('do not print what is missing', () => {
    for (const text of ['{a}', '{a, plural, other {#}}', '{a, select, other {x}}']) {
      expect(() => says(text, {})).toThrow('has no value for {a}')
      expect(() => says(text, { a: null })).toThrow('has no value for {a}')
      expect(() => says(text, { a: [] })).toThrow('has a value for {a} that is not text')
    }
    expect(() => says('{constructor}')).toThrow('has no value for {constructor}')
  })
  it('tell which arguments they take', () => {
    expect([...good(inspectMessage('{a} {b, plural, one {{c}} other {{d, select, x {#} other {{e}}}}}'))]).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ])
    for (const text of ['{a, number, percent}', '{a, date, short}', '{a, time}']) {
      expect(inspectMessage(text)).toMatchObject({
        faults: [{ code: 'template.wording', message: 'the argument {a} has a format of its own' }],
      })
    }
  })
})

describe('locales', () => {
  const file = 'text.json'
  const index = indexWording(
    {
      wording: {
        en: { file, texts: { a: 'template en', b: 'template en' } },
        'en-GB': { file, texts: { a: 'template en-GB' } },
        'de-AT': { file, texts: { a: 'template de-AT' } },
      },
    },
    {
      wording: {
        'en-GB': { file, texts: { b: 'brand en-GB', c: 'brand en-GB' } },
        pl: { file, texts: { a: 'brand pl' } },
        de: { file, texts: { c: 'brand de' } },
      },
    },
  )
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['en-GB', 'a', 'template en-GB'],
    ['en-GB', 'b', 'brand en-GB'],
    ['en-GB', 'c', 'brand en-GB'],
    ['en-US', 'a', 'template en'],
    ['en', 'c', undefined],
    ['de-CH', 'a', 'template de-AT'],
    ['de-CH', 'c', 'brand de'],
    ['uk', 'a', undefined],
    ['en', 'constructor', undefined],
  ]
  for (const [locale, key, text] of cases) {
    it(`${key} in ${locale}`, () => expect(index.find(locale, key)?.text).toBe(text))
  }
  it('are those of the template, where it has any', () => {
    expect(index.locales).toEqual(['de-AT', 'en', 'en-GB'])
    expect(['en-US', 'de', 'pl', 'uk'].map(index.serves)).toEqual([true, true, false, false])
  })
  it('say a text in the formats of the recipient and the plurals of the wording', () => {
    const speak = openSpeakers(
      indexWording(
        { wording: { en: { file, texts: { n: '{n, plural, one {# item} other {# items}}' } } } },
        { wording: {} },
      ),
    )
    expect(speak(formatsOf('en-IN'))('n', { n: 1234567 })).toBe('12,34,567 items')
    expect(() => speak(formatsOf('en'))('m', {})).toThrow('has no wording in en')
  })
})
