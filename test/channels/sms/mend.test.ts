/** Mends on request, and national tables: what they change, and what they leave alone. */
import { expect, test } from 'vitest'
import { keptIn } from '../../../src/channels/sms/kept.ts'
import { type Mending, mend as mendMessage, respellings } from '../../../src/channels/sms/mend.ts'
import { parts } from '../../../src/channels/sms/parts.ts'
import type { Data } from '../../../src/model/index.ts'

/** `exact`: its id, and what identities show. */
const mend = (text: string, asked: Mending, data: Data = {}, exact: readonly string[] = []) =>
  mendMessage({ text, kept: () => keptIn(text, { data, exact }) }, asked)

const both = { mends: ['typography', 'transliterate'], locale: 'uk-UA' } as const
const none = { mends: [], locale: 'en-GB' } as const
const curly = `It’s “${'a'.repeat(90)}” – now…`

test('nothing is changed unasked', () => {
  expect(mend(curly, none)).toMatchObject({ text: curly, counted: { encoding: 'UCS-2', parts: 2 } })
})

test('typography: plain signs, where all of the message then fits GSM-7', () => {
  expect(mend(curly, { ...none, mends: ['typography'] })).toMatchObject({
    text: `It's "${'a'.repeat(90)}" - now...`,
    counted: { encoding: 'GSM-7', parts: 1 },
  })
  const ukrainian = 'Рахунок «Дім 500»…'
  expect(mend(ukrainian, { ...both, mends: ['typography'] }).text).toBe(ukrainian)
})

test.each([
  ['2½ %', '2 1/2 %'],
  ['12¼ and ½', '12 1/4 and 1/2'],
  ['½2 and 3¼1', '1/2 2 and 3 1/4 1'],
  ['• £5.00', '* £5.00'],
])('typography makes no other number: %s', (text, plain) => {
  expect(mend(text, { ...none, mends: ['typography'] }).text).toBe(plain)
})

test('transliterate: Latin letters where they save parts, and only there', () => {
  const short = 'Рахунок № 5: 100 грн'
  expect(mend(short, both).text).toBe(short)
  const long = `${'Рахунок за березень не сплачено. '.repeat(4)}Дякуємо!`
  expect(mend(long, both)).toMatchObject({
    text: `${'Rakhunok za berezen ne splacheno. '.repeat(4)}Diakuiemo!`,
    counted: { encoding: 'GSM-7', parts: 1 },
  })
  expect(mend(`${long} 😜`, both).text).toBe(`${long} 😜`)
})

test('national tables count where they are told: capacities of TS 23.038 beside their headers', () => {
  expect(parts('ş'.repeat(70))).toMatchObject({ encoding: 'UCS-2', parts: 1 })
  expect(parts('ş', 'turkish')).toMatchObject({ encoding: 'GSM-7', parts: 1, units: 2, tables: ['single'] })
  expect(parts(`ş${'a'.repeat(153)}`, 'turkish')).toMatchObject({ parts: 1, units: 155, tables: ['single'] })
  // One septet more than the single table holds: with the locking one the letter costs one.
  expect(parts(`ş${'a'.repeat(154)}`, 'turkish')).toMatchObject({ parts: 1, units: 155, tables: ['locking'] })
  expect(parts(`ş${'a'.repeat(155)}`, 'turkish')).toMatchObject({ parts: 2, room: 298, tables: ['single'] })
  expect(parts(`${'ã'.repeat(152)}á`, 'portuguese')).toMatchObject({ parts: 1, tables: ['locking'] })
  expect(parts(`Φ${'ã'.repeat(150)}`, 'portuguese')).toMatchObject({
    parts: 1,
    room: 152,
    tables: ['single', 'locking'],
  })
  expect(parts(`Señor Martínez, ${'a'.repeat(120)}`, 'spanish')).toMatchObject({ parts: 1, tables: ['single'] })
  expect(parts('Straße', 'turkish').tables).toBeUndefined()
  expect(parts('я', 'turkish')).toMatchObject({ encoding: 'UCS-2', unlike: 'я' })
})

test('mends leave the letters of national tables alone', () => {
  const turkish = `Sayın Ayşegül Ağaoğlu, “${'a'.repeat(80)}” – bu ay`
  expect(mend(turkish, { ...none, shift: 'turkish' }).counted).toMatchObject({ encoding: 'UCS-2', unlike: '“' })
  expect(mend(turkish, { ...none, mends: ['typography'], shift: 'turkish' })).toMatchObject({
    text: turkish.replace(/[“”]/g, '"').replace('–', '-'),
    counted: { encoding: 'GSM-7', parts: 1, tables: ['single'] },
  })
  expect(mend(turkish, { ...both, shift: 'turkish' }).text).toContain('Ayşegül Ağaoğlu')
  expect(mend(`${'ş'.repeat(80)} Łódź`, { ...both, shift: 'turkish' })).toMatchObject({
    text: `${'ş'.repeat(80)} Lodz`,
    counted: { encoding: 'GSM-7', parts: 1 },
  })
  // Letters that only cost another part are given up.
  expect(mend(`Łş${'a'.repeat(157)}`, { ...both, shift: 'turkish' })).toMatchObject({
    text: `Ls${'a'.repeat(157)}`,
    counted: { encoding: 'GSM-7', parts: 1 },
  })
  expect(respellings('Łş’', { ...both, shift: 'turkish' })).toEqual(expect.arrayContaining(["Lş'", "Ls'"]))
})

test('escapes and pairs of national tables are never split', () => {
  expect(parts(`${'a'.repeat(148)}á${'a'.repeat(148)}`, 'spanish')).toMatchObject({ units: 298, parts: 3 })
  expect(parts(`${'a'.repeat(147)}á${'a'.repeat(149)}`, 'spanish')).toMatchObject({ units: 298, parts: 2 })
})

const reminder =
  'Шановний клієнте, рахунок за договором № {} на 410 грн не сплачено. Сплатіть його, будь ласка, до п’ятниці. Дякуємо!'

test('a code of the data is sent as it stands, also where that costs a part', () => {
  const text = reminder.replace('{}', 'КВ-20417')
  expect(mend(text, both).text).toContain('KV-20417')
  expect(mend(text, both, {}, ['КВ-20417'])).toMatchObject({ text, counted: { encoding: 'UCS-2' } })
  // In a longer one it is another, and a code that the alphabet has is in nobody's way.
  expect(mend(reminder.replace('{}', 'АКВ-20417'), both, { id: 'КВ-20417' }).text).toContain('AKV-20417')
  expect(mend(reminder.replace('{}', 'KV-20417'), both, { id: 'KV-20417' }).text).toContain('za dohovorom No. KV-20417')
  expect(mend('It’s “now”: Q“1', { ...none, mends: ['typography'] }, { code: 'Q“1' }).text).toBe('It’s “now”: Q“1')
  const among = 'за договором КВ-20417, кв.3, до 5-го'
  expect(mend(reminder.replace('{}', among), both, { note: among }).text).toContain('КВ-20417')
  const words = 'до 5-го, кв.3'
  expect(mend(reminder.replace('{}', words), both, { note: words }).text).toContain('do 5-ho, kv.3')
})

test('a code of letters beside its figures, or of letters alone, is sent as it stands', () => {
  for (const code of [
    'КВ 20417',
    'КВ № 20417',
    'АБ\u00a0123456',
    'АА 1234 ВВ',
    'Б 20417',
    'КВ',
    'АБВ',
    'АБ-В',
    'UA/Ж',
    'ΑΒ 20417',
    '20 417 КВ',
    '20417 КВ',
    '20417 КВ 12',
    '123-45 АБВ',
    'О/Р 123',
    'О/Р № 123-45',
    'КВ-АБ 77',
  ]) {
    const shown = code.replace('\u00a0', ' ')
    expect(mend(reminder.replace('{}', shown), both, { contract: code }).text).toContain(shown)
  }
  const note = 'паспорт АБ 123456, виданий'
  expect(mend(reminder.replace('{}', note), both, { note }).text).toContain('АБ 123456')
  for (const note of ['рахунок О/Р 123, борг', 'договір 20417 КВ, борг', 'ДОГОВІР 20 417 КВ'])
    expect(mend(reminder.replace('{}', note), both, { note }).text).toMatch(/О\/Р 123|417 КВ/)
  // Names, sentences and sums in capitals are words.
  for (const words of [
    'ОЛЕНА',
    'З 5 березня',
    '410 ГРН',
    '1 410 ГРН',
    '410,50 ГРН',
    '12 500 ГРН',
    '10000 РУБ',
    '2026 РІК',
    '12 БУД',
    '5 КВ',
    '500 КВТ',
    '50 ГБ',
    '5 ТИС ГРН',
    'ЦІНА 410 ГРН',
    'БУД. 5',
    'АТ «Дім»',
    'І. П.',
    'НОВИЙ-ДІМ',
  ])
    expect(mend(reminder.replace('{}', words), both, { words }).counted.encoding).toBe('GSM-7')
})

test('an address of the web leads where it led', () => {
  for (const link of ['https://фіт.укр/оплата', 'фіт.укр', 'https://nord.example/АБ-1234']) {
    const text = `${reminder.replace('{}', '7')} Див. «${link}».`
    expect(mend(text, both).text).toContain(link)
  }
  expect(mend(`${reminder.replace('{}', '7')} О.Коваленко`, both).text).toContain('O.Kovalenko')
})

test('scripts that are read by more than their letters stay as they are', () => {
  for (const name of ['דוד', '李小龙', 'محمد']) expect(mend(`${reminder} ${name}`, both).text).toContain(name)
  expect(mend(reminder.replace('{}', 'Ελένη Արամ გიორგი'), both).text).toContain('Eleni Aram giorgi')
})

test('an id, and what identities show, are sent whole, whatever they look like', () => {
  for (const id of ['КВ 20417', 'АБВ', 'кв-20417', 'Łódź', 'Q“ABC']) {
    const text = reminder.replace('{}', id)
    expect(mend(text, both, { id }, [id]).text).toContain(id)
  }
  // In a longer word it is none.
  expect(mend(reminder.replace('{}', 'АБВГ'), both, {}, ['АБВ']).text).toContain('No. ABVH')
})
